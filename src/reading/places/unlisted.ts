/**
 * Names that no list holds letter by letter, after a word that says a place follows (قرية …, near the village of …,
 * у …). The gazetteer may still know them by sound; if not, the words stay a mention without an id.
 */
import type { Gazetteer, Place } from '../../places/index.ts';
import { ARABIC } from '../language.ts';
import { PUNCT, type Tokens, WORD } from '../tokens.ts';
import type { NameHit } from './names.ts';
import type { PlaceWords } from './phrases.ts';

/** A stretch of text that must be a place name by the word before it. */
export interface UnlistedHit extends NameHit {
  /** True when the gazetteer knows the name only by its sound. */
  readonly bySound: boolean;
}

/** Arabic words that open a name of two words. */
const OPENERS = new Set(
  'كفر تل خان دير عين جسر ابو ام بيت شيخ الشيخ راس وادي مرج حوش معره بني جبل قلعه باب نبع تله عرب خربه مزرعه جب بير برج سهل كرم'.split(
    ' ',
  ),
);
/** Arabic words that follow a head word without being a name. */
const NOT_NAMES = new Set(
  'اخري مجاوره صغيره كبيره محاصره سكنيه سوريه واحده عده خاضعه واقعه حدوديه قريبه حيث التي الذي من في علي الي عن بعد قبل مع هذه تلك كانت مدنيه شيعيه كرديه مسيحيه تابعه تسيطر يسيطر و'.split(
    ' ',
  ),
);
const ARTICLES = new Set('al el ash as an ar at ad az es аль эль аш ас ан ар ат ад аз эс эн эт эш эр де'.split(' '));
const LONGEST_NAME = 4;
const MEMO = 20_000;

export type NameLookup = (spelling: string) => { places: readonly Place[]; bySound: boolean };

/** Lookups by spelling, remembered; only names the gazetteer thinks likely are kept. */
export function rememberedLookup(gazetteer: Gazetteer): NameLookup {
  const memo = new Map<string, ReturnType<NameLookup>>();
  return (spelling) => {
    let answer = memo.get(spelling);
    if (!answer) {
      if (memo.size > MEMO) memo.clear();
      const candidates = gazetteer.lookup(spelling);
      const bySound = candidates.length > 0 && candidates.every((candidate) => candidate.match === 'sound');
      answer = { places: candidates.map((candidate) => candidate.place), bySound };
      memo.set(spelling, answer);
    }
    return answer;
  };
}

/** Unlisted names after head words and, in scripts with capitals, after prepositions of place. */
export function findUnlisted(
  lookup: NameLookup,
  words: PlaceWords,
  view: string,
  tokens: Tokens,
  taken: (token: number) => boolean,
): UnlistedHit[] {
  const hits: UnlistedHit[] = [];
  let free = 0;
  for (let i = 1; i < tokens.count; i++) {
    if (i < free || tokens.kind[i] !== WORD || taken(i) || tokens.sentence[i] !== tokens.sentence[i - 1]) continue;
    if (words.startingAt(i).length > 0) continue;
    const cue = cueBefore(words, tokens, i);
    if (cue === 'none') continue;
    const to =
      tokens.script[i] === ARABIC ? arabicName(tokens, i, cue, taken) : capitalisedName(view, tokens, i, taken);
    if (to === i) continue;
    const start = tokens.start[i] ?? 0;
    const end = tokens.end[to - 1] ?? start;
    const { places, bySound } = lookup(view.slice(start, end));
    if (places.length === 0 && cue !== 'head') continue;
    if (bySound && cue === 'weak') continue;
    hits.push({ from: i, to, start, end, exact: false, places, bySound });
    free = to;
  }
  return hits;
}

/** What the word before says: a head word, a preposition that only places follow, or one that many things follow. */
function cueBefore(words: PlaceWords, tokens: Tokens, token: number): 'head' | 'near' | 'weak' | 'none' {
  let at = token;
  const sign = tokens.norm[at - 1];
  if (sign === '«' || sign === '“' || sign === '"') at--;
  if (tokens.norm[at - 1] === 'of' || tokens.norm[at - 1] === 'the') at--;
  const definite = tokens.script[token] === ARABIC && (tokens.norm[at - 1] ?? '').includes('ال');
  const before = definite ? [] : words.endingAt(at).map((term) => term.value);
  if (before.includes('settlement') || before.includes('quarter')) return 'head';
  if (tokens.script[token] === ARABIC) return 'none';
  if (before.includes('near')) return 'near';
  return before.includes('in') ? 'weak' : 'none';
}

function arabicName(tokens: Tokens, first: number, cue: string, taken: (token: number) => boolean): number {
  const word = tokens.norm[first] ?? '';
  if (cue !== 'head' || word.length < 3 || NOT_NAMES.has(word) || /^[وف]|تين$|تان$/.test(word)) return first;
  const next = first + 1;
  const two =
    OPENERS.has(word) &&
    tokens.kind[next] === WORD &&
    !taken(next) &&
    tokens.paragraph[next] === tokens.paragraph[first];
  return two ? next + 1 : next;
}

function capitalisedName(view: string, tokens: Tokens, first: number, taken: (token: number) => boolean): number {
  let to = first;
  let capital = false;
  for (let i = first; i < tokens.count && i - first < LONGEST_NAME * 2; i++) {
    if (tokens.paragraph[i] !== tokens.paragraph[first] || taken(i)) break;
    if (tokens.kind[i] === PUNCT) {
      const touching = tokens.end[i - 1] === tokens.start[i] && tokens.end[i] === tokens.start[i + 1];
      if (i > first && touching && (tokens.norm[i] === '-' || tokens.norm[i] === '‑' || tokens.norm[i] === "'"))
        continue;
      break;
    }
    if (tokens.kind[i] !== WORD) break;
    const upper = isCapital(view, tokens.start[i] ?? 0);
    if (!upper && !ARTICLES.has(tokens.norm[i] ?? '')) break;
    if (upper) {
      capital = true;
      to = i + 1;
    }
  }
  return capital ? to : first;
}

export function isCapital(view: string, at: number): boolean {
  const letter = view.charAt(at);
  return letter !== letter.toLowerCase();
}
