import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { testWorld } from '../../../test/support/world.ts';
import { makeRaster } from '../blind/cells.ts';
import { prepared } from '../dss/registry.ts';
import { metresBetweenShapes } from '../geometry/distance.ts';
import { Journal } from '../journal.ts';
import type { Volume4D } from '../model.ts';
import { EXAMPLE_RULES } from '../rules/example.ts';
import { move } from '../testing/oracle.ts';
import { anyOutline, seeded } from '../testing/shapes.ts';
import { blind, common, newKey, openingHolds, pack, psiReady, raise, SET_SIZE, unpack } from './psi.ts';
import { type Peer, PrivateMode } from './service.ts';
import { tokensOf } from './tokens-of.ts';
import { PsiWorker } from './worker.ts';

beforeAll(psiReady);

describe('the intersection', () => {
  const names = (from: number, count: number) => Array.from({ length: count }, (_, i) => `${from + i}/1/1`);

  it('is exactly what both hold, and both learn the same', () => {
    const [ka, kb] = [newKey(), newKey()];
    const [a, b] = [blind(7, names(0, 40), ka, 64), blind(7, names(30, 50), kb, 64)];
    const [aRaised, bRaised] = [raise(a.points, kb), raise(b.points, ka)];
    expect(common(a, aRaised, bRaised).sort()).toEqual(names(30, 10).sort());
    expect(common(b, bRaised, aRaised).sort()).toEqual(names(30, 10).sort());
  });

  it('sends the same shape whatever is held, and nothing twice', () => {
    const messages = [[], names(0, 1), names(0, 64)].map((tokens) => pack(blind(7, tokens, newKey(), 64).points));
    expect(new Set(messages.map((message) => message.length))).toEqual(new Set([Math.ceil((64 * 32) / 3) * 4]));
    const key = newKey();
    const again = [blind(7, names(0, 5), key, 64), blind(8, names(0, 5), key, 64)].map((one) => pack(one.points));
    expect(again[0]).not.toBe(again[1]);
    expect(() => blind(7, names(0, 65), key, 64)).toThrow(/64/);
    expect(() => unpack(messages[0], 63)).toThrow(/63/);
    expect(() => raise([new Uint8Array(32).fill(255)], key)).toThrow(/point/);
  });
});

describe('cells of a volume', () => {
  it('share one with every volume that comes nearer than the minima', () => {
    const random = seeded(77);
    const raster = makeRaster(EXAMPLE_RULES.grid);
    const start = Date.parse('2026-11-25T12:00:00Z');
    const volume = (): Volume4D => {
      const low = 3_000 + random() * 1_500;
      const from = start + random() * 3_600_000;
      return {
        outline: anyOutline(random, move({ lat: 35, lon: 38 }, random() * 360, random() * 25_000), 9_000),
        altitudeLowerMetres: low,
        altitudeUpperMetres: low + 300,
        start: from,
        end: from + 600_000,
      };
    };
    let near = 0;
    for (let i = 0; i < 300; i++) {
      const [a, b] = [volume(), volume()];
      const height = Math.max(
        a.altitudeLowerMetres - b.altitudeUpperMetres,
        b.altitudeLowerMetres - a.altitudeUpperMetres,
      );
      const time = Math.max(a.start - b.end, b.start - a.end);
      if (height >= 600 || time >= 600_000 || metresBetweenShapes(prepared(a).shape, prepared(b).shape) >= 18_520)
        continue;
      near += 1;
      const other = new Set(tokensOf(EXAMPLE_RULES, raster, [b], SET_SIZE));
      expect((tokensOf(EXAMPLE_RULES, raster, [a], SET_SIZE) ?? []).some((token) => other.has(token))).toBe(true);
    }
    expect(near).toBeGreaterThan(50);
  });
});

/** A message of a test site; the product's is ten times as large. */
const SMALL = 1_024;

describe('two sites', () => {
  it('find their conflict without an arbiter, once an epoch, and can be audited', async () => {
    const world = testWorld(5, Date.parse('2026-11-25T12:00:00Z'));
    const site = async () => {
      const db = await testDatabase('airspace');
      return { db, mode: await PrivateMode.start(world, new Journal(db, () => {}), EXAMPLE_RULES, SMALL) };
    };
    const [a, b] = [await site(), await site()];
    const at = (lat: number, lon: number, minutes: number) => ({
      class: 'manned' as const,
      version: undefined,
      volumes: [
        {
          outline: { circle: { lat, lon, radiusMetres: 5_000 } },
          altitudeLowerMetres: 3_000,
          altitudeUpperMetres: 3_500,
          start: world.clock.now() + minutes * 60_000,
          end: world.clock.now() + (minutes + 20) * 60_000,
        },
      ],
    });
    const meets = await a.mode.declare(at(35, 38, 30));
    const alone = await a.mode.declare(at(33, 36, 30));
    await b.mode.declare(at(35.05, 38.05, 30));
    const verdicts = (mode: PrivateMode) =>
      Object.fromEntries(
        (mode.overview().declarations as { id: string; verdict: string }[]).map((one) => [one.id, one.verdict]),
      );
    expect(verdicts(a.mode)).toEqual({ [meets.id]: 'unknown', [alone.id]: 'unknown' });

    let sent = '';
    const peer: Peer = {
      commit: (epoch, commitment) => b.mode.takeCommit(epoch, commitment),
      round1: (epoch, points) => {
        sent = points;
        return b.mode.takeRound1(epoch, points);
      },
      round2: (epoch, raised) => b.mode.takeRound2(epoch, raised),
    };
    await a.mode.lead(peer);
    expect(verdicts(a.mode)).toEqual({ [meets.id]: 'conflict', [alone.id]: 'clear' });
    expect(Object.values(verdicts(b.mode))).toEqual(['conflict']);
    expect(sent).toHaveLength(Math.ceil((SMALL * 32) / 3) * 4);

    const late = await a.mode.declare(at(35, 38, 30));
    expect(verdicts(a.mode)[late.id]).not.toBe('clear');
    await expect(b.mode.takeRound1(b.mode.epochNow(), sent)).rejects.toThrow(/one set an epoch/);
    await expect(b.mode.takeCommit(b.mode.epochNow(), 'f'.repeat(64))).rejects.toThrow(/commits once/);

    const [opening] = await a.mode.openings();
    const [heard] = await b.db.rows<{ body: string }>(
      "select body from airspace_documents where kind = 'private.peer'",
    );
    const { commitment } = JSON.parse(heard?.body ?? '{}') as { commitment: string };
    if (!opening) throw new Error('no opening');
    expect(openingHolds(opening, commitment, unpack(sent, SMALL))).toBe(true);
    expect(openingHolds({ ...opening, tokens: opening.tokens.slice(1) }, commitment, unpack(sent, SMALL))).toBe(false);
    for (const { mode, db } of [a, b]) {
      await mode.close();
      await db.close();
    }
  });

  it('answer their desks while a set of the product’s size is raised, and refuse what is no point', async () => {
    const worker = new PsiWorker();
    const key = newKey();
    const points = blind(1, ['1/1/1'], newKey(), 2_000).points;
    await worker.raise(points.slice(0, 1), key);
    let beats = 0;
    const timer = setInterval(() => {
      beats += 1;
    }, 5);
    const raised = await worker.raise(points, key);
    clearInterval(timer);
    expect(beats).toBeGreaterThan(5);
    expect(raised).toEqual(raise(points, key));
    await expect(worker.raise([new Uint8Array(32).fill(255)], key)).rejects.toThrow(/point/);
    await worker.close();
  });
});
