/** Status by shape, never by colour alone: ○ reported, ◐ more than one origin, ● verified, ◇ disputed, × withdrawn. */

import type { IncidentStatus } from '../../src/server/api/types.ts';
import { useLocale } from '../app/locale.tsx';
import styles from './status-mark.module.css';

interface StatusMarkProps {
  readonly status: IncidentStatus;
  readonly proposed: boolean;
  /** Token of the colour, `--party-0`; the shape alone carries the meaning. */
  readonly color?: string;
  readonly withText?: boolean;
}

export function StatusMark({ status, proposed, color = '--party-none', withText = false }: StatusMarkProps) {
  const { t } = useLocale();
  const text = t(`code.status.${status}`);
  return (
    <span className={styles.status} style={{ color: `var(${color})` }}>
      <svg
        viewBox="0 0 20 20"
        width="20"
        height="20"
        role={withText ? undefined : 'img'}
        aria-hidden={withText ? true : undefined}
        aria-label={withText ? undefined : text}
      >
        <StatusShape status={status} />
        {proposed ? <circle cx="10" cy="10" r="9" className={styles.proposed} /> : null}
      </svg>
      {withText ? <span className={styles.text}>{text}</span> : null}
    </span>
  );
}

function StatusShape({ status }: { status: IncidentStatus }) {
  switch (status) {
    case 'reported':
      return <circle cx="10" cy="10" r="5" className={styles.hollow} />;
    case 'corroborated':
      return (
        <>
          <circle cx="10" cy="10" r="5" className={styles.hollow} />
          <path d="M10 5a5 5 0 0 0 0 10z" className={styles.solid} />
        </>
      );
    case 'verified':
      return <circle cx="10" cy="10" r="6" className={styles.solid} />;
    case 'disputed':
      return <path d="M10 4l6 6-6 6-6-6z" className={styles.hollow} />;
    case 'dismissed':
      return <path d="M4 10h12" className={styles.hollow} />;
    case 'withdrawn':
      return <path d="M5.5 5.5l9 9m0-9l-9 9" className={styles.hollow} />;
  }
}
