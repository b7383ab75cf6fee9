/** hudna migrate: brings the database to this version. Every start does it too; this does only that. */
import { mkdirSync } from 'node:fs';
import { Command } from 'commander';
import { openDatabase } from '../../db/index.ts';
import { DATA_OPTION, operatorsDatabase } from '../data-folder.ts';
import { systemLog } from '../log.ts';

export function command(): Command {
  return new Command('migrate')
    .description('bring the database of a data folder to this version')
    .option(...DATA_OPTION)
    .action(async (options: { data: string }) => {
      mkdirSync(options.data, { recursive: true, mode: 0o700 });
      const db = await openDatabase({ dataDir: options.data, ...operatorsDatabase(), log: systemLog });
      const applied = await db.rows<{ name: string }>('select name from migrations order by name');
      await db.close();
      process.stdout.write(`${JSON.stringify({ migrations: applied.map(({ name }) => name) })}\n`);
    });
}
