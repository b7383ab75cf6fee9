/**
 * Finds the actors that a text names: parties of the terms, states and what they have, organisations. A country or a
 * capital counts only where it can act (موسكو أكدت), not where it is a place (في موسكو). Persons are found elsewhere.
 */
import type { ReaderContext, ReaderSources } from '../context.ts';
import { CYRILLIC, LATIN } from '../language.ts';
import { buildMatcher, leftmostLongest, type Match } from '../matcher.ts';
import type { PlaceMention } from '../model.ts';
import { normalise } from '../normalise.ts';
import { isAccusative } from '../places/use.ts';
import { NUMBER, PUNCT } from '../tokens.ts';
import { type BodyQuestions, prepareBodies } from './bodies.ts';
import { type ActorForm, actorPatterns } from './forms.ts';

export type ActorMatch = Match<ActorForm>;

const folded = (words: string): ReadonlySet<string> => new Set(words.split(' ').map((word) => normalise(word)));

/** Words after which a country or a capital is a place. */
const LOCATIVE = folded(
  'في داخل قرب شمال جنوب شرق غرب شمالي جنوبي شرقي غربي مدينة العاصمة ريف محافظة مطار in inside near northern southern eastern ' +
    'western across в внутри близ около севере юге востоке западе',
);
/** Words after which even the host country's capital acts. */
const DEALING = folded('بين مع من بحسب حسب وفق ان إن إلى على between with from that by к с между от что и and و');
const FOR = folded('for to of on about إلى حول بشأن по о в');
const LOCATIVE_LEADS = new Set(['ب', 'وب', 'فب']);

/** Makes the finder for one instrument and the forms made of it and the lexicon. */
export function prepareActorMatches(
  sources: ReaderSources,
  forms: readonly ActorForm[],
): (
  ctx: ReaderContext,
  places: readonly PlaceMention[],
  acts: (token: number) => boolean,
  ends: Omit<BodyQuestions, 'isCue' | 'nameEnd' | 'actorAt'> & { readonly placeEnd: ReadonlyMap<number, number> },
) => ActorMatch[] {
  const parties = new Set(sources.instrument?.actors.filter((a) => a.standing === 'party').map((a) => a.id) ?? []);
  const isParty = (actor: string | null): boolean =>
    sources.instrument === null || (actor !== null && parties.has(actor));
  const matcher = buildMatcher(actorPatterns(forms));
  const findBodies = prepareBodies(sources.lexicon);
  return (ctx, places, acts, ends) => {
    const speaking = new Set(places.filter((p) => p.use === 'metonym').map((p) => p.span.start));
    const datelines = new Set(places.filter((p) => p.use === 'dateline').map((p) => p.span.start));
    const written = matcher.scan(ctx.view, ctx.tokens).filter((match) => isWrittenSo(ctx, match));
    const nameEnd = new Map(ends.placeEnd);
    for (const { from, to, value } of written)
      if (value.state === null || value.use !== 'always') nameEnd.set(from, Math.max(to, nameEnd.get(from) ?? 0));
    const listed = new Set(written.map(({ from }) => from));
    const actorAt = (token: number): boolean => listed.has(token);
    written.push(...findBodies(ctx, { ...ends, nameEnd, isCue: acts, actorAt }));
    const agreed = new Set<number>();
    for (const mark of ctx.marks('agreement')) for (let at = mark.from; at < mark.to; at++) agreed.add(at);
    const matches = leftmostLongest(written.filter((match) => !(agreed.has(match.from) && isAttribute(match))));
    const starts = new Set(matches.map((match) => match.from));
    return matches
      .filter((match) => !(isAttribute(match) && starts.has(match.to)))
      .filter(
        (match) =>
          !datelines.has(match.start) &&
          !isDateline(ctx, match) &&
          (match.value.use === 'always' ||
            (match.value.use === 'capital' && speaking.has(match.start)) ||
            canAct(ctx, match, acts, isParty)),
      );
  };
}

/** "opposition" before a body's name says which body it is. */
const isAttribute = ({ value }: ActorMatch): boolean => value.lang === 'en' && !isUpper(value.form.charAt(0));

/** An acronym stands in capitals; a name with a capital keeps it. */
function isWrittenSo(ctx: ReaderContext, match: ActorMatch): boolean {
  const script = ctx.tokens.script[match.from];
  if (script !== LATIN && script !== CYRILLIC) return true;
  const text = ctx.view.slice(match.start, match.end);
  const { form, acronym } = match.value;
  if (isCompound(ctx, match)) return false;
  if (acronym) return text === text.toUpperCase();
  if (script === CYRILLIC && /ия$/.test(form) && !/и[яиюе]й?$/.test(text)) return false;
  return !isUpper(form.charAt(0)) || isUpper(text.charAt(0));
}

/** Britain-based, rebel-held: a part of an adjective. */
function isCompound(ctx: ReaderContext, { to, end }: ActorMatch): boolean {
  const { tokens } = ctx;
  if (tokens.norm[to] !== '-' || tokens.start[to] !== end || tokens.start[to + 1] !== tokens.end[to]) return false;
  return /^(based|held|controlled|led|backed|allied|run|born|supported|occupied)$/.test(tokens.norm[to + 1] ?? '');
}

const isUpper = (letter: string): boolean => letter !== letter.toLowerCase();

/** A place at the very head of the text or of a paragraph, before a sign or a bracket (واشنطن / وكالات; МОСКВА, 3 мая). */
function isDateline(ctx: ReaderContext, match: ActorMatch): boolean {
  const { tokens } = ctx;
  if (match.value.use === 'always') return false;
  if (tokens.paragraphStarts[tokens.paragraph[match.from] ?? 0] !== match.from) return false;
  const sign = tokens.kind[match.to] === PUNCT ? (tokens.norm[match.to] ?? '') : '';
  if ('/(–—-'.includes(sign) && sign !== '') return true;
  return (sign === ',' || sign === '،') && tokens.kind[match.to + 1] === NUMBER;
}

const AUXILIARY = folded('has had have is was will would did does not قد لا لم не');

function canAct(
  ctx: ReaderContext,
  match: ActorMatch,
  acts: (token: number) => boolean,
  isParty: (actor: string | null) => boolean,
): boolean {
  const { tokens, view } = ctx;
  const lead = normalise(view, tokens.start[match.from] ?? 0, match.start);
  if (LOCATIVE_LEADS.has(lead)) return false;
  let before = match.from - 1;
  if (tokens.norm[before] === '"' || tokens.norm[before] === '«') before--;
  const previous = tokens.kind[before] === PUNCT ? '' : (tokens.norm[before] ?? '');
  if (/^(روسيا|سوريا|ليبيا)$/.test(tokens.norm[match.from] ?? '') && isAccusative(previous)) return false;
  // «В Кремле заявили»: a seat of government that speaks.
  if (/^(в|во)$/.test(previous) && match.value.use === 'capital' && acts(match.to)) return true;
  if (LOCATIVE.has(previous) || LOCATIVE.has(previous.replace(/^[وف]/, ''))) return false;
  if (match.value.state === 'sy' && FOR.has(previous)) return false;
  if (match.value.state !== 'sy' && (match.value.use === 'country' || isParty(match.value.actor))) return true;
  if (
    acts(match.to) ||
    acts(match.from - 1) ||
    (AUXILIARY.has(tokens.norm[match.to] ?? '') && (acts(match.to + 1) || acts(match.to + 2)))
  )
    return true;
  return match.value.use === 'capital' && (DEALING.has(previous) || lead === 'ل' || lead === 'و');
}
