import { describe, expect, it } from 'vitest';
import type { ClaimedPlace, EventFacts } from '../claims/index.ts';
import { foldIncident, type Member } from './fold.ts';

const ZONE = 'Asia/Damascus';
const place = (id: string, precision: ClaimedPlace['precision'], lat = 36.2, lon = 37.1): ClaimedPlace => ({
  id,
  name: { ar: id, en: id, ru: id },
  point: { lat, lon },
  precision,
  area: 'area-1',
});

const facts = (more: Partial<EventFacts> = {}): EventFacts => ({
  report: 'r',
  event: 0,
  type: 'shelling',
  start: '2016-05-11',
  end: null,
  place: place('town-1', 'town'),
  actor: null,
  victim: null,
  target: null,
  weapon: null,
  killed: { low: null, high: null },
  injured: { low: null, high: null },
  aggregate: false,
  alleged: false,
  by: null,
  ...more,
});

let count = 0;
const member = (origin: string, more: Partial<EventFacts> = {}): Member => {
  count += 1;
  return { report: `r-${count}`, source: origin, origin, published: null, facts: facts(more) };
};

describe('folding members into an incident', () => {
  it('votes by independent origins, not by reports', () => {
    const folded = foldIncident(
      [
        member('a', { type: 'air_strike' }),
        member('a', { type: 'air_strike' }),
        member('a', { type: 'air_strike' }),
        member('b'),
        member('c'),
      ],
      ZONE,
    );
    expect(folded.type).toBe('shelling');
    expect(folded.origins.map(({ origin, reports }) => [origin, reports.length])).toEqual([
      ['a', 3],
      ['b', 1],
      ['c', 1],
    ]);
  });

  it('gives the toll as a range with each origin beside it; "at least" leaves the top open', () => {
    const folded = foldIncident(
      [
        member('a', { killed: { low: 14, high: 14 } }),
        member('b', { killed: { low: 27, high: null } }),
        member('c'),
        member('a', { killed: { low: 20, high: 20 } }),
      ],
      ZONE,
    );
    expect(folded.killed).toMatchObject({ low: 14, high: null });
    expect(folded.killed.byOrigin.map(({ origin, low, high }) => [origin, low, high])).toEqual([
      ['a', 14, 20],
      ['b', 27, null],
    ]);
  });

  it('gives a second count in one text to whoever counts so, and makes no origin of the incident of them', () => {
    const first = member('agency', { killed: { low: 20, high: 20 } });
    const again = { ...first, facts: { ...first.facts, event: 1, killed: { low: 27, high: 27 }, by: 'rescuers' } };
    const folded = foldIncident([first, again], ZONE);
    expect(folded.killed.byOrigin.map(({ origin, low, reports }) => [origin, low, reports])).toEqual([
      ['agency', 20, [first.report]],
      ['rescuers', 27, [first.report]],
    ]);
    expect(folded.origins.map(({ origin }) => origin)).toEqual(['agency']);
    expect(folded.contradictions.map(({ field, values }) => [field, values.map(({ origins }) => origins)])).toEqual([
      ['killed', [['agency'], ['rescuers']]],
    ]);
  });

  it('shows contradictions side by side and calls attribution contested only when codes differ', () => {
    const calm = foldIncident([member('a', { actor: { code: 'north', words: null } }), member('b')], ZONE);
    expect(calm.contested).toBe(false);
    const folded = foldIncident(
      [
        member('a', { actor: { code: 'north', words: null } }),
        member('b', { actor: { code: 'south', words: null } }),
        member('c', { actor: { code: 'south', words: null } }),
      ],
      ZONE,
    );
    expect(folded.contested).toBe(true);
    expect(folded.allegedParties).toEqual(['north', 'south']);
    expect(folded.contradictions.find(({ field }) => field === 'actor')?.values.map(({ origins }) => origins)).toEqual([
      ['b', 'c'],
      ['a'],
    ]);
  });

  it('names the quarter when one report is finer than the town of the others, and not a far place of one', () => {
    const finer = foldIncident(
      [member('a'), member('b'), member('c', { place: place('quarter-1', 'neighbourhood', 36.21, 37.11) })],
      ZONE,
    );
    expect(finer.place?.id).toBe('quarter-1');
    const far = foldIncident(
      [member('a'), member('b'), member('c', { place: place('village-9', 'neighbourhood', 33.5, 36.3) })],
      ZONE,
    );
    expect(far.place?.id).toBe('town-1');
    expect(far.contradictions.map(({ field }) => field)).toContain('place');
  });

  it('turns an instant into the day of the zone', () => {
    expect(foldIncident([member('a', { start: '2016-05-11T22:30:00Z' })], ZONE).day).toBe('2016-05-12');
    expect(foldIncident([member('a', { start: '2016-05-11/2016-05-13' })], ZONE).day).toBe('2016-05-11');
    expect(foldIncident([member('a', { start: '2016-05' })], ZONE).day).toBeNull();
  });
});
