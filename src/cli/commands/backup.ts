/** hudna backup: one file with everything the database holds. Works while a server runs. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { DATA_OPTION, onDataFolder } from '../data-folder.ts';
import { progressLine } from '../progress.ts';

export function command(): Command {
  return new Command('backup')
    .description('write a backup of a data folder; the file appears only when it is whole')
    .argument('<file>', 'file to write (gzip)')
    .option('--recipient <key...>', 'seal it to these age public keys; without one it is readable to whoever has it')
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
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    });
}
