/** The receipt number, large enough to be read out over the telephone. */
import { useEffect, useRef } from 'react';
import { useLocale } from '../../app/locale.tsx';
import type { Delivery } from './outbox.ts';
import styles from './report.module.css';

interface ReceiptProps {
  readonly sent: Extract<Delivery, { state: 'received' }>;
  readonly staff: boolean;
  readonly onNext: () => void;
}

export function Receipt({ sent, staff, onNext }: ReceiptProps) {
  const { t } = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.receipt}>
      <h1 ref={heading} tabIndex={-1}>
        {t('web.report.received')}
      </h1>
      <p>{staff ? t('web.report.receiptNote') : t('web.report.receiptNoteMyself')}</p>
      <p className={styles.number}>
        <bdi dir="ltr">{sent.receipt}</bdi>
      </p>
      {sent.notTaken.length === 0 ? null : (
        <div className={styles.refused} role="alert">
          <p>{t('web.report.filesRefused')}</p>
          <ul>
            {sent.notTaken.map(({ name, detail }) => (
              <li key={name}>
                <bdi dir="auto">{name}</bdi>: {detail}
              </li>
            ))}
          </ul>
        </div>
      )}
      {sent.proof === null ? null : (
        <a
          href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(sent.proof))}`}
          download={`${sent.receipt}.receipt.json`}
        >
          {t('web.report.saveReceipt')}
        </a>
      )}
      <button type="button" className={styles.send} onClick={onNext}>
        {t('web.report.next')}
      </button>
    </section>
  );
}
