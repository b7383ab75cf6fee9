/** What was read from a report: field, value, the very words. Choosing one shows only its words in the text; the choice is in the address. */
import { Link } from '@tanstack/react-router';
import type { ApiClaim, ApiReport, ClaimField } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import { ProposalTag } from '../../ui/proposal.tsx';
import styles from './claim-list.module.css';
import { ClaimValue } from './claim-value.tsx';
import { shortQuote, wordsOf } from './segments.ts';

/** The order in which a person asks: what, where, when, who, whom, how many. */
const FIELDS: readonly ClaimField[] = [
  'type',
  'place',
  'start',
  'end',
  'actor',
  'target',
  'weapon',
  'killed',
  'injured',
];
/** Quotations shown for one claim; all of them are marked in the text when the field is chosen. */
const QUOTES = 2;

interface ClaimListProps {
  readonly report: ApiReport;
  readonly document: string;
  readonly field: string | undefined;
}

export function ClaimList({ report, document, field }: ClaimListProps) {
  const { t } = useLocale();
  if (report.claims.length === 0) return <p className={styles.none}>{t('web.claims.none')}</p>;
  const claims = [...report.claims].sort((a, b) => FIELDS.indexOf(a.value.field) - FIELDS.indexOf(b.value.field));
  const proposed = report.claims.every((claim) => claim.standing === 'proposed');
  return (
    <div>
      <h4 className={styles.title}>
        {t('web.claims.title')} {proposed ? <ProposalTag /> : null}
      </h4>
      <ul className={styles.list}>
        {claims.map((claim, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: claims of a report have no identity and never move
          <li key={index} className={styles.claim} data-on={claim.value.field === field || undefined}>
            <Claim
              claim={claim}
              report={report}
              document={document}
              on={claim.value.field === field}
              tagged={!proposed}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ClaimProps {
  readonly claim: ApiClaim;
  readonly report: ApiReport;
  readonly document: string;
  readonly on: boolean;
  readonly tagged: boolean;
}

function Claim({ claim, report, document, on, tagged }: ClaimProps) {
  const { t } = useLocale();
  const { field } = claim.value;
  const words = wordsOf(document, claim);
  return (
    <>
      <span className={styles.field} data-field={field}>
        {words.length > 0 ? (
          <Link
            to="/incidents/$id"
            params={(previous) => ({ id: previous.id ?? '' })}
            search={on ? { report: report.id } : { report: report.id, field }}
            aria-current={on ? 'true' : undefined}
            replace
            resetScroll={false}
          >
            {t(`code.field.${field}`)}
          </Link>
        ) : (
          t(`code.field.${field}`)
        )}
      </span>
      <span className={styles.value}>
        {claim.standing === 'rejected' ? (
          <s className={styles.soft}>
            <ClaimValue value={claim.value} />
          </s>
        ) : (
          <ClaimValue value={claim.value} />
        )}
        {claim.alleged ? <span className={styles.soft}> {t('web.claims.alleged')}</span> : null}
        {tagged ? (
          <>
            {' '}
            <ProposalTag standing={claim.standing} />
          </>
        ) : null}
        {words.length > 0 ? (
          <span className={styles.words}>
            {words.slice(0, QUOTES).map((run, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: runs of one claim never move
              <q key={index} lang={report.lang === 'other' ? undefined : report.lang} dir="auto">
                {shortQuote(run)}
              </q>
            ))}
            {words.length > QUOTES ? t('web.claims.more', { n: words.length - QUOTES }) : null}
          </span>
        ) : (
          <span className={styles.words}>
            {t(claim.basis === 'stated' ? 'web.claims.stated' : 'web.claims.noWords')}
          </span>
        )}
      </span>
    </>
  );
}
