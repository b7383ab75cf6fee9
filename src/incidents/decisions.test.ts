import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, type DecisionEntry, foldDecisions } from './decisions.ts';

const entry = (id: number | string, decision: Decision): DecisionEntry => ({
  id: `${id}`,
  decision,
});
const linked = (event: string, incident: string, binds = false): Decision => ({
  kind: 'linked',
  events: [event],
  incident,
  binds,
});
const plain = (entries: readonly DecisionEntry[]) => {
  const { incidentOf, members, settledBy, mergedInto, together, apart } = foldDecisions(entries);
  return {
    incidentOf: [...incidentOf],
    members: [...members],
    settledBy: [...settledBy],
    mergedInto: [...mergedInto],
    together,
    apart,
  };
};

const event = fc.integer({ min: 0, max: 9 }).map((n) => `r${n}`);
const events = fc.array(event, { maxLength: 4 });
const incident = fc.integer({ min: 0, max: 5 }).map((n) => `inc-${n}`);
const decision: fc.Arbitrary<Decision> = fc.oneof(
  fc.record({ kind: fc.constant('linked' as const), events, incident, binds: fc.boolean() }),
  fc.record({ kind: fc.constant('alone' as const), events, from: incident, into: incident }),
  fc.record({ kind: fc.constant('merged' as const), from: incident, into: incident, binds: fc.boolean() }),
  fc.record({ kind: fc.constant('not_same' as const), events, others: events, into: incident }),
  fc.record({
    kind: fc.constant('split' as const),
    from: incident,
    events,
    into: incident,
    binds: fc.boolean(),
  }),
);
const history = fc.array(decision, { maxLength: 30 }).map((all) => all.map((one, i) => entry(i, one)));

describe('the fold of decisions', () => {
  it('gives back the identical state when anything is done and undone', () => {
    fc.assert(
      fc.property(history, decision, (before, next) => {
        const done = [...before, entry('next', next)];
        const undone = [...done, entry('undo', { kind: 'undone', entry: 'next' })];
        expect(plain(undone)).toEqual(plain(before));
        expect(plain([...undone, entry('redo', { kind: 'undone', entry: 'undo' })])).toEqual(plain(done));
      }),
    );
  });

  it('holds every event once, in the incident it says', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const { incidentOf, members } = foldDecisions(entries);
        expect([...members.values()].flat().sort()).toEqual([...incidentOf.keys()].sort());
        for (const [name, events] of members) for (const one of events) expect(incidentOf.get(one)).toBe(name);
      }),
    );
  });

  it('splits, and the two halves stay apart', () => {
    const entries = ['a', 'b', 'c'].map((id, i) => entry(i, linked(id, 'inc-a')));
    const { members, apart } = foldDecisions([
      ...entries,
      entry('s', { kind: 'split', from: 'inc-a', events: ['c'], into: 'inc-c', binds: true }),
    ]);
    expect(Object.fromEntries(members)).toEqual({ 'inc-a': ['a', 'b'], 'inc-c': ['c'] });
    expect(apart).toEqual([
      ['c', 'a'],
      ['c', 'b'],
    ]);
  });

  it('keeps the last word where people changed their minds', () => {
    const entries = ['a', 'b'].map((id, i) => entry(i, linked(id, 'inc-a')));
    const split = entry('s', { kind: 'split', from: 'inc-a', events: ['b'], into: 'inc-b', binds: true });
    const back = entry('m', { kind: 'merged', from: 'inc-b', into: 'inc-a', binds: true });
    expect(foldDecisions([...entries, split, back])).toMatchObject({ together: [['b', 'a']], apart: [] });
    const again = entry('n', { kind: 'not_same', events: ['a'], others: ['b'], into: 'inc-n' });
    expect(foldDecisions([...entries, split, back, again])).toMatchObject({ together: [], apart: [['a', 'b']] });
  });

  it('binds nothing by the machine’s own repairs', () => {
    const entries = ['a', 'b'].map((id, i) => entry(i, linked(id, 'inc-a')));
    const split = entry('s', { kind: 'split', from: 'inc-a', events: ['b'], into: 'inc-b', binds: false });
    const { members, together, apart } = foldDecisions([...entries, split]);
    expect([members.size, together, apart]).toEqual([2, [], []]);
  });

  it('sets an asked report apart from the incident it was asked about, and leaves it where it is', () => {
    const entries = [entry(1, linked('a', 'inc-a')), entry(2, linked('b', 'inc-b'))];
    const { incidentOf, apart, settledBy } = foldDecisions([
      ...entries,
      entry('x', { kind: 'alone', events: ['b'], from: 'inc-a', into: 'inc-x' }),
    ]);
    expect([incidentOf.get('b'), apart, settledBy.get('b')]).toEqual(['inc-b', [['b', 'a']], 'x']);
  });

  it('sends later links of a merged incident where it went', () => {
    const { incidentOf, together } = foldDecisions([
      entry(1, linked('a', 'inc-a')),
      entry(2, linked('b', 'inc-b')),
      entry(3, { kind: 'merged', from: 'inc-b', into: 'inc-a', binds: true }),
      entry(4, linked('c', 'inc-b')),
    ]);
    expect([...incidentOf.values()]).toEqual(['inc-a', 'inc-a', 'inc-a']);
    expect(together).toEqual([['b', 'a']]);
  });
});
