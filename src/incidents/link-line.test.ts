import { describe, expect, it } from 'vitest';
import { isProblem } from '../core/index.ts';
import { parseLinkLine } from './link-line.ts';

const event = {
  type: 'shelling',
  start: '2016-05-03',
  end: null,
  lat: 36.2,
  lon: 37.1,
  precision: 'town',
  place_text: 'Aleppo',
  actor: null,
  killed: { low: 3, high: null },
  injured: null,
  target: null,
};
const line = (change: object, report: object = {}): string =>
  JSON.stringify({
    id: 'a',
    source: 's',
    origin: null,
    lang: 'en',
    published: '2016-05-04',
    text: null,
    event: { ...event, ...change },
    ...report,
  });

function refusalOf(text: string): string {
  try {
    parseLinkLine(text, 'in.jsonl:7');
  } catch (error) {
    if (isProblem(error)) return `${error.where}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('a line of hudna link', () => {
  it.each([
    ['{"id":"a","event":{"lat":NaN}}', /in\.jsonl:7: is not a JSON object.*NaN/],
    ['[]', /is not a JSON object/],
    ['{"source":"s"}', /^in\.jsonl:7: id:/],
    [line({ lat: 137.1, lon: 36.2 }), /event\.lat: 137\.1 .*swapped/],
    [line({ lat: 36.2, lon: 237 }), /event\.lon: 237/],
    [line({ lat: '36' }), /event\.lat: must be a number/],
    [line({ lon: null }), /event\.lon/],
    [line({ end: '2016-05-01' }), /event\.end: is before event\.start/],
    [line({ start: '2016-05-03T10:00:00Z', end: '2016-05-03T09:00:00Z' }), /event\.end: is before/],
    [line({ start: '2016-02-30' }), /event\.start/],
    [line({ killed: { low: -1, high: null } }), /event\.killed\.low/],
    [line({ killed: { low: 5, high: 3 } }), /event\.killed: low 5 is above high 3/],
    [line({ injured: { low: 1.5, high: null } }), /event\.injured\.low/],
    [line({ precision: 'village' }), /event\.precision/],
    [line({}, { published: 'yesterday' }), /published/],
    [line({}, { text: 5 }), /text: must be a text/],
  ])('refuses %s', (text, expected) => {
    expect(refusalOf(text)).toMatch(expected);
  });

  it('takes absent, null and unknown fields alike', () => {
    const bare = parseLinkLine('{"id":"a","event":{"type":"unknown","actor":"unknown","killed":null}}', 'f:1');
    expect(bare.events[0]).toMatchObject({
      type: null,
      actor: null,
      lat: null,
      startDay: null,
      killed: { low: null, high: null },
    });
    expect(parseLinkLine('{"id":"a","text":null,"event":null}', 'f:1').events).toEqual([]);
  });

  it('keeps the written day of a time with an offset, and takes midnight for a day', () => {
    const at = (start: string) => parseLinkLine(line({ start }), 'f:1').events[0];
    expect(at('2016-05-03T01:30:00+03:00')).toMatchObject({ startDay: 16924, minute: 16924 * 1440 - 90 });
    expect(at('2016-05-03T00:00:00Z')).toMatchObject({ startDay: 16924, minute: null });
    expect(at('2016-05-03T10:00')).toMatchObject({ startDay: 16924, minute: 16924 * 1440 + 600 });
  });

  it('tells a sum-up from an event', () => {
    const sumUp = { type: 'ceasefire_violation', precision: 'country' };
    expect(parseLinkLine(line(sumUp), 'f:1').events[0]?.aggregate).toBe(true);
    const told = { text: 'За минувшие сутки зафиксировано 7 нарушений режима прекращения огня.' };
    expect(parseLinkLine(line({ type: 'ceasefire_violation' }, told), 'f:1').events[0]?.aggregate).toBe(true);
    expect(parseLinkLine(line({ type: 'shelling' }, told), 'f:1').events[0]?.aggregate).toBe(false);
  });
});
