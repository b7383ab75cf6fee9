import { describe, expect, it } from 'vitest';
import { checkReport } from './check.ts';

const plausible = { today: '2016-05-10', box: { south: 32, west: 35.5, north: 37.4, east: 42.5 } };
const report = (more: object = {}) => ({ source: { name: 'a' }, text: 'قصف', ...more });
const withEvent = (event: object) => report({ event });

describe('the gate for reports', () => {
  it('drops fields it does not know and fills in the absent ones', () => {
    const checked = checkReport({ ...report({ incident: 'x', facts: { a: 1 } }), published: null }, plausible);
    expect(checked).toEqual({
      report: {
        id: null,
        source: { name: 'a', kind: 'other', camp: null, url: null, origin: null },
        published: null,
        lang: null,
        title: null,
        text: 'قصف',
        visibility: null,
        event: null,
        attachments: [],
      },
    });
  });

  it('takes the actor "unknown" as not named', () => {
    const checked = checkReport(withEvent({ actor: 'unknown' }), plausible);
    expect('report' in checked && checked.report.event?.actor).toBeNull();
  });

  it('keeps only the day of a clock time without an offset', () => {
    const checked = checkReport(report({ published: '2016-02-20T10:00' }), plausible);
    expect('report' in checked && checked.report.published).toBe('2016-02-20');
  });

  it.each([
    ['no text', { source: { name: 'a' } }, /^text: /],
    ['white space', report({ text: ' \n ' }), /^text: nothing but white space/],
    ['no source', { text: 'a' }, /^source: /],
    ['not an object', 7, /^report: /],
    ['null', null, /^report: /],
    ['a day that does not exist', report({ published: '2016-02-30' }), /^published: neither a date/],
    ['a day in the future', report({ published: '2016-06-01' }), /^published: .*future/],
    ['a day long ago', report({ published: '1016-06-01' }), /^published: earlier than/],
    ['an unknown kind', withEvent({ type: 'bombing' }), /^event.type: /],
    ['latitude beyond 90', withEvent({ lat: 136, lon: 36 }), /swapped/],
    ['swapped within range', withEvent({ lat: 37.2, lon: 36.2 }), undefined],
    ['swapped out of the country', withEvent({ lat: 40.1, lon: 36.1 }), /look swapped/],
    ['half a point', withEvent({ lat: 36 }), /come together/],
    ['not a number', withEvent({ lat: Number.NaN, lon: 36 }), /^event.lat: /],
    ['a negative toll', withEvent({ killed: { low: -1, high: 2 } }), /^event.killed.low: negative/],
    ['an inverted toll', withEvent({ killed: { low: 3, high: 2 } }), /low is above high/],
    ['an inverted time', withEvent({ start: '2016-03-02', end: '2016-03-01' }), /end is before start/],
    ['a long name', report({ source: { name: 'a'.repeat(201) } }), /^source.name: /],
  ])('%s', (_title, value, reason) => {
    const checked = checkReport(value, plausible);
    if (reason === undefined) expect(checked).toHaveProperty('report');
    else expect('reason' in checked ? checked.reason : '').toMatch(reason);
  });
});
