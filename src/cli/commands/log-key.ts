/** hudna log-key: the next key of the log, for two organisations to decide about (docs/operate.md). */
import { Command } from 'commander';
import { DATA_OPTION, onDataFolder } from '../data-folder.ts';

export function command(): Command {
  const logKey = new Command('log-key').description('the key with which the log signs');
  logKey
    .command('prepare')
    .description('make the next key beside the one in force, or say which lies prepared; its public half is printed')
    .option('--json', 'print JSON')
    .option(...DATA_OPTION)
    .exitOverride()
    .action(async (options: { json?: boolean; data: string }) => {
      const made = (await onDataFolder(options, 'log-key-prepare', {})) as { logKey: string };
      process.stdout.write(options.json ? `${JSON.stringify(made)}\n` : `${made.logKey}\n`);
    });
  return logKey;
}
