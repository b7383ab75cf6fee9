/** The receipt number, large enough to be read out over the telephone. */
import { useEffect, useRef } from 'react';
import { useLocale } from '../../app/locale.tsx';
import styles from './report.module.css';
import type { Received } from './send.ts';

export function Receipt({ sent, onNext }: { sent: Received; onNext: () => void }) {
  const { t } = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.receipt}>
      <h1 ref={heading} tabIndex={-1}>
        {sent.again ? t('web.report.receivedAgain') : t('web.report.received')}
      </h1>
      <p>{t('web.report.receiptNote')}</p>
      <p className={styles.number}>
        <bdi dir="ltr">{sent.id}</bdi>
      </p>
      {sent.receipt === null ? null : (
        <a
          href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(sent.receipt))}`}
          download={`${sent.id}.receipt.json`}
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
