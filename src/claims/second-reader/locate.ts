/**
 * Where a quotation stands in the text: letter by letter, else by folded letters with any white space. Pure and linear in
 * the text. What is not found is not there, whatever the second reader says.
 */
import { normalise } from '../../reading/index.ts';
import type { ClaimSpan } from '../model.ts';

const SHORTEST = 2;
const LONGEST = 2_000;

export interface Locator {
  /** The first place of the quotation that lies inside one of `within`, else the first anywhere; null for none. */
  find(quoted: string, within?: readonly ClaimSpan[]): ClaimSpan | null;
}

/** A locator over one text; its folded form is made once, when it is first needed. */
export function locatorOver(document: string): Locator {
  let folded: Folded | undefined;
  return {
    find(quoted, within = []) {
      const wanted = quoted.trim();
      if (wanted.length < SHORTEST || wanted.length > LONGEST) return null;
      const exact = firstInside(document, wanted, within);
      if (exact !== -1) return { start: exact, end: exact + wanted.length };
      folded ??= fold(document);
      const { text } = fold(wanted);
      const bare = text.trim();
      if (bare.length < SHORTEST) return null;
      const { offsets } = folded;
      const inside = within.map(({ start, end }) => ({
        start: atOrAfter(offsets, start),
        end: atOrAfter(offsets, end),
      }));
      const at = firstInside(folded.text, bare, inside);
      if (at === -1) return null;
      const last = offsets[at + bare.length - 1] ?? 0;
      return { start: offsets[at] ?? 0, end: Math.min(document.length, last + 1) };
    },
  };
}

function firstInside(text: string, wanted: string, within: readonly ClaimSpan[]): number {
  for (const { start, end } of within) {
    const at = text.indexOf(wanted, start);
    if (at !== -1 && at + wanted.length <= end) return at;
  }
  return text.indexOf(wanted);
}

interface Folded {
  readonly text: string;
  /** Offset in the original of each folded letter. */
  readonly offsets: readonly number[];
}

/** Letters folded as in matching, quotation marks left out, runs of white space as one blank. */
function fold(text: string): Folded {
  const letters: string[] = [];
  const offsets: number[] = [];
  let blank = true;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (/\s/.test(char)) {
      if (!blank) {
        letters.push(' ');
        offsets.push(i);
      }
      blank = true;
      continue;
    }
    if (MARKS.has(char)) continue;
    for (const letter of normalise(char)) {
      letters.push(letter);
      offsets.push(i);
      blank = false;
    }
  }
  return { text: letters.join(''), offsets };
}

const MARKS = new Set(['"', '“', '”', '«', '»', '„', '‟']);

/** Position of the first folded letter at or after an offset. */
function atOrAfter(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
