/** Inside the terms or not: the four values, why, who says so, source by source; the clause it would breach; who stays protected. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isolate } from '../../../src/core/index.ts';
import type { ApiIncident, ApiTermsPosition } from '../../../src/server/api/types.ts';
import { termsQuery } from '../../app/api.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { InTermsMark } from '../../ui/in-terms-mark.tsx';
import { InTermsWho } from '../../ui/in-terms-who.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useParties } from '../../ui/party.tsx';
import { ProposalTag } from '../../ui/proposal.tsx';
import { Voice } from '../../ui/voice.tsx';
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
            {groupPositions(incident.termsPositions).map((group) => (
              <Position key={group.map((one) => one.report).join()} group={group} incident={incident.id} />
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

/** Reports that say the same about who did it and to whom, together. */
function groupPositions(positions: readonly ApiTermsPosition[]): ApiTermsPosition[][] {
  const groups = new Map<string, ApiTermsPosition[]>();
  for (const position of positions) {
    const key = `${position.value} ${position.actor ?? ''} ${position.victim ?? ''}`;
    const group = groups.get(key) ?? [];
    if (group.every((one) => one.report !== position.report)) groups.set(key, [...group, position]);
  }
  return [...groups.values()];
}

function Position({ group, incident }: { group: readonly ApiTermsPosition[]; incident: string }) {
  const { t } = useLocale();
  const parties = useParties();
  const [first] = group;
  if (!first) return null;
  return (
    <li>
      <span className={styles.by}>
        <span>
          {t('web.terms.by', { actor: isolate(parties.name(first.actor)) })}
          {first.victim ? ` · ${t('web.terms.on', { victim: isolate(parties.name(first.victim)) })}` : null}
        </span>
        <InTermsMark value={first.value} />
      </span>
      <span className={styles.soft}>
        {group.map((position, index) => (
          <span key={position.report}>
            {index > 0 ? t('web.separator') : ''}
            <Link
              to="/incidents/$id"
              params={{ id: incident }}
              search={{ report: position.report }}
              hash={`report-${position.report}`}
            >
              <Voice name={position.by} />
            </Link>
          </span>
        ))}
      </span>
    </li>
  );
}
