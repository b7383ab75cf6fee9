/**
 * What the fault tests kill: opens a data folder and its log, appends reports one transaction after another, signs as it
 * goes. Prints `ack N` when the entry with index N is acknowledged, `signed N` when a checkpoint of N entries is out.
 */
import { join } from 'node:path';
import { MACHINE, silentLog, systemClock, systemRandom } from '../../src/core/index.ts';
import { type Ctx, openDatabase } from '../../src/db/index.ts';
import { appendAll, openLog } from '../../src/record/index.ts';

const folder = process.argv[2];
if (!folder) throw new Error('usage: victim DATA-FOLDER');
const db = await openDatabase({ dataDir: folder, log: silentLog });
const ctx: Ctx = { clock: systemClock, random: systemRandom, log: silentLog, actor: MACHINE, db, agreement: 'faults' };
const log = await openLog(ctx, { folder: join(folder, 'record'), origin: 'faults.example/log' });
process.stdout.write('open\n');

let signing = false;
for (let i = 0; ; i++) {
  const entries = Array.from({ length: 1 + (i % 5) }, (_, k) => ({
    agreement: 'faults',
    kind: 'report.received',
    object: `report:${i}-${k}`,
    visibility: k % 2 ? ('open' as const) : ('sealed' as const),
    content: { i, k },
  }));
  const written = await db.inTransaction((tx) => appendAll(tx, ctx, entries));
  process.stdout.write(`ack ${written.at(-1)?.index}\n`);
  const { refusal } = log.status();
  if (refusal !== null) throw new Error(refusal);
  if (signing || i % 7 !== 0) continue;
  signing = true;
  log
    .round()
    .then(() => process.stdout.write(`signed ${log.status().size}\n`))
    .finally(() => {
      signing = false;
    });
}
