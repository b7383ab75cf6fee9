/** Decisions on claims: purely, then through the database on each engine, with what the record and the facts say. */
import { describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../test/support/database.ts';
import { testCtx, testWorld } from '../../test/support/world.ts';
import { isProblem } from '../core/index.ts';
import type { Ctx, Db } from '../db/index.ts';
import { loadShippedGazetteer } from '../places/index.ts';
import { createReader } from '../reading/index.ts';
import { read } from '../record/index.ts';
import { checkReport, receiveReport } from '../sources/index.ts';
import { loadInstrument } from '../terms/index.ts';
import { parseCases, tryCase } from './case-file.ts';
import { nextVersion } from './decide.ts';
import { factsOf } from './facts.ts';
import type { Claim, ClaimField } from './model.ts';
import { type ClaimRequest, decideClaim, readCases, readReport } from './service.ts';
import { readClaims } from './store.ts';
import { checkedValue, spanOfWords } from './value.ts';

const instrument = loadInstrument();
const gazetteer = loadShippedGazetteer();
const reader = createReader({ gazetteer, instrument });
const tools = { gazetteer, instrument };
const TEXT = 'قصفت قوات النظام مدينة إعزاز في ريف حلب الشمالي بالمدفعية أمس، وقتل ثلاثة مدنيين.';

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'nothing';
  } catch (error) {
    return isProblem(error) ? error.kind.code : String(error);
  }
};

describe('the next version of a value', () => {
  const ref = { report: 'r', event: 0, field: 'killed' } as const;
  const first = {
    ...ref,
    version: 1,
    value: { low: 3, high: 3 },
    spans: [{ start: 1, end: 4 }],
    basis: 'read',
    alleged: false,
    by: null,
    standing: 'proposed',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    undoes: null,
    kept: false,
  } as Claim;
  const person = { by: 'p', at: '2016-06-01T00:00:00.000Z', reason: 'heard it' };
  const step = (versions: Claim[], ask: Parameters<typeof nextVersion>[2]): Claim[] => [
    ...versions,
    nextVersion(ref, versions, ask, person),
  ];
  const correct = { act: 'correct', value: { low: 4, high: 4 }, spans: null, keep: true } as const;

  it('keeps the words of a corrected value, and takes others when they are given', () => {
    expect(nextVersion(ref, [first], { ...correct, seen: 1 }, person)).toMatchObject({
      version: 2,
      standing: 'corrected',
      basis: 'person',
      spans: first.spans,
      kept: true,
      reason: 'heard it',
    });
    const spans = [{ start: 7, end: 9 }];
    expect(nextVersion(ref, [first], { ...correct, seen: 1, spans }, person).spans).toEqual(spans);
  });

  it('is taken back by a later one, and brought again by a still later one', () => {
    const corrected = step([first], { ...correct, seen: 1 });
    const undone = step(corrected, { act: 'undo', seen: 2, keep: false });
    expect(undone[2]).toMatchObject({ value: { low: 3, high: 3 }, standing: 'proposed', basis: 'read', undoes: 2 });
    const again = step(undone, { act: 'undo', seen: 3, keep: false });
    expect(again[3]).toMatchObject({ value: { low: 4, high: 4 }, standing: 'corrected', undoes: 3, kept: true });
  });

  it('of nothing read is a correction, and taken back it is gone', () => {
    const told = step([], { ...correct, seen: 0 });
    expect(told[0]).toMatchObject({ version: 1, standing: 'corrected', spans: [] });
    expect(step(told, { act: 'undo', seen: 1, keep: false })[1]).toMatchObject({ standing: 'rejected', undoes: 1 });
  });

  it.each([
    ['confirm of what is not there', [], { act: 'confirm', seen: 0, keep: false }, 'claims/not-found'],
    ['an old version', [first], { act: 'reject', seen: 0, keep: false }, 'claims/changed'],
    ['undo of nobody’s decision', [first], { act: 'undo', seen: 1, keep: false }, 'claims/not-decided'],
  ] as const)('refuses: %s', async (_what, versions, ask, code) => {
    expect(await codeOf((async () => nextVersion(ref, versions, ask, person))())).toBe(code);
  });
});

describe('a value that a person gives', () => {
  it.each<[ClaimField, unknown]>([
    ['type', 'shelling'],
    ['start', '2016-05-11'],
    ['start', '2016-05-11/2016-05-12'],
    ['killed', { low: 3, high: null }],
    ['actor', { code: 'government' }],
    ['actor', { code: null, words: 'مسلحون' }],
    ['place', { words: 'تل سوسيان', lat: 36.4, lon: 37.2, precision: 'town' }],
  ])('of %s is taken: %j', (field, value) => {
    expect(checkedValue(tools, field, value)).toBeTruthy();
  });

  it.each<[ClaimField, unknown]>([
    ['type', 'bombing'],
    ['start', 'yesterday'],
    ['start', 'PRESENT_REF'],
    ['killed', { low: 5, high: 3 }],
    ['killed', { low: null, high: null }],
    ['killed', { low: -1, high: 2 }],
    ['killed', { low: 1.5, high: 2 }],
    ['actor', { code: 'martians' }],
    ['actor', { code: null, words: null }],
    ['place', { id: 'no-such-place' }],
    ['place', { words: 'x', lat: 36, lon: null, precision: 'town' }],
    ['place', { words: 'x', lat: 136, lon: 37, precision: 'town' }],
    ['weapon', ''],
    ['weapon', 'x'.repeat(101)],
  ])('of %s is refused: %j', async (field, value) => {
    expect(await codeOf((async () => checkedValue(tools, field, value))())).toBe('claims/value-bad');
  });

  it('rests on words that stand in the report', async () => {
    expect(spanOfWords(TEXT, 'ثلاثة مدنيين')).toEqual({ start: TEXT.indexOf('ثلاثة'), end: TEXT.length - 1 });
    expect(await codeOf((async () => spanOfWords(TEXT, 'أربعة'))())).toBe('claims/words-not-found');
  });
});

describeOnEachDatabase('people decide on claims', (db: () => Db) => {
  const house = async (agreement: string, visibility: 'public' | 'sealed' = 'public') => {
    const ctx: Ctx = testCtx(db(), testWorld(3, Date.parse('2016-06-01T00:00:00Z')), agreement);
    const checked = checkReport(
      {
        id: 'r-1',
        source: { name: 'Wire', kind: 'newspaper' },
        text: TEXT,
        published: '2016-03-02',
        lang: 'ar',
        visibility,
      },
      { today: '2016-06-01', box: null },
    );
    if ('reason' in checked) throw new Error(checked.reason);
    const { id } = await receiveReport(ctx, checked.report);
    await readReport(
      ctx,
      { read: async (...asked: Parameters<typeof reader.read>) => reader.read(...asked), version: 'test', gazetteer },
      id,
    );
    const person = { ...ctx, actor: { kind: 'token', id: 'analyst-1', organisation: 'A', role: 'analyst' } } as Ctx;
    const decide = (more: Partial<ClaimRequest>) =>
      decideClaim(person, tools, id, {
        act: 'confirm',
        event: 0,
        field: 'killed',
        seen: 1,
        keep: false,
        reason: 'asked the hospital',
        ...more,
      });
    const facts = async () => factsOf(await readClaims(db(), agreement, [id]))[0];
    return { ctx, id, decide, facts };
  };

  it('each in one entry with actor and reason; the facts follow', async () => {
    const { ctx, id, decide, facts } = await house('decide-1');
    expect((await facts())?.killed).toEqual({ low: 3, high: 3 });
    await decide({ act: 'correct', value: { low: 4, high: 4 } });
    expect((await facts())?.killed).toEqual({ low: 4, high: 4 });
    await decide({ act: 'reject', seen: 2 });
    expect((await facts())?.killed).toEqual({ low: null, high: null });
    await decide({ act: 'undo', seen: 3 });
    expect((await facts())?.killed).toEqual({ low: 4, high: 4 });
    await decide({ act: 'confirm', seen: 4 });
    const entries = (await read(db(), { agreement: ctx.agreement })).filter(({ kind }) => kind.startsWith('claim.'));
    expect(entries.map(({ kind }) => kind)).toEqual([
      'claim.corrected',
      'claim.rejected',
      'claim.undone',
      'claim.confirmed',
    ]);
    for (const { author, visibility, object, content } of entries) {
      expect({ author, visibility, object }).toEqual({
        author: 'token:analyst-1',
        visibility: 'sealed',
        object: `report:${id}`,
      });
      expect(content).toMatchObject({ reason: 'asked the hospital', field: 'killed' });
    }
    const versions = (await readClaims(db(), ctx.agreement, [id])).filter(({ field }) => field === 'killed');
    expect(versions.map(({ standing }) => standing)).toEqual([
      'proposed',
      'corrected',
      'rejected',
      'corrected',
      'confirmed',
    ]);
    expect(versions.slice(1).every(({ decidedBy, decidedAt }) => decidedBy === 'analyst-1' && decidedAt !== null)).toBe(
      true,
    );
  });

  it('of two at once one wins, the other is told so and leaves no entry', async () => {
    const { ctx, decide } = await house('decide-2');
    const outcomes = await Promise.all([
      codeOf(decide({ act: 'correct', value: { low: 4, high: 4 } })),
      codeOf(decide({ act: 'reject' })),
    ]);
    expect(outcomes.sort()).toEqual(['claims/changed', 'nothing']);
    const entries = await read(db(), { agreement: ctx.agreement });
    expect(entries.filter(({ kind }) => kind.startsWith('claim.'))).toHaveLength(1);
  });

  it('a reason and a report that was read are needed', async () => {
    const { ctx, decide } = await house('decide-3');
    expect(await codeOf(decide({ reason: ' ' }))).toBe('claims/reason-missing');
    expect(await codeOf(decide({ act: 'correct', event: 9, seen: 0, value: { low: 1, high: 1 } }))).toBe(
      'claims/not-found',
    );
    const asked = { act: 'confirm', event: 0, field: 'type', seen: 1, keep: false, reason: 'x' } as const;
    expect(await codeOf(decideClaim(ctx, tools, 'nobody', asked))).toBe('claims/not-found');
  });

  it('kept ones of public reports become cases that a reader is tried on', async () => {
    const { ctx, decide } = await house('decide-4');
    await decide({ act: 'correct', value: { low: 4, high: 4 }, keep: true, words: 'ثلاثة مدنيين' });
    await decide({ act: 'confirm', field: 'type', keep: true });
    const { cases, sealed } = await readCases(ctx);
    expect([cases.length, sealed]).toEqual([1, 0]);
    const [read] = parseCases(cases.map((one) => JSON.stringify(one)).join('\n'), 'kept.jsonl');
    expect(read?.expect).toMatchObject([
      { field: 'killed', value: { low: 4, high: 4 }, words: ['ثلاثة مدنيين'] },
      { field: 'type', value: 'shelling' },
    ]);
    if (!read) throw new Error('no case');
    // The reader reads three, people settled four: that is the case's point.
    expect(tryCase(read, reader, gazetteer)).toMatchObject([{ field: 'killed', read: { low: 3, high: 3 } }]);
    // A correction that is taken back is no case any more.
    await decide({ act: 'undo', seen: 2 });
    expect((await readCases(ctx)).cases[0]?.expect.map(({ field }) => field)).toEqual(['type']);
  });

  it('kept ones of sealed reports stay in the house', async () => {
    const { ctx, decide } = await house('decide-5', 'sealed');
    await decide({ act: 'confirm', keep: true });
    expect(await readCases(ctx)).toEqual({ cases: [], sealed: 1 });
  });
});

describe('a file of cases', () => {
  it.each([
    ['no JSON', '{'],
    ['another format', '{"case":2}'],
    ['no expectation', JSON.stringify({ case: 1, id: 'x', text: 't', published: null, lang: null, expect: [] })],
  ])('is refused with file and line: %s', (_what, line) => {
    expect(() => parseCases(`\n${line}\n`, 'kept.jsonl')).toThrow();
    try {
      parseCases(`\n${line}\n`, 'kept.jsonl');
    } catch (error) {
      expect(isProblem(error) && error.where).toBe('kept.jsonl:2');
    }
  });
});
