/** Whether an incident is inside the terms, in words with a shape; never a verdict, always with who says so nearby. */

import type { InTermsValue } from '../../src/server/api/types.ts';
import { useLocale } from '../app/locale.tsx';
import styles from './in-terms-mark.module.css';

export function InTermsMark({ value }: { value: InTermsValue }) {
  const { t } = useLocale();
  return (
    <span className={styles.mark}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <rect x="2" y="2" width="12" height="12" rx="1.5" className={styles.frame} data-value={value} />
        <InTermsShape value={value} />
      </svg>
      {t(`inTerms.value.${value}`)}
    </span>
  );
}

function InTermsShape({ value }: { value: InTermsValue }) {
  switch (value) {
    case 'yes':
      return <rect x="5" y="5" width="6" height="6" className={styles.solid} />;
    case 'no':
      return null;
    case 'contested':
      return <path d="M2 14L14 2v12z" className={styles.solid} />;
    case 'unknown':
      return <path d="M8 5.5v3M8 10.5v1" className={styles.line} />;
  }
}
