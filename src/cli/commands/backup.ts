/**
 * hudna backup: one file with everything the database holds. Works while a server runs. Without a recipient the data key
 * stays out of it, and so words and places are not readable in it.
 */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { DATA_OPTION, onDataFolder } from '../data-folder.ts';
import { progressLine } from '../progress.ts';

const WITHOUT_KEY =
  'The data key is not in this file: words and places open only with a copy of it (keys/data.key), kept elsewhere.';

export function command(): Command {
  return new Command('backup')
    .description('write a backup of a data folder; the file appears only when it is whole')
    .argument('<file>', 'file to write (gzip)')
    .option('--recipient <key...>', 'seal it to these age public keys, the data key with it')
    .option('--json', 'the answer as JSON (it always is)')
    .option(...DATA_OPTION)
    .action(async (file: string, options: { data: string; recipient?: readonly string[] }) => {
      const progress = progressLine({ rows: 'rows written' });
      const answer = await onDataFolder(
        options,
        'backup',
        { path: resolve(file), recipients: options.recipient ?? [] },
        progress.show,
      );
      progress.end();
      if (options.recipient === undefined) process.stderr.write(`${WITHOUT_KEY}\n`);
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    });
}
