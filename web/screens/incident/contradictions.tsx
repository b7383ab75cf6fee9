/** Values that do not agree, side by side, each with whose word it is. Nobody's is dropped, nothing is averaged. */
import type { ApiIncident } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ClaimValue } from './claim-value.tsx';
import styles from './contradictions.module.css';

export function Contradictions({ incident }: { incident: ApiIncident }) {
  const { t } = useLocale();
  return (
    <Panel title={t('web.contradictions.title')} note={t('web.contradictions.note')}>
      {incident.contradictions.length === 0 ? <p>{t('web.contradictions.none')}</p> : null}
      {incident.contradictions.map((contradiction) => (
        <section key={contradiction.field} className={styles.contradiction}>
          <h3 className={styles.field}>{t(`code.field.${contradiction.field}`)}</h3>
          <ul className={styles.values}>
            {contradiction.values.map((one) => (
              <li key={one.reports.join()} className={styles.value}>
                <span className={styles.said}>
                  <ClaimValue value={one.value} />
                </span>
                <span className={styles.who}>
                  {one.origins.map((origin, index) => (
                    <span key={origin}>
                      {index > 0 ? t('web.separator') : ''}
                      <a href={`#report-${one.reports[index] ?? one.reports[0] ?? ''}`}>
                        <Bdi>{origin}</Bdi>
                      </a>
                    </span>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}
