/**
 * Borders and territories told by adjectives of states: الحدود اللبنانية الإسرائيلية, the Turkish-Syrian border,
 * الأراضي الليبية. Each is one mention; a border that the gazetteer lists in the same words keeps its place.
 */
import type { Place } from '../../places/index.ts';
import { leadingCuts } from '../clitics.ts';
import { ARABIC, CYRILLIC, LATIN } from '../language.ts';
import type { Lexicon } from '../lexicon.ts';
import { normalise, offsetAfter } from '../normalise.ts';
import { stemOf } from '../stem.ts';
import { PUNCT, type Tokens, WORD } from '../tokens.ts';

export interface BorderHit {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  /** ISO code of the one state whose territory it is; null for a border. */
  readonly state: string | null;
  /** The states that a border is named after, sorted: `sy tr`. */
  readonly sides: string;
}

const sidesOf = (named: readonly string[]): string => [...new Set(named)].sort().join(' ');

/** Listed borders by the states in their English names. */
export function bordersBySides(lexicon: Lexicon, places: readonly Place[]): ReadonlyMap<string, Place> {
  const states = new Map(
    lexicon.ofKind('country').flatMap(({ form, lang, value }) => (lang === 'en' ? [[normalise(form), value]] : [])),
  );
  const found = new Map<string, Place>();
  for (const place of places) {
    if (place.class !== 'border') continue;
    const named = place.name.en.split(/[^\p{L}]+/u).flatMap((word) => states.get(normalise(word)) ?? []);
    if (named.length === 2 && !found.has(sidesOf(named))) found.set(sidesOf(named), place);
  }
  return found;
}

export type FindBorders = (view: string, tokens: Tokens) => BorderHit[];

const SIDES = new Set('الشماليه الجنوبيه الشرقيه الغربيه المشتركه'.split(' '));
const MOST_ADJECTIVES = 3;

export function prepareBorders(lexicon: Lexicon): FindBorders {
  const states = new Map<string, string>();
  for (const { form, lang, value } of lexicon.ofKind('country_adj')) {
    const word = normalise(form);
    if (lang === 'ar') states.set(`ال${word}`, value);
    else states.set(lang === 'ru' ? stemOf(word, CYRILLIC) : word, value);
  }
  for (const { form, lang, value } of lexicon.ofKind('country')) {
    if (lang === 'en' && !form.includes(' ')) states.set(normalise(form), value);
  }
  return (view, tokens) => {
    const hits: BorderHit[] = [];
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.kind[at] !== WORD) continue;
      const hit = tokens.script[at] === ARABIC ? arabic(view, tokens, at, states) : european(tokens, at, states);
      if (hit) hits.push(hit);
    }
    return hits;
  };
}

function arabic(view: string, tokens: Tokens, from: number, states: ReadonlyMap<string, string>): BorderHit | null {
  const noun = tokens.norm[from] ?? '';
  // A cut takes letters from the beginning only.
  if (!noun.endsWith('حدود') && !noun.endsWith('اراضي')) return null;
  const cut = leadingCuts(noun).find(({ rest }) => rest === 'الحدود' || rest === 'الاراضي');
  if (!cut) return null;
  const border = cut.rest === 'الحدود';
  let to = from + 1;
  const named: string[] = [];
  while (to - from <= MOST_ADJECTIVES && tokens.kind[to] === WORD && tokens.paragraph[to] === tokens.paragraph[from]) {
    const word = tokens.norm[to] ?? '';
    const state = states.get(word);
    if (state) named.push(state);
    else if (!border || !SIDES.has(word)) break;
    to++;
  }
  if (to === from + 1 || (!border && named.length !== 1)) return null;
  const tokenStart = tokens.start[from] ?? 0;
  const start = cut.lead === 0 ? tokenStart : offsetAfter(view, tokenStart, tokens.end[from] ?? 0, cut.lead);
  return {
    from,
    to,
    start,
    end: tokens.end[to - 1] ?? start,
    state: border ? null : (named[0] ?? null),
    sides: sidesOf(named),
  };
}

/** "Turkish-Syrian border", «ливано-израильская граница»: read back from the noun. */
function european(tokens: Tokens, at: number, states: ReadonlyMap<string, string>): BorderHit | null {
  const word = tokens.norm[at] ?? '';
  const script = tokens.script[at];
  const noun = script === LATIN ? /^(borders?|frontier)$/.test(word) : script === CYRILLIC && /^границ/.test(word);
  if (!noun) return null;
  let from = at;
  for (let step = 0; step < 2 * MOST_ADJECTIVES && from > 0; step++) {
    const before = tokens.norm[from - 1] ?? '';
    const joins = tokens.kind[from - 1] === PUNCT && /^[-–‑]$/.test(before) && from < at;
    const known = states.has(script === LATIN ? before : stemOf(before, CYRILLIC)) || (/о$/.test(before) && from < at);
    if (!joins && !(tokens.kind[from - 1] === WORD && known)) break;
    from--;
  }
  while (from < at && tokens.kind[from] === PUNCT) from++;
  if (from === at) return null;
  const named = tokens.norm
    .slice(from, at)
    .flatMap((side) => states.get(script === LATIN ? side : stemOf(side, CYRILLIC)) ?? []);
  return {
    from,
    to: at + 1,
    start: tokens.start[from] ?? 0,
    end: tokens.end[at] ?? 0,
    state: null,
    sides: sidesOf(named),
  };
}
