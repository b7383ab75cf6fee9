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
import { listProposals, takeTurn } from './decision-store.ts';
import type { NamedRepair } from './engine.ts';
import type { Ask } from './plan.ts';
import { repairOnce } from './repair-service.ts';
import { createIncidents, type Incidents } from './service.ts';
import { allMembers } from './store.ts';

const instrument = loadInstrument();
const gazetteer = loadShippedGazetteer();
const reader = createReader({ gazetteer, instrument });
const tools = {
  read: async (...asked: Parameters<typeof reader.read>) => reader.read(...asked),
  version: 'test',
  gazetteer,
};

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
  const analyst = { kind: 'token', id: 'analyst-1', organisation: 'Cell A', role: 'analyst' } as const;
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
  return { ctx, person: { ...ctx, actor: analyst }, incidents, ids };
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
    const { ctx, person, incidents, ids } = await house(db(), 'undo-2016');
    const at = (i: number): string => ids[i] ?? '';
    let done = 0;
    await fc.assert(
      fc.asyncProperty(ask, async (draw) => {
        const members = await allMembers(ctx.db, ctx.agreement);
        const home = (i: number): string => members.find(({ report }) => report === at(i))?.incident ?? 'none';
        const before = await snapshot(ctx);
        const made = await incidents.decide(person, draw(at, home), 'because').catch((error: unknown) => {
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
        const undo = await incidents.undo(person, made.id, 'a mistake');
        expect(await snapshot(ctx)).toEqual(before);
        await expectAgreement(ctx, incidents);
        await incidents.undo(person, undo.id, 'no mistake after all');
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
    const { ctx, person, incidents, ids } = await house(db(), 'bonds-2016');
    const home = async (i: number) =>
      (await allMembers(ctx.db, ctx.agreement)).find(({ report }) => report === ids[i])?.incident;
    expect(await home(4)).toBe(await home(1));
    await incidents.decide(person, { act: 'new', member: { report: ids[4] ?? '', event: 0 } }, 'another shelling');
    const again = createIncidents(instrument);
    await again.linkReport(ctx, ids[1] ?? '');
    await expectAgreement(ctx, again);
    expect(await home(4)).not.toBe(await home(1));
  });
});

describeOnEachDatabase('the machine’s repairs', (db) => {
  const merge = (from: string, into: string, events: readonly string[], gain: number): NamedRepair => ({
    kind: 'merge',
    events,
    from,
    into,
    gain,
    score: 6.5,
    explanation: [
      { field: 'prior', level: 'place_and_time', bits: 2.5 },
      { field: 'place', level: 'town_town_same_point', bits: 4 },
    ],
  });
  const start = async (agreement: string) => {
    const at = await house(db(), agreement);
    const homes = async () =>
      Object.fromEntries((await allMembers(db(), agreement)).map(({ report, incident }) => [report, incident]));
    const find = (repair: NamedRepair) =>
      db().inTransaction(async (tx) => {
        await takeTurn(tx, agreement);
        return repairOnce(tx, at.ctx, instrument.timeZone, 'estimated@200', repair);
      });
    const [azaz = '', , , manbij = ''] = at.ids.map((id) => id);
    return { ...at, homes, find, azaz, manbij };
  };

  it('apply by themselves where they are sure, with their reasons, and can be undone', async () => {
    const { ctx, person, incidents, homes, find, azaz, manbij } = await start('sure-2016');
    const before = await homes();
    const moving = Object.keys(before).filter((id) => before[id] === before[manbij]);
    const { applied } = await find(merge(before[manbij] ?? '', before[azaz] ?? '', moving, 5));
    expect((await homes())[manbij]).toBe(before[azaz]);
    const moved = (await allMembers(ctx.db, ctx.agreement)).find(({ report }) => report === manbij);
    expect(moved).toMatchObject({ decision: 'repaired', standing: 'proposed', score: 6.5, weights: 'estimated@200' });
    await incidents.undo(person, applied?.id ?? '', 'two towns');
    expect(await homes()).toEqual(before);
    await expectAgreement(ctx, incidents);
  });

  it('are proposed where they are not, once; a yes carries them out, a no keeps the two apart', async () => {
    const { ctx, person, incidents, homes, find, azaz, manbij } = await start('asked-2016');
    const before = await homes();
    const moving = Object.keys(before).filter((id) => before[id] === before[manbij]);
    const repair = merge(before[manbij] ?? '', before[azaz] ?? '', moving, 1);
    expect(await find(repair)).toEqual({ applied: null, proposed: true });
    expect(await find(repair)).toEqual({ applied: null, proposed: false });
    expect(await homes()).toEqual(before);
    const [proposal] = (await listProposals(ctx.db, ctx.agreement, { after: 0, limit: 10 })).proposals;
    const yes = await incidents.settleProposal(person, proposal?.id ?? '', true, 'one strike, two names');
    expect((await homes())[manbij]).toBe(before[azaz]);
    await incidents.undo(person, yes.id, 'two strikes');
    expect(await homes()).toEqual(before);
    expect(await find(repair)).toEqual({ applied: null, proposed: false });
    const other = { ...repair, from: repair.into ?? '', into: repair.from, events: [azaz], kind: 'move' as const };
    expect(await find(other)).toEqual({ applied: null, proposed: true });
    const [again] = (await listProposals(ctx.db, ctx.agreement, { after: 0, limit: 10 })).proposals;
    await incidents.settleProposal(person, again?.id ?? '', false, 'another town');
    expect(await homes()).toEqual(before);
    await expect(incidents.settleProposal(person, again?.id ?? '', true, 'yes')).rejects.toThrow(
      'no such open proposal',
    );
    // The no binds: what was refused is nothing that the linker may do.
    expect(incidents.engine.mayJoin(azaz, manbij)).toBe(false);
  });

  it('leave alone what a person settled, and what is not there any more', async () => {
    const { person, incidents, homes, find, azaz, manbij } = await start('people-2016');
    const before = await homes();
    const moving = Object.keys(before).filter((id) => before[id] === before[manbij]);
    const repair = merge(before[manbij] ?? '', before[azaz] ?? '', moving, 9);
    await incidents.decide(person, { act: 'accept', member: { report: manbij, event: 0 }, incident: null }, 'seen it');
    expect(await find(repair)).toEqual({ applied: null, proposed: true });
    expect(await find({ ...repair, from: 'inc-gone' })).toEqual({ applied: null, proposed: false });
    expect(await homes()).toEqual(before);
  });

  it('looks around what changed, and finds nothing to do twice', async () => {
    const { ctx, incidents } = await start('idle-2016');
    await incidents.repair(ctx, 100);
    expect(await incidents.repair(ctx, 101)).toEqual({ applied: 0, proposed: 0 });
    await expectAgreement(ctx, incidents);
  });
});

describe('two verbs at once', () => {
  it('run one after the other', async () => {
    const db = await testDatabase();
    const { ctx, person, incidents, ids } = await house(db, 'turns-2016');
    const accept = (i: number) =>
      incidents.decide(person, { act: 'accept', member: { report: ids[i] ?? '', event: 0 }, incident: null }, 'yes');
    const made = await Promise.all([accept(0), accept(1), accept(2)]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    await expectAgreement(ctx, incidents);
    await db.close();
  });
});
