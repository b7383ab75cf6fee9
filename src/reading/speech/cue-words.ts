/**
 * The verbs of reporting in all their forms: made from one row a verb (lexicon/cues.tsv) by the regular patterns of the
 * three languages, plus the irregular forms that the row lists. Looks up single tokens; decides no frame.
 */
import type { Lang } from '../../core/index.ts';
import { ARABIC } from '../language.ts';
import type { Lexicon } from '../lexicon.ts';
import { STATEMENT_ACTS, type StatementAct } from '../model.ts';
import { normalise } from '../normalise.ts';
import { type Tokens, WORD } from '../tokens.ts';
import { NOT_ASKED, WITH, WordTable } from '../vocabulary.ts';

export interface CueWord {
  readonly lang: Lang;
  readonly act: StatementAct;
  /** A weak verb reports only with a speaker and content of its own. */
  readonly weak: boolean;
  readonly tense: 'past' | 'present' | 'base';
  /** The form says who: masculine, feminine, plural. */
  readonly agrees: 'm' | 'f' | 'p' | null;
  /** Goes on with the speaker before it (مضيفا, adding, добавив). */
  readonly participle: boolean;
  readonly lemma: string;
  /** Further words of the cue (called for). */
  readonly more: readonly string[];
}

export interface CueHit {
  readonly cue: CueWord;
  readonly from: number;
  readonly to: number;
  /** Arabic conjunction before the verb (و, ف), or ''. */
  readonly lead: string;
}

export interface CueWords {
  at(tokens: Tokens, token: number): CueHit | undefined;
}

const isAct = (word: string | undefined): word is StatementAct => STATEMENT_ACTS.includes(word as StatementAct);

export function readCueWords(lexicon: Lexicon): CueWords {
  const forms = new Map<string, CueWord[]>();
  const add = (form: string, cue: Omit<CueWord, 'more'>): void => {
    const [first = '', ...more] = normalise(form).split(' ');
    const list = forms.get(first) ?? [];
    if (!list.some((other) => other.more.join(' ') === more.join(' ') && other.lang === cue.lang))
      list.push({ ...cue, more });
    list.sort((a, b) => b.more.length - a.more.length);
    forms.set(first, list);
  };
  for (const { form, lang, value } of lexicon.ofKind('cue_verb')) {
    const [act, strength, listed = ''] = value.split(' ', 2).concat(value.split(' ').slice(2).join(' '));
    if (!isAct(act)) continue;
    const base = { lang, act, weak: strength === 'weak', participle: false, lemma: normalise(form) };
    const further = listed.split(',').filter((word) => word !== '');
    const inflected =
      lang === 'ar' ? arabic(form, further) : lang === 'en' ? english(form, further) : russian(form, further);
    for (const [written, tense, agrees] of inflected) add(written, { ...base, tense, agrees });
  }
  for (const { form, lang, value } of lexicon.ofKind('cue_participle')) {
    if (!isAct(value)) continue;
    add(form, {
      lang,
      act: value,
      weak: false,
      participle: true,
      lemma: normalise(form),
      tense: 'present',
      agrees: null,
    });
  }
  const lookUp = (tokens: Tokens, word: string, token: number, lead: string): CueHit | undefined => {
    for (const cue of forms.get(word) ?? []) {
      if (cue.more.every((part, i) => tokens.norm[token + 1 + i] === part)) {
        return { cue, from: token, to: token + 1 + cue.more.length, lead };
      }
    }
    return undefined;
  };
  const known = new WordTable<true>();
  /** Whether any cue begins with this word or a cut of it; told once for each word. */
  const mayBe = (tokens: Tokens, token: number): boolean => {
    const id = tokens.word[token] ?? -1;
    const state = known.state(tokens.epoch, id);
    if (state !== NOT_ASKED) return state === WITH;
    const word = tokens.norm[token] ?? '';
    const may =
      forms.has(word) || ('وفس'.includes(word.charAt(0)) && (forms.has(word.slice(1)) || forms.has(word.slice(2))));
    known.remember(tokens.epoch, id, may || undefined);
    return may;
  };
  return {
    at: (tokens, token) => {
      if (tokens.kind[token] !== WORD || !mayBe(tokens, token)) return undefined;
      const word = tokens.norm[token] ?? '';
      const whole = lookUp(tokens, word, token, '');
      if (whole || tokens.script[token] !== ARABIC || word.length < 3) return whole;
      const first = word.charAt(0);
      if (first === 'و' || first === 'ف') {
        return (
          lookUp(tokens, word.slice(1), token, first) ??
          (word[1] === 'س' ? lookUp(tokens, word.slice(2), token, first) : undefined)
        );
      }
      return first === 'س' ? lookUp(tokens, word.slice(1), token, '') : undefined;
    },
  };
}

type Form = [string, CueWord['tense'], CueWord['agrees']];

/** أعلن → أعلن أعلنت أعلنا أعلنوا; يعلن → يعلن تعلن يعلنون يعلنان. */
function arabic(past: string, listed: readonly string[]): Form[] {
  const [present, ...irregular] = listed;
  const forms: Form[] = [[past, 'past', /[^ثب]ت$/.test(past) && past.length > 3 && !past.includes(' ') ? 'f' : 'm']];
  const weakEnd = /[ىا]$/.test(past);
  if (!weakEnd && !past.includes(' '))
    forms.push(
      [`${past}ت`, 'past', 'f'],
      [`${past}وا`, 'past', 'p'],
      [`${past}تا`, 'past', 'p'],
      [`${past}ا`, 'past', 'p'],
    );
  for (const form of irregular) forms.push([form, 'past', /وا$|يا$/.test(form) ? 'p' : 'f']);
  if (weakEnd && irregular.length === 0)
    forms.push([`${past.slice(0, -1)}ت`, 'past', 'f'], [`${past.slice(0, -1)}وا`, 'past', 'p']);
  if (present) {
    forms.push([present, 'present', 'm'], [`ت${present.slice(1)}`, 'present', 'f']);
    const stem = /[يىو]$/.test(present) ? present.slice(0, -1) : present;
    if (!present.includes(' ')) forms.push([`${stem}ون`, 'present', 'p'], [`${stem}ان`, 'present', 'p']);
  }
  return forms;
}

function english(base: string, listed: readonly string[]): Form[] {
  const forms: Form[] = [[base, 'base', null]];
  if (listed.length > 0) {
    for (const form of listed) forms.push([form, /s( |$)/.test(form) ? 'present' : 'past', null]);
    return forms;
  }
  const stem = base.replace(/e$/, '');
  forms.push([`${stem}ed`, 'past', null], [/(s|sh|ch)$/.test(base) ? `${base}es` : `${base}s`, 'present', null]);
  return forms;
}

function russian(base: string, listed: readonly string[]): Form[] {
  const forms: Form[] = [];
  const past = base.endsWith('ть') && !base.includes(' ') ? base.slice(0, -2) : undefined;
  if (past)
    forms.push(
      [`${past}л`, 'past', 'm'],
      [`${past}ла`, 'past', 'f'],
      [`${past}ли`, 'past', 'p'],
      [`${past}ло`, 'past', null],
    );
  for (const form of listed) {
    const first = form.split(' ')[0] ?? form;
    const tense = /(л|ла|ли|ло|лся|лась|лись|г|ерг)$/.test(first) ? 'past' : 'present';
    const agrees =
      /(ли|лись|т|ют|ят|ут)$/.test(first) && /(ли|лись|ют|ят|ут)$/.test(first)
        ? 'p'
        : /(ла|лась)$/.test(first)
          ? 'f'
          : 'm';
    forms.push([form, tense, agrees]);
  }
  return forms;
}
