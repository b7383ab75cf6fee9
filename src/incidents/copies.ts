/**
 * Whether two reports have one origin, and why: the same text, a text cut from the other, a credited wire, one owner.
 * Copies are not corroboration: an incident counts independent origins. Two tellings of one event in different words
 * are never copies, and neither are two bulletins of one form about different events.
 */
import { type ContentSet, contentOf, sharedCount, substitutions } from './copy-text.ts';
import type { CopyReason } from './model.ts';
import { foldText, wordsOf } from './names.ts';
import { creditsIn, ownerOf } from './owners.ts';

/** What is kept of a report to compare its origin. */
export interface CopyProfile {
  readonly source: string;
  readonly owner: string;
  /** Owners it names as its source: the origin field and credits in the text. */
  readonly credits: readonly string[];
  readonly published: number | null;
  readonly lang: string;
  readonly content: ContentSet | null;
  /** Hash of the folded words in order; 0 without a text. */
  readonly exact: number;
}

const HOUR = 3_600_000;
const COPY_WINDOW = 72 * HOUR;
const OWNER_WINDOW = 12 * HOUR;
const MIN_CONTENT = 6;
const NEAR_DUPLICATE = 0.68;
const CONTAINED = 0.85;
/** With a number in common less of the words need to be. */
const CONTAINED_WITH_NUMBER = 0.72;
const CREDITED = 0.66;
const CREDITED_WITH_NUMBER = 0.5;
/** Share of the words that may be replaced by others when no number vouches for the event. */
const REPLACED = 0.25;

export interface CopySource {
  readonly source: string;
  readonly origin: string | null;
  readonly published: number | null;
  readonly lang: string;
  readonly text: string | null;
}

/** `known` finds the owner of a source name that a text may credit beyond the shipped list. */
export function copyProfile(
  report: CopySource,
  known: (folded: string) => string | undefined = () => undefined,
): CopyProfile {
  const owner = ownerOf(report.source);
  const words = report.text === null ? [] : wordsOf(foldText(report.text.slice(0, 20_000)));
  const credits = new Set(creditsIn(words, known));
  if (report.origin !== null && report.origin !== '') credits.add(ownerOf(report.origin));
  credits.delete(owner);
  return {
    source: report.source,
    owner,
    credits: [...credits],
    published: report.published,
    lang: report.lang,
    content: report.text === null ? null : contentOf(report.text),
    exact: words.length === 0 ? 0 : exactHash(words),
  };
}

function exactHash(words: readonly string[]): number {
  let hash = 17;
  // 53-bit arithmetic keeps a chance collision of different texts out of reach.
  for (const word of words)
    for (let i = 0; i < word.length; i++) hash = (hash * 131 + word.charCodeAt(i)) % 9_007_199_254_740;
  return hash + 1;
}

/** The reason why two reports have one origin, or null when they are independent as far as can be seen. */
export function sameOrigin(a: CopyProfile, b: CopyProfile): CopyReason | null {
  const apart = a.published === null || b.published === null ? 0 : Math.abs(a.published - b.published);
  if (apart > COPY_WINDOW || !a.content || !b.content) return null;
  const smaller = Math.min(a.content.words.length, b.content.words.length);
  if (smaller < MIN_CONTENT) return a.exact === b.exact && a.source !== b.source ? 'identical' : null;
  if (a.exact === b.exact) return 'identical';
  if (contradicts(a.content.facts, b.content.facts)) return null;
  const shared = sharedCount(a.content.words, b.content.words);
  const resemblance = shared / (a.content.words.length + b.content.words.length - shared);
  if (resemblance >= NEAR_DUPLICATE) return 'near_duplicate';
  const containment = shared / smaller;
  // A source posts again what it posted; what it words anew is another story of the same form.
  if (a.source === b.source) return null;
  const number = sharesNumber(a.content.facts, b.content.facts);
  if (containment >= (number ? CONTAINED_WITH_NUMBER : CONTAINED)) return 'contained';
  if (containment < (number ? CREDITED_WITH_NUMBER : CREDITED)) return null;
  if (!number && substitutions(a.content, b.content) > smaller * REPLACED) return null;
  if (credit(a, b)) return a.credits.includes(b.owner) || b.credits.includes(a.owner) ? 'credits_source' : 'same_wire';
  return a.owner === b.owner && apart <= OWNER_WINDOW ? 'same_owner' : null;
}

const credit = (a: CopyProfile, b: CopyProfile): boolean =>
  a.credits.includes(b.owner) || b.credits.includes(a.owner) || a.credits.some((owner) => b.credits.includes(owner));

const sharesNumber = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  for (const fact of a) if (fact.startsWith('n') && b.has(fact)) return true;
  return false;
};

/** A number or weekday that only one of them names, when both name some: an update or another event, not a copy. */
function contradicts(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
  let missing = 0;
  for (const fact of fewer) if (!more.has(fact)) missing++;
  return missing > 0;
}
