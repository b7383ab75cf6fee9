/** hudna restore: a backup into a new data folder, whole or not at all. */
import { Command } from 'commander';
import { DATA_OPTION, TERMS_OPTION } from '../data-folder.ts';
import { systemLog } from '../log.ts';
import { progressLine } from '../progress.ts';
import { secretKeysIn } from '../secret-keys.ts';

export function command(): Command {
  return new Command('restore')
    .description('restore a backup into a new data folder')
    .argument('<file>', 'file that hudna backup wrote')
    .option('--record <dir>', 'folder record of the data folder that was backed up: the log, its key and its policy')
    .option('--identity <file>', 'file with the age secret key that opens a sealed backup')
    .option('--json', 'the answer as JSON (it always is)')
    .option(...DATA_OPTION)
    .option(...TERMS_OPTION)
    .action(async (file: string, options: { data: string; record?: string; terms?: string; identity?: string }) => {
      const { bringRecord, openHouse, readBackup } = await import('../../server/index.ts');
      const keys = options.identity === undefined ? [] : await secretKeysIn(options.identity);
      if (options.record !== undefined) bringRecord(options.record, options.data);
      const house = await openHouse({
        dataDir: options.data,
        databaseUrl: process.env.DATABASE_URL,
        termsFile: options.terms,
        log: systemLog,
      });
      const progress = progressLine({ rows: 'rows restored' });
      try {
        const rows = await readBackup(
          house.db,
          house.instrument.id,
          file,
          (done) => progress.show('rows', done, null),
          keys,
        );
        progress.end();
        process.stdout.write(`${JSON.stringify({ rows })}\n`);
      } finally {
        await house.close();
      }
    });
}
