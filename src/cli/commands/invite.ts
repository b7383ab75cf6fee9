/** hudna invite: a one-time link by which a person opens an account of an organisation with a passkey. Printed once. */
import { Command } from 'commander';
import { PERSON_ROLES } from '../../access/index.ts';
import { DATA_OPTION, onDataFolder } from '../data-folder.ts';
import { DEFAULT_PORT } from '../ports.ts';

export function command(): Command {
  return new Command('invite')
    .description('a one-time link for a person; inviting an administrator is an open entry of the record')
    .requiredOption('--org <organisation>', 'organisation')
    .requiredOption('--role <role...>', `one or more roles: ${PERSON_ROLES.join(', ')}`)
    .requiredOption('--name <name>', 'public name: an office or a pseudonym, never a real name')
    .option('--origin <url>', 'where browsers see the server', `http://localhost:${DEFAULT_PORT}`)
    .option('--json', 'print JSON')
    .option(...DATA_OPTION)
    .action(
      async (options: { org: string; role: string[]; name: string; origin: string; json?: boolean; data: string }) => {
        const { org: organisation, role: roles, name } = options;
        const made = (await onDataFolder(options, 'invite', { organisation, roles, name })) as { path: string };
        const link = `${options.origin}${made.path}`;
        process.stdout.write(options.json ? `${JSON.stringify({ ...made, link })}\n` : `${link}\n`);
      },
    );
}
