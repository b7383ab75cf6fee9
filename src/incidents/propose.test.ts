import { describe, expect, it } from 'vitest';
import type { NamedRepair } from './engine.ts';
import { APPLY_FROM, isSure } from './propose.ts';

const nobody = { people: new Set<string>(), machine: new Set<string>() };
const repair = (more: Partial<NamedRepair> = {}): NamedRepair => ({
  kind: 'move',
  events: ['r-1'],
  from: 'inc-1',
  into: 'inc-2',
  gain: APPLY_FROM + 3,
  score: 8,
  explanation: [{ field: 'time', level: 'same_day', bits: 2 }],
  ...more,
});

describe('a repair that applies by itself', () => {
  it('is far beyond the threshold and settled by nobody', () => {
    expect(isSure(repair(), nobody)).toBe(true);
    expect(isSure(repair({ gain: APPLY_FROM - 0.1 }), nobody)).toBe(false);
    expect(isSure(repair(), { ...nobody, people: new Set(['r-1']) })).toBe(false);
  });

  it.each([
    ['killed', 'apart'],
    ['actor', 'different'],
    ['place', 'fine_town_beyond'],
    ['place', 'fine_fine_beyond_other_name'],
  ])('never has a fact against it: %s %s', (field, level) => {
    expect(isSure(repair({ explanation: [{ field, level, bits: -1 }] }), nobody)).toBe(false);
  });

  it('may part what contradicts', () => {
    const explanation = [{ field: 'actor', level: 'different', bits: -1 }];
    expect(isSure(repair({ kind: 'split', into: null, explanation }), nobody)).toBe(true);
  });
});
