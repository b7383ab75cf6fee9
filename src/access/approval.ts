/**
 * Whether an act may happen: two distinct persons of two organisations at least, none of them its author, each for the
 * very same text. Pure. Every approval is judged again each time, so that nothing stored counts unless it may count.
 */
import { foldOrganisation } from '../core/index.ts';
import { isRole, may } from './model.ts';

/** What no single person, and no single organisation, may do. */
export const ACTS = [
  'bulletin.release',
  'incident.dismiss',
  'incident.attribute',
  'publication.withdraw',
  'key.change',
  'sealed.disclose',
] as const;
export type Act = (typeof ACTS)[number];

/** No terms file can ask for less. */
export const LEAST_ORGANISATIONS = 2;

/** Who must agree, as the terms say (spec/terms.md). */
export interface Quorum {
  /** How many organisations, one person of each; never fewer than two. */
  readonly organisations: number;
  /** Co-chairs among them: none needed, one, or every one that has a seat. */
  readonly chairs: 'none' | 'one' | 'every';
  /** Which organisations speak for which chair; those of one chair are one voice. */
  readonly seats: readonly { readonly chair: string; readonly organisations: readonly string[] }[];
  /** Organisations that speak for no side. Where seats or neutrals are listed, no other organisation counts. */
  readonly neutral: readonly string[];
  /** With `every`: hours after which one chair and one neutral can release, the silent chairs named. Null: never. */
  readonly silentHours: number | null;
}

export interface Proposed {
  readonly act: Act;
  /** SHA-256 of the exact text, lower-case hex. */
  readonly sha256: string;
  /** Id of the person (or the machine) that proposed it. */
  readonly author: string;
  /** UTC milliseconds. */
  readonly proposedAt: number;
}

export interface Approval {
  readonly person: string;
  readonly organisation: string;
  readonly role: string;
  /** Of the text that the person saw. */
  readonly sha256: string;
}

export type Refusal = 'role' | 'author' | 'no-voice' | 'other-text' | 'person-twice' | 'organisation-twice';

/** The voice with which an organisation speaks; null where the terms give it none. */
export function voiceOf(quorum: Quorum, organisation: string): string | null {
  const folded = foldOrganisation(organisation);
  if (folded === '') return null;
  if (quorum.seats.length + quorum.neutral.length === 0) return `organisation:${folded}`;
  const seat = quorum.seats.find(({ organisations }) => organisations.some((one) => foldOrganisation(one) === folded));
  if (seat) return `chair:${seat.chair}`;
  return quorum.neutral.some((one) => foldOrganisation(one) === folded) ? `neutral:${folded}` : null;
}

/** Why an approval does not count beside those before it; null when it counts. */
export function refusalOf(
  quorum: Quorum,
  proposed: Proposed,
  before: readonly Approval[],
  next: Approval,
): Refusal | null {
  if (!may(isRole(next.role) ? next.role : null, 'act.approve')) return 'role';
  if (next.person === proposed.author) return 'author';
  const voice = voiceOf(quorum, next.organisation);
  if (voice === null) return 'no-voice';
  if (next.sha256 !== proposed.sha256) return 'other-text';
  if (before.some(({ person }) => person === next.person)) return 'person-twice';
  if (before.some(({ organisation }) => voiceOf(quorum, organisation) === voice)) return 'organisation-twice';
  return null;
}

export interface Settled {
  readonly met: boolean;
  /** The approvals that count. */
  readonly counted: readonly Approval[];
  /** How many organisations are still missing, and which chairs (`*`: any one). */
  readonly missing: number;
  readonly missingChairs: readonly string[];
  /** Chairs without whom it was settled, to be named wherever the act is shown. */
  readonly silent: readonly string[];
}

const HOUR_MS = 3_600_000;

/** Whether the approvals suffice at `now` (UTC milliseconds). */
export function settle(quorum: Quorum, proposed: Proposed, approvals: readonly Approval[], now: number): Settled {
  const counted: Approval[] = [];
  for (const approval of approvals) if (refusalOf(quorum, proposed, counted, approval) === null) counted.push(approval);
  const missing = Math.max(0, Math.max(quorum.organisations, LEAST_ORGANISATIONS) - counted.length);
  const absent = absentChairs(quorum, counted);
  const silent = missing === 0 && mayPassOver(quorum, proposed, counted, now) ? absent : [];
  const missingChairs = silent.length > 0 ? [] : absent;
  return { met: missing === 0 && missingChairs.length === 0, counted, missing, missingChairs, silent };
}

function absentChairs(quorum: Quorum, counted: readonly Approval[]): string[] {
  if (quorum.chairs === 'none') return [];
  const heard = chairsHeard(quorum, counted);
  if (quorum.chairs === 'one') return heard.length > 0 ? [] : ['*'];
  return quorum.seats.map(({ chair }) => `chair:${chair}`).filter((chair) => !heard.includes(chair));
}

/** Only a co-chair speaks for a chair: an assessor of the same cell is a second signature, not the chair's. */
function chairsHeard(quorum: Quorum, counted: readonly Approval[]): string[] {
  return counted
    .filter(({ role }) => role === 'co_chair')
    .flatMap(({ organisation }) => voiceOf(quorum, organisation) ?? [])
    .filter((voice) => quorum.seats.length === 0 || voice.startsWith('chair:'));
}

/** A chair's silence must not veto the bulletin for ever; every other act waits for it. */
function mayPassOver(quorum: Quorum, proposed: Proposed, counted: readonly Approval[], now: number): boolean {
  return (
    quorum.chairs === 'every' &&
    quorum.silentHours !== null &&
    proposed.act === 'bulletin.release' &&
    now - proposed.proposedAt >= quorum.silentHours * HOUR_MS &&
    chairsHeard(quorum, counted).length > 0 &&
    counted.some(({ organisation }) => voiceOf(quorum, organisation)?.startsWith('neutral:'))
  );
}
