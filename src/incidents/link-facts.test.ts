import { describe, expect, it } from 'vitest';
import type { EventFacts } from '../claims/index.ts';
import { firstTelling } from './link-facts.ts';

const facts = (event: number, more: Partial<EventFacts> = {}): EventFacts => ({
  report: 'r-1',
  event,
  type: 'air_strike',
  start: '2020-03-04',
  end: null,
  place: {
    id: 'town-1',
    name: { ar: 'بلدة', en: 'town', ru: 'город' },
    point: { lat: 15.5, lon: 32.5 },
    precision: 'town',
    area: null,
  },
  actor: null,
  victim: null,
  target: null,
  weapon: null,
  killed: { low: event, high: event },
  injured: { low: null, high: null },
  aggregate: false,
  alleged: false,
  by: null,
  ...more,
});

describe('an event told twice in one text', () => {
  it('is the earlier one when kind, day and place are the same', () => {
    const all = [facts(0), facts(1)];
    expect(firstTelling(all[1] as EventFacts, all)?.event).toBe(0);
    expect(firstTelling(all[0] as EventFacts, all)).toBeUndefined();
  });

  it.each([
    ['kind', { type: 'shelling' }],
    ['day', { start: '2020-03-05' }],
    ['place', { place: null }],
    ['report', { report: 'r-2' }],
  ] as const)('is another one when the %s differs', (_, more) => {
    const later = facts(1, more);
    expect(firstTelling(later, [facts(0), later])).toBeUndefined();
  });
});
