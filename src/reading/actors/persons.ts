/**
 * Finds persons that the lexicon lists: holders of public office. Russian names are known in their case forms. A name
 * that is not listed is never found here.
 */
import type { ReaderContext } from '../context.ts';
import { ARABIC } from '../language.ts';
import type { Lexicon } from '../lexicon.ts';
import { buildMatcher, leftmostLongest, type Match, type Pattern } from '../matcher.ts';
import type { Names } from '../model.ts';
import { fullNameForms } from './russian-names.ts';

export interface Person {
  readonly key: string;
  /** Whom the person speaks for: ISO code of a state, actor code, or key of an organisation. */
  readonly speaksFor: string;
  readonly woman: boolean;
  /** The listed form found, in the nominative. */
  readonly form: string;
  readonly name: Names;
}

export type PersonMatch = Match<Person>;

export function preparePersons(lexicon: Lexicon): (ctx: ReaderContext) => PersonMatch[] {
  const names = new Map<string, { ar: string | null; en: string | null }>();
  for (const { form, lang, value } of lexicon.ofKind('person')) {
    const name = names.get(value) ?? { ar: null, en: null };
    if (lang !== 'ru') name[lang] ??= form;
    names.set(value, name);
  }
  const patterns: Pattern<Person>[] = lexicon.ofKind('person').flatMap(({ form, lang, value }) => {
    const [key = '', speaksFor = '', sex] = value.split(':');
    const person: Person = {
      key,
      speaksFor,
      woman: sex === 'f',
      form,
      name: names.get(value) ?? { ar: null, en: null },
    };
    const forms = lang === 'ru' ? fullNameForms(form) : [form];
    return forms.map((written) => ({ form: written, value: person, exact: true }));
  });
  const matcher = buildMatcher(patterns);
  return (ctx) => leftmostLongest(matcher.scan(ctx.view, ctx.tokens).filter((match) => isName(ctx, match)));
}

/** Names keep their capital; «де Мистура» keeps one further on. */
function isName(ctx: ReaderContext, match: PersonMatch): boolean {
  if (ctx.tokens.script[match.from] === ARABIC) return true;
  return /\p{Lu}/u.test(ctx.view.slice(match.start, match.end));
}
