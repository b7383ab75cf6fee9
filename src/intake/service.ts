/**
 * The verbs of the intake form. Each is written with a clock that shows full hours only, and answers after it is durable;
 * the same submission again is answered as the first time and adds nothing.
 */
import { createHash } from 'node:crypto';
import { type Actor, dayInZone, Problem } from '../core/index.ts';
import type { Ctx, Queryable, Tx } from '../db/index.ts';
import { append } from '../record/index.ts';
import { checkReport, entryOf, isIdTaken, type Plausible, readReports, receiveWithin } from '../sources/index.ts';
import { ageFileFacts } from './age-file.ts';
import { nextFullHour, onTheHour } from './coarse-time.ts';
import { type Door, INTAKE_LIMITS, reportOf, type Submission, submissionSchema } from './model.ts';
import {
  BAD_SUBMISSION,
  INTAKE_CLOSED,
  NO_RECIPIENTS,
  NOT_ANNOUNCED,
  NOT_SEALED,
  OTHER_BYTES,
  SEALED_NOT_FOUND,
  SUBMISSION_CHANGED,
  TOO_HARD,
  TOO_MANY_PIXELS,
  UNKNOWN_KIND,
  UNREADABLE_PICTURE,
} from './problems.ts';
import {
  findAttachment,
  findIdentity,
  findSubmission,
  findSubmissionOf,
  insertAttachment,
  insertIdentity,
  insertSubmission,
  type Recipient,
  readPublicDoor,
  readRecipients,
  type SubmissionRow,
} from './store.ts';
import type { Done } from './workshop/task.ts';
import type { Crafted, Pieces, Workshop } from './workshop/workshop.ts';

/** Through which door somebody speaks, and to whom an identity is sealed. */
export interface Welcome {
  readonly door: Door;
  readonly organisation: string;
  readonly recipients: readonly Recipient[];
}

/**
 * The door for an actor: the staff's of its own organisation, else the public one. Throws INTAKE_CLOSED when the public
 * one is closed. Recipients are empty until a custodian's key and the recovery key are both there: then a testimony may
 * come in, an identity may not.
 */
export async function welcome(db: Queryable, agreement: string, actor: Actor | undefined): Promise<Welcome> {
  const organisation = actor ? actor.organisation : await readPublicDoor(db, agreement);
  if (!organisation) throw new Problem(INTAKE_CLOSED, 'this form takes nothing without an account here');
  const recipients = await readRecipients(db, agreement, organisation);
  const complete = (['custodian', 'recovery'] as const).every((purpose) =>
    recipients.some((one) => one.purpose === purpose),
  );
  return { door: actor ? 'staff' : 'public', organisation, recipients: complete ? recipients : [] };
}

export interface Submitted {
  /** Receipt number, which is the report's id too. */
  readonly receipt: string;
  /** Index of the record's entry. */
  readonly entry: number | null;
  readonly again: boolean;
}

export interface IntakeTools {
  readonly timeZone: string;
  plausible(): Plausible;
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** Receives a submission. Throws a Problem of intake, or of access for an actor that may not submit. */
export async function submit(
  ctx: Ctx,
  tools: IntakeTools,
  body: unknown,
  actor: Actor | undefined,
): Promise<Submitted> {
  const submission = parse(body);
  const at = await welcome(ctx.db, ctx.agreement, actor);
  const key = { idSha256: sha256(submission.id), bodyMark: ctx.db.vault.mark('submission', wordsOf(submission)) };
  const known = await findSubmission(ctx.db, ctx.agreement, key.idSha256);
  if (known) return again(ctx, known.report, isSame(known, key));
  const identity = sealedIdentity(submission, at);
  const hourly = onTheHour(ctx);
  try {
    return await ctx.db.inTransaction((tx) => receive(tx, ctx, hourly, tools, submission, at, key, identity));
  } catch (error) {
    // Two tries of one submission that met: the first one's row refused the second.
    const first = await findSubmission(ctx.db, ctx.agreement, key.idSha256);
    if (!first) throw error;
    return again(ctx, first.report, isSame(first, key));
  }
}

const isSame = (known: SubmissionRow, { bodyMark }: Pick<SubmissionRow, 'bodyMark'>): boolean =>
  known.bodyMark === null || known.bodyMark === bodyMark;

/** What makes two sendings the same. An identity is sealed anew each time, so only that there is one counts. */
const wordsOf = (submission: Submission): string =>
  JSON.stringify({ ...submission, identity: submission.identity !== null });

async function receive(
  tx: Tx,
  ctx: Ctx,
  hourly: Ctx,
  tools: IntakeTools,
  submission: Submission,
  at: Welcome,
  key: Pick<SubmissionRow, 'idSha256' | 'bodyMark'>,
  identity: Uint8Array | null,
): Promise<Submitted> {
  const receipt = await drawReceipt(tx, ctx);
  const caller = at.door === 'staff' ? await callerOf(tx, ctx.agreement, submission.earlier, at.organisation) : null;
  const today = dayInZone(ctx.clock.now(), tools.timeZone);
  const voice = { organisation: at.organisation, door: at.door, caller: caller ?? receipt };
  const checked = checkReport(reportOf(submission, voice, receipt, today, tools.timeZone), tools.plausible());
  if ('reason' in checked) throw new Problem(BAD_SUBMISSION, checked.reason, { params: { reason: checked.reason } });
  const told = { organisation: at.organisation, door: at.door, identity: identity && sha256(identity) };
  const { id, entry } = await receiveWithin(tx, hourly, checked.report, {
    told,
    shownFrom: nextFullHour(ctx.clock.now()),
  });
  await insertSubmission(tx, ctx.agreement, {
    ...key,
    report: id,
    organisation: at.organisation,
    door: at.door,
    announced: submission.attachments,
  });
  if (identity)
    await insertIdentity(tx, ctx.agreement, {
      report: id,
      organisation: at.organisation,
      sha256: sha256(identity),
      ciphertext: identity,
    });
  return { receipt: id, entry, again: false };
}

function parse(body: unknown): Submission {
  const parsed = submissionSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  // Field and rule, never the value: it may be somebody's words.
  const reason = `${issue?.path.join('.') || 'submission'}: ${issue?.message ?? 'not a submission'}`.slice(0, 300);
  throw new Problem(BAD_SUBMISSION, reason, { params: { reason } });
}

async function again(ctx: Ctx, report: string, same: boolean): Promise<Submitted> {
  if (!same) throw new Problem(SUBMISSION_CHANGED, 'this id was used for other words: start a new form');
  return { receipt: report, entry: (await entryOf(ctx, report)) ?? null, again: true };
}

/** The identity's age file; null when none came. Throws NOT_SEALED for what is not sealed as it must be. */
function sealedIdentity({ identity }: Submission, { recipients }: Welcome): Uint8Array | null {
  if (identity === null) return null;
  if (recipients.length === 0)
    throw new Problem(NO_RECIPIENTS, 'there is nobody to seal an identity to yet: send the testimony without one');
  const bytes = Buffer.from(identity, 'base64');
  const facts = ageFileFacts(bytes);
  if (facts?.recipients !== recipients.length || facts.size !== INTAKE_LIMITS.identity)
    throw new Problem(NOT_SEALED, 'the identity is not sealed to the custodians in force; load the form again');
  return bytes;
}

const DIGITS = 12;

/** Twelve random digits that no report has. */
async function drawReceipt(tx: Tx, ctx: Ctx): Promise<string> {
  for (;;) {
    const view = new DataView(Uint8Array.from(ctx.random.bytes(8)).buffer);
    const digits = (view.getBigUint64(0) % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, '0');
    const receipt = `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`;
    if (!(await isIdTaken(tx, ctx.agreement, receipt))) return receipt;
  }
}

/** The caller behind an earlier receipt of the same organisation. */
async function callerOf(
  tx: Tx,
  agreement: string,
  earlier: string | null,
  organisation: string,
): Promise<string | null> {
  if (earlier === null) return null;
  const known = await findSubmissionOf(tx, agreement, earlier);
  const [report] = known?.organisation === organisation ? await readReports(tx, agreement, [earlier]) : [];
  if (!report)
    throw new Problem(BAD_SUBMISSION, 'earlier: no report of this organisation has that receipt number', {
      params: { reason: 'earlier' },
    });
  return report.origin?.replace(/^caller /, '') ?? earlier;
}

const REFUSALS = {
  'other-bytes': [OTHER_BYTES, 'the file is not the one that was announced'],
  'unknown-kind': [UNKNOWN_KIND, 'pictures (JPEG, PNG, WebP, HEIC), films, sound and PDF are taken, by their content'],
  'too-many-pixels': [TOO_MANY_PIXELS, `a picture may have ${INTAKE_LIMITS.pixels} pixels`],
  unreadable: [UNREADABLE_PICTURE, 'the picture is damaged or not what it says'],
  'too-hard': [TOO_HARD, 'the file took more time or memory than any honest one needs'],
} as const;

/** What a file was found to be; null when the workshop is full and the sender should come again. Throws a Problem for a refusal. */
export function craftedOr(crafted: Crafted): Done | null {
  if ('done' in crafted) return crafted.done;
  if (crafted.refused === 'overloaded') return null;
  const [kind, detail] = REFUSALS[crafted.refused];
  throw new Problem(kind, detail);
}

/**
 * Receives one announced attachment of a submission, by the id that only its sender has. `created` false: it was there.
 * Null when the workshop is full.
 */
export async function attach(
  ctx: Ctx,
  workshop: Workshop,
  folder: string,
  submission: string,
  file: { readonly sha256: string; readonly pieces: Pieces },
): Promise<{ readonly created: boolean } | null> {
  const known = await findSubmission(ctx.db, ctx.agreement, sha256(submission));
  if (!known?.announced.includes(file.sha256))
    throw new Problem(NOT_ANNOUNCED, 'no such attachment was announced with this submission');
  const { report, organisation } = known;
  if (await findAttachment(ctx.db, ctx.agreement, report, file.sha256)) return { created: false };
  const recipients = await readRecipients(ctx.db, ctx.agreement, organisation);
  if (recipients.length === 0) throw new Problem(NO_RECIPIENTS, 'there is nobody to seal an original to yet');
  const done = craftedOr(
    await workshop.craft(
      {
        sha256: file.sha256,
        recipients: recipients.map(({ recipient }) => recipient),
        folder,
        maxPixels: INTAKE_LIMITS.pixels,
      },
      file.pieces,
    ),
  );
  if (done === null) return null;
  const hourly = onTheHour(ctx);
  const created = await ctx.db.inTransaction(async (tx) => {
    const view = done.view;
    const isNew = await insertAttachment(tx, ctx.agreement, report, {
      sha256: file.sha256,
      kind: done.kind,
      size: done.size,
      original: done.original,
      view: view?.bytes ?? null,
      viewSha256: view?.sha256 ?? null,
      width: view?.width ?? null,
      height: view?.height ?? null,
    });
    if (!isNew) return false;
    await append(tx, hourly, {
      agreement: ctx.agreement,
      kind: 'attachment.received',
      object: `report:${report}`,
      visibility: 'sealed',
      content: {
        report,
        sha256: file.sha256,
        kind: done.kind,
        size: done.size,
        original: done.original,
        view: view?.sha256 ?? null,
      },
    });
    return true;
  });
  return { created };
}

/** What a custodian may open of a report. */
export type Opened = { readonly ciphertext: Uint8Array } | { readonly original: string };

/**
 * Opens the sealed identity of a report, or the sealed original of an attachment, for a custodian of the organisation
 * that collected it. The entry that says who did it and why is durable before anything is handed out; what is handed out
 * is still sealed to the custodian's own key.
 */
export async function openSealed(
  ctx: Ctx,
  report: string,
  what: 'identity' | { readonly attachment: string },
  reason: string,
): Promise<Opened> {
  const organisation = ctx.actor.organisation ?? '';
  return ctx.db.inTransaction(async (tx) => {
    const own = (await findSubmissionOf(tx, ctx.agreement, report))?.organisation === organisation;
    const identity =
      what === 'identity' && own ? await findIdentity(tx, ctx.agreement, report, organisation) : undefined;
    const attachment =
      what !== 'identity' && own ? await findAttachment(tx, ctx.agreement, report, what.attachment) : undefined;
    if (!identity && !attachment)
      throw new Problem(SEALED_NOT_FOUND, 'your organisation holds nothing sealed under this number');
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: identity ? 'identity.opened' : 'original.opened',
      object: `report:${report}`,
      visibility: 'sealed',
      content: { report, organisation, reason, ...(attachment && { attachment: attachment.sha256 }) },
    });
    return identity ? { ciphertext: identity.ciphertext } : { original: attachment?.original ?? '' };
  });
}
