/**
 * Numbers the distinct words that have been read, so that what a list knows about a word is found by index and not by
 * hashing the word again. A cache and nothing else: it may be emptied at any time, which begins a new epoch.
 */
import { stemOf } from './stem.ts';

const MOST_WORDS = 100_000;
export const LONGEST_WORD = 40;
const FIRST_SLOTS = 1 << 14;
const FIRST_POOL = 1 << 16;

let words: string[] = [];
let stems: string[] = [];
/** Letters of all words, one behind the other; where each begins. */
let pool = new Uint16Array(FIRST_POOL);
let begins = new Int32Array(FIRST_SLOTS + 1);
/** Open addressing: number of a word plus one, 0 for a free slot. Never more than half full. */
let slots = new Int32Array(FIRST_SLOTS);
let epoch = 0;

/** The number, in the present epoch, of the folded word whose first `size` letters (at most 40) stand in `letters`. */
export function wordIdOf(letters: Uint16Array, size: number, script: number): number {
  let slot = hashOf(letters, 0, size) & (slots.length - 1);
  for (;;) {
    const id = (slots[slot] ?? 0) - 1;
    if (id < 0) return add(letters, size, script, slot);
    const from = begins[id] ?? 0;
    if ((begins[id + 1] ?? 0) - from === size) {
      let i = 0;
      while (i < size && pool[from + i] === letters[i]) i++;
      if (i === size) return id;
    }
    slot = (slot + 1) & (slots.length - 1);
  }
}

function hashOf(letters: Uint16Array, from: number, size: number): number {
  let hash = size;
  for (let i = from; i < from + size; i++) hash = Math.imul(hash ^ (letters[i] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function add(letters: Uint16Array, size: number, script: number, slot: number): number {
  const id = words.length;
  const from = begins[id] ?? 0;
  if (from + size > pool.length) {
    const wider = new Uint16Array(pool.length * 2);
    wider.set(pool);
    pool = wider;
  }
  for (let i = 0; i < size; i++) pool[from + i] = letters[i] ?? 0;
  begins[id + 1] = from + size;
  const word = String.fromCharCode(...letters.subarray(0, size));
  words.push(word);
  stems.push(stemOf(word, script));
  slots[slot] = id + 1;
  if (words.length * 2 >= slots.length) widen();
  return id;
}

function widen(): void {
  slots = new Int32Array(slots.length * 2);
  const wider = new Int32Array(slots.length + 1);
  wider.set(begins);
  begins = wider;
  for (let id = 0; id < words.length; id++) {
    const from = begins[id] ?? 0;
    let slot = hashOf(pool, from, (begins[id + 1] ?? from) - from) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = id + 1;
  }
}

/** The one string object kept for a numbered word. */
export const wordOf = (id: number): string => words[id] ?? '';

/** Its stem (stem.ts). */
export const stemOfId = (id: number): string => stems[id] ?? '';

/** Called before a text is cut: begins a new epoch when too many words have gathered. Returns the epoch. */
export function currentEpoch(): number {
  if (words.length > MOST_WORDS) {
    words = [];
    stems = [];
    slots = new Int32Array(FIRST_SLOTS);
    begins = new Int32Array(FIRST_SLOTS + 1);
    pool = new Uint16Array(FIRST_POOL);
    epoch++;
  }
  return epoch;
}

/** Nothing is known of a word yet; known to have no value; known to have one. */
export const NOT_ASKED = 0;
export const WITHOUT = 1;
export const WITH = 2;

const FIRST_ROWS = 1 << 12;

/**
 * What a list knows about each word, by number. Most words of a text mean nothing to a list, so that is told by one byte
 * a word, which stays in the processor's cache.
 */
export class WordTable<T> {
  private states = new Uint8Array(FIRST_ROWS);
  private values: (T | undefined)[] = [];
  private of = -1;

  /** NOT_ASKED, WITHOUT or WITH. */
  state(asked: number, id: number): number {
    return asked === this.of && id >= 0 && id < this.states.length ? (this.states[id] as number) : NOT_ASKED;
  }

  /** The value of a word whose state is WITH. */
  value(id: number): T {
    return this.values[id] as T;
  }

  /** Remembers what the list says of a word; undefined for nothing. */
  remember(asked: number, id: number, value: T | undefined): void {
    if (asked !== this.of) {
      this.states = new Uint8Array(FIRST_ROWS);
      this.values = [];
      this.of = asked;
    }
    if (id < 0) return;
    if (id >= this.states.length) {
      const wider = new Uint8Array(Math.max(this.states.length * 2, id + 1));
      wider.set(this.states);
      this.states = wider;
    }
    this.states[id] = value === undefined ? WITHOUT : WITH;
    if (value === undefined) return;
    // Without holes of more than a few hundred the values stay a plain array.
    while (this.values.length < id) this.values.push(undefined);
    this.values[id] = value;
  }
}
