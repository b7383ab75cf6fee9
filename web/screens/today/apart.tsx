/** What the day's reports disagree on, and what is outside the terms; the second always says who stays protected. */
import { Link } from '@tanstack/react-router';
import type { ApiDay, ApiIncidentLine } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { InTermsWho } from '../../ui/in-terms-who.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PartyNames } from '../../ui/party.tsx';
import styles from './apart.module.css';

export function Contested({ day }: { day: ApiDay }) {
  const { t } = useLocale();
  const incidents = day.incidents.filter((incident) => incident.contested);
  return (
    <Panel title={t('web.contested.title')} note={t('web.contested.note')}>
      {incidents.length === 0 ? <p>{t('web.contested.none')}</p> : null}
      <ul className={styles.list}>
        {incidents.map((incident) => (
          <li key={incident.id}>
            <IncidentLink incident={incident} />
            <span className={styles.said}>
              {t('web.contested.named')} <PartyNames ids={incident.allegedParties} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function OutsideTerms({ day }: { day: ApiDay }) {
  const { t } = useLocale();
  const incidents = day.incidents.filter(
    (incident) => incident.inTerms.value === 'no' || incident.inTerms.value === 'contested',
  );
  return (
    <Panel title={t('web.outside.title')} note={t('inTerms.protected')}>
      {incidents.length === 0 ? <p>{t('web.outside.none')}</p> : null}
      <ul className={styles.list}>
        {incidents.map((incident) => (
          <li key={incident.id}>
            <IncidentLink incident={incident} />
            <span className={styles.said}>
              <InTermsWho inTerms={incident.inTerms} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function IncidentLink({ incident }: { incident: ApiIncidentLine }) {
  const { t, placeName } = useLocale();
  return (
    <Link to="/incidents/$id" params={{ id: incident.id }} search={{}}>
      {t(`code.type.${incident.type}`)} · <Bdi>{placeName(incident.place)}</Bdi>
    </Link>
  );
}
