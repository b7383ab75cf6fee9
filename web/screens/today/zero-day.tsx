/** What a zero means on this day: nobody was heard, or somebody was and told of no incident. Never "nothing happened". */
import type { ApiDay } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import styles from './zero-day.module.css';

export function ZeroDay({ day }: { day: ApiDay }) {
  const { t } = useLocale();
  const heard = day.sourcesHeard.length;
  return (
    <div className={styles.zero}>
      <p className={styles.what}>
        {day.reports === 0 ? t('web.zero.noReport') : t('web.zero.noIncident', { n: day.reports })}
      </p>
      <p>{t('web.zero.heard', { n: heard })}</p>
      <p className={styles.means}>{t('web.zero.means')}</p>
      {day.sourcesSilent.length > 0 ? (
        <p>
          <a href="#sources">{t('web.sources.silent', { n: day.sourcesSilent.length })}</a>
        </p>
      ) : null}
    </div>
  );
}
