/** A victim for the fault tests: commits 1, 2, 3… into `kept` and prints each number once it is acknowledged. */
import { silentLog } from '../../src/core/index.ts';
import { openDatabase } from '../../src/db/index.ts';

const folder = process.argv[2];
if (!folder) throw new Error('usage: commit-forever DATA-FOLDER');
const db = await openDatabase({ dataDir: folder, log: silentLog });
await db.run('create table if not exists kept (x int primary key)');
const [row] = await db.rows<{ top: number | null }>('select max(x) top from kept');
for (let x = (row?.top ?? 0) + 1; ; x++) {
  await db.run('insert into kept values ($1)', [x]);
  process.stdout.write(`${x}\n`);
}
