/**
 * The text as it is read: a view of exactly the same length as the original, in which what must not be read (tags,
 * boilerplate, instructions to the reader) is blanked, and an entity is its character followed by filler. So an offset
 * into the view is an offset into the original, and evidence is always cut from the original.
 */
import { blankBoilerplate } from './boilerplate.ts';
import { blankGarbled } from './garbled.ts';
import { blankAddresses, blankMarkup, needsMarkupPass } from './markup.ts';
import type { Span } from './model.ts';
import { CONTINUED, GAP } from './normalise.ts';

export interface Dropped {
  readonly reason: string;
  readonly text: string;
}

export interface ReadDocument {
  /** The text as received; spans are cut from it. */
  readonly original: string;
  /** What is read. Same length as `original`. */
  readonly view: string;
  readonly dropped: readonly Dropped[];
}

/** Texts longer than this are refused by the callers that take files; the reader itself stays linear. */
export const MAX_TEXT_UNITS = 8_000_000;

const LONGEST_DROPPED = 400;

/** The evidence from `start` to `end` (UTF-16 units of the original, end exclusive). Bounds are clamped. */
export function spanAt(doc: ReadDocument, start: number, end: number): Span {
  const from = Math.max(0, Math.min(start, doc.original.length));
  const to = Math.max(from, Math.min(end, doc.original.length));
  return { start: from, end: to, text: doc.original.slice(from, to) };
}

/** Like `spanAt`, without blanks, gaps and invisible marks at either end. */
export function trimmedSpan(doc: ReadDocument, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && isBlank(doc.view.charCodeAt(from))) from++;
  while (to > from && isBlank(doc.view.charCodeAt(to - 1))) to--;
  return spanAt(doc, from, to);
}

const isBlank = (code: number): boolean =>
  code <= 0x20 ? code !== 1 : code === 0xa0 || (code >= 0x2000 && code <= 0x200f) || code === 0xfeff || code === 0x2028;

/** Prepares a text for reading. Never throws; work is linear in the length. */
export function openDocument(original: string): ReadDocument {
  const dropped: Dropped[] = [];
  let view = original;
  if (needsMarkupPass(view)) view = blankMarkup(view, dropped);
  view = blankAddresses(view);
  view = blankGarbled(view, (line) =>
    dropped.push({ reason: 'encoding', text: line.slice(0, LONGEST_DROPPED).trim() }),
  );
  view = blankBoilerplate(view, original, dropped);
  return { original, view, dropped };
}

/** Filler of `length` units that nothing reads. */
export const gap = (length: number): string => GAP.repeat(Math.max(0, length));
/** Filler for the rest of a unit of `length` characters whose first character stays. */
export const continued = (length: number): string => CONTINUED.repeat(Math.max(0, length));
