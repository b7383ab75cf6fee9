/**
 * A phrase that may speak: a person with an office, an organisation or state, a role ("a military source"), a pronoun.
 * Types only, and what follows from the words: gender, number, the name that may be kept.
 */
import type { ActorKind } from '../../terms/index.ts';
import type { Names, Span } from '../model.ts';

export type PartyKind = 'person' | 'body' | 'role' | 'pronoun';

/** Who is meant, over the whole text: several phrases may share one. */
export interface Entity {
  readonly kind: PartyKind;
  /** Kept only for holders of public office, spokesmen, listed persons and bodies. */
  readonly name: string | null;
  readonly names: Names;
  readonly office: string | null;
  readonly actor: string | null;
  readonly woman: boolean;
  readonly plural: boolean;
  /** Folded last words of the name, by which the text may go on calling the person. */
  readonly surname: string | null;
  /** Folded head word of the office or body (متحدث, minister), for "the minister". */
  readonly head: string | null;
  /** State or body that the person belongs to, ISO code or key. */
  readonly belongs: string | null;
}

/** Somebody who is named without an office: speaks, but is not named here. */
export const UNNAMED: Entity = Object.freeze({
  kind: 'role',
  name: null,
  names: { ar: null, en: null },
  office: null,
  actor: null,
  woman: false,
  plural: false,
  surname: null,
  head: null,
  belongs: null,
});

export interface Party {
  /** First token and the token after the last, the article and complements included. */
  readonly from: number;
  readonly to: number;
  /** The mention: the name where there is one, else the phrase. Never holds a name that may not be kept. */
  readonly span: Span;
  /** The span of the person's name or of the body, for the list of actors; null for roles and pronouns. */
  readonly actorSpan: Span | null;
  readonly actorKind: ActorKind;
  readonly entity: Entity;
  /** "the official", "المتحدث", a pronoun: may stand for somebody named before. */
  readonly anaphor: boolean;
  /** False where a Russian form shows another case: such a phrase is no subject. */
  readonly nominative: boolean;
}
