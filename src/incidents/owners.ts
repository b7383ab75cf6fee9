/**
 * Who owns a source, and which source a text credits. Known wires and owners come from owners.json; any other source
 * is its own owner under its folded name. Pure.
 */
import { foldText, wordsOf } from './names.ts';
import owners from './owners.json' with { type: 'json' };

const MAX_ALIAS_WORDS = 5;
const MIN_NAME_LENGTH = 4;

const folded = (name: string): string => wordsOf(foldText(name)).join(' ');

const ALIASES = new Map<string, string>();
for (const [owner, names] of Object.entries(owners)) for (const name of names) ALIASES.set(folded(name), owner);

const cache = new Map<string, string>();
const MAX_CACHE = 50_000;

/** The owner's key: `reuters`, or the folded name itself. "Sputnik Армения" belongs to Sputnik's owner. */
export function ownerOf(source: string): string {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const words = wordsOf(foldText(source.slice(0, 200)));
  let owner: string | undefined;
  for (let length = Math.min(words.length, MAX_ALIAS_WORDS); length > 0 && owner === undefined; length--) {
    owner = ALIASES.get(words.slice(0, length).join(' '));
  }
  owner ??= words.join(' ');
  if (cache.size >= MAX_CACHE) cache.clear();
  cache.set(source, owner);
  return owner;
}

/** Owners that a text names: wires from the list and any `known` source, as folded names of up to five words. */
export function creditsIn(words: readonly string[], known: (folded: string) => string | undefined): string[] {
  const found = new Set<string>();
  for (let from = 0; from < words.length; from++) {
    let run = '';
    for (let length = 0; length < MAX_ALIAS_WORDS && from + length < words.length; length++) {
      const word = words[from + length] ?? '';
      run = length === 0 ? word : `${run} ${word}`;
      const owner = ALIASES.get(run) ?? (run.length >= MIN_NAME_LENGTH ? known(run) : undefined);
      if (owner !== undefined) found.add(owner);
    }
  }
  return [...found];
}

/** The folded name under which a source may be credited in a text. */
export const creditName = (source: string): string => folded(source.slice(0, 200));
