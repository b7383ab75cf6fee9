/** People's decisions through the database: anything done and undone leaves the identical state, on each engine. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeOnEachDatabase, testDatabase } from '../../test/support/database.ts';
import { testCtx, testWorld } from '../../test/support/world.ts';
import { readReport } from '../claims/index.ts';
import { isProblem } from '../core/index.ts';
import type { Ctx, Db } from '../db/index.ts';
import { loadShippedGazetteer } from '../places/index.ts';
import { createReader } from '../reading/index.ts';
import { checkReport, receiveReport } from '../sources/index.ts';
import { loadInstrument } from '../terms/index.ts';
import type { Ask } from './plan.ts';
import { createIncidents, type Incidents } from './service.ts';
import { allMembers } from './store.ts';

const instrument = loadInstrument();
const gazetteer = loadShippedGazetteer();
const reader = createReader({ gazetteer, instrument });
const tools = { reader: () => reader, version: 'test', gazetteer };

const REPORTS = [
  ['a', 'Azaz', 'Shells fell on Azaz on Wednesday. Five people died, residents told the paper.'],
  ['b', 'Wire', 'Artillery hit the town of Azaz in northern Aleppo on Wednesday, killing five civilians.'],
  ['c', 'Post', 'Bombardment of Azaz on Wednesday by government artillery killed seven.'],
  ['d', 'Herald', 'A rocket struck Manbij on Tuesday, two dead.'],
  ['e', 'Mirror', 'Artillery hit the town of Azaz in northern Aleppo on Wednesday, killing five civilians.'],
  ['f', 'Echo', 'Two people died when a missile fell on Manbij on Tuesday.'],
  ['g', 'Note', 'Talks will go on next week, the minister said.'],
] as const;

async function house(db: Db, agreement: string) {
  const ctx: Ctx = testCtx(db, testWorld(7, Date.parse('2016-06-01T00:00:00Z')), agreement);
  const incidents = createIncidents(instrument);
  const ids: string[] = [];
  for (const [id, source, text] of REPORTS) {
    const checked = checkReport(
      {
        id,
        source: { name: source, kind: 'newspaper' },
        text,
        published: '2016-05-12',
        lang: 'en',
        visibility: 'public',
      },
      { today: '2016-06-01', box: null },
    );
    if ('reason' in checked) throw new Error(checked.reason);
    const received = await receiveReport(ctx, checked.report);
    ids.push(received.id);
    await readReport(ctx, tools, received.id);
    await incidents.linkReport(ctx, received.id);
  }
  return { ctx, incidents, ids };
}

/** All that must come back: members with their reasons, and incidents with their folds. */
async function snapshot(ctx: Ctx): Promise<unknown> {
  const incidents = await ctx.db.rows(
    `select id, aggregate, to_char(day, 'YYYY-MM-DD') as day, area, type, folded, members from incident
     where agreement_id = $1 and members > 0 order by id`,
    [ctx.agreement],
  );
  return { incidents, members: await allMembers(ctx.db, ctx.agreement) };
}

/** The linker in memory, and one built anew from the database, agree with the stored members. */
async function expectAgreement(ctx: Ctx, incidents: Incidents): Promise<void> {
  for (const { report, event, incident } of await allMembers(ctx.db, ctx.agreement)) {
    const id = event === 0 ? report : `${report}#${event}`;
    expect(incidents.engine.incidentOf(id), id).toBe(incident);
  }
}

const n = fc.nat({ max: REPORTS.length - 1 });
type Draw = (at: (i: number) => string, home: (i: number) => string) => Ask;
const ask: fc.Arbitrary<Draw> = fc.oneof(
  n.map(
    (i): Draw =>
      (at) => ({ act: 'accept', member: { report: at(i), event: 0 }, incident: null }),
  ),
  fc.tuple(n, n).map(
    ([i, j]): Draw =>
      (at, home) => ({
        act: 'other',
        member: { report: at(i), event: 0 },
        incident: home(j),
      }),
  ),
  n.map(
    (i): Draw =>
      (at) => ({ act: 'new', member: { report: at(i), event: 0 } }),
  ),
  fc.tuple(n, n).map(
    ([i, j]): Draw =>
      (at) => ({
        act: 'not_same',
        member: { report: at(i), event: 0 },
        other: { report: at(j), event: 0 },
      }),
  ),
  fc.tuple(n, n).map(
    ([i, j]): Draw =>
      (_, home) => ({ act: 'merge', incident: home(i), into: home(j) }),
  ),
  fc.tuple(n, n).map(
    ([i, j]): Draw =>
      (at, home) => ({
        act: 'split',
        incident: home(i),
        members: [
          { report: at(i), event: 0 },
          { report: at(j), event: 0 },
        ],
      }),
  ),
);

describeOnEachDatabase('people’s decisions', (db) => {
  it('leave the identical state when undone, and again when the undoing is undone', async () => {
    const { ctx, incidents, ids } = await house(db(), 'undo-2016');
    const at = (i: number): string => ids[i] ?? '';
    let done = 0;
    await fc.assert(
      fc.asyncProperty(ask, async (draw) => {
        const members = await allMembers(ctx.db, ctx.agreement);
        const home = (i: number): string => members.find(({ report }) => report === at(i))?.incident ?? 'none';
        const before = await snapshot(ctx);
        const made = await incidents.decide(ctx, draw(at, home), 'because').catch((error: unknown) => {
          if (isProblem(error)) return null;
          throw error;
        });
        if (!made) {
          // A refusal leaves nothing behind.
          expect(await snapshot(ctx)).toEqual(before);
          return;
        }
        done++;
        await expectAgreement(ctx, incidents);
        const after = await snapshot(ctx);
        const undo = await incidents.undo(ctx, made.id, 'a mistake');
        expect(await snapshot(ctx)).toEqual(before);
        await expectAgreement(ctx, incidents);
        await incidents.undo(ctx, undo.id, 'no mistake after all');
        expect(await snapshot(ctx)).toEqual(after);
      }),
      { numRuns: 40, seed: 20160227 },
    );
    expect(done).toBeGreaterThan(15);
    // A linker that starts now holds what the one in memory holds.
    const started = createIncidents(instrument);
    await started.linkReport(ctx, at(0));
    await expectAgreement(ctx, started);
  });

  it('outlive a start: what a person parted, no later copy of the words joins again', async () => {
    const { ctx, incidents, ids } = await house(db(), 'bonds-2016');
    const home = async (i: number) =>
      (await allMembers(ctx.db, ctx.agreement)).find(({ report }) => report === ids[i])?.incident;
    expect(await home(4)).toBe(await home(1));
    await incidents.decide(ctx, { act: 'new', member: { report: ids[4] ?? '', event: 0 } }, 'another shelling');
    const again = createIncidents(instrument);
    await again.linkReport(ctx, ids[1] ?? '');
    await expectAgreement(ctx, again);
    expect(await home(4)).not.toBe(await home(1));
  });
});

describe('two verbs at once', () => {
  it('run one after the other', async () => {
    const db = await testDatabase();
    const { ctx, incidents, ids } = await house(db, 'turns-2016');
    const accept = (i: number) =>
      incidents.decide(ctx, { act: 'accept', member: { report: ids[i] ?? '', event: 0 }, incident: null }, 'yes');
    const made = await Promise.all([accept(0), accept(1), accept(2)]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    await expectAgreement(ctx, incidents);
    await db.close();
  });
});
