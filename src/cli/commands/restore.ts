/** hudna restore: a backup into a new data folder, whole or not at all. */
import { Command } from 'commander';
import { dataKeyPath } from '../../db/index.ts';
import { DATA_OPTION, operatorsDatabase, TERMS_OPTION } from '../data-folder.ts';
import { systemLog } from '../log.ts';
import { progressLine } from '../progress.ts';
import { secretKeysIn } from '../secret-keys.ts';

interface RestoreOptions {
  readonly data: string;
  readonly record?: string;
  readonly terms?: string;
  readonly identity?: string;
  readonly dataKey?: string;
}

export function command(): Command {
  return new Command('restore')
    .description('restore a backup into a new data folder')
    .argument('<file>', 'file that hudna backup wrote')
    .option('--record <dir>', 'folder record of the data folder that was backed up: the log, its key and its policy')
    .option('--identity <file>', 'file with the age secret key that opens a sealed backup')
    .option('--data-key <file>', 'copy of the data key (keys/data.key), for a backup that is not sealed')
    .option('--json', 'the answer as JSON (it always is)')
    .option(...DATA_OPTION)
    .option(...TERMS_OPTION)
    .action(async (file: string, options: RestoreOptions) => {
      const { bringDataKey, bringRecord, openHouse, readBackup } = await import('../../server/index.ts');
      const keys = options.identity === undefined ? [] : await secretKeysIn(options.identity);
      await bringDataKey(file, operatorsDatabase().dataKeyFile ?? dataKeyPath(options.data), keys, options.dataKey);
      if (options.record !== undefined) bringRecord(options.record, options.data);
      const house = await openHouse({
        dataDir: options.data,
        ...operatorsDatabase(),
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
