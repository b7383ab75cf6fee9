/** Inside the terms or not: the four values, why, who says so, source by source; the clause it would breach; who stays protected. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ApiIncident, ApiTermsPosition } from '../../../src/server/api/types.ts';
import { termsQuery } from '../../app/api.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { InTermsMark } from '../../ui/in-terms-mark.tsx';
import { InTermsWho } from '../../ui/in-terms-who.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useParties } from '../../ui/party.tsx';
import { ProposalTag } from '../../ui/proposal.tsx';
import styles from './terms-panel.module.css';

export function TermsPanel({ incident }: { incident: ApiIncident }) {
  const { t, pick } = useLocale();
  const clauses = useQuery(termsQuery).data?.clauses.filter((clause) => incident.clauses.includes(clause.id)) ?? [];
  return (
    <Panel title={t('web.terms.question')}>
      <p>
        <InTermsWho inTerms={incident.inTerms} />
      </p>
      <p className={styles.tag}>
        <ProposalTag />
      </p>
      {incident.termsPositions.length > 0 ? (
        <>
          <h3 className={styles.sub}>{t('web.terms.whoSays')}</h3>
          <ul className={styles.list}>
            {incident.termsPositions.map((position) => (
              <Position key={position.report} position={position} incident={incident.id} />
            ))}
          </ul>
        </>
      ) : null}
      {clauses.length > 0 ? (
        <>
          <h3 className={styles.sub}>{t('web.terms.wouldBreach')}</h3>
          <ul className={styles.list}>
            {clauses.map((clause) => (
              <li key={clause.id}>
                <Link to="/terms" hash={clause.id}>
                  <Bdi dir="ltr">{clause.id}</Bdi>
                </Link>
                <Bdi className={styles.clause}>{pick(clause.text)}</Bdi>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p className={styles.protected}>{t('inTerms.protected')}</p>
    </Panel>
  );
}

function Position({ position, incident }: { position: ApiTermsPosition; incident: string }) {
  const { t } = useLocale();
  const parties = useParties();
  return (
    <li>
      <span className={styles.by}>
        <Link
          to="/incidents/$id"
          params={{ id: incident }}
          search={{ report: position.report }}
          hash={`report-${position.report}`}
        >
          <Bdi>{position.by}</Bdi>
        </Link>
        <InTermsMark value={position.value} />
      </span>
      <span className={styles.soft}>
        {t('web.terms.by', { actor: `\u2068${parties.name(position.actor)}\u2069` })}
        {position.victim ? ` · ${t('web.terms.on', { victim: `\u2068${parties.name(position.victim)}\u2069` })}` : null}
      </span>
    </li>
  );
}
