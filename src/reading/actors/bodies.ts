/**
 * Organisations and armed groups that no list holds, known by how their names are made: a head noun with what belongs to
 * it (حركة التغيير, the Norwegian Refugee Council, Высший комитет по переговорам). Finds names only; whose they are and
 * whether they speak is decided elsewhere. Bounded work at each head.
 */
import type { Lang } from '../../core/index.ts';
import type { ActorKind } from '../../terms/index.ts';
import { leadingCuts } from '../clitics.ts';
import type { ReaderContext } from '../context.ts';
import { ARABIC, CYRILLIC, isCapitalAt, LATIN } from '../language.ts';
import type { Lexicon } from '../lexicon.ts';
import type { Match } from '../matcher.ts';
import { normalise, offsetAfter } from '../normalise.ts';
import { stemOf } from '../stem.ts';
import { PUNCT, type Tokens, WORD } from '../tokens.ts';
import { NOT_ASKED, WITH, WordTable } from '../vocabulary.ts';
import type { ActorForm } from './forms.ts';
import { readWords, type Words } from './words.ts';

type BodyMatch = Match<ActorForm>;

interface Heads {
  /** Kind of actor by folded head (Arabic), stem (Russian) or word (English). */
  readonly of: Readonly<Record<Lang, ReadonlyMap<string, ActorKind>>>;
  readonly words: Words;
  /** Adjectives that say nothing of whose it is: الجديدة, new. */
  readonly plain: ReadonlySet<string>;
  /** Arabic words already looked at. */
  readonly known: WordTable<ArabicHead>;
}

/** What the finder asks about the text besides its tokens. */
export interface BodyQuestions {
  /** End of the listed actor or place name that begins at a token. */
  readonly nameEnd: ReadonlyMap<number, number>;
  readonly dateAt: (token: number) => boolean;
  readonly isCue: (token: number) => boolean;
  /** A listed actor begins here. */
  readonly actorAt: (token: number) => boolean;
  /** An office, a rank or a title begins here: a person follows. */
  readonly officeAt: (token: number) => boolean;
}

const MOST_ADJECTIVES = 3;
const MOST_CONSTRUCT = 2;
const LONGEST_RUN = 10;

export function prepareBodies(lexicon: Lexicon): (ctx: ReaderContext, ask: BodyQuestions) => BodyMatch[] {
  const heads = readHeads(lexicon);
  return (ctx, ask) => {
    const found: BodyMatch[] = [];
    let free = 0;
    for (let at = 0; at < ctx.tokens.count; at++) {
      if (at < free || ctx.tokens.kind[at] !== WORD) continue;
      const script = ctx.tokens.script[at];
      const body =
        script === ARABIC
          ? arabicBody(ctx, ask, heads, at)
          : script === LATIN
            ? englishBody(ctx, ask, heads, at)
            : script === CYRILLIC
              ? russianBody(ctx, ask, heads, at)
              : undefined;
      if (!body) continue;
      found.push(body);
      free = body.to;
    }
    return found;
  };
}

function readHeads(lexicon: Lexicon): Heads {
  const of = { ar: new Map<string, ActorKind>(), en: new Map<string, ActorKind>(), ru: new Map<string, ActorKind>() };
  for (const { form, lang, value } of lexicon.ofKind('body_head')) {
    const word = normalise(form);
    const kind: ActorKind = value === 'armed_group' || value === 'state' ? value : 'organisation';
    of[lang].set(lang === 'ru' ? stemOf(word, CYRILLIC) : word, kind);
  }
  const plain = new Set(lexicon.ofKind('body_plain').map(({ form }) => normalise(form)));
  return { of, words: readWords(lexicon), plain, known: new WordTable() };
}

function bodyMatch(
  ctx: ReaderContext,
  lang: Lang,
  kind: ActorKind,
  range: { from: number; to: number; start: number },
): BodyMatch {
  const end = ctx.tokens.end[range.to - 1] ?? range.start;
  // وكالة «نوفوستي»: quotation marks stay out of a mention.
  const whole = ctx.doc.original.slice(range.start, end);
  const quote = /[«“"]\s*(?=[^»”"]*$)/.exec(whole);
  const start = range.start + (quote ? quote.index + quote[0].length : 0);
  const form = ctx.doc.original.slice(start, end);
  const name = { ar: lang === 'ar' ? form : null, en: lang === 'en' ? form : null };
  const value: ActorForm = {
    form,
    lang,
    actor: null,
    kind,
    name,
    use: 'always',
    acronym: false,
    joined: true,
    isPeople: false,
    state: null,
  };
  return { ...range, start, end, exact: true, value };
}

interface ArabicHead {
  readonly kind: ActorKind;
  readonly lead: number;
  readonly definite: boolean;
}

/** The head at a token, told once for each word: most words are none. */
function arabicHeadAt(heads: Heads, tokens: Tokens, at: number): ArabicHead | undefined {
  const id = tokens.word[at] ?? -1;
  const state = heads.known.state(tokens.epoch, id);
  if (state !== NOT_ASKED) return state === WITH ? heads.known.value(id) : undefined;
  const head = arabicHead(heads, tokens.norm[at] ?? '');
  heads.known.remember(tokens.epoch, id, head);
  return head;
}

/** The head in a word, its cut of proclitics, and whether it has the article. */
function arabicHead(heads: Heads, word: string): ArabicHead | undefined {
  for (const { rest, lead } of leadingCuts(word)) {
    const plain = heads.of.ar.get(rest);
    if (plain) return { kind: plain, lead, definite: false };
    const inner = rest.startsWith('ال') ? heads.of.ar.get(rest.slice(2)) : undefined;
    if (inner) return { kind: inner, lead, definite: true };
  }
  return undefined;
}

function arabicBody(ctx: ReaderContext, ask: BodyQuestions, heads: Heads, from: number): BodyMatch | undefined {
  const { tokens, view } = ctx;
  const head = arabicHeadAt(heads, tokens, from);
  if (!head) return undefined;
  // بقيادة, برئاسة: led by.
  if (head.lead > 0 && LED.test(tokens.norm[from] ?? '')) return undefined;
  const inside = (at: number): boolean =>
    tokens.kind[at] === WORD &&
    tokens.paragraph[at] === tokens.paragraph[from] &&
    !ask.dateAt(at) &&
    (at === from + 1 || !ask.officeAt(at));
  let at = from + 1;
  let owned = false;
  // مركز حميميم للمصالحة: named after a place, then what it is for.
  let ofPlace = false;
  if (!head.definite) {
    for (let steps = 0; steps <= MOST_CONSTRUCT; steps++) {
      // حركة «حماس»: the name may stand in quotation marks.
      const known = ask.nameEnd.get(at);
      if (known !== undefined && startsBare(ctx, at)) {
        // تنظيم جبهة النصرة, صحيفة «…»: a listed name says by itself who it is.
        if (ask.actorAt(at) && (head.kind === 'armed_group' || BY_NAME.has(stripped(tokens.norm[from] ?? ''))))
          return undefined;
        at = known;
        owned = true;
        ofPlace = !ask.actorAt(at - 1) && FOR_WHOM.has(stripped(tokens.norm[from] ?? ''));
        break;
      }
      if (!inside(at)) break;
      const word = tokens.norm[at] ?? '';
      if (isDefinite(heads, ask, word, at)) {
        if (heads.plain.has(word)) break;
        at++;
        owned = true;
        break;
      }
      if (!isConstruct(heads, ask, word, at) || !(inside(at + 1) || ask.nameEnd.has(at + 1))) break;
      const next = tokens.norm[at + 1] ?? '';
      if (!isDefinite(heads, ask, next, at + 1) && !ask.nameEnd.has(at + 1) && steps === MOST_CONSTRUCT) break;
      at++;
    }
    if (!owned) return undefined;
  }
  let adjectives = 0;
  while (adjectives < MOST_ADJECTIVES && inside(at)) {
    const word = tokens.norm[at] ?? '';
    if (!isDefinite(heads, ask, word, at) || heads.plain.has(word) || !isAdjective(word)) break;
    adjectives++;
    at++;
  }
  const forWhom = tokens.norm[at] ?? '';
  if (inside(at) && /^لل.../.test(forWhom) && (adjectives > 0 || head.definite || ofPlace) && !ask.isCue(at)) {
    at++;
    owned = true;
    while (inside(at) && isDefinite(heads, ask, tokens.norm[at] ?? '', at) && isAdjective(tokens.norm[at] ?? '')) at++;
  }
  if (head.definite && adjectives === 0 && !owned) return undefined;
  const tokenStart = tokens.start[from] ?? 0;
  const start = head.lead === 0 ? tokenStart : offsetAfter(view, tokenStart, tokens.end[from] ?? 0, head.lead);
  return bodyMatch(ctx, 'ar', head.kind, { from, to: at, start });
}

/** A name that begins with its own first letter, no proclitic before it. */
const startsBare = (ctx: ReaderContext, at: number): boolean => !/^[وف]ال/.test(ctx.tokens.norm[at] ?? '');

const isDefinite = (heads: Heads, ask: BodyQuestions, word: string, at: number): boolean =>
  /^ال...*/.test(word) && word.length > 4 && !heads.words.stop.has(word) && !ask.isCue(at);

const BY_NAME = new Set(['وكاله', 'صحيفه', 'قناه', 'اذاعه', 'مجموعه', 'شبكه', 'حلف']);
const FOR_WHOM = new Set(['مركز', 'شبكه', 'وكاله', 'موسسه', 'هييه', 'منظمه', 'لجنه', 'مرصد', 'رابطه']);
const stripped = (word: string): string => word.replace(/^[وف]?[بلك]?(?=....)/, '');
const LED = /^[وف]?ب(قياد|رئاس|رياس|ادار|اداره)/;
/** Adjectives that end otherwise than a nisba or a feminine; a second noun in apposition is none. */
const ADJECTIVES = new Set(
  'العام الاعلي العليا الكبري العظمي السريع الاحمر الحر الواحد الموحد الابيض المشترك المستقل الموقت الديمقراطي الحاكم الاخضر'.split(
    ' ',
  ),
);
/** What is done to whom it is named behind: حملت القوات المسؤولية. */
const NO_ADJECTIVES = new Set(['المسووليه', 'التهمه', 'الهدنه', 'الفرصه', 'الحرب']);

const isAdjective = (word: string): boolean =>
  word.length > 4 && !NO_ADJECTIVES.has(word) && (/(ي|ه)$/.test(word) || ADJECTIVES.has(word));

const isConstruct = (heads: Heads, ask: BodyQuestions, word: string, at: number): boolean =>
  word.length >= 3 &&
  !heads.words.stop.has(word) &&
  !heads.words.given.has(word) &&
  !ask.isCue(at) &&
  !ask.officeAt(at) &&
  !/^(لل|بال|وال|فال|كال)/.test(word) &&
  !/(ا|ون|ين|يه)$/.test(word) &&
  !/^[بلو]./.test(word);

const CONNECTORS = new Set(['of', 'for', 'on', 'to']);

function englishBody(ctx: ReaderContext, ask: BodyQuestions, heads: Heads, first: number): BodyMatch | undefined {
  const { tokens } = ctx;
  let from = first;
  if (!isCapital(ctx, from) || isCapital(ctx, from - 1)) return undefined;
  if (tokens.norm[from] === 'the') from++;
  while (from < first + 2 && heads.words.stop.has(tokens.norm[from] ?? '') && isCapital(ctx, from + 1)) from++;
  let to = from;
  let headAt = -1;
  let kind: ActorKind = 'organisation';
  for (let at = from; at < from + LONGEST_RUN && tokens.paragraph[at] === tokens.paragraph[from]; at++) {
    if (tokens.kind[at] === PUNCT) {
      const joins = tokens.norm[at] === '-' || ((tokens.norm[at] === "'" || tokens.norm[at] === '’') && headAt < 0);
      if (joins && tokens.start[at] === tokens.end[at - 1] && tokens.end[at] === tokens.start[at + 1]) continue;
      break;
    }
    const word = tokens.norm[at] ?? '';
    if (word === 's' && headAt < 0) continue;
    if (isCapital(ctx, at)) {
      const known = heads.of.en.get(word);
      if (known) {
        headAt = at;
        kind = known;
      }
      to = at + 1;
      continue;
    }
    const lower = heads.of.en.get(`${word}*`);
    if (lower && to === at && ask.nameEnd.get(from) === at) {
      // The UN mission, the OSCE monitors: a listed name and a small word for what it sent.
      headAt = at;
      to = at + 1;
    }
    if (headAt < 0 && !CONNECTORS.has(word)) break;
    const next = tokens.norm[at + 1] === 'the' ? at + 2 : at + 1;
    const goesOn =
      (CONNECTORS.has(word) && isCapital(ctx, next)) || (word === 'and' && headAt >= 0 && hasLink(ctx, from, at));
    if (
      !goesOn ||
      ask.dateAt(at) ||
      ask.dateAt(next) ||
      !isCapital(ctx, next) ||
      (headAt < 0 && !heads.of.en.has(tokens.norm[at - 1] ?? ''))
    )
      break;
    at = next - 1;
  }
  if (headAt < 0) return undefined;
  if (to > headAt + 1 && !hasLink(ctx, headAt, to)) to = headAt + 1;
  if (to - from < 2 || ask.dateAt(from)) return undefined;
  return bodyMatch(ctx, 'en', kind, { from, to, start: tokens.start[from] ?? 0 });
}

function hasLink(ctx: ReaderContext, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (CONNECTORS.has(ctx.tokens.norm[at] ?? '')) return true;
  return false;
}

function isCapital(ctx: ReaderContext, at: number): boolean {
  if (ctx.tokens.kind[at] !== WORD) return false;
  return isCapitalAt(ctx.view, ctx.tokens.start[at] ?? 0);
}

const RU_ADJECTIVE = /(ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ую|юю|ым|им|ом|ем|ые|ие|ых|их)$/;

function russianBody(ctx: ReaderContext, ask: BodyQuestions, heads: Heads, from: number): BodyMatch | undefined {
  const { tokens } = ctx;
  // Neither an adjective, which may come before a head, nor a head: most words.
  if (!heads.of.ru.has(tokens.stem[from] ?? '') && !RU_ADJECTIVE.test(tokens.norm[from] ?? '')) return undefined;
  const word = (at: number): string => tokens.norm[at] ?? '';
  const headKind = (at: number): ActorKind | undefined =>
    tokens.kind[at] === WORD ? heads.of.ru.get(tokens.stem[at] ?? '') : undefined;
  let at = from;
  let adjectives = 0;
  const named = isCapital(ctx, from);
  while (adjectives < MOST_ADJECTIVES && RU_ADJECTIVE.test(word(at)) && headKind(at) === undefined) {
    if (tokens.kind[at] !== WORD || heads.words.stop.has(word(at)) || heads.plain.has(word(at)) || ask.dateAt(at))
      return undefined;
    adjectives++;
    at++;
  }
  const kind = headKind(at);
  if (kind === undefined || (adjectives > 0 && !named) || tokens.paragraph[at] !== tokens.paragraph[from])
    return undefined;
  at++;
  let owned = adjectives > 0;
  const known = ask.nameEnd.get(at);
  if (known !== undefined && adjectives === 0 && tokens.paragraph[at] === tokens.paragraph[from]) {
    at = known;
    owned = true;
  } else if (word(at) === 'по' && adjectives > 0 && tokens.kind[at + 1] === WORD) {
    at += 2;
    while (at < from + LONGEST_RUN && /(ого|их|ых|ой|ий|ов|ей|ам|ям|ия|ии)$/.test(word(at)) && !ask.isCue(at)) at++;
  } else if (/(сти|ции|ости)$/.test(word(at)) && named && isCapital(ctx, from)) {
    at++;
    owned = true;
    const behind = ask.nameEnd.get(at);
    if (behind !== undefined) at = behind;
  }
  if (!owned || at - from < 2) return undefined;
  return bodyMatch(ctx, 'ru', kind, { from, to: at, start: tokens.start[from] ?? 0 });
}
