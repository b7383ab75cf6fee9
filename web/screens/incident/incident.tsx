/** One incident: every report behind it, the words each value was read from, disagreement side by side, and why each report is here. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ApiIncident } from '../../../src/server/api/types.ts';
import { incidentQuery } from '../../app/api.ts';
import { sessionQuery } from '../../app/desk.ts';
import { edtfText } from '../../app/format.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PartyName } from '../../ui/party.tsx';
import { ProposalTag } from '../../ui/proposal.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { Contradictions } from './contradictions.tsx';
import { Facts } from './facts.tsx';
import styles from './incident.module.css';
import { Origins } from './origins.tsx';
import { ReportCard } from './report-card.tsx';
import { TermsPanel } from './terms-panel.tsx';
import { TollPanel } from './toll-panel.tsx';

export function IncidentScreen() {
  const { id } = useParams({ from: '/incidents/$id' });
  const query = useQuery(incidentQuery(id));
  return (
    <AsyncView query={query} bones={12}>
      {(incident) => <Incident incident={incident} />}
    </AsyncView>
  );
}

function Incident({ incident }: { incident: ApiIncident }) {
  const { t, placeName } = useLocale();
  const place = placeName(incident.place);
  const type = t(`code.type.${incident.type}`);
  useTitle(type, place, t('web.brand'));
  return (
    <article className={styles.incident}>
      <Head incident={incident} />
      <Decided incident={incident} />
      <Propose id={incident.id} />
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Facts incident={incident} />
          <Contradictions incident={incident} />
        </div>
        <TermsPanel incident={incident} />
      </div>
      <TollPanel incident={incident} />
      <Origins incident={incident} />
      <Panel
        title={t('web.incident.reports', { n: incident.reportList.length })}
        note={t('web.incident.reportsNote')}
        id="reports"
      >
        <ol className={styles.reports}>
          {incident.reportList.map((report) => (
            <li key={report.id}>
              <ReportCard report={report} />
            </li>
          ))}
        </ol>
      </Panel>
      <History incident={incident} />
    </article>
  );
}

function Head({ incident }: { incident: ApiIncident }) {
  const { t, placeName, formats } = useLocale();
  const isDecided = incident.acts.length > 0;
  return (
    <header className={styles.head}>
      <p className={styles.back}>
        <Link to="/" search={{ day: incident.day, sel: incident.id }}>
          {t('web.incident.back', { day: formats.day(incident.day) })}
        </Link>
      </p>
      <h1>
        {t(`code.type.${incident.type}`)} · <Bdi>{placeName(incident.place)}</Bdi>
      </h1>
      <p className={styles.when}>{edtfText(t, formats, incident.start ?? incident.day)}</p>
      <p className={styles.state}>
        <StatusMark status={incident.status} proposed={incident.proposed} withText />
        {incident.proposed && !isDecided ? <ProposalTag /> : null}
        {incident.contested ? <span>{t('web.incident.contested')}</span> : null}
      </p>
      {incident.proposed && !isDecided ? <p className={styles.noVerdict}>{t('web.incident.noVerdict')}</p> : null}
    </header>
  );
}

/** For a person at the desk: the way to propose an act. Asks nothing of the server: it reads who is known to be signed in. */
function Propose({ id }: { id: string }) {
  const { t } = useLocale();
  const me = useQuery({ ...sessionQuery, enabled: false }).data?.signedIn;
  if (!me?.may.includes('act.propose')) return null;
  return (
    <p>
      <Link to="/desk/approvals" search={{ act: 'incident.dismiss', about: id }}>
        {t('web.incident.propose')}
      </Link>
    </p>
  );
}

/** What two organisations decided, why, and who says so. Nobody else's word is a verdict. */
function Decided({ incident }: { incident: ApiIncident }) {
  const { t, formats } = useLocale();
  if (incident.acts.length === 0) return null;
  return (
    <Panel title={t('web.incident.acts')} note={t('web.incident.actsNote')}>
      <ul className={styles.acts}>
        {incident.acts.map((one) => (
          <li key={one.proposal} data-act={one.act}>
            <p>
              {t(`web.incident.act.${one.act}`)} {one.party === null ? null : <PartyName id={one.party} />}
            </p>
            <p>
              <Bdi>{one.reason}</Bdi>
            </p>
            <p className={styles.saysSo}>
              {t('web.incident.saysSo')} <Bdi>{one.by.join('، ')}</Bdi> · {formats.instant(one.at)}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function History({ incident }: { incident: ApiIncident }) {
  const { t, formats, words } = useLocale();
  if (incident.history.length === 0) return null;
  return (
    <Panel title={t('web.incident.history')} note={t('web.incident.historyNote')}>
      <ol className={styles.history}>
        {incident.history.map((entry) => (
          <li key={entry.index}>
            {words(`entry.${entry.kind}`) ?? <Bdi dir="ltr">{entry.kind}</Bdi>} · {formats.instant(entry.at)} ·{' '}
            {t('web.incident.entry', { n: entry.index })}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
