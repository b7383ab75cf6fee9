import { describe, expect, it } from 'vitest';
import { decideInTerms, type PartyClaim } from './coverage.ts';
import { type Instrument, SHIPPED_PUBLICATION, type TermsActor } from './model.ts';

const actor = (
  id: string,
  standing: TermsActor['standing'],
  from?: string,
  until: string | null = null,
): TermsActor => ({
  id,
  kind: 'armed_group',
  standing,
  side: null,
  name: { ar: id, en: id, ru: id },
  aliases: { ar: [], en: [], ru: [] },
  acceptance: null,
  designation: from ? { source: 'council', from, until } : null,
  coChair: false,
});

const instrument: Instrument = {
  id: 'truce',
  name: { ar: '', en: '', ru: '' },
  country: 'XA',
  timeZone: 'UTC',
  start: '2020-05-01T00:00:00Z',
  source: '',
  actors: [
    actor('north', 'party'),
    actor('south', 'party'),
    actor('raiders', 'excluded', '2020-04-01', '2020-06-30'),
    actor('neighbour', 'outside'),
  ],
  clauses: [],
  calmAreas: [],
  quorum: { organisations: 2, chairs: 'none', seats: [], neutral: [], silentHours: null },
  publication: SHIPPED_PUBLICATION,
};

const claim = (source: string, by: string | null, on: string | null = null): PartyClaim => ({
  source,
  actor: by,
  victim: on,
});

describe('whether an incident is inside the terms', () => {
  it.each([
    ['before the start', '2020-04-30', [claim('a', 'north')], 'no', 'before-start'],
    ['nobody names anyone', '2020-05-02', [claim('a', null), claim('b', null)], 'unknown', 'no-party-named'],
    ['a party against a party', '2020-05-02', [claim('a', 'north', 'south')], 'yes', 'parties-named'],
    ['by an excluded group', '2020-05-02', [claim('a', 'raiders')], 'no', 'excluded-attacker'],
    ['on an excluded group', '2020-05-02', [claim('a', 'north', 'raiders')], 'no', 'excluded-target'],
    ['by an actor outside', '2020-05-02', [claim('a', 'neighbour')], 'no', 'outside-actor'],
    [
      'one says raiders were hit, another does not',
      '2020-05-02',
      [claim('a', 'north', 'raiders'), claim('b', 'north', 'south')],
      'contested',
      'sources-disagree',
    ],
    ['after the designation ended', '2020-07-01', [claim('a', 'raiders')], 'no', 'outside-actor'],
    ['an unknown code', '2020-05-02', [claim('a', 'martians')], 'unknown', 'no-party-named'],
  ] as const)('%s', (_title, day, claims, value, reason) => {
    expect(decideInTerms(instrument, '2020-05-01', day, claims)).toMatchObject({ value, reason });
  });

  it('names who says so', () => {
    const answer = decideInTerms(instrument, '2020-05-01', '2020-05-02', [
      claim('a', 'north'),
      claim('b', null),
      claim('c', 'raiders'),
    ]);
    expect(answer.by).toEqual(['a', 'c']);
    expect(answer.parties).toEqual(['north', 'raiders']);
  });
});
