/**
 * One proposal: the exact text, its hash computed here from what is shown, who approved, and the approval itself, which a
 * passkey signs over the statement shown.
 */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ApiPasskeys, ApiProposal } from '../../../src/server/api/people.ts';
import { approvalQuery, ask, passkeysQuery, sessionQuery } from '../../app/desk.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './desk.module.css';
import { DeskFrame, type SignedIn } from './desk-frame.tsx';
import { ActButton, Refused, useRoleWords } from './parts.tsx';
import { sha256Hex, signStatement } from './passkey.ts';
import { useAct } from './use-act.ts';

/** Longer texts are shown to here; the rest is in the file. */
const SHOWN = 200_000;

export function ApprovalScreen() {
  const { t } = useLocale();
  const { id } = useParams({ from: '/desk/approvals/$id' });
  return (
    <DeskFrame title={t('web.desk.approval')} action="act.propose">
      {(me) => <Loaded id={id} me={me} />}
    </DeskFrame>
  );
}

function Loaded({ id, me }: { id: string; me: SignedIn }) {
  const { t } = useLocale();
  return (
    <>
      <p>
        <Link to="/desk/approvals">{t('web.desk.allApprovals')}</Link>
      </p>
      <AsyncView query={useQuery(approvalQuery(id))}>
        {(one) => (
          <div className={styles.stack}>
            <Proposal one={one} me={me} />
          </div>
        )}
      </AsyncView>
    </>
  );
}

function Proposal({ one, me }: { one: ApiProposal; me: SignedIn }) {
  const { t, formats, words } = useLocale();
  const word = useRoleWords();
  const { proposal, text } = one;
  const hash = useQuery({
    queryKey: ['sha256', proposal.sha256, text.length],
    queryFn: () => sha256Hex(text),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  return (
    <>
      <Panel title={words(`act.${proposal.act}`) ?? proposal.act}>
        <dl className={styles.facts}>
          <dt>{t('web.desk.about')}</dt>
          <dd>
            <Bdi dir="ltr">{proposal.object}</Bdi>
          </dd>
          <dt>{t('web.desk.state')}</dt>
          <dd>{words(`web.desk.state.${one.state}`) ?? one.state}</dd>
          <dt>{t('web.desk.author')}</dt>
          <dd>
            <Bdi>{one.organisation ?? ''}</Bdi> {one.mine ? t('web.desk.byYou') : null}{' '}
            <span className={styles.soft}>{formats.instant(new Date(proposal.proposedAt).toISOString())}</span>
          </dd>
          <Plain text={text} />
        </dl>
      </Panel>
      <Panel title={t('web.desk.exactText')} note={t('web.desk.exactTextNote')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
        <div className={styles.box} tabIndex={0}>
          <pre dir="ltr" className={styles.code} data-text>
            {text.slice(0, SHOWN)}
          </pre>
        </div>
        {text.length > SHOWN ? <p>{t('web.desk.textCut')}</p> : null}
        <p className={`${styles.soft} ${styles.hash}`}>
          SHA-256 <Bdi dir="ltr">{proposal.sha256}</Bdi>
        </p>
        <p data-hash={hash === undefined ? 'busy' : hash === proposal.sha256 ? 'same' : 'other'}>
          {hash === undefined ? null : hash === proposal.sha256 ? t('web.desk.hashSame') : t('web.desk.hashOther')}
        </p>
      </Panel>
      <Panel title={t('web.desk.approvedBy', { n: one.approvals.length })}>
        <ul className={styles.list}>
          {one.approvals.map((given) => (
            <li key={given.person} className={styles.item}>
              <p>
                <Bdi className={styles.name}>{given.organisation}</Bdi> · {word(given.role)}
              </p>
              <p className={styles.soft}>
                {formats.instant(new Date(given.at).toISOString())} ·{' '}
                {given.assertion
                  ? t('web.desk.signedPasskey')
                  : given.signature
                    ? t('web.desk.signedKey')
                    : t('web.desk.unsigned')}
              </p>
            </li>
          ))}
        </ul>
        {one.silent.length > 0 ? <p>{t('web.desk.silent', { chairs: one.silent.join('، ') })}</p> : null}
      </Panel>
      {one.state === 'open' && hash === proposal.sha256 ? <Acts one={one} me={me} /> : null}
    </>
  );
}

/** The fields of an act in words, above its exact text. A text that is no small JSON object shows none. */
function Plain({ text }: { text: string }) {
  const { words, t } = useLocale();
  if (text.length > 20_000) return null;
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof fields !== 'object' || fields === null) return null;
  // The organisation of a recipient's key is not one that is shown something.
  const isKey = 'recipient' in fields;
  return Object.entries(fields)
    .map(([name, value]) => [isKey && name === 'organisation' ? 'collects' : name, value] as const)
    .filter(
      ([name, value]) => words(`web.desk.field.${name}`) !== undefined && value !== null && typeof value !== 'object',
    )
    .map(([name, value]) => (
      <div key={name} className={styles.pair}>
        <dt>{words(`web.desk.field.${name}`)}</dt>
        <dd>
          <Bdi>{typeof value === 'boolean' ? t(value ? 'web.desk.yes' : 'web.desk.no') : String(value)}</Bdi>
        </dd>
      </div>
    ));
}

function Acts({ one, me }: { one: ApiProposal; me: SignedIn }) {
  const { t } = useLocale();
  const act = useAct();
  const demo = useQuery(sessionQuery).data?.demo ?? false;
  const passkeys = useQuery(passkeysQuery).data;
  const path = `/api/approvals/${one.proposal.id}`;
  const { toSign } = one;
  const approve = (statement: string, keys: ApiPasskeys) =>
    act.run(async () => {
      // The made-up persons of the demo have no passkey; the server refuses everyone else without one.
      const assertion = demo && keys.items.length === 0 ? null : await signStatement(statement, keys);
      await ask('POST', path, { sha256: one.proposal.sha256, assertion }, me.csrf);
    });
  return (
    <Panel title={t('web.desk.decide')} note={t('web.desk.decideNote')}>
      <div className={styles.form}>
        <Refused text={act.refused} />
        {one.mine ? <p>{t('web.desk.ownProposal')}</p> : null}
        {one.approved ? <p>{t('web.desk.youApproved')}</p> : null}
        <div className={styles.actions}>
          {toSign && passkeys && !one.mine && !one.approved ? (
            <ActButton busy={act.busy} onPress={() => void approve(toSign, passkeys)}>
              {t('web.desk.approve')}
            </ActButton>
          ) : null}
          {one.mine ? (
            <ActButton
              plain
              busy={act.busy}
              onPress={() => void act.run(() => ask('DELETE', path, undefined, me.csrf))}
            >
              {t('web.desk.withdrawProposal')}
            </ActButton>
          ) : null}
        </div>
        {toSign ? (
          <details>
            <summary>{t('web.desk.whatIsSigned')}</summary>
            <div className={styles.box}>
              <pre dir="ltr" className={styles.code}>
                {toSign}
              </pre>
            </div>
          </details>
        ) : null}
      </div>
    </Panel>
  );
}
