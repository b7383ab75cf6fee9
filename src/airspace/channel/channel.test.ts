import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { type TestWorld, testWorld } from '../../../test/support/world.ts';
import type { Db } from '../../db/index.ts';
import { logSize } from '../../record/index.ts';
import { Epochs, FLIGHT_LOG, rootOf } from '../epochs.ts';
import { Journal } from '../journal.ts';
import { EXAMPLE_RULES } from '../rules/example.ts';
import { Channel } from './channel.ts';
import { KeepClears } from './keep-clear.ts';

let db: Db;
let world: TestWorld;
let journal: Journal;
beforeAll(async () => {
  db = await testDatabase('airspace');
  world = testWorld(9, Date.parse('2016-05-22T09:00:00Z'));
  journal = new Journal(db, () => {});
});
afterAll(() => db.close());

interface ChannelView {
  readonly formal: { now: string };
  readonly actual: { callsInLastDay: number; testOverdue: boolean; lastTestAt: string | null };
  readonly calls: { confirmed: boolean | null }[];
  readonly files: { statements: { party: string; text: string }[] }[];
}

describe('the line', () => {
  it('may be suspended on paper and used all the same', async () => {
    const channel = await Channel.start(world, journal, EXAMPLE_RULES);
    const view = (party = 'alpha') => channel.view(party) as never as ChannelView;
    await channel.declare('bravo', 'suspended', 'said to the press');
    expect(view().formal.now).toBe('suspended');
    const call = await channel.logCall('alpha', 'operational', 'area three, 11 to 12, below 4,000 m');
    await expect(channel.readBack('alpha', call.id, 'x')).rejects.toThrow(/other side/);
    await channel.readBack('bravo', call.id, 'area three, 11 to 12, below 3,000 m');
    await expect(channel.confirm('bravo', call.id, true)).rejects.toThrow(/caller/);
    expect((await channel.confirm('alpha', call.id, false)).confirmed).toBe(false);
    expect(view().actual).toMatchObject({ callsInLastDay: 1, lastTestAt: null, testOverdue: true });
    await channel.logCall('bravo', 'test', 'test');
    expect(view().actual.testOverdue).toBe(false);
    world.advance(9 * 3_600_000);
    expect(view().actual.testOverdue).toBe(true);
    await channel.declare('bravo', 'resumed', '');
    expect(view().formal.now).toBe('resumed');
    const again = await Channel.start(world, journal, EXAMPLE_RULES);
    expect((again.view('alpha') as never as ChannelView).calls).toHaveLength(2);
  });

  it('shows a statement to the other side only once both are in', async () => {
    const channel = await Channel.start(world, journal, EXAMPLE_RULES);
    const seenBy = (party: string) =>
      (channel.view(party) as never as ChannelView).files[0]?.statements.map(({ text }) => text);
    await channel.state('alpha', { declaration: 'a1', code: 'K7Q2' }, 'we were at 3,500 m');
    expect(seenBy('bravo')).toEqual(['']);
    await channel.state('bravo', { declaration: 'b1', code: 'K7Q2' }, 'so were we');
    expect(seenBy('bravo')).toEqual(['we were at 3,500 m', 'so were we']);
    await expect(channel.state('bravo', { declaration: 'b1', code: 'K7Q2' }, 'more')).rejects.toThrow(
      /made its statement/,
    );
  });
});

describe('the file of a loss of separation', () => {
  it('opens by itself, once, for those it concerns, and shows nobody whose declarations it is about', async () => {
    const channel = await Channel.start(world, journal, EXAMPLE_RULES);
    const about = (party: string) =>
      (channel.view(party) as never as { files: { id: string; opened: string }[] }).files.filter(
        ({ opened }) => opened === 'acute',
      );
    await channel.openFile(['decl-a7', 'decl-b7', 'decl-b8'], ['alpha', 'bravo']);
    await channel.openFile(['decl-b8', 'decl-a9'], ['bravo', 'alpha']);
    expect(about('alpha')).toHaveLength(1);
    expect(about('alpha')[0]?.id).toBe(about('bravo')[0]?.id);
    expect(about('charlie')).toEqual([]);
    expect(JSON.stringify(channel.view('alpha'))).not.toContain('decl-');
    // Before the other side has acknowledged there is no code, and the statement is taken all the same.
    const mine = await channel.state('alpha', { declaration: 'decl-a9', code: undefined }, 'climbing');
    expect(mine.id).toBe(about('alpha')[0]?.id);
    await expect(channel.state('alpha', { declaration: 'z', code: undefined }, 'x')).rejects.toThrow(/acknowledged/);
    const again = await Channel.start(world, journal, EXAMPLE_RULES);
    await again.openFile(['decl-a7'], ['alpha']);
    expect((again.view('bravo') as never as { files: unknown[] }).files).toHaveLength(2);
  });
});

describe('keep-clear volumes', () => {
  it('go to each side with a receipt, and declarations that enter them are told', async () => {
    const all = await KeepClears.start(world, journal);
    const now = world.clock.now();
    const volume = (lat: number) => ({
      outline: { circle: { lat, lon: 38, radiusMetres: 5_000 } },
      altitudeLowerMetres: 0,
      altitudeUpperMetres: 2_000,
      start: now,
      end: now + 3_600_000,
    });
    const drawn = await all.draw('corridor', 'aid convoy', [volume(35)]);
    await all.receipt('alpha', drawn.id);
    expect((await all.receipt('alpha', drawn.id)).receipts).toHaveLength(1);
    expect(all.entered([volume(35.02)])).toEqual([drawn.id]);
    expect(all.entered([volume(36)])).toEqual([]);
    expect((await KeepClears.start(world, journal)).current()).toHaveLength(1);
  });
});

describe('epochs', () => {
  it('put one leaf of one size into the record each, whether anything happened or not', async () => {
    const epochs = await Epochs.start(world, db, journal, 15);
    const given = [['aa'.repeat(32), 'bb'.repeat(32)], [], []];
    const take = () => given.shift() ?? [];
    expect(await epochs.close(take)).toBe(0);
    world.advance(45 * 60_000);
    expect(await epochs.close(take)).toBe(3);
    expect(await logSize(db, FLIGHT_LOG)).toBe(3);
    const rows = await db.rows<{ envelope: string; visibility: string }>(
      'select envelope, visibility from entries where agreement_id = $1 order by index',
      [FLIGHT_LOG],
    );
    expect(new Set(rows.map(({ visibility }) => visibility))).toEqual(new Set(['sealed']));
    const openings = await journal.load<{ salt: string; commitments: string[]; root: string }>('epoch');
    for (const { body } of openings) expect(rootOf(body.salt, body.commitments)).toBe(body.root);
    world.advance(15 * 60_000);
    const restarted = await Epochs.start(world, db, journal, 15);
    expect(await restarted.close(take)).toBe(0);
    world.advance(15 * 60_000);
    expect(await restarted.close(take)).toBe(1);
  });
});
