/**
 * The act `key.change`: the registered key of a program's token, the key with which the log signs, or a key to which an
 * organisation's identities are sealed. What each is about, what must be true before, and what carries it out.
 */
import { z } from 'zod';
import { changeKey, type Performer } from '../access/index.ts';
import { Problem } from '../core/index.ts';
import type { Queryable } from '../db/index.ts';
import { checkRecipientChange, PURPOSES, type RecipientChange, recordRecipientChange } from '../intake/index.ts';
import { announceKeyChange, type PreparedKeyChange, requirePrepared } from '../record/index.ts';
import { NO_RECORD } from './problems.ts';

const act = z.literal('key.change');
/** Why, in words that everyone may read. */
const reason = z.string().trim().min(8).max(2_000);
const vkey = z.string().min(1).max(500);

export const tokenKeyAct = z.strictObject({
  act,
  person: z.string().regex(/^token:[0-9a-f-]{36}$/),
  publicKey: z.string().max(100).nullable(),
  reason,
});
/** Both keys as vkeys. `lost`: the old key is gone or in strange hands, and the log goes on without its signature. */
export const logKeyAct = z.strictObject({
  act,
  logKey: vkey,
  replaces: vkey,
  oldKey: z.enum(['signs', 'lost']),
  reason,
});
export const recipientAct = z.strictObject({
  act,
  recipient: z.string().max(200),
  organisation: z.string().min(1).max(100),
  purpose: z.enum(PURPOSES),
  retire: z.boolean().default(false),
  reason,
});

const keyAct = z.union([tokenKeyAct, logKeyAct, recipientAct]);
export type KeyAct = z.infer<typeof keyAct>;

/** What key changes need of the house. */
export interface KeyTools {
  /** The next key of the log, where one lies prepared; undefined where there is no running log. */
  preparedKey?: (() => PreparedKeyChange | null) | undefined;
}

export function keyObjectOf(asked: KeyAct): string {
  if ('logKey' in asked) return 'record:log-key';
  return 'recipient' in asked ? `recipient:${asked.recipient}` : `person:${asked.person}`;
}

const logChangeOf = ({ logKey, replaces, oldKey }: z.infer<typeof logKeyAct>): PreparedKeyChange => ({
  origin: logKey.split('+')[0] ?? '',
  from: replaces,
  to: logKey,
  oldKey,
});

const recipientChangeOf = ({ organisation, recipient, purpose, retire }: RecipientChange): RecipientChange => ({
  organisation,
  recipient,
  purpose,
  retire,
});

function preparedIn({ preparedKey }: KeyTools): PreparedKeyChange | null {
  if (!preparedKey) throw new Problem(NO_RECORD, 'no log runs here');
  return preparedKey();
}

/** Refuses a change that is not possible now. */
export async function checkKeyAct(db: Queryable, agreement: string, tools: KeyTools, asked: KeyAct): Promise<void> {
  if ('logKey' in asked) requirePrepared(preparedIn(tools), logChangeOf(asked));
  if ('recipient' in asked) await checkRecipientChange(db, agreement, recipientChangeOf(asked));
}

/** Carries out `key.change`. */
export const keyPerformer =
  (tools: KeyTools): Performer =>
  async (tx, ctx, proposal, text, approvals) => {
    const asked = keyAct.parse(JSON.parse(text));
    const { reason } = asked;
    const by = approvals.map(({ organisation }) => organisation);
    const decided = { reason, by, proposal: proposal.id, sha256: proposal.sha256 };
    if ('logKey' in asked) await announceKeyChange(tx, ctx, preparedIn(tools), { ...logChangeOf(asked), ...decided });
    else if ('recipient' in asked) await recordRecipientChange(tx, ctx, recipientChangeOf(asked), decided);
    else await changeKey(tx, ctx, proposal, text, approvals);
  };
