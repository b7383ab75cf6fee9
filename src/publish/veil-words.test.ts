import { describe, expect, it } from 'vitest';
import type { Claim, EventFacts } from '../claims/index.ts';
import type { FoldedIncident } from '../incidents/index.ts';
import { loadInstrument } from '../terms/index.ts';
import { veilCodes, veilWords } from './veil-words.ts';

const instrument = loadInstrument();
const facts = (code: string | null, weapon: string | null) =>
  ({ actor: code === null ? null : { code, words: null }, weapon }) as unknown as EventFacts;
const folded = (allegedParties: string[], weapon: string | null) =>
  ({ allegedParties, weapon }) as unknown as FoldedIncident;
const claim = (field: string, code: string | null) => ({ field, value: { code, words: null } }) as unknown as Claim;
const codes = (claims: Claim[]) => claims.map((one) => (one.value as { code: string | null }).code);

describe('words of sealed reports', () => {
  it('are no party and no weapon of an incident', () => {
    const sealed = [{ sealed: true, facts: facts('neighbour_x', 'the blue launcher') }];
    expect(veilWords(folded(['government', 'neighbour_x'], 'the blue launcher'), sealed, instrument)).toEqual(
      folded(['government'], null),
    );
  });

  it('stay where a public report says them too', () => {
    const both = [true, false].map((sealed) => ({ sealed, facts: facts('neighbour_x', 'mortar') }));
    expect(veilWords(folded(['neighbour_x'], 'mortar'), both, instrument)).toEqual(folded(['neighbour_x'], 'mortar'));
  });

  it('leave their claims only the codes that the terms know', () => {
    const said = [
      claim('actor', 'russia'),
      claim('actor', 'neighbour_x'),
      claim('victim', 'neighbour_x'),
      claim('actor', null),
    ];
    expect(codes(veilCodes(said, instrument))).toEqual(['russia', null, null, null]);
  });
});
