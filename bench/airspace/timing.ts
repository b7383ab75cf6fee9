/** How long a party waits for an answer that meets one or fifty of the other side's declarations, turn by turn. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTheBeat } from '../../src/airspace/beat.ts';
import { Arbiter } from '../../src/airspace/blind/arbiter.ts';
import { hotlineCard } from '../../src/airspace/blind/card.ts';
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
  const rules = {
    ...EXAMPLE_RULES,
    caps: { ...EXAMPLE_RULES.caps, cellsPerDay: 100_000_000, minimumLifetimeMinutes: 0 },
  };
  const arbiter = await Arbiter.start(world, new Journal(db, () => {}), rules, hotlineCard);
  const input = (lon: number) => {
    const start = Date.now() + HOUR;
    const outline = { circle: { lat: 35, lon, radiusMetres: 8_000 } };
    const volume = { outline, altitudeLowerMetres: 3_000, altitudeUpperMetres: 3_900, start, end: start + HOUR };
    return { class: 'manned' as const, volumes: [volume], version: undefined };
  };
  await arbiter.declare('bravo', input(10));
  for (let i = 0; i < 50; i++) await arbiter.declare('bravo', input(38 + i * 1e-4));
  const told = new Map<unknown, number>();
  arbiter.onTell((_, event) => {
    if (!told.has(event.declaration)) told.set(event.declaration, performance.now());
  });
  const asked = new Waits();
  const declared = new Waits();
  const alerted = new Waits();
  for (let i = 0; i < trials; i++) {
    for (const [many, lon] of [
      ['one', 10],
      ['fifty', 38],
    ] as const) {
      const from = performance.now();
      await onTheBeat(() => arbiter.whatIf('alpha', input(lon)));
      asked.add(many, performance.now() - from);
      const again = performance.now();
      const answer = await onTheBeat(() => arbiter.declare('alpha', input(lon)));
      declared.add(many, performance.now() - again);
      const { id } = answer.declaration as { id: string };
      await new Promise((resolve) => setImmediate(resolve));
      alerted.add(many, (told.get(id) ?? Number.NaN) - again);
      await arbiter.setState('alpha', id, 'ended', undefined);
    }
  }
  await db.close();
  row(`question met by one or by fifty, ${trials} trials`, asked.text(), '≤ 5 %');
  row('  declaration', declared.text(), '≤ 5 %');
  row("  the declaring side's own alert", alerted.text(), '≤ 5 %');
}

class Waits {
  private readonly lists = { one: [] as number[], fifty: [] as number[] };

  add(many: 'one' | 'fifty', ms: number): void {
    this.lists[many].push(ms);
  }

  /** Medians and means of both, and how far the means are apart. */
  text(): string {
    const { one, fifty } = this.lists;
    for (const list of [one, fifty]) list.sort((a, b) => a - b);
    const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
    const apart = Math.abs(mean(fifty) / mean(one) - 1) * 100;
    const medians = `${percentile(one, 0.5).toFixed(1)} and ${percentile(fifty, 0.5).toFixed(1)} ms`;
    return `${medians}; means ${mean(one).toFixed(1)} and ${mean(fifty).toFixed(1)}, ${apart.toFixed(1)} % apart`;
  }
}
