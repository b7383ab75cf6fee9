/** Durable declarations with ten clients on the embedded database: overlapping and not, and how fast alerts arrive. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arbiter } from '../../src/airspace/blind/arbiter.ts';
import { hotlineCard } from '../../src/airspace/blind/card.ts';
import { Journal } from '../../src/airspace/journal.ts';
import { EXAMPLE_RULES } from '../../src/airspace/rules/example.ts';
import { seeded } from '../../src/airspace/testing/shapes.ts';
import { MACHINE, silentLog, systemClock, systemRandom } from '../../src/core/index.ts';
import { openDatabase } from '../../src/db/index.ts';
import { percentile, row } from './world.ts';

const CLIENTS = 10;
const EACH = 40;
const HOUR = 3_600_000;

export async function declare(): Promise<void> {
  const apart = await measure(false);
  const busy = await measure(true);
  row('declare, durable, ten clients, none overlap', `${apart.rate.toFixed(0)}/s, p95 ${apart.p95.toFixed(0)} ms`);
  row(
    'declare, durable, ten clients, all overlap',
    `${busy.rate.toFixed(0)}/s, p95 ${busy.p95.toFixed(0)} ms`,
    '≥ 60/s, p95 ≤ 100 ms',
  );
  row('  overlapping over not overlapping', (busy.rate / apart.rate).toFixed(2), '≥ 0.8');
  row('alert to both sides after the request', `p99 ${busy.alert.toFixed(0)} ms`, '≤ 200 ms');
  row('  skew between the two sides', `p99 ${busy.skew.toFixed(2)} ms`, '≤ 50 ms');
}

async function measure(overlap: boolean): Promise<{ rate: number; p95: number; alert: number; skew: number }> {
  const db = await openDatabase({
    program: 'airspace',
    dataDir: mkdtempSync(join(tmpdir(), 'hudna-declare-')),
    log: silentLog,
  });
  const world = { clock: systemClock, random: systemRandom, log: silentLog, actor: MACHINE };
  const rules = { ...EXAMPLE_RULES, caps: { ...EXAMPLE_RULES.caps, cellsPerDay: 10_000_000 } };
  const arbiter = await Arbiter.start(world, new Journal(db, () => {}), rules, hotlineCard);
  const random = seeded(overlap ? 1 : 2);
  const heard = new Map<string, number[]>();
  arbiter.onTell((party) => heard.set(party, [...(heard.get(party) ?? []), performance.now()]));
  const times: number[] = [];
  const alerts: number[] = [];
  const skews: number[] = [];
  let made = 0;
  const client = async (n: number): Promise<void> => {
    for (let i = 0; i < EACH; i++) {
      made += 1;
      // Busy airspace: everything meets the few of the other side that are near, spread so that a knot stays small.
      const place = overlap ? Math.floor(made / 6) : made;
      const at = {
        lat: 20 + (place % 40) * 0.8,
        lon: (overlap ? 0 : 5) + Math.floor(place / 40) * 0.9 + (overlap ? random() * 0.05 : 0),
      };
      const start = Date.now() + HOUR;
      const volume = {
        outline: { circle: { ...at, radiusMetres: 8_000 } },
        altitudeLowerMetres: 3_000,
        altitudeUpperMetres: 3_900,
        start,
        end: start + HOUR,
      };
      const before = { alpha: heard.get('alpha')?.length ?? 0, bravo: heard.get('bravo')?.length ?? 0 };
      const from = performance.now();
      const answer = await arbiter.declare(n % 2 === 0 ? 'alpha' : 'bravo', {
        class: 'manned',
        volumes: [volume],
        version: undefined,
      });
      times.push(performance.now() - from);
      await new Promise((resolve) => setImmediate(resolve));
      const [a, b] = [heard.get('alpha')?.[before.alpha], heard.get('bravo')?.[before.bravo]];
      if (answer.alert && a && b) {
        alerts.push(Math.max(a, b) - from);
        skews.push(Math.abs((heard.get('alpha')?.at(-1) ?? 0) - (heard.get('bravo')?.at(-1) ?? 0)));
      }
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));
  const seconds = (performance.now() - from) / 1000;
  await db.close();
  for (const list of [times, alerts, skews]) list.sort((a, b) => a - b);
  return {
    rate: (CLIENTS * EACH) / seconds,
    p95: percentile(times, 0.95),
    alert: percentile(alerts, 0.99),
    skew: percentile(skews, 0.99),
  };
}
