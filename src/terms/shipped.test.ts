import { describe, expect, it } from 'vitest';
import { dayInZone, EVENT_TYPES } from '../core/index.ts';
import { loadInstrument } from './shipped.ts';

const fictional = new URL('../../sample/terms-fictional.yaml', import.meta.url).pathname;

describe('the shipped instruments', () => {
  it('the 2016 cessation of hostilities starts at midnight in Damascus on 27 February', () => {
    const instrument = loadInstrument();
    expect(dayInZone(instrument.start, instrument.timeZone)).toBe('2016-02-27');
    expect(dayInZone(Date.parse(instrument.start) - 1, instrument.timeZone)).toBe('2016-02-26');
  });

  it('names the parties, the excluded with their designation, and chairs that are bound like the others', () => {
    const { actors } = loadInstrument();
    const ids = actors.map(({ id }) => id);
    for (const id of ['government', 'opposition', 'russia', 'us_coalition', 'turkey', 'ypg_sdf', 'daesh', 'nusra'])
      expect(ids).toContain(id);
    expect(
      actors.filter(({ standing }) => standing === 'excluded').every(({ designation }) => designation !== null),
    ).toBe(true);
    expect(actors.filter(({ coChair }) => coChair).length).toBeGreaterThanOrEqual(2);
  });

  it('has no clause for arms crossing a border: that is printed, not invented', () => {
    const covered = new Set(loadInstrument().clauses.flatMap(({ breachedBy }) => breachedBy));
    expect(covered.has('arms_transfer')).toBe(false);
    expect(EVENT_TYPES.filter((type) => covered.has(type)).length).toBeGreaterThan(3);
  });

  it('a second instrument of another country loads by the same rules', () => {
    const instrument = loadInstrument(fictional);
    expect(instrument.country).not.toBe('SY');
    expect(instrument.actors.length).toBeGreaterThan(2);
  });

  it('an alias belongs to one actor only', () => {
    for (const instrument of [loadInstrument(), loadInstrument(fictional)]) {
      const owner = new Map<string, string>();
      for (const actor of instrument.actors) {
        for (const alias of Object.values(actor.aliases).flat()) {
          expect([alias, owner.get(alias) ?? actor.id]).toEqual([alias, actor.id]);
          owner.set(alias, actor.id);
        }
      }
    }
  });
});
