/** A titled part of a screen. The title is a heading of its level; `note` explains the counting in one line. */
import { type ReactNode, useId } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly id?: string;
  readonly children: ReactNode;
}

export function Panel({ title, note, id, children }: PanelProps) {
  const heading = useId();
  return (
    <section className={styles.panel} id={id} aria-labelledby={heading}>
      <h2 className={styles.title} id={heading}>
        {title}
      </h2>
      {note ? <p className={styles.note}>{note}</p> : null}
      {children}
    </section>
  );
}
