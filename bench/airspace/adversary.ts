/**
 * What a party learns that spends its whole budget on questions: it asks, over and over, for the largest volumes that
 * the caps allow where the other side most likely flies, and colours every cell that is answered as taken.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arbiter } from '../../src/airspace/blind/arbiter.ts';
import { hotlineCard } from '../../src/airspace/blind/card.ts';
import { cellsOf } from '../../src/airspace/blind/cells.ts';
import { Journal } from '../../src/airspace/journal.ts';
import type { Volume4D } from '../../src/airspace/model.ts';
import { EXAMPLE_RULES } from '../../src/airspace/rules/example.ts';
import { seeded } from '../../src/airspace/testing/shapes.ts';
import { MACHINE, silentLog, systemRandom } from '../../src/core/index.ts';
import { openDatabase } from '../../src/db/index.ts';
import { DAY, row } from './world.ts';

const HOUR = 3_600_000;

export async function adversary(): Promise<void> {
  const db = await openDatabase({
    program: 'airspace',
    dataDir: mkdtempSync(join(tmpdir(), 'hudna-adversary-')),
    log: silentLog,
  });
  const world = { clock: { now: () => DAY }, random: systemRandom, log: silentLog, actor: MACHINE };
  const rules = { ...EXAMPLE_RULES };
  const arbiter = await Arbiter.start(world, new Journal(db, () => {}), rules, hotlineCard);
  const random = seeded(8);
  const secret: Volume4D[] = [];
  for (let i = 0; i < 120; i++) {
    const start = DAY + (1 + random() * 22) * HOUR;
    const altitudeLowerMetres = 3_000 + random() * 5_000;
    const volume = {
      outline: {
        circle: { lat: 33 + random() * 3.5, lon: 36.5 + random() * 4.5, radiusMetres: 8_000 + random() * 7_000 },
      },
      altitudeLowerMetres,
      altitudeUpperMetres: altitudeLowerMetres + 1_000,
      start,
      end: start + HOUR,
    };
    secret.push(volume);
    await arbiter.declare('bravo', { class: 'manned', volumes: [volume], version: undefined });
  }
  const key = ({ square, band, slot }: { square: number; band: number; slot: number }) => `${square}/${band}/${slot}`;
  const truth = new Set((cellsOf(arbiter.book.raster, secret, Number.MAX_SAFE_INTEGER) ?? []).map(key));
  const learnt = new Set<string>();
  let asked = 0;
  for (let spent = false; !spent; ) {
    const start = DAY + (1 + Math.floor(random() * 20)) * HOUR;
    const low = 3_000 + Math.floor(random() * 5) * 900;
    const volume = {
      outline: { circle: { lat: 33 + random() * 3.5, lon: 36.5 + random() * 4.5, radiusMetres: 35_000 } },
      altitudeLowerMetres: low,
      altitudeUpperMetres: low + 899,
      start,
      end: start + 2 * HOUR - 1,
    };
    try {
      const answer = await arbiter.whatIf('alpha', { class: 'manned', volumes: [volume], version: undefined });
      asked += 1;
      const cells = cellsOf(arbiter.book.raster, [volume], Number.MAX_SAFE_INTEGER) ?? [];
      for (const [i, bit] of [...String(answer.taken)].entries()) {
        const cell = cells[i];
        if (bit === '1' && cell) learnt.add(key(cell));
      }
    } catch {
      spent = true;
    }
  }
  const right = [...learnt].filter((cell) => truth.has(cell)).length;
  row(
    'adversary with its whole budget',
    `${((right / truth.size) * 100).toFixed(1)} % of ${truth.size} cells, ${asked} questions`,
    '< 10 %',
  );
  await db.close();
}
