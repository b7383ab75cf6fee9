/** The verbs of the operator: whose keys identities are sealed to, and whether the form is open without an account. */
import { Encrypter } from 'age-encryption';
import { dayInZone, Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { append } from '../record/index.ts';
import { INTAKE_LIMITS } from './model.ts';
import { BAD_RECIPIENT, NO_RECIPIENTS, RECIPIENT_NOT_FOUND } from './problems.ts';
import {
  closePublicDoor,
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

/** Adds a public key to those that an organisation's identities are sealed to. The entry is open: everyone may see whose keys hold. */
export async function addRecipient(ctx: Ctx, organisation: string, recipient: string, purpose: Purpose): Promise<void> {
  if (!X25519_RECIPIENT.test(recipient) || !isUsable(recipient))
    throw new Problem(BAD_RECIPIENT, 'not an age recipient (age1… of 62 letters and digits); make one with age-keygen');
  const known = await readRecipients(ctx.db, ctx.agreement, organisation);
  if (known.length >= INTAKE_LIMITS.recipients)
    throw new Problem(BAD_RECIPIENT, `an organisation has at most ${INTAKE_LIMITS.recipients} keys: retire one first`);
  await ctx.db.inTransaction(async (tx) => {
    if (!(await keepRecipient(tx, ctx.agreement, organisation, { recipient, purpose }, today(ctx)))) return;
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'intake-recipient.added',
      object: `recipient:${recipient}`,
      visibility: 'open',
      content: { organisation, recipient, purpose },
    });
  });
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

/** Retires a key: what is sealed from now on is not sealed to it. */
export const removeRecipient = (ctx: Ctx, organisation: string, recipient: string): Promise<void> =>
  ctx.db.inTransaction(async (tx) => {
    if (!(await retireRecipient(tx, ctx.agreement, organisation, recipient, today(ctx))))
      throw new Problem(RECIPIENT_NOT_FOUND, `${organisation} has no such key in force`);
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'intake-recipient.retired',
      object: `recipient:${recipient}`,
      visibility: 'open',
      content: { organisation, recipient },
    });
  });

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
