/** hudna serve: the server of one data folder. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type OidcProvider, oidcFile } from '../../access/index.ts';
import { declareProblem, Problem } from '../../core/index.ts';
import { DATA_OPTION, operatorsDatabase, TERMS_OPTION } from '../data-folder.ts';
import { systemLog } from '../log.ts';
import { DEFAULT_PORT } from '../ports.ts';
import { portOf, untilStopped } from '../running.ts';
import { webFolder } from '../web-folder.ts';

const BAD_OIDC_FILE = declareProblem('cli/bad-oidc-file', 400);

export function command(): Command {
  return new Command('serve')
    .description('serve a data folder until it is stopped')
    .option('--port <port>', 'port; 0 takes a free one and prints it', String(DEFAULT_PORT))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--origin <url>', 'where browsers see this server (https://…); default: http://localhost with the port')
    .option('--oidc <file>', 'issuers through which organisations sign in (JSON; docs/people.md)')
    .option(...DATA_OPTION)
    .option(...TERMS_OPTION)
    .action(
      async (options: { port: string; host: string; origin?: string; oidc?: string; data: string; terms?: string }) => {
        const { openHouse, serveHouse } = await import('../../server/index.ts');
        const { secondReaderSettings } = await import('../../claims/index.ts');
        const secondReader = secondReaderSettings(process.env);
        const oidc = options.oidc === undefined ? [] : providersOf(options.oidc);
        const port = portOf(options.port);
        const webDir = await webFolder();
        const house = await openHouse({
          dataDir: options.data,
          ...operatorsDatabase(),
          termsFile: options.terms,
          log: systemLog,
          secondReader,
        });
        const { origin } = options;
        const running = await serveHouse(house, { port, host: options.host, webDir, sample: null, origin, oidc });
        const link = await running.firstLink();
        await untilStopped(running, link === null ? '' : `First administrator (once, within three days): ${link}\n`);
      },
    );
}

/** The issuers of a file. Throws a Problem that names the file and what is wrong in it. */
function providersOf(path: string): OidcProvider[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Problem(BAD_OIDC_FILE, 'this is not a file of JSON that can be read', { where: path, cause });
  }
  const parsed = oidcFile.safeParse(value);
  if (parsed.success) return parsed.data.providers;
  const [issue] = parsed.error.issues;
  throw new Problem(BAD_OIDC_FILE, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as it should be'}`, {
    where: path,
  });
}
