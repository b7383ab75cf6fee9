/**
 * Compiles the forms that name an actor: the terms' names and aliases, the lexicon's organisations, and the bodies that
 * every state has (its ministry, army, government), joined with each state's adjective or name. Decides no mention.
 */
import type { Lang } from '../../core/index.ts';
import type { ActorKind, Instrument } from '../../terms/index.ts';
import type { Lexicon } from '../lexicon.ts';
import type { Pattern } from '../matcher.ts';
import type { Names } from '../model.ts';
import { normalise } from '../normalise.ts';

/** How freely a form may be taken for an actor: a capital or a country is a place as often. */
export type FormUse = 'always' | 'country' | 'capital';

export interface ActorForm {
  readonly form: string;
  readonly lang: Lang;
  readonly actor: string | null;
  readonly kind: ActorKind;
  readonly name: Names;
  readonly use: FormUse;
  /** Written in capitals (IS, US, МИД): only the same writing counts. */
  readonly acronym: boolean;
  /** Made of a body and a state's adjective: not always good grammar, so never shown. */
  readonly joined: boolean;
  /** A people (Russians): only this very form, not the adjective of the same stem. */
  readonly isPeople: boolean;
  /** ISO 3166 code of the state it belongs to, if any. */
  readonly state: string | null;
}

/** Kind words that the lexicon's values begin with. */
const kindOf = (word: string | undefined): ActorKind =>
  word === 'state' || word === 'armed_group' || word === 'person' ? word : 'organisation';

const isAcronym = (form: string): boolean =>
  form !== form.toLowerCase() && form === form.toUpperCase() && form.replace(/[^\p{L}]/gu, '').length <= 5;

/** Every form, compiled once for a reader. */
export function actorForms(lexicon: Lexicon, instrument: Instrument | null): ActorForm[] {
  const codes = codesByForm(instrument);
  const forms = new Map<string, ActorForm>();
  const put = (form: ActorForm): void => {
    const key = `${form.lang} ${normalise(form.form)}`;
    if (!forms.has(key)) forms.set(key, form);
  };
  for (const form of stateForms(lexicon, codes)) put(form);
  for (const form of listedForms(lexicon, codes)) put(form);
  for (const form of termsForms(instrument)) put(form);
  return [...forms.values()];
}

type Codes = ReadonlyMap<string, string>;
const codeOf = (codes: Codes, lang: Lang, form: string): string | null =>
  codes.get(`${lang} ${normalise(form)}`) ?? null;

function codesByForm(instrument: Instrument | null): Codes {
  const codes = new Map<string, string>();
  for (const actor of instrument?.actors ?? []) {
    for (const lang of ['ar', 'en', 'ru'] as const) {
      for (const form of [actor.name[lang], ...actor.aliases[lang]]) {
        const key = `${lang} ${normalise(form)}`;
        if (!codes.has(key)) codes.set(key, actor.id);
      }
    }
  }
  return codes;
}

function termsForms(instrument: Instrument | null): ActorForm[] {
  return (instrument?.actors ?? []).flatMap((actor) =>
    (['ar', 'en', 'ru'] as const).flatMap((lang) =>
      [...(isJoint(actor.name[lang]) ? [] : [actor.name[lang]]), ...actor.aliases[lang]].map((form) => ({
        form,
        lang,
        actor: actor.id,
        kind: actor.kind,
        name: { ar: lang === 'ar' ? form : actor.name.ar, en: lang === 'en' ? form : actor.name.en },
        use: 'always' as const,
        acronym: isAcronym(form),
        joined: false,
        isPeople: false,
        state: null,
      })),
    ),
  );
}

/** A name that joins two actors is shown, never looked for. */
const isJoint = (name: string): boolean => / (and|и|و)/.test(name);

function listedForms(lexicon: Lexicon, codes: Codes): ActorForm[] {
  const names = new Map<string, { ar: string | null; en: string | null }>();
  for (const { form, lang, value } of lexicon.ofKind('actor')) {
    const name = names.get(value) ?? { ar: null, en: null };
    if (lang !== 'ru') name[lang] ??= form;
    names.set(value, name);
  }
  return lexicon.ofKind('actor').map(({ form, lang, value }) => ({
    form,
    lang,
    actor: codeOf(codes, lang, form),
    kind: kindOf(value.split(':')[0]),
    name: names.get(value) ?? { ar: null, en: null },
    use: 'always',
    acronym: isAcronym(form),
    joined: false,
    isPeople: false,
    state: null,
  }));
}

interface State {
  readonly code: string;
  readonly nouns: Record<Lang, string[]>;
  readonly adjectives: Record<Lang, string[]>;
  readonly name: Names;
  /** Actor code of the state itself, by its name in the terms. */
  readonly actor: string | null;
}

function stateForms(lexicon: Lexicon, codes: Codes): ActorForm[] {
  const states = readStates(lexicon, codes);
  const forms: ActorForm[] = [];
  const add = (
    form: string,
    lang: Lang,
    state: State,
    kind: ActorKind,
    use: FormUse,
    own: boolean,
    isPeople = false,
  ): void => {
    const listed = codeOf(codes, lang, form);
    forms.push({
      form,
      lang,
      actor: listed ?? state.actor,
      kind,
      name: own ? state.name : { ar: lang === 'ar' ? form : state.name.ar, en: lang === 'en' ? form : state.name.en },
      use,
      acronym: isAcronym(form),
      joined: !own,
      isPeople,
      state: state.code,
    });
  };
  const ofState = (value: string): State | undefined => states.get(value);
  for (const { form, lang, value } of lexicon.ofKind('country')) {
    const state = ofState(value);
    if (state) add(form, lang, state, 'state', 'country', true);
  }
  for (const { form, lang, value } of lexicon.ofKind('country_capital')) {
    const state = ofState(value);
    if (state) add(form, lang, state, 'state', 'capital', true);
  }
  for (const { form, lang, value } of lexicon.ofKind('country_people')) {
    const state = ofState(value);
    if (state) add(form, lang, state, 'state', 'always', true, lang === 'en');
  }
  for (const { form, lang, value } of lexicon.ofKind('state_body')) {
    const [kind, gender] = value.split('-');
    for (const state of states.values()) {
      for (const joined of joinedForms(form, lang, state, gender === 'm')) {
        add(joined, lang, state, kindOf(kind), 'always', false);
      }
    }
  }
  return forms;
}

/** `وزارة الخارجية` + تركيا → `وزارة الخارجية التركية`; `Foreign Ministry` → `Turkish Foreign Ministry`; `МИД Турции`. */
function joinedForms(body: string, lang: Lang, state: State, masculine: boolean): string[] {
  const adjectives = state.adjectives[lang];
  if (lang === 'ar') {
    const fitting = adjectives.filter((adjective) => adjective.endsWith('ة') !== masculine);
    const bare = body.replace(/^ال/, '').replace(/ ال(?=[^ ]+$)/, ' ');
    return [
      ...fitting.map((adjective) => `${body} ال${adjective}`),
      ...(body.startsWith('ال') && !body.includes(' ') && state.code !== 'sy'
        ? fitting.map((adjective) => `${bare} ${adjective}`)
        : []),
      ...(body.startsWith('وزارة ال') ? state.nouns.ar.map((noun) => `${bare} ${noun}`) : []),
    ];
  }
  if (lang === 'en') {
    return [
      ...adjectives.map((adjective) => `${adjective} ${body}`),
      ...state.nouns.en
        .filter((noun) => !isAcronym(noun))
        .flatMap((noun) => [`${body} of ${noun}`, `${noun}'s ${body}`]),
    ];
  }
  return [...adjectives.map((adjective) => `${adjective} ${body}`), ...state.nouns.ru.map((noun) => `${body} ${noun}`)];
}

function readStates(lexicon: Lexicon, codes: Codes): Map<string, State> {
  const states = new Map<string, State>();
  const empty = (): Record<Lang, string[]> => ({ ar: [], en: [], ru: [] });
  for (const { form, lang, value } of lexicon.ofKind('country')) {
    const state = states.get(value) ?? {
      code: value,
      nouns: empty(),
      adjectives: empty(),
      name: { ar: null, en: null },
      actor: null,
    };
    states.set(value, state);
    state.nouns[lang].push(form);
  }
  for (const { form, lang, value } of lexicon.ofKind('country_adj')) states.get(value)?.adjectives[lang].push(form);
  for (const [code, state] of states) {
    const listed = (['en', 'ar', 'ru'] as const)
      .flatMap((lang) => state.nouns[lang].map((noun) => codeOf(codes, lang, noun)))
      .find((actor) => actor !== null);
    const government = (['en', 'ar', 'ru'] as const)
      .flatMap((lang) => state.adjectives[lang].map((adjective) => codeOf(codes, lang, governmentOf(adjective, lang))))
      .find((actor) => actor !== null);
    states.set(code, {
      ...state,
      name: { ar: state.nouns.ar[0] ?? null, en: state.nouns.en[0] ?? null },
      actor: listed ?? government ?? null,
    });
  }
  return states;
}

const governmentOf = (adjective: string, lang: Lang): string =>
  lang === 'ar' ? `الحكومة ال${adjective}` : lang === 'en' ? `${adjective} government` : `${adjective} правительство`;

/** "rebels" names fighters, "rebel" before a noun only says whose it is. */
const isPluralWord = ({ form, lang }: ActorForm): boolean => lang === 'en' && /^[a-z]+s$/.test(form);

/** Hamas is no plural of Hama. */
const isNameInS = ({ form, lang }: ActorForm): boolean => lang === 'en' && /^[A-Z][a-z]+s$/.test(form);

/** Patterns for the matcher. Forms of one Arabic word keep pronouns out: the article is part of most of them. */
export const actorPatterns = (forms: readonly ActorForm[]): Pattern<ActorForm>[] =>
  forms.map((form) => ({
    form: form.form,
    value: form,
    exact: (form.acronym && form.lang !== 'ru') || form.isPeople || isPluralWord(form) || isNameInS(form),
  }));
