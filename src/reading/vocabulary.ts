/**
 * Numbers the distinct words that have been read, so that what a list knows about a word is found by index and not by
 * hashing the word again. A cache and nothing else: it may be emptied at any time, which begins a new epoch.
 */

const MOST_WORDS = 100_000;
const LONGEST_WORD = 40;

let ids = new Map<string, number>();
let words: string[] = [];
let epoch = 0;

/** The number of a folded word in the present epoch; -1 for one too long to be remembered. */
export function wordId(word: string): number {
  const known = ids.get(word);
  if (known !== undefined) return known;
  if (word.length > LONGEST_WORD) return -1;
  const id = words.length;
  ids.set(word, id);
  words.push(word);
  return id;
}

/** The one string object kept for a numbered word. */
export const wordOf = (id: number): string => words[id] ?? '';

/** Called before a text is cut: begins a new epoch when too many words have gathered. Returns the epoch. */
export function currentEpoch(): number {
  if (words.length > MOST_WORDS) {
    ids = new Map();
    words = [];
    epoch++;
  }
  return epoch;
}

/** What a list knows about each word, by number; made when first asked. */
export interface WordTable<T> {
  get(epoch: number, id: number): T | undefined;
  set(epoch: number, id: number, value: T): void;
}

export function wordTable<T>(): WordTable<T> {
  let rows: (T | undefined)[] = [];
  let of = -1;
  return {
    get: (asked, id) => (asked === of ? rows[id] : undefined),
    set: (asked, id, value) => {
      if (asked !== of) {
        rows = [];
        of = asked;
      }
      if (id < 0) return;
      // Without holes of more than a few hundred the rows stay a plain array.
      while (rows.length < id) rows.push(undefined);
      rows[id] = value;
    },
  };
}
