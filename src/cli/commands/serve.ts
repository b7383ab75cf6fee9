/** hudna serve: the server of one data folder. */
import { Command } from 'commander';
import { DATA_OPTION, TERMS_OPTION } from '../data-folder.ts';
import { systemLog } from '../log.ts';
import { DEFAULT_PORT } from '../ports.ts';
import { portOf, untilStopped } from '../running.ts';
import { webFolder } from '../web-folder.ts';

export function command(): Command {
  return new Command('serve')
    .description('serve a data folder until it is stopped')
    .option('--port <port>', 'port; 0 takes a free one and prints it', String(DEFAULT_PORT))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--origin <url>', 'where browsers see this server (https://…); default: http://localhost with the port')
    .option(...DATA_OPTION)
    .option(...TERMS_OPTION)
    .action(async (options: { port: string; host: string; origin?: string; data: string; terms?: string }) => {
      const { openHouse, serveHouse } = await import('../../server/index.ts');
      const { secondReaderSettings } = await import('../../claims/index.ts');
      const secondReader = secondReaderSettings(process.env);
      const port = portOf(options.port);
      const webDir = await webFolder();
      const house = await openHouse({
        dataDir: options.data,
        databaseUrl: process.env.DATABASE_URL,
        termsFile: options.terms,
        log: systemLog,
        secondReader,
      });
      const { origin } = options;
      const running = await serveHouse(house, { port, host: options.host, webDir, sample: null, origin });
      const link = await running.firstLink();
      await untilStopped(running, link === null ? '' : `First administrator (once, within three days): ${link}\n`);
    });
}
