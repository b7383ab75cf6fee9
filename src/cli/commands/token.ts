/** hudna token create: a token for a program of an organisation. The secret is printed once and kept nowhere. */
import { Command } from 'commander';
import { ROLES } from '../../access/index.ts';
import { DATA_OPTION, onDataFolder } from '../data-folder.ts';

export function command(): Command {
  const token = new Command('token').description('tokens of programs');
  token
    .command('create')
    .description('make a token; it is shown once')
    .requiredOption('--org <organisation>', 'organisation')
    .requiredOption('--role <role>', `role: ${ROLES.join(', ')}`)
    .option('--json', 'print JSON')
    .option(...DATA_OPTION)
    .exitOverride()
    .action(async (options: { org: string; role: string; json?: boolean; data: string }) => {
      const made = (await onDataFolder(options, 'token-create', { organisation: options.org, role: options.role })) as {
        token: string;
      };
      process.stdout.write(options.json ? `${JSON.stringify(made)}\n` : `${made.token}\n`);
    });
  return token;
}
