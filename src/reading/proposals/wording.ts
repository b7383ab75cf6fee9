/**
 * What the finders of proposals ask about the words around a mark: who asserts it, its subject and addressees, whether it
 * is negated, the state an adjective names, the marks near by. Every answer looks at a bounded stretch.
 */
import type { Party } from '../actors/parties.ts';
import type { Mark } from '../lexicon.ts';
import { STANDING_VALUES, type StandingValue } from '../model.ts';
import type { Named } from './assertion.ts';
import { named, type Scene, speakerOf, statementAt, stateOf } from './scene.ts';

export const TO = new Set(['علي', 'الي', 'to', 'на', 'к']);
const COUNTRY = /^(و|ف)?(بلاده|بلادها|بلادنا|بلادهم)$/;
const NEGATION = /^(никаких|никакого|لم|لا|لن|not|never|не|ни|no|none|neither)$/;

export const isStanding = (value: string): value is StandingValue => STANDING_VALUES.includes(value as StandingValue);

export interface Where {
  readonly by: string;
  readonly speaker: Named | null;
  readonly state: Named | null;
}

/** Who asserts what stands at a token. */
export function where(scene: Scene, token: number): Where {
  const one = statementAt(scene, token);
  if (!one) return { by: 'narrator', speaker: null, state: null };
  const speaker = speakerOf(one.statement);
  return { by: speaker.text, speaker, state: stateOf(scene, one.statement) };
}

export const norm = (scene: Scene, at: number): string => scene.env.ctx.tokens.norm[at] ?? '';

export const isNegated = (scene: Scene, token: number): boolean => {
  for (let at = token - 1; at >= token - 2; at--) if (NEGATION.test(norm(scene, at))) return true;
  return false;
};

export const isNegatedBefore = (scene: Scene, token: number): boolean => {
  for (let at = token - 1; at >= token - 4; at--) if (NEGATION.test(norm(scene, at))) return true;
  return false;
};

export function subjectBefore(scene: Scene, token: number): Party | 'country' | undefined {
  for (let at = token; at > token - 5; at--) {
    if (
      COUNTRY.test(norm(scene, at - 1)) ||
      (norm(scene, at - 1) === 'country' && /^(his|her|their|our)$/.test(norm(scene, at - 2)))
    )
      return 'country';
    const party = scene.partyEnding.get(at);
    if (party) return party;
    if (
      !/^(had|has|have|earlier|already|also|قد|مرارا|سبق|ان|لم|لا|уже|ранее|также|неоднократно|дважды|не|repeatedly|not|still|لا|تزال)$/.test(
        norm(scene, at - 1),
      )
    )
      return undefined;
  }
  return undefined;
}

/** على X وY / to X and Y / X Y: the parties that stand first. */
export function addressees(scene: Scene, from: number): { to: Named[]; next: number } {
  let at = from;
  if (TO.has(norm(scene, at)) && scene.partyAt.has(at + 1)) {
    // "to deploy monitors": an infinitive, not an addressee.
    if (norm(scene, at) === 'to' && scene.partyAt.get(at + 1)?.entity.kind === 'role') return { to: [], next: from };
    at++;
  }
  if (norm(scene, at) === 'the' && scene.partyAt.has(at + 1)) at++;
  const to: Named[] = [];
  for (let steps = 0; steps < 4; steps++) {
    const party =
      scene.partyAt.get(at) ??
      (norm(scene, at) === 'and' || norm(scene, at) === 'и' ? scene.partyAt.get(at + 1) : undefined);
    if (!party) break;
    to.push(named(party));
    at = party.to;
  }
  return { to, next: to.length > 0 ? at : from };
}

export const nextWords = (scene: Scene, from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => norm(scene, from + i)).join(' ');

export const stateAdjective = (scene: Scene, at: number): Named | null => {
  const word = norm(scene, at).replace(/^و?ال/, '');
  const state =
    scene.env.words.adjective.get(word) ??
    scene.env.words.adjective.get(norm(scene, at)) ??
    stemmedAdjective(scene, word);
  if (!state) return null;
  const body = scene.bodyOfState.get(state);
  const { tokens, view } = scene.env.ctx;
  const text = body?.entity.name ?? view.slice(tokens.start[at] ?? 0, tokens.end[at] ?? 0);
  return { text, key: body?.entity.actor ?? text };
};

/** «российское предложение»: the adjective in another gender or case. */
function stemmedAdjective(scene: Scene, word: string): string | undefined {
  if (!/(ое|ая|ого|ому|ые|ых|ом|ую|ой)$/.test(word)) return undefined;
  return scene.env.words.adjective.get(word.replace(/(ое|ая|ого|ому|ые|ых|ом|ую|ой)$/, 'ий'));
}

/** Marks whose first token lies in [from, to). Marks come in text order. */
export function marksWithin(marks: readonly Mark[], from: number, to: number): Mark[] {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.from ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const found: Mark[] = [];
  for (let i = low; i < marks.length; i++) {
    const mark = marks[i];
    if (!mark || mark.from >= to) break;
    found.push(mark);
  }
  return found;
}

const WIDEST = 12;

/** A longer mark of the same value covers this one. */
export const isInsideLonger = (marks: readonly Mark[], mark: Mark): boolean =>
  marksWithin(marks, mark.from - WIDEST, mark.from + 1).some(
    (other) =>
      other !== mark &&
      other.value.value === mark.value.value &&
      other.to >= mark.to &&
      other.to - other.from > mark.to - mark.from,
  );
