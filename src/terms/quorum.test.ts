import { describe, expect, it } from 'vitest';
import { parseTerms } from './parse.ts';

const file = (quorum: string, coChair = true) => `
id: example-truce
name: { ar: هدنة, en: Truce, ru: Перемирие }
country: XA
timeZone: Africa/Nairobi
start: '2020-05-01T00:00:00+03:00'
source: the agreement of the two councils
actors:
  - { id: north, kind: state, standing: party, coChair: ${coChair}, name: { ar: الشمال, en: North, ru: Север } }
  - { id: south, kind: state, standing: party, coChair: ${coChair}, name: { ar: الجنوب, en: South, ru: Юг } }
${quorum}
`;
const quorumOf = (text: string) => parseTerms(text).instrument?.quorum;
const complaints = (quorum: string, coChair = true) =>
  parseTerms(file(quorum, coChair)).complaints.map(({ line, field }) => `${line} ${field}`);

describe('the quorum of a terms file', () => {
  it('is two organisations when nothing is said, with a co-chair among them where there is one', () => {
    const plain = { organisations: 2, seats: [], neutral: [], silentHours: null };
    expect(quorumOf(file(''))).toEqual({ ...plain, chairs: 'one' });
    expect(quorumOf(file('', false))).toEqual({ ...plain, chairs: 'none' });
  });

  it('names who speaks for which chair, the neutrals, and how long a chair may be silent', () => {
    const said = `quorum:
  chairs: every
  seats:
    - { chair: north, organisations: [Northern Council, Northern Staff] }
    - { chair: south, organisations: [Southern Council] }
  neutral: [The Envoy]
  silentHours: 24`;
    expect(quorumOf(file(said))).toMatchObject({ chairs: 'every', neutral: ['The Envoy'], silentHours: 24 });
  });

  it.each([
    ['fewer than two', 'quorum: { organisations: 1 }', true, '11 quorum.organisations'],
    [
      'a seat of no chair',
      'quorum: { seats: [{ chair: west, organisations: [A] }], neutral: [B] }',
      true,
      '11 quorum.seats.0.chair',
    ],
    [
      'a voice twice, however spelt',
      'quorum: { chairs: none, neutral: [The Envoy, the-envoy] }',
      true,
      '11 quorum.neutral.1',
    ],
    ['more than can speak', 'quorum: { chairs: none, neutral: [A] }', true, '11 quorum.organisations'],
    [
      'every chair and a chair without a seat',
      'quorum: { chairs: every, seats: [{ chair: north, organisations: [A] }], neutral: [B] }',
      true,
      '11 quorum.seats',
    ],
    ['a chair where there is none', 'quorum: { chairs: one }', false, '11 quorum.chairs'],
    ['a silence that nobody stands in for', 'quorum: { silentHours: 24 }', true, '11 quorum.silentHours'],
    ['an unknown key', 'quorum: { persons: 1 }', true, '11 quorum'],
  ])('refuses %s, by its line', (_title, quorum, coChair, complaint) => {
    expect(complaints(quorum, coChair)).toContain(complaint);
  });
});
