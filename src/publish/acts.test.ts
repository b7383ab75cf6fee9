import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActRow, actsInForce, changesAnything, INCIDENT_ACTS, underActs } from './acts.ts';
import type { PublicIncident } from './model.ts';

const row = (act: ActRow['act'], undo = false, party: string | null = null): ActRow => ({
  incident: 'i-1',
  act,
  party,
  undo,
  reason: 'because it is so',
  by: ['A', 'B'],
  at: '2016-05-12T00:00:00.000Z',
  proposal: `p-${act}-${undo}-${party}`,
});
const INCIDENT: PublicIncident = {
  id: 'i-1',
  type: 'shelling',
  place: { id: 'p-1', name: { ar: 'أ', en: 'a', ru: 'а' }, precision: 'town', area: 'g-1' },
  point: { lat: 36, lon: 37 },
  day: '2016-05-11',
  start: '2016-05-11',
  slot: 1,
  killed: { low: 3, high: 3, byOrigin: [] },
  injured: { low: 1, high: 1, byOrigin: [] },
  allegedParties: ['north'],
  contested: true,
  reports: ['r-1'],
  origins: 2,
  inTerms: { value: 'yes', by: ['source'], reason: 'parties-named', parties: ['north'] },
  status: 'disputed',
  proposed: true,
  acts: [],
};

describe('acts about an incident', () => {
  it('keep a dismissed incident in the list, with the reason and who says so', () => {
    const shown = underActs(INCIDENT, actsInForce([row('incident.dismiss')]));
    expect(shown).toMatchObject({
      status: 'dismissed',
      killed: { low: 3 },
      acts: [{ reason: 'because it is so', by: ['A', 'B'] }],
    });
  });

  it('add attributions beside what the reports allege, one for each party', () => {
    const acts = actsInForce([row('incident.attribute', false, 'north'), row('incident.attribute', false, 'south')]);
    const shown = underActs(INCIDENT, acts);
    expect(shown.acts.map(({ party }) => party)).toEqual(['north', 'south']);
    expect([shown.allegedParties, shown.status]).toEqual([['north'], 'disputed']);
  });

  it('leave of a withdrawn incident its day, its kind and the reason, and nothing of what was told', () => {
    const shown = underActs(
      INCIDENT,
      actsInForce([row('incident.attribute', false, 'north'), row('publication.withdraw')]),
    );
    const { id, type, day, status, acts, ...rest } = shown;
    expect([id, type, day, status, acts.map(({ act }) => act)]).toEqual([
      'i-1',
      'shelling',
      '2016-05-11',
      'withdrawn',
      ['publication.withdraw'],
    ]);
    expect(JSON.stringify(rest)).not.toMatch(/p-1|g-1|36|37|north|r-1|source|[أа]/);
  });

  it('are as before once each is undone, in whatever order', () => {
    const party = fc.constantFrom('north', 'south');
    const act = fc
      .tuple(fc.constantFrom(...INCIDENT_ACTS), party)
      .map(([name, who]) => row(name, false, name === 'incident.attribute' ? who : null));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (done) => {
        const undone = done.map((one) => ({ ...one, undo: true }));
        expect(actsInForce([...done, ...undone])).toEqual([]);
        expect(underActs(INCIDENT, actsInForce([...done, ...undone.toReversed()]))).toEqual(INCIDENT);
        const force = actsInForce(done);
        for (const one of done)
          expect([changesAnything(force, one), changesAnything(force, { ...one, undo: true })]).toEqual([false, true]);
      }),
    );
  });
});
