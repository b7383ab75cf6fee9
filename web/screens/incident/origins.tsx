/** How many independent origins there are, and who only repeats whom. Copies are not corroboration. */
import type { ApiIncident } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Voice } from '../../ui/voice.tsx';
import styles from './origins.module.css';

export function Origins({ incident }: { incident: ApiIncident }) {
  const { t } = useLocale();
  const sourceOf = new Map(incident.reportList.map((report) => [report.id, report.source.name]));
  return (
    <Panel title={t('count.origins', { n: incident.origins })} note={t('web.origins.note')} id="origins">
      <ul className={styles.list}>
        {incident.originList.map((one) => (
          <li key={one.origin} className={styles.origin}>
            <span className={styles.name}>
              <Voice name={one.origin} />
            </span>
            <span className={styles.reports}>
              {t('web.origins.carriedBy')}{' '}
              {[...new Set(one.reports)].map((id, index) => (
                <span key={id}>
                  {index > 0 ? t('web.separator') : ''}
                  <a href={`#report-${id}`}>
                    <Bdi>{sourceOf.get(id) ?? id}</Bdi>
                  </a>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
