/** How long a party waits for an answer that meets one or fifty of the other side's declarations, turn by turn. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arbiter } from '../../src/airspace/blind/arbiter.ts';
import { hotlineCard } from '../../src/airspace/blind/card.ts';
import { onTheBeat } from '../../src/airspace/http.ts';
import { Journal } from '../../src/airspace/journal.ts';
import { EXAMPLE_RULES } from '../../src/airspace/rules/example.ts';
import { MACHINE, silentLog, systemClock, systemRandom } from '../../src/core/index.ts';
import { openDatabase } from '../../src/db/index.ts';
import { percentile, row } from './world.ts';

const HOUR = 3_600_000;

export async function timing(trials: number): Promise<void> {
  const db = await openDatabase({
    program: 'airspace',
    dataDir: mkdtempSync(join(tmpdir(), 'hudna-timing-')),
    log: silentLog,
  });
  const world = { clock: systemClock, random: systemRandom, log: silentLog, actor: MACHINE };
  const rules = { ...EXAMPLE_RULES, caps: { ...EXAMPLE_RULES.caps, cellsPerDay: 100_000_000 } };
  const arbiter = await Arbiter.start(world, new Journal(db, () => {}), rules, hotlineCard);
  const input = (lon: number) => {
    const start = Date.now() + HOUR;
    const outline = { circle: { lat: 35, lon, radiusMetres: 8_000 } };
    const volume = { outline, altitudeLowerMetres: 3_000, altitudeUpperMetres: 3_900, start, end: start + HOUR };
    return { class: 'manned' as const, volumes: [volume], version: undefined };
  };
  await arbiter.declare('bravo', input(10));
  for (let i = 0; i < 50; i++) await arbiter.declare('bravo', input(38 + i * 1e-4));
  const waits: Record<'one' | 'fifty', number[]> = { one: [], fifty: [] };
  for (let i = 0; i < trials; i++) {
    for (const [many, lon] of [
      ['one', 10],
      ['fifty', 38],
    ] as const) {
      const from = performance.now();
      await onTheBeat(() => arbiter.whatIf('alpha', input(lon)));
      waits[many].push(performance.now() - from);
    }
  }
  await db.close();
  for (const list of Object.values(waits)) list.sort((a, b) => a - b);
  const [one, fifty] = [percentile(waits.one, 0.5), percentile(waits.fifty, 0.5)];
  row(
    `answer met by one or by fifty, ${trials} trials`,
    `${one.toFixed(1)} and ${fifty.toFixed(1)} ms (median), ${(Math.abs(fifty / one - 1) * 100).toFixed(1)} % apart`,
    '≤ 5 %',
  );
}
