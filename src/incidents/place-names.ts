/**
 * Whether two names of places are one name spelt twice. The same letters or, across spellings and scripts, the same
 * sound; another name only where both are written in one script and neither holds the other. What cannot be told says
 * nothing: Aleppo and حلب are left to the map.
 */
import { foldSpelling, scriptOf, soundKey } from '../places/index.ts';

export type NameKinship = 'same' | 'other' | 'unknown';

const MIN_SOUND = 3;
/** Pairs of names remembered at most; then it starts again. */
const MAX_PAIRS = 1_000_000;

interface Name {
  readonly words: string;
  readonly script: string;
  readonly sound: string;
}

export class PlaceNames {
  readonly #names: readonly string[];
  readonly #known: (Name | undefined)[] = [];
  readonly #pairs = new Map<number, NameKinship>();

  /** `names` by interned number, folded; it may grow. */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** How two names, by number, are akin; 0 is no name. */
  kinship(a: number, b: number): NameKinship {
    if (a === 0 || b === 0) return 'unknown';
    if (a === b) return 'same';
    const key = a < b ? a * 67_108_864 + b : b * 67_108_864 + a;
    let known = this.#pairs.get(key);
    if (known === undefined) {
      if (this.#pairs.size >= MAX_PAIRS) this.#pairs.clear();
      known = compare(this.#of(a), this.#of(b));
      this.#pairs.set(key, known);
    }
    return known;
  }

  #of(id: number): Name {
    let name = this.#known[id];
    if (!name) {
      const words = this.#names[id] ?? '';
      name = { words: ` ${words} `, script: scriptOf(words), sound: soundKey(foldSpelling(words)) };
      this.#known[id] = name;
    }
    return name;
  }
}

function compare(a: Name, b: Name): NameKinship {
  if (a.words === b.words || (a.sound.length >= MIN_SOUND && a.sound === b.sound)) return 'same';
  if (a.script !== b.script) return 'unknown';
  return a.words.includes(b.words) || b.words.includes(a.words) ? 'unknown' : 'other';
}
