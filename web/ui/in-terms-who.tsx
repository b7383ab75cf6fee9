/** Inside the terms or not, why, and who says so: names of sources, or the terms themselves where dates decide. */
import type { ApiInTerms } from '../../src/server/api/types.ts';
import { useLocale } from '../app/locale.tsx';
import { InTermsMark } from './in-terms-mark.tsx';
import styles from './in-terms-who.module.css';
import { Voice } from './voice.tsx';

const SHOWN = 4;

export function InTermsWho({ inTerms }: { inTerms: ApiInTerms }) {
  const { t } = useLocale();
  const sources = inTerms.by.filter((name) => name !== 'terms');
  return (
    <span className={styles.who}>
      <InTermsMark value={inTerms.value} />
      <span>{t(`inTerms.reason.${inTerms.reason}`)}.</span>
      {inTerms.by.includes('terms') ? <span>{t('web.inTerms.byTerms')}</span> : null}
      {sources.length > 0 ? (
        <span>
          {t('web.inTerms.by')}{' '}
          {sources.slice(0, SHOWN).map((name, index) => (
            <span key={name}>
              {index > 0 ? t('web.separator') : ''}
              <Voice name={name} />
            </span>
          ))}
          {sources.length > SHOWN ? ` ${t('web.inTerms.more', { n: sources.length - SHOWN })}` : ''}
        </span>
      ) : null}
    </span>
  );
}
