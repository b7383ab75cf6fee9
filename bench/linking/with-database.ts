/** What adding one report costs with the database: the whole verb, entry and fold included, until it is durable. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReport } from '../../src/claims/index.ts';
import { silentLog } from '../../src/core/index.ts';
import { openHouse } from '../../src/server/index.ts';
import { checkReport, receiveReport } from '../../src/sources/index.ts';
import type { GeneratedReport } from '../../test/support/reports/plain.ts';

/** Milliseconds of each report's linking, in order; on a fresh data folder, or the server of `url`. */
export async function linkIntoDatabase(reports: readonly GeneratedReport[], url?: string): Promise<number[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hudna-bench-'));
  const house = await openHouse({ dataDir, databaseUrl: url, log: silentLog });
  const ctx = house.ctx();
  const times: number[] = [];
  try {
    for (const { line } of reports) {
      const source = { name: line.source, kind: 'newspaper' };
      const text = `Report ${line.id} of ${line.event?.place_text ?? 'a place'}.`;
      const checked = checkReport({ ...line, source, text, visibility: 'public' }, house.plausible());
      if ('reason' in checked) continue;
      const { id } = await receiveReport(ctx, checked.report);
      await readReport(ctx, house.reading, id);
      const started = performance.now();
      await house.incidents.linkReport(ctx, id);
      times.push(performance.now() - started);
    }
  } finally {
    await house.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return times;
}
