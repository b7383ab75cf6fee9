/** hudna demo: serves the real 2016 sample, imported on first start through the same path as any user's files. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { countReports, readFileBounded } from '../../sources/index.ts';
import { DATA_OPTION, operatorsDatabase } from '../data-folder.ts';
import { systemLog } from '../log.ts';
import { DEFAULT_PORT } from '../ports.ts';
import { progressLine } from '../progress.ts';
import { portOf, untilStopped } from '../running.ts';
import { webFolder, webIsBuilt } from '../web-folder.ts';

interface Manifest {
  readonly openDay: string;
  readonly reports: readonly string[];
}

const SAMPLE = new URL('../../../sample/', import.meta.url);
const STAGES = {
  received: 'reports received',
  read: 'reports read',
  linked: 'reports linked',
  folded: 'days folded',
};

export function command(): Command {
  return new Command('demo')
    .description('serve the 2016 sample; the first start imports it')
    .option('--port <port>', 'port; 0 takes a free one and prints it', String(DEFAULT_PORT))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(...DATA_OPTION)
    .action(async (options: { port: string; host: string; data: string }) => {
      const { openHouse, OPERATIONS, serveHouse } = await import('../../server/index.ts');
      const manifest = JSON.parse(readFileSync(new URL('manifest.json', SAMPLE), 'utf8')) as Manifest;
      const port = portOf(options.port);
      const web = webFolder();
      // A whole build wants as much memory as the server: one after the other. A look whether it is stale wants little.
      if (!webIsBuilt()) await web;
      const house = await openHouse({ dataDir: options.data, ...operatorsDatabase(), log: systemLog });
      if ((await countReports(house.db, house.instrument.id)) < reportsIn(manifest))
        await importSample(manifest, (params, show) => OPERATIONS.import(house, params, show));
      await untilStopped(
        await serveHouse(house, {
          port,
          host: options.host,
          webDir: await web,
          sample: { openDay: manifest.openDay },
          demo: true,
        }),
      );
    });
}

/** Fewer in the folder than in the sample: a first start that was cut short goes on where it stopped. */
const reportsIn = (manifest: Manifest): number =>
  manifest.reports.reduce(
    (sum, name) => sum + readFileSync(new URL(name, SAMPLE), 'utf8').trimEnd().split('\n').length,
    0,
  );

async function importSample(
  manifest: Manifest,
  importFile: (params: unknown, show: (stage: string, done: number, total: number | null) => void) => Promise<unknown>,
): Promise<void> {
  for (const name of manifest.reports) {
    const fileName = fileURLToPath(new URL(name, SAMPLE));
    const progress = progressLine(STAGES);
    const bytes = Buffer.from(await readFileBounded(fileName)).toString('base64');
    await importFile(
      {
        fileName,
        bytes,
        format: 'report-jsonl',
        source: null,
        mapping: [],
        visibility: 'public',
        dryRun: false,
        wait: true,
      },
      progress.show,
    );
    progress.end();
  }
}
