/**
 * The verbs of acts: propose one as an exact text, and what carries it out once its quorum approved that text. Asked again
 * when it is carried out: what has changed nothing meanwhile may not happen twice.
 */
import { z } from 'zod';
import { type Act, type Performer, proposeAct, type StoredProposal } from '../access/index.ts';
import { foldOrganisation, Problem } from '../core/index.ts';
import type { Ctx, Queryable, Tx } from '../db/index.ts';
import { findIncident } from '../incidents/index.ts';
import { append } from '../record/index.ts';
import { canonicalJson } from '../record/verify/index.ts';
import { readReports } from '../sources/index.ts';
import { actorById, type Instrument } from '../terms/index.ts';
import { insertAct, insertDisclosure, isDisclosed, readActs } from './act-store.ts';
import { actsInForce, changesAnything, type INCIDENT_ACTS } from './acts.ts';
import {
  checkKeyAct,
  type KeyTools,
  keyObjectOf,
  keyPerformer,
  logKeyAct,
  recipientAct,
  tokenKeyAct,
} from './key-acts.ts';
import { INCIDENT_NOT_PUBLIC, NOT_DISCLOSED, NOTHING_TO_DO, UNKNOWN_PARTY } from './problems.ts';

const id = z.string().min(1).max(300);
/** Why, in words that everyone may read; never a name of a victim or a private person. */
const reason = z.string().trim().min(8).max(2_000);
const undo = z.boolean().default(false);

/** An act as it is asked for; its text is these very fields. Keys: key-acts.ts. */
const askedOther = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('incident.dismiss'), incident: id, reason, undo }),
  z.strictObject({
    act: z.literal('incident.attribute'),
    incident: id,
    party: z.string().min(1).max(64),
    reason,
    undo,
  }),
  z.strictObject({ act: z.literal('publication.withdraw'), incident: id, reason, undo }),
  z.strictObject({
    act: z.literal('sealed.disclose'),
    report: id,
    organisation: z.string().min(1).max(100),
    reason,
    undo,
  }),
]);
export const askedAct = z.union([askedOther, tokenKeyAct, logKeyAct, recipientAct]);
export type AskedAct = z.infer<typeof askedAct>;
type IncidentAsk = Extract<AskedAct, { readonly incident: string }>;
type DisclosureAsk = Extract<AskedAct, { readonly report: string }>;

export interface ActTools extends KeyTools {
  readonly instrument: Instrument;
}

const objectOf = (asked: AskedAct): string => {
  if ('incident' in asked) return `incident:${asked.incident}`;
  return 'report' in asked ? `report:${asked.report}` : keyObjectOf(asked);
};
const partyOf = (asked: IncidentAsk): string | null => ('party' in asked ? asked.party : null);

/** Proposes an act. Refuses what is not there, and what would change nothing. */
export async function propose(ctx: Ctx, tools: ActTools, asked: AskedAct): Promise<StoredProposal> {
  await checkAct(ctx.db, ctx.agreement, tools, asked);
  return proposeAct(ctx, { act: asked.act, object: objectOf(asked), text: canonicalJson(asked) });
}

async function checkAct(db: Queryable, agreement: string, tools: ActTools, asked: AskedAct): Promise<void> {
  if ('incident' in asked) return checkIncidentAct(db, agreement, tools.instrument, asked);
  if ('report' in asked) return checkDisclosure(db, agreement, asked);
  return checkKeyAct(db, agreement, tools, asked);
}

async function checkIncidentAct(
  db: Queryable,
  agreement: string,
  instrument: Instrument,
  asked: IncidentAsk,
): Promise<void> {
  const row = await findIncident(db, agreement, asked.incident);
  if (!row)
    throw new Problem(INCIDENT_NOT_PUBLIC, `there is no incident ${asked.incident}`, {
      params: { id: asked.incident },
    });
  const party = partyOf(asked);
  if (party !== null && !actorById(instrument, party))
    throw new Problem(UNKNOWN_PARTY, `the terms know no actor ${party}`, { params: { party } });
  const force = actsInForce(await readActs(db, agreement, [asked.incident]));
  if (!changesAnything(force, { act: asked.act, party, undo: asked.undo }))
    throw new Problem(NOTHING_TO_DO, asked.undo ? 'nothing of the kind is in force' : 'this is in force already');
}

async function checkDisclosure(db: Queryable, agreement: string, asked: DisclosureAsk): Promise<void> {
  const [report] = await readReports(db, agreement, [asked.report]);
  if (report?.visibility !== 'sealed') throw new Problem(NOT_DISCLOSED, 'there is no such sealed report');
  const organisation = foldOrganisation(asked.organisation);
  if ((await isDisclosed(db, agreement, { report: asked.report, organisation })) !== asked.undo)
    throw new Problem(NOTHING_TO_DO, asked.undo ? 'it is not disclosed' : 'it is disclosed already');
}

type ActPerformers = Readonly<Record<(typeof INCIDENT_ACTS)[number] | 'sealed.disclose' | 'key.change', Performer>>;

/** What carries each act out. */
export function actPerformers({ instrument, ...keys }: ActTools): ActPerformers {
  const carryOut: Performer = async (tx, ctx, proposal, text, approvals) => {
    const asked = parse(text, proposal.act);
    if (!('incident' in asked)) throw new Error(`${proposal.id} is about no incident`);
    await checkIncidentAct(tx, ctx.agreement, instrument, asked);
    const by = approvals.map(({ organisation }) => organisation);
    const { act, incident, reason, undo } = asked;
    const party = partyOf(asked);
    const at = new Date(ctx.clock.now());
    await insertAct(tx, ctx.agreement, { act, incident, party, reason, undo, by, proposal: proposal.id, at });
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: `${PAST[act]}${undo ? '-undone' : ''}`,
      object: `incident:${incident}`,
      visibility: 'open',
      content: { ...asked, by, proposal: proposal.id, sha256: proposal.sha256 },
    });
  };
  return {
    'incident.dismiss': carryOut,
    'incident.attribute': carryOut,
    'publication.withdraw': carryOut,
    'sealed.disclose': disclose,
    'key.change': keyPerformer(keys),
  };
}

const PAST: Readonly<Record<(typeof INCIDENT_ACTS)[number], string>> = {
  'incident.dismiss': 'incident.dismissed',
  'incident.attribute': 'incident.attributed',
  'publication.withdraw': 'publication.withdrawn',
};

const disclose: Performer = async (tx, ctx, proposal, text) => {
  const asked = parse(text, proposal.act);
  if (!('report' in asked)) throw new Error(`${proposal.id} is about no report`);
  await checkDisclosure(tx, ctx.agreement, asked);
  const { report, undo } = asked;
  const organisation = foldOrganisation(asked.organisation);
  await insertDisclosure(tx, ctx.agreement, {
    report,
    organisation,
    undo,
    proposal: proposal.id,
    at: new Date(ctx.clock.now()),
  });
  await sealedEntry(tx, ctx, undo ? 'disclosure.ended' : 'disclosure.made', report, {
    organisation: asked.organisation,
    proposal: proposal.id,
    sha256: proposal.sha256,
  });
};

/** The words of a sealed report that stands disclosed to the actor's organisation; each reading is an entry. */
export function readDisclosed(ctx: Ctx, report: string, why: string) {
  const organisation = foldOrganisation(ctx.actor.organisation ?? '');
  return ctx.db.inTransaction(async (tx) => {
    const [found] = await readReports(tx, ctx.agreement, [report]);
    if (found?.visibility !== 'sealed' || !(await isDisclosed(tx, ctx.agreement, { report, organisation })))
      throw new Problem(NOT_DISCLOSED, 'nothing is disclosed to your organisation under this number');
    await sealedEntry(tx, ctx, 'disclosure.read', report, { organisation, reason: why });
    const { id, lang, published, title, text } = found;
    return { id, lang, published, title, text };
  });
}

async function sealedEntry(
  tx: Tx,
  ctx: Ctx,
  kind: string,
  report: string,
  content: Record<string, string>,
): Promise<void> {
  await append(tx, ctx, {
    agreement: ctx.agreement,
    kind,
    object: `report:${report}`,
    visibility: 'sealed',
    content: { report, ...content },
  });
}

function parse(text: string, act: Act): AskedAct {
  const asked = askedAct.parse(JSON.parse(text));
  if (asked.act !== act) throw new Error(`the text is of ${asked.act}, the proposal of ${act}`);
  return asked;
}
