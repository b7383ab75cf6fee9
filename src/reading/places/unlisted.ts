/**
 * Names that no list holds letter by letter, after a word that says a place follows (قرية …, near the village of …,
 * у …). The gazetteer may still know them by sound; if not, the words stay a mention without an id.
 */
import type { Gazetteer, Place } from '../../places/index.ts';
import type { Term } from '../inflected.ts';
import { ARABIC, isCapitalAt } from '../language.ts';
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
  'بحسب حسب وفق وفقا اكثر اقل نحو حوالي عدد اخري مجاوره صغيره كبيره محاصره سكنيه سوريه واحده عده خاضعه واقعه حدوديه قريبه حيث التي الذي من في علي الي عن بعد قبل مع هذه تلك كانت مدنيه شيعيه كرديه مسيحيه تابعه تسيطر يسيطر المعارضه النظام المدينه المنطقه البلده القريه المحافظه الريف الثوار الفصايل المسلحين المسلحه الحكومه التنظيم العاصمه الداخل الجنوب الشمال الشرق الغرب الشرقيه الغربيه الجنوبيه الشماليه السكنيه المدنيين الاهالي العدو التماس و'.split(
    ' ',
  ),
);
const ARTICLES = new Set('al el ash as an ar at ad az es аль эль аш ас ан ар ат ад аз эс эн эт эш эр де'.split(' '));
const QUOTES = new Set(['«', '“', '"', '„']);
/** Capitals that stand beside a name in a headline or a text that lost its signs, and are no part of it. */
const NOT_IN_NAMES = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december monitor observatory afp reuters ap after before as one two six kills killed resumes says dead center centre'.split(
    ' ',
  ),
);
const LONGEST_NAME = 4;
/** Names of two words and more may be taken without a head word when they sound this much like a known one. */
const LEAST_LONG_SCORE = 0.55;
const MEMO = 20_000;

export type NameLookup = (spelling: string) => { places: readonly Place[]; bySound: boolean; score: number };

/** Lookups by spelling, remembered; only names the gazetteer thinks likely are kept. */
export function rememberedLookup(gazetteer: Gazetteer): NameLookup {
  const memo = new Map<string, ReturnType<NameLookup>>();
  return (spelling) => {
    let answer = memo.get(spelling);
    if (!answer) {
      if (memo.size > MEMO) memo.clear();
      const candidates = gazetteer.lookup(spelling);
      const bySound = candidates.length > 0 && candidates.every((candidate) => candidate.match === 'sound');
      answer = { places: candidates.map((candidate) => candidate.place), bySound, score: candidates[0]?.score ?? 0 };
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
    const arabic = tokens.script[i] === ARABIC;
    if (!arabic && !isCapital(view, tokens.start[i] ?? 0) && !ARTICLES.has(tokens.norm[i] ?? '')) continue;
    if (/^(a|an|the)$/.test(tokens.norm[i] ?? '')) continue;
    const cue = cueBefore(words, tokens, i);
    if (arabic && cue === 'none') continue;
    // A hill or a spring may begin a village's name: بلدة تل مرديخ.
    const opens = arabic && cue === 'settlement' && OPENERS.has(tokens.norm[i] ?? '');
    if (!opens && words.startingAt(i).length > 0) continue;
    // A name in quotation marks is a newspaper's, a broadcaster's, a group's.
    if (!arabic && (cue === 'none' || cue === 'weak') && QUOTES.has(tokens.norm[i - 1] ?? '')) continue;
    if (cue === 'none' && (arabic || !isCapital(view, tokens.start[i] ?? 0))) continue;
    const to = arabic ? arabicName(tokens, i, cue, taken) : capitalisedName(view, tokens, i, taken);
    if (to === i) continue;
    const start = tokens.start[i] ?? 0;
    const end = tokens.end[to - 1] ?? start;
    const answer = lookup(view.slice(start, end));
    const { bySound } = answer;
    const places = bySound ? answer.places.filter((place) => fitsCue(place, cue)) : answer.places;
    if (places.length === 0 && cue !== 'quarter' && cue !== 'settlement') continue;
    const isLong = to - i > 1 && answer.score >= LEAST_LONG_SCORE;
    if ((bySound && cue === 'weak' && !isLong) || (cue === 'none' && !isLong)) continue;
    hits.push({ from: i, to, start, end, exact: false, places, bySound });
    free = to;
  }
  return hits;
}

/** A name known only by its sound must be of the kind that the head word names. */
function fitsCue(place: Place, cue: Cue): boolean {
  if (cue === 'settlement') return ['city', 'town', 'village', 'camp'].includes(place.class);
  if (cue === 'quarter') return ['neighbourhood', 'camp', 'region'].includes(place.class);
  return true;
}

type Cue = 'settlement' | 'quarter' | 'near' | 'weak' | 'none';

/** What the word before says: a head word, a preposition that only places follow, or one that many things follow. */
function cueBefore(words: PlaceWords, tokens: Tokens, token: number): Cue {
  let at = token;
  const sign = tokens.norm[at - 1];
  if (sign === '«' || sign === '“' || sign === '"') at--;
  if (tokens.norm[at - 1] === 'of' || tokens.norm[at - 1] === 'the') at--;
  const before = words.endingAt(at);
  if (before.length === 0) return 'none';
  const head = tokens.norm[at - 1] ?? '';
  // The village, their village, من ناحية (as regards): no name follows.
  const definite =
    tokens.script[token] === ARABIC &&
    (head.includes('ال') ||
      /(ها|هم|نا|كم|حياه|مدني)$/.test(head) ||
      (head === 'ناحيه' && tokens.norm[at - 2] === 'من'));
  if (definite) return 'none';
  if (hasValue(before, 'settlement')) return 'settlement';
  if (hasValue(before, 'quarter')) return 'quarter';
  if (tokens.script[token] === ARABIC) return 'none';
  if (hasValue(before, 'near')) return 'near';
  return hasValue(before, 'in') ? 'weak' : 'none';
}

function hasValue(terms: readonly Term[], value: string): boolean {
  for (const term of terms) if (term.value === value) return true;
  return false;
}

function arabicName(tokens: Tokens, first: number, cue: Cue, taken: (token: number) => boolean): number {
  const word = tokens.norm[first] ?? '';
  const head = cue === 'settlement' || cue === 'quarter';
  if (!head || (word.length < 3 && !OPENERS.has(word)) || NOT_NAMES.has(word) || /^[وف]|تين$|تان$/.test(word))
    return first;
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
    if (NOT_IN_NAMES.has(tokens.norm[i] ?? '')) break;
    const upper = isCapital(view, tokens.start[i] ?? 0);
    if (!upper && !ARTICLES.has(tokens.norm[i] ?? '')) break;
    if (upper && (i > first || !/^(a|an|the|в|на|и)$/.test(tokens.norm[i] ?? ''))) {
      capital = true;
      to = i + 1;
    }
  }
  return capital ? to : first;
}

export const isCapital = (view: string, at: number): boolean => isCapitalAt(view, at);
