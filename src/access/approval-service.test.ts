import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { type TestWorld, testCtx, testWorld } from '../../test/support/world.ts';
import type { Ctx, Db } from '../db/index.ts';
import { read } from '../record/index.ts';
import type { Quorum } from './approval.ts';
import { type ApprovalTools, approveAct, proposeAct, readProposal } from './approval-service.ts';

const SEATED: Quorum = {
  organisations: 2,
  chairs: 'every',
  seats: [
    { chair: 'a', organisations: ['Alpha'] },
    { chair: 'b', organisations: ['Beta'] },
  ],
  neutral: ['Nemo'],
  silentHours: 24,
};
const DAY_MS = 86_400_000;

describe('acting together, on a database', () => {
  let db: Db;
  let world: TestWorld;
  let agreement: string;
  let runs = 0;
  let done: string[] = [];
  let fails = false;
  const tools: ApprovalTools = {
    quorum: SEATED,
    performers: {
      async 'bulletin.release'(_tx, _ctx, proposal) {
        if (fails) throw new Error('it could not be carried out');
        done.push(proposal.id);
      },
    },
  };
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());
  beforeEach(() => {
    runs += 1;
    agreement = `acting-${runs}`;
    world = testWorld(runs);
    done = [];
    fails = false;
  });

  const as = (id: string, organisation: string, role = 'co_chair'): Ctx => ({
    ...testCtx(db, world, agreement),
    actor: { kind: 'token', id, organisation, role },
  });
  const propose = (act: 'bulletin.release' | 'key.change' = 'bulletin.release') =>
    proposeAct(as('p0', 'Alpha'), { act, object: 'thing:1', text: 'the exact text' });
  const approve = (ctx: Ctx, { id, sha256 }: { id: string; sha256: string }) =>
    approveAct(ctx, tools, id, { sha256, signature: null });
  const kinds = async () => (await read(db, { agreement })).map(({ kind }) => kind);

  it('looks again when a silent chair’s hours have run out, and names it', async () => {
    const proposal = await propose();
    await approve(as('p1', 'Alpha'), proposal);
    const waiting = await approve(as('p2', 'Nemo', 'assessor'), proposal);
    expect(waiting.settled).toMatchObject({ met: false, missing: 0, missingChairs: ['chair:b'] });
    world.advance(DAY_MS);
    const again = await approve(as('p1', 'Alpha'), proposal);
    expect(again.proposal).toMatchObject({ state: 'done', silent: ['chair:b'] });
    expect(done).toEqual([proposal.id]);
    expect((await readProposal(db, agreement, proposal.id)).proposal).toEqual(again.proposal);
    expect(await kinds()).toEqual(['approval.proposed', 'approval.given', 'approval.given']);
  });

  it('undoes the last approval, entry and all, when the act cannot be carried out', async () => {
    const proposal = await propose();
    await approve(as('p1', 'Alpha'), proposal);
    fails = true;
    await expect(approve(as('p3', 'Beta'), proposal)).rejects.toThrow('could not');
    const { proposal: left, file } = await readProposal(db, agreement, proposal.id);
    expect([left.state, file.approvals.length, await kinds()]).toEqual([
      'open',
      1,
      ['approval.proposed', 'approval.given'],
    ]);
  });

  it('carries an act out once, however many approve at once', async () => {
    const proposal = await propose();
    const all = [as('p1', 'Alpha'), as('p2', 'Beta'), as('p3', 'Beta'), as('p4', 'Nemo'), as('p5', 'Alpha')];
    const answers = await Promise.allSettled(all.map((ctx) => approve(ctx, proposal)));
    expect(done).toEqual([proposal.id]);
    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBe(2);
    expect((await readProposal(db, agreement, proposal.id)).file.approvals).toHaveLength(2);
  });

  it('does nothing that this program does not offer, and an author’s new proposal overtakes the old', async () => {
    const old = await propose('key.change');
    const proposal = await propose('key.change');
    await expect(approve(as('p1', 'Alpha'), old)).rejects.toMatchObject({ kind: { code: 'access/proposal-closed' } });
    await approve(as('p1', 'Alpha'), proposal);
    await expect(approve(as('p3', 'Beta'), proposal)).rejects.toMatchObject({
      kind: { code: 'access/act-not-offered' },
    });
    expect(done).toEqual([]);
  });
});
