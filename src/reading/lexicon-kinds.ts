/**
 * The kinds of lexicon entries: what each is for and how its forms match. A kind belongs to the stage that reads it; add
 * yours under the stage's heading.
 */

export interface KindRule {
  /** What the value column means. */
  readonly value: string;
  /** Arabic pronouns may follow (قواته for قوات). */
  readonly suffixes?: boolean;
  /** No stems: only the listed form itself, folded. */
  readonly exact?: boolean;
  /** Marks of this kind may overlap; otherwise leftmost-longest. */
  readonly overlaps?: boolean;
  /** Forms written with `*` (any ending) or `past/present`; read by inflected.ts, not marked for every stage. */
  readonly inflected?: boolean;
}

const KINDS = {
  // numbers and figures
  unit: {
    value: 'a figure unit: deaths, injured, displaced, strikes, violations …; `=1`, `=2` when the form counts itself',
  },
  counted: { value: 'the group counted: people, civilians, women, children, fighters …; `=1`, `=2` as above' },
  toll: { value: 'the unit that a verb or noun gives to a count of people (killed, مقتل)' },
  'no-toll': { value: 'the unit that is said to be none; casualties for both dead and hurt' },
  comparator: { value: '>, >=, <, <= or ~, with `after` when it follows the number' },
  part: { value: 'announces a part of the count before it (among them)' },
  share: { value: 'a share of a whole, 0..1' },
  population: { value: 'what a share is of' },
  'not-counted': { value: 'a noun whose count is no toll (kilometres, hours, houses)' },
  teller: { value: 'teller: a noun for somebody who gives a count (activists, وزارة الصحة, врачи)' },
  // places
  'place-word': { value: 'what a word says about the place name beside it (place-words.tsv)', inflected: true },
  'place-common': {
    value: 'nothing; the word is the name of a small place and far more often something else',
    inflected: true,
  },
  // events
  'event-word': { value: 'a sign of a kind of event, e.g. air.noun, strike.verb', inflected: true },
  'event-weapon': { value: 'the weapon, as printed in an event', inflected: true },
  'event-target': { value: 'a target code of core', inflected: true },
  'event-actor': {
    value: 'an actor code told by a common noun, or adj:CODE for an adjective beside a weapon or a force',
    inflected: true,
  },
  'event-context': { value: 'negation, hypothetical, denial, background, claim, accuse …', inflected: true },
  // actors and the people who speak for them
  country: { value: 'ISO 3166 code of the state', inflected: true },
  country_capital: { value: 'ISO 3166 code of the state whose government the capital may stand for', inflected: true },
  country_adj: { value: 'ISO 3166 code', inflected: true },
  country_people: { value: 'ISO 3166 code', inflected: true },
  state_body: { value: 'kind of actor; `-m` where an Arabic adjective after it is masculine', inflected: true },
  actor: { value: 'kind of actor, `:`, key; the first form of a key is its name', inflected: true },
  body_head: {
    value: 'kind of actor; a noun that heads the name of a body (`*` behind an English one: written small)',
    inflected: true,
  },
  body_plain: { value: 'nothing; an adjective that does not say whose body it is', inflected: true },
  person: { value: 'key, `:`, whom they speak for; `:f` for a woman', inflected: true },
  office: { value: 'public, rank or title; `:f` for a woman' },
  role: { value: 'private or anonymous: a name beside it is not kept' },
  office_noun: { value: 'noun', inflected: true },
  given_name: { value: 'given', inflected: true },
  // statements
  cue_verb: { value: 'act, plain or weak, further forms', inflected: true },
  cue_participle: { value: 'act', exact: true },
  attribution: { value: 'report', exact: true },
  mouthpiece: { value: 'via', exact: true },
  skip: { value: 'skip', exact: true },
  negation: { value: 'negation', inflected: true },
  hypothetical: { value: 'hypothetical', exact: true },
  stopword: { value: 'stopword', inflected: true },
  channel: { value: 'channel' },
  // agreements and proposals
  agreement: { value: 'key; `:generic` or `:number` where it needs more to count' },
  proposal_word: { value: 'noun, offer, reserve or expect', overlaps: true },
  standing_word: { value: 'a standing of a proposal', overlaps: true },
  action_synonym: { value: 'key that several words share', inflected: true },
  agreement_status: { value: 'status; `:weak` for what only presupposes it', overlaps: true },
} as const satisfies Readonly<Record<string, KindRule>>;

export type LexiconKind = keyof typeof KINDS;
export const LEXICON_KINDS: Readonly<Record<LexiconKind, KindRule>> = KINDS;
export const isLexiconKind = (kind: string): kind is LexiconKind => Object.hasOwn(KINDS, kind);
