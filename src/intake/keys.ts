/** Whose keys identities are sealed to, and whether the form is open without an account. */
import { Encrypter } from 'age-encryption';
import { dayInZone, Problem } from '../core/index.ts';
import type { Ctx, Queryable, Tx } from '../db/index.ts';
import { append, type Json } from '../record/index.ts';
import { INTAKE_LIMITS } from './model.ts';
import { BAD_RECIPIENT, NO_RECIPIENTS, RECIPIENT_NOT_FOUND, TWO_PERSONS_NEEDED } from './problems.ts';
import {
  closePublicDoor,
  hasHadRecipient,
  keepRecipient,
  type Purpose,
  type Recipient,
  readPublicDoor,
  readRecipients,
  retireRecipient,
  setPublicDoor,
} from './store.ts';

const X25519_RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;

const today = (ctx: Ctx) => dayInZone(ctx.clock.now(), 'UTC');

/**
 * An organisation's first key of a purpose, named by the operator. Every later change is an act of two persons: whoever
 * runs the machine could else seal what is told from then on to a key of their own.
 */
export async function addFirstRecipient(
  ctx: Ctx,
  organisation: string,
  recipient: string,
  purpose: Purpose,
): Promise<void> {
  checkRecipient(recipient);
  await ctx.db.inTransaction(async (tx) => {
    if ((await readRecipients(tx, ctx.agreement, organisation)).some((one) => one.recipient === recipient)) return;
    if (await hasHadRecipient(tx, ctx.agreement, organisation, purpose))
      throw new Problem(
        TWO_PERSONS_NEEDED,
        `${organisation} has had a ${purpose} key: another one is an act of two persons (key.change, docs/operate.md)`,
      );
    await addRecipient(tx, ctx, { organisation, recipient, purpose }, {});
  });
}

/** A key added to those of an organisation, or retired from them. */
export interface RecipientChange {
  readonly organisation: string;
  readonly recipient: string;
  readonly purpose: Purpose;
  readonly retire: boolean;
}

/** Refuses a change that is not possible, or that changes nothing. */
export async function checkRecipientChange(db: Queryable, agreement: string, change: RecipientChange): Promise<void> {
  const { organisation, recipient, purpose, retire } = change;
  checkRecipient(recipient);
  const known = await readRecipients(db, agreement, organisation);
  const inForce = known.find((one) => one.recipient === recipient);
  if (retire ? inForce?.purpose !== purpose : inForce !== undefined)
    throw retire
      ? new Problem(RECIPIENT_NOT_FOUND, `${organisation} has no such ${purpose} key in force`)
      : new Problem(BAD_RECIPIENT, `${organisation} has this key already`);
  if (!retire && known.length >= INTAKE_LIMITS.recipients)
    throw new Problem(BAD_RECIPIENT, `an organisation has at most ${INTAKE_LIMITS.recipients} keys: retire one first`);
}

/** Carries out a change that two persons approved: what is sealed from now on is sealed to the keys then in force. */
export async function recordRecipientChange(
  tx: Tx,
  ctx: Ctx,
  change: RecipientChange,
  decided: { readonly [key: string]: Json },
): Promise<void> {
  await checkRecipientChange(tx, ctx.agreement, change);
  if (!change.retire) return addRecipient(tx, ctx, change, decided);
  const { organisation, recipient, purpose } = change;
  await retireRecipient(tx, ctx.agreement, organisation, recipient, today(ctx));
  await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: 'intake-recipient.retired',
    object: `recipient:${recipient}`,
    visibility: 'open',
    content: { organisation, recipient, purpose, ...decided },
  });
}

/** The entry is open: everyone may see whose keys hold. */
async function addRecipient(
  tx: Tx,
  ctx: Ctx,
  { organisation, recipient, purpose }: Omit<RecipientChange, 'retire'>,
  decided: { readonly [key: string]: Json },
): Promise<void> {
  await keepRecipient(tx, ctx.agreement, organisation, { recipient, purpose }, today(ctx));
  await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: 'intake-recipient.added',
    object: `recipient:${recipient}`,
    visibility: 'open',
    content: { organisation, recipient, purpose, ...decided },
  });
}

function checkRecipient(recipient: string): void {
  if (!X25519_RECIPIENT.test(recipient) || !isUsable(recipient))
    throw new Problem(BAD_RECIPIENT, 'not an age recipient (age1… of 62 letters and digits); make one with age-keygen');
}

/** The checksum of the key counts too: a mistyped one would lock every identity away for ever. */
function isUsable(recipient: string): boolean {
  try {
    new Encrypter().addRecipient(recipient);
    return true;
  } catch {
    return false;
  }
}

/** Opens the form to people without an account; an organisation with a custodian's key and a recovery key answers for it. */
export async function openPublicDoor(ctx: Ctx, organisation: string): Promise<void> {
  const recipients = await readRecipients(ctx.db, ctx.agreement, organisation);
  const missing = (['custodian', 'recovery'] as const).filter((purpose) =>
    recipients.every((one) => one.purpose !== purpose),
  );
  if (missing.length > 0)
    throw new Problem(NO_RECIPIENTS, `${organisation} has no ${missing.join(' and no ')} key yet: add one first`);
  await ctx.db.inTransaction(async (tx) => {
    await setPublicDoor(tx, ctx.agreement, organisation, today(ctx));
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'intake-door.opened',
      object: 'intake:public',
      visibility: 'open',
      content: { organisation },
    });
  });
}

export const shutPublicDoor = (ctx: Ctx): Promise<void> =>
  ctx.db.inTransaction(async (tx) => {
    if (!(await closePublicDoor(tx, ctx.agreement))) return;
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'intake-door.closed',
      object: 'intake:public',
      visibility: 'open',
      content: {},
    });
  });

export interface IntakeStatus {
  readonly publicDoor: string | null;
  readonly organisation: string | null;
  readonly recipients: readonly Recipient[];
}

/** The state of the public door, and the keys of one organisation (the door's own where none is asked for). */
export async function intakeStatus(ctx: Ctx, organisation: string | null): Promise<IntakeStatus> {
  const door = (await readPublicDoor(ctx.db, ctx.agreement)) ?? null;
  const asked = organisation ?? door;
  return {
    publicDoor: door,
    organisation: asked,
    recipients: asked === null ? [] : await readRecipients(ctx.db, ctx.agreement, asked),
  };
}
