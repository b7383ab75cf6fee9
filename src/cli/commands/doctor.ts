/** hudna doctor: what is sound and what is not; exit 1 when something is wrong. */
import { Command } from 'commander';
import type { OPERATIONS } from '../../server/index.ts';
import { DATA_OPTION, onDataFolder } from '../data-folder.ts';

export function command(): Command {
  return new Command('doctor')
    .description('examine a data folder; changes nothing')
    .option('--json', 'print JSON')
    .option(...DATA_OPTION)
    .action(async (options: { data: string; json?: boolean }) => {
      const findings = (await onDataFolder(options, 'doctor', {})) as Awaited<ReturnType<typeof OPERATIONS.doctor>>;
      const lines = findings.map(({ check, ok, found }) => `${ok ? 'ok   ' : 'WRONG'} ${check}: ${found}`);
      process.stdout.write(options.json ? `${JSON.stringify(findings)}\n` : `${lines.join('\n')}\n`);
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}
