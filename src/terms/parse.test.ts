import { describe, expect, it } from 'vitest';
import { parseTerms } from './parse.ts';

const GOOD = `
id: example-truce
name: { ar: هدنة, en: Truce, ru: Перемирие }
country: XA
timeZone: Africa/Nairobi
start: '2020-05-01T00:00:00+03:00'
source: the agreement of the two councils
actors:
  - id: north
    kind: state
    standing: party
    coChair: true
    name: { ar: الشمال, en: North, ru: Север }
  - id: raiders
    kind: armed_group
    standing: excluded
    name: { ar: المغيرون, en: Raiders, ru: Налётчики }
    designation: { source: joint council, from: '2020-04-01' }
clauses:
  - id: north-1
    addressees: [north]
    text: { ar: لا هجوم, en: No attack, ru: Не нападать }
    from: '2020-05-01'
    breachedBy: [shelling]
`;

describe('a terms file', () => {
  it('is read with its defaults', () => {
    const { instrument } = parseTerms(GOOD);
    expect(instrument?.actors.map((actor) => [actor.id, actor.coChair, actor.aliases.ar])).toEqual([
      ['north', true, []],
      ['raiders', false, []],
    ]);
    expect(instrument?.calmAreas).toEqual([]);
  });

  it('lists every problem with its line, and loads nothing', () => {
    const bad = GOOD.replace('timeZone: Africa/Nairobi', 'timeZone: Africa/Atlantis')
      .replace('[north]', '[south]')
      .replace("designation: { source: joint council, from: '2020-04-01' }", 'colour: red')
      .replace("from: '2020-05-01'", "from: '2020-02-30'");
    const { instrument, complaints } = parseTerms(bad);
    expect(instrument).toBeNull();
    const at = complaints.map(({ line, field }) => `${line} ${field}`);
    expect(at).toContain('5 timeZone');
    expect(at).toContain('14 actors.1');
    expect(at).toContain('23 clauses.0.from');
  });

  it('names cross-reference faults once the shape is right', () => {
    const { complaints } = parseTerms(GOOD.replace('[north]', '[south]').replace('id: raiders', 'id: north'));
    expect(complaints.map((one) => one.reason)).toEqual(['north stands twice', 'no actor has the id south']);
  });

  it.each([
    ['not YAML at all', 'a: [1, 2'],
    ['a list', '- 1'],
    ['nothing', ''],
    ['a bomb of aliases', 'a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]'],
    ['the same key twice', `${GOOD}\nid: other`],
  ])('refuses %s with a line', (_title, text) => {
    const { instrument, complaints } = parseTerms(text);
    expect(instrument).toBeNull();
    expect(complaints.length).toBeGreaterThan(0);
    expect(complaints.every(({ line }) => line >= 1)).toBe(true);
  });
});
