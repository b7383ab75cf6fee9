/**
 * Puts together everyone in a text who may speak: persons with their offices, bodies, roles, pronouns; and whom the
 * later short forms (a bare surname) mean. Keeps a name only beside a public office, or when the lexicon lists it.
 */
import { leadingCuts } from '../clitics.ts';
import { spanAt, trimmedSpan } from '../document.ts';
import { ARABIC, CYRILLIC, LATIN } from '../language.ts';
import type { Names, Span } from '../model.ts';
import { normalise, offsetAfter } from '../normalise.ts';
import { WORD } from '../tokens.ts';
import type { ActorMatch } from './mentions.ts';
import { readArabicOffice } from './office-ar.ts';
import { readEnglishOffice } from './office-en.ts';
import { readRussianOffice } from './office-ru.ts';
import type { Entity, Party } from './parties.ts';
import type { PersonMatch } from './persons.ts';
import { isCapitalised, normAt, type OfficePhrase, type PhraseEnv } from './phrase.ts';
import { likelyNominative, nameCases } from './russian-names.ts';

/** Actor codes of states (by ISO code) and of the terms' own actors. */
export type CodeOf = (belongs: string | null) => string | null;

const MASCULINE_BODIES =
  /^(ال)?(مركز|مرصد|مجلس|جيش|بنتاغون|بنتاجون|كرملين|ائتلاف|تحالف|حزب|نظام|ايتلاف|اتحاد|هلال|صليب|دفاع|حلف|فريق|تنظيم|جانب|طيران|بيت|تيار|لواء|فصيل|فيلق|جهاز|منتدي|صندوق|برنامج|مكتب|وفد|اعلام|تلفزيون|داعش|ناتو|مسار|عراق|اردن|لبنان|يمن|سودان|مغرب|حرس|سلاح|الجيش)/;
const PLURAL_BODIES =
  /^(rebels?|militants|forces|authorities|terrorists|russians|americans|боевики|повстанцы|террористы|военные|власти|курды|войска|силы|الفصائل|فصائل|مسلح|ارهابي|الثوار)/;
/** Persons compared by name; nobody is named beside an office more often in one report. */
const MOST_PERSONS = 200;
const NO_NAMES: Names = { ar: null, en: null };

/** Every party of the text, by first token; a longer phrase stands for the shorter ones inside it. */
export function readParties(env: PhraseEnv, codeOf: CodeOf): Party[] {
  const phrases = officePhrases(env);
  const parties: Party[] = [];
  const persons: Entity[] = [];
  for (const phrase of phrases) parties.push(partyOfPhrase(env, phrase, codeOf, persons));
  const taken = new Uint8Array(env.ctx.tokens.count + 1);
  for (const phrase of phrases) if (phrase.nameFrom >= 0) taken.fill(1, phrase.nameFrom, phrase.nameTo);
  for (const match of env.personAt.values()) {
    if (!taken[match.from]) parties.push(partyOfPerson(env, match, codeOf, persons));
    taken.fill(1, match.from, match.to);
  }
  for (const match of env.actorAt.values()) parties.push(partyOfBody(env, match));
  for (const party of surnameMentions(env, persons, taken)) parties.push(party);
  return parties.sort((a, b) => a.from - b.from || b.to - a.to);
}

function officePhrases(env: PhraseEnv): OfficePhrase[] {
  const phrases: OfficePhrase[] = [];
  let free = 0;
  for (const head of [...env.headAt.values()].sort((a, b) => a.from - b.from)) {
    if (head.from < free || (env.inBody[head.from] && env.inBody[head.to - 1])) continue;
    // "the group's president": the later head takes this one in.
    if (/^['’]$/.test(normAt(env, head.to)) && normAt(env, head.to + 1) === 's' && env.headAt.has(head.to + 2))
      continue;
    const script = env.ctx.tokens.script[head.from];
    if (script === LATIN && isSurname(env, head)) continue;
    if (script === ARABIC && isVerbHere(env, head)) continue;
    const read = script === ARABIC ? readArabicOffice : script === CYRILLIC ? readRussianOffice : readEnglishOffice;
    const phrase = read(env, head);
    phrases.push(phrase);
    free = phrase.nameFrom >= 0 && phrase.nameFrom < head.from ? phrase.to : Math.max(phrase.to, head.to);
  }
  return phrases;
}

/** طالب الوزير …: a verb before whoever does it, no student. */
function isVerbHere(env: PhraseEnv, head: OfficePhrase['head']): boolean {
  if (head.value.kind !== 'role' || head.to - head.from > 1 || !env.isCue(head.from)) return false;
  const next = head.to;
  return env.headAt.has(next) || env.actorAt.has(next) || env.personAt.has(next) || /^ال.../.test(normAt(env, next));
}

/** Baker, Farmer: a trade in capitals in the middle of a sentence is a name. */
const isSurname = (env: PhraseEnv, head: OfficePhrase['head']): boolean =>
  head.value.kind === 'role' &&
  head.value.value === 'private' &&
  isCapitalised(env, head.from) &&
  env.ctx.tokens.sentence[head.from - 1] === env.ctx.tokens.sentence[head.from] &&
  isCapitalised(env, head.from - 1);

function tokenSpan(env: PhraseEnv, from: number, to: number): Span {
  const { tokens, doc } = env.ctx;
  return trimmedSpan(doc, tokens.start[from] ?? 0, tokens.end[to - 1] ?? 0);
}

/** Span of an Arabic head without conjunction or preposition in front. */
function mentionSpan(env: PhraseEnv, from: number, to: number, start: number): Span {
  const span = tokenSpan(env, from, to);
  return start > span.start ? spanAt(env.ctx.doc, start, span.end) : span;
}

function partyOfPhrase(env: PhraseEnv, phrase: OfficePhrase, codeOf: CodeOf, persons: Entity[]): Party {
  const { head } = phrase;
  const officeStart = phrase.officeFrom === head.from ? head.start : 0;
  const office = mentionSpan(env, phrase.officeFrom, phrase.officeTo, officeStart);
  const known = phrase.nameFrom >= 0 ? env.personAt.get(phrase.nameFrom) : undefined;
  const belongs = known?.value.speaksFor ?? belongsTo(env, phrase);
  const officeText = withoutArticle(office.text);
  const headWord = headOf(env, phrase);
  const base = {
    office: officeText,
    actor: codeOf(belongs),
    head: headWord.replace(/^(وال|ال)/, ''),
    belongs,
    plural: isPluralHead(env, phrase),
  };
  if (phrase.nameFrom >= 0 && (phrase.keepsName || known)) {
    const span = nameSpan(env, phrase.nameFrom, phrase.nameTo);
    const name = known ? known.value.form : nominative(span.text);
    const entity: Entity = {
      kind: 'person',
      name,
      names: known?.value.name ?? namesOf(env, name),
      office: base.office,
      actor: base.actor,
      woman: known ? known.value.woman : phrase.woman,
      plural: false,
      surname: surnameOf(env, phrase.nameFrom, phrase.nameTo, known),
      head: base.head,
      belongs: base.belongs,
    };
    persons.push(entity);
    return {
      from: phrase.from,
      to: phrase.to,
      span,
      actorSpan: span,
      actorKind: 'person',
      entity,
      anaphor: false,
      nominative: head.exact,
    };
  }
  const entity: Entity = {
    kind: 'role',
    name: null,
    names: NO_NAMES,
    office: base.office,
    actor: base.actor,
    woman: phrase.woman,
    plural: base.plural,
    surname: null,
    head: base.head,
    belongs: base.belongs,
  };
  return {
    from: phrase.from,
    to: phrase.to,
    span: office,
    actorSpan: null,
    actorKind: 'person',
    entity,
    anaphor: phrase.nameFrom < 0 && isDefinite(env, phrase),
    nominative: head.exact,
  };
}

/** The noun of a head: متحدث of المتحدث باسم, министр of министр иностранных дел, secretary of secretary of state. */
function headOf(env: PhraseEnv, { head }: OfficePhrase): string {
  if (env.ctx.tokens.script[head.from] !== LATIN) return normAt(env, head.from);
  for (let at = head.from; at < head.to; at++) if (normAt(env, at) === 'of') return normAt(env, at - 1);
  return normAt(env, head.to - 1);
}

const withoutArticle = (text: string): string => text.replace(/^(the|a|an)\s+/i, '').replace(/^لل/, 'ال');

function isDefinite(env: PhraseEnv, phrase: OfficePhrase): boolean {
  const first = normAt(env, phrase.officeFrom);
  const script = env.ctx.tokens.script[phrase.officeFrom];
  // نظيره الفرنسي: somebody named before.
  if (script === ARABIC) return /^[وفبلك]?(ال|نظير(ه|ها)$)/.test(normAt(env, phrase.head.from));
  if (script === CYRILLIC) return phrase.officeTo - phrase.officeFrom <= 2;
  return first === 'the';
}

function isPluralHead(env: PhraseEnv, phrase: OfficePhrase): boolean {
  const word = normAt(env, phrase.head.to - 1);
  const script = env.ctx.tokens.script[phrase.head.from];
  if (script === ARABIC)
    return /(ون|ين|اء)$/.test(word) || /^(ال)?(مصادر|شهود|سكان|اهالي|نشطاء|خبراء|تقارير)$/.test(word);
  if (script === CYRILLIC) return /(ы|и)$/.test(word);
  return word.endsWith('s') && !word.endsWith('ss');
}

/** The state or body inside an office phrase: its own adjective, or the body named in it. */
function belongsTo(env: PhraseEnv, phrase: OfficePhrase): string | null {
  for (let at = phrase.officeFrom; at < phrase.officeTo; at++) {
    const actor = env.actorAt.get(at);
    if (actor) return actor.value.actor ?? actor.value.state ?? actor.value.name.en ?? actor.value.form;
    const state = env.words.adjective.get(normAt(env, at));
    if (state) return state;
  }
  return null;
}

function nameSpan(env: PhraseEnv, from: number, to: number): Span {
  const { tokens, view } = env.ctx;
  const span = tokenSpan(env, from, to);
  const person = env.personAt.get(from);
  if (person) return spanAt(env.ctx.doc, person.start, person.end);
  if (tokens.script[from] !== ARABIC) return span;
  const word = normAt(env, from);
  const cut = leadingCuts(word).find((c) => c.lead > 0 && env.words.given.has(c.rest));
  if (env.words.given.has(word) || !cut) return span;
  return spanAt(env.ctx.doc, offsetAfter(view, span.start, span.end, cut.lead), span.end);
}

function nominative(name: string): string {
  if (!/[а-яё]/i.test(name)) return name;
  return name
    .split(' ')
    .map((word) => {
      const folded = word.toLowerCase();
      const likely = likelyNominative(folded);
      return likely === folded ? word : word.slice(0, likely.length);
    })
    .join(' ');
}

function namesOf(env: PhraseEnv, name: string): Names {
  if (env.ctx.language === 'ar') return { ar: name, en: null };
  return /[a-z]/i.test(name) ? { ar: null, en: name } : NO_NAMES;
}

/** The last word of a name; «де Мистура» and `al-Bayoush` are called by it as well. */
function surnameOf(env: PhraseEnv, from: number, to: number, known: PersonMatch | undefined): string | null {
  if (known) return known.value.form.toLowerCase().split(/[ -]/).at(-1) ?? null;
  return to - from >= 2 ? normAt(env, to - 1) : null;
}

function partyOfPerson(env: PhraseEnv, match: PersonMatch, codeOf: CodeOf, persons: Entity[]): Party {
  const { value } = match;
  const fuller = persons.slice(0, MOST_PERSONS).find((entity) => sameName(entity, value.name));
  const entity: Entity = fuller ?? {
    kind: 'person',
    name: value.form,
    names: value.name,
    office: null,
    actor: codeOf(value.speaksFor),
    woman: value.woman,
    plural: false,
    surname: value.form.toLowerCase().split(/[ -]/).at(-1) ?? null,
    head: null,
    belongs: value.speaksFor,
  };
  if (!fuller) persons.push(entity);
  const span = spanAt(env.ctx.doc, match.start, match.end);
  return {
    from: match.from,
    to: match.to,
    span,
    actorSpan: span,
    actorKind: 'person',
    entity,
    anaphor: false,
    nominative: normalise(span.text) === normalise(value.form),
  };
}

const sameName = (entity: Entity, names: Names): boolean =>
  names.en !== null && entity.names.en === names.en && entity.name !== null;

function partyOfBody(env: PhraseEnv, match: ActorMatch): Party {
  const { value } = match;
  const span = spanAt(env.ctx.doc, match.start, match.end);
  const first = normAt(env, match.from);
  const arabic = env.ctx.tokens.script[match.from] === ARABIC;
  const plural = PLURAL_BODIES.test(first) || PLURAL_BODIES.test(normAt(env, match.to - 1));
  const entity: Entity = {
    kind: 'body',
    name: value.lang === 'ru' && !value.joined && !match.exact ? value.form : span.text,
    names: value.name,
    office: null,
    actor: value.actor,
    woman:
      arabic &&
      (/^ال.*يه$/.test(normAt(env, match.to - 1)) || !MASCULINE_BODIES.test(first.replace(/^[وفبلك](?=ال)/, ''))),
    plural,
    surname: null,
    head: first.replace(/^(ال)/, ''),
    belongs: value.actor ?? value.state,
  };
  return {
    from: match.from,
    to: match.to,
    span,
    actorSpan: span,
    actorKind: value.kind,
    entity,
    anaphor: false,
    nominative: true,
  };
}

/** Bare surnames of persons named in full elsewhere in the text. */
function surnameMentions(env: PhraseEnv, persons: readonly Entity[], taken: Uint8Array): Party[] {
  const bySurname = new Map<string, Entity>();
  for (const entity of persons) {
    const surname = entity.surname?.replaceAll('ё', 'е');
    if (!surname || surname.length < 3) continue;
    for (const form of /[а-я]/.test(surname) ? [surname, ...nameCases(surname).flat()] : [surname]) {
      if (!bySurname.has(form)) bySurname.set(form, entity);
    }
  }
  if (bySurname.size === 0) return [];
  // A cut takes letters from the beginning only, so the last letter tells most words apart.
  const lastLetters = new Set([...bySurname.keys()].map((form) => form.charCodeAt(form.length - 1)));
  const { tokens, view, doc } = env.ctx;
  const found: Party[] = [];
  for (let at = 0; at < tokens.count; at++) {
    if (taken[at] || tokens.kind[at] !== WORD) continue;
    const word = normAt(env, at);
    if (!lastLetters.has(word.charCodeAt(word.length - 1)) || env.actorAt.has(at)) continue;
    let lead = 0;
    let entity = bySurname.get(word);
    if (!entity && tokens.script[at] === ARABIC) {
      for (const cut of leadingCuts(word)) {
        entity = bySurname.get(cut.rest);
        if (entity) {
          lead = cut.lead;
          break;
        }
      }
    }
    if (!entity || (tokens.script[at] !== ARABIC && !isCapitalised(env, at))) continue;
    const start = tokens.start[at] ?? 0;
    const end = tokens.end[at] ?? 0;
    const span = spanAt(doc, lead > 0 ? offsetAfter(view, start, end, lead) : start, end);
    found.push({
      from: at,
      to: at + 1,
      span,
      actorSpan: span,
      actorKind: 'person',
      entity,
      anaphor: false,
      nominative: word === entity.surname || tokens.script[at] !== CYRILLIC,
    });
  }
  return found;
}
