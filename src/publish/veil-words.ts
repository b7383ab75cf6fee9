/**
 * Free words that only sealed reports use, beside names of sources (veil.ts): an actor's code that the terms do not know is
 * the sender's own word, and so is a weapon. Pure. What a public report of the same incident says stays.
 */
import type { Claim } from '../claims/index.ts';
import type { FoldedIncident } from '../incidents/index.ts';
import { actorById, type Instrument } from '../terms/index.ts';
import type { MemberFacts } from './projection.ts';

/** The claims of a sealed report, without codes that the terms do not know. */
export const veilCodes = (claims: readonly Claim[], instrument: Instrument): Claim[] =>
  claims.map((claim) =>
    (claim.field === 'actor' || claim.field === 'victim') && !isKnown(instrument, claim.value.code)
      ? { ...claim, value: { ...claim.value, code: null } }
      : claim,
  );

const isKnown = (instrument: Instrument, code: string | null): boolean =>
  code === null || actorById(instrument, code) !== undefined;

/** A folded incident without a party or a weapon that stands in sealed reports only. */
export function veilWords(
  folded: FoldedIncident,
  members: readonly Pick<MemberFacts, 'sealed' | 'facts'>[],
  instrument: Instrument,
): FoldedIncident {
  const open = members.filter(({ sealed }) => !sealed);
  const isOpen = (code: string) => isKnown(instrument, code) || open.some(({ facts }) => facts.actor?.code === code);
  return {
    ...folded,
    allegedParties: folded.allegedParties.filter(isOpen),
    weapon: open.some(({ facts }) => facts.weapon === folded.weapon) ? folded.weapon : null,
  };
}
