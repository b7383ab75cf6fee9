import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTS, type Act, type Approval, type Proposed, type Quorum, refusalOf, settle } from './approval.ts';
import { ROLES } from './model.ts';

const OPEN: Quorum = { organisations: 2, chairs: 'none', seats: [], neutral: [], silentHours: null };
const SEATED: Quorum = {
  organisations: 2,
  chairs: 'every',
  seats: [
    { chair: 'a', organisations: ['Alpha', 'Alpha Second'] },
    { chair: 'b', organisations: ['Beta'] },
  ],
  neutral: ['Nemo'],
  silentHours: 24,
};
const HASH = 'aa';
const HOUR = 3_600_000;

const proposal = (act: Act = 'bulletin.release'): Proposed => ({ act, sha256: HASH, author: 'p0', proposedAt: 0 });
const by = (person: string, organisation: string, role = 'co_chair', sha256 = HASH): Approval => ({
  person,
  organisation,
  role,
  sha256,
});

describe('an approval', () => {
  const cases: [string, Approval[], Approval, string | null][] = [
    ['counts', [], by('p1', 'Alpha'), null],
    ['is not the author’s', [], by('p0', 'Alpha'), 'author'],
    ['is not for another text', [], by('p1', 'Alpha', 'co_chair', 'bb'), 'other-text'],
    ['needs a role that may', [], by('p1', 'Alpha', 'operator'), 'role'],
    ['needs a role that exists', [], by('p1', 'Alpha', 'emperor'), 'role'],
    ['is given once', [by('p1', 'Alpha')], by('p1', 'Beta'), 'person-twice'],
    ['is one for each organisation', [by('p1', 'Alpha')], by('p2', 'Alpha'), 'organisation-twice'],
    ['is not made another by spelling', [by('p1', 'Org Alpha')], by('p2', ' ＯＲＧ-alpha'), 'organisation-twice'],
    ['needs an organisation', [], by('p1', ' - '), 'no-voice'],
  ];
  it.each(cases)('%s', (_title, before, next, refusal) => {
    expect(refusalOf(OPEN, proposal(), before, next)).toBe(refusal);
  });

  it('comes from an organisation that the terms list, and those of one chair are one voice', () => {
    expect(refusalOf(SEATED, proposal(), [], by('p1', 'Gamma'))).toBe('no-voice');
    expect(refusalOf(SEATED, proposal(), [by('p1', 'Alpha')], by('p2', 'Alpha Second'))).toBe('organisation-twice');
  });
});

describe('the quorum', () => {
  const met = (quorum: Quorum, act: Act, approvals: Approval[], hours = 0) =>
    settle(quorum, proposal(act), approvals, hours * HOUR);

  it('lets a monitor without chairs release', () => {
    const assessors = [by('p1', 'Alpha', 'assessor'), by('p2', 'Beta', 'assessor')];
    expect(met(OPEN, 'bulletin.release', assessors)).toMatchObject({ met: true, missing: 0 });
    expect(met(OPEN, 'bulletin.release', assessors.slice(1))).toMatchObject({ met: false, missing: 1 });
    expect(met({ ...OPEN, chairs: 'one' }, 'bulletin.release', assessors).missingChairs).toEqual(['*']);
  });

  it('waits for every chair, and an assessor does not speak for one', () => {
    const one = [by('p1', 'Alpha'), by('p2', 'Nemo', 'assessor')];
    expect(met(SEATED, 'bulletin.release', one).missingChairs).toEqual(['chair:b']);
    expect(met(SEATED, 'bulletin.release', [...one, by('p3', 'Beta', 'assessor')]).met).toBe(false);
    expect(met(SEATED, 'bulletin.release', [...one, by('p3', 'Beta')]).met).toBe(true);
  });

  it('passes over a silent chair after its hours, by name, for a bulletin only', () => {
    const one = [by('p1', 'Alpha'), by('p2', 'Nemo', 'assessor')];
    expect(met(SEATED, 'bulletin.release', one, 23.9).met).toBe(false);
    expect(met(SEATED, 'bulletin.release', one, 24)).toMatchObject({ met: true, silent: ['chair:b'] });
    for (const act of ACTS.filter((one) => one !== 'bulletin.release'))
      expect(met(SEATED, act, one, 1e6).met).toBe(false);
  });

  it('is never less than two, whatever the terms were made to say', () => {
    expect(met({ ...OPEN, organisations: 0 }, 'key.change', [by('p1', 'Alpha')]).met).toBe(false);
  });
});

/** A world of proposals that persons propose, approve and change; an act happens where the decision under test says so. */
const PEOPLE = [0, 1, 2, 3, 4, 5];
const ORGANISATIONS = ['Alpha', 'alpha ', 'Beta', 'Nemo', 'Gamma'];
const person = fc.record({
  id: fc.constantFrom(...PEOPLE.map((n) => `p${n}`)),
  organisation: fc.constantFrom(...ORGANISATIONS),
  role: fc.constantFrom(...ROLES, 'none'),
});
/** Mostly those who may, so that acts do happen. */
const signer = fc.record({
  id: fc.constantFrom(...PEOPLE.map((n) => `p${n}`)),
  organisation: fc.constantFrom(...ORGANISATIONS),
  role: fc.constantFrom('co_chair', 'assessor'),
});
const command = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('propose' as const), act: fc.constantFrom(...ACTS), who: person }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('approve' as const),
      who: fc.oneof({ weight: 4, arbitrary: signer }, { weight: 1, arbitrary: person }),
      text: fc.constantFrom(HASH, HASH, HASH, 'bb'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 30) }) },
);
const quorum = fc.constantFrom<Quorum>(
  OPEN,
  SEATED,
  { ...OPEN, chairs: 'one' },
  { ...OPEN, organisations: 0 },
  { ...OPEN, organisations: 3 },
);
type Decide = typeof settle;
type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

interface Happened {
  readonly proposed: Proposed;
  readonly approvals: readonly Approval[];
}

function play(decide: Decide, rule: Quorum, commands: readonly Command[]): Happened[] {
  let now = 0;
  const happened: Happened[] = [];
  let open: { proposed: Proposed; approvals: Approval[] } | null = { proposed: proposal(), approvals: [] };
  for (const one of commands) {
    if (one.do === 'wait') now += one.hours * HOUR;
    else if (one.do === 'propose')
      open = { proposed: { act: one.act, sha256: HASH, author: one.who.id, proposedAt: now }, approvals: [] };
    else if (open) {
      const { id, organisation, role } = one.who;
      open.approvals.push({ person: id, organisation, role, sha256: one.text });
      if (decide(rule, open.proposed, open.approvals, now).met) {
        happened.push(open);
        open = null;
      }
    }
  }
  return happened;
}

/** Said without the code under test: two who may, of two organisations, for this text, neither the author. */
function isSound({ proposed, approvals }: Happened): boolean {
  const good = approvals.filter(
    ({ person: id, role, sha256 }) =>
      (role === 'co_chair' || role === 'assessor') && id !== proposed.author && sha256 === proposed.sha256,
  );
  return good.some((a) =>
    good.some(
      (b) => a.person !== b.person && a.organisation.trim().toLowerCase() !== b.organisation.trim().toLowerCase(),
    ),
  );
}

const holds = (decide: Decide, numRuns: number, seed?: number) =>
  fc.check(
    fc.property(quorum, fc.array(command, { minLength: 1, maxLength: 14 }), (rule, commands) =>
      play(decide, rule, commands).every(isSound),
    ),
    seed === undefined ? { numRuns } : { numRuns, seed },
  );

describe('no path to an act', () => {
  it('without two persons of two organisations, in 10,000 runs, many of which do act', () => {
    const result = holds(settle, 10_000);
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
    const acted = fc
      .sample(fc.tuple(quorum, fc.array(command, { minLength: 1, maxLength: 14 })), { numRuns: 1_000, seed: 7 })
      .filter(([rule, commands]) => play(settle, rule, commands).length > 0);
    expect(acted.length).toBeGreaterThan(100);
  });

  /** Broken decisions: the property must notice each. */
  const broken: [string, Decide][] = [
    ['one approval is enough', (rule, p, list, now) => ({ ...settle(rule, p, list, now), met: list.length > 0 })],
    ['the author counts', (rule, p, list, now) => settle(rule, { ...p, author: 'nobody' }, list, now)],
    [
      'any text counts',
      (rule, p, list, now) =>
        settle(
          rule,
          p,
          list.map((one) => ({ ...one, sha256: p.sha256 })),
          now,
        ),
    ],
    [
      'any role counts',
      (rule, p, list, now) =>
        settle(
          rule,
          p,
          list.map((one) => ({ ...one, role: 'co_chair' })),
          now,
        ),
    ],
    [
      'one organisation counts twice',
      (rule, p, list, now) =>
        settle(
          { ...rule, seats: [], neutral: [] },
          p,
          list.map((one, i) => ({ ...one, organisation: `o${i}` })),
          now,
        ),
    ],
    [
      'one person counts twice',
      (rule, p, list, now) =>
        settle(
          rule,
          p,
          list.map((one, i) => ({ ...one, person: one.person === p.author ? one.person : `q${i}` })),
          now,
        ),
    ],
  ];
  it.each(broken)('and the property notices when %s', (_title, decide) => {
    expect(holds(decide, 10_000, 1).failed).toBe(true);
  });
});
