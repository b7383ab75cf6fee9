/**
 * Runs one operation on a data folder: through the server that holds it, else by opening the folder for as long as the
 * operation takes. A command never opens a folder that is held.
 */
import type { OperationName } from '../server/index.ts';
import { systemLog } from './log.ts';
import type { ShowProgress } from './progress.ts';

export interface FolderOptions {
  readonly data: string;
  readonly terms?: string | undefined;
}

/** Options that every command on a data folder has. */
export const DATA_OPTION = ['--data <dir>', 'data folder', './hudna-data'] as const;
export const TERMS_OPTION = [
  '--terms <file>',
  'terms file (default: the one in the data folder, else the shipped 2016 instrument)',
] as const;

/** The database server that the operator names, and where the data key lies if not in the data folder. */
export const operatorsDatabase = () => ({
  databaseUrl: process.env.DATABASE_URL,
  dataKeyFile: process.env.HUDNA_DATA_KEY_FILE || undefined,
});

export async function onDataFolder(
  options: FolderOptions,
  name: OperationName,
  params: unknown,
  progress: ShowProgress = () => {},
): Promise<unknown> {
  const { callServer, hasServer, OPERATIONS, openHouse } = await import('../server/index.ts');
  if (await hasServer(options.data)) return callServer(options.data, name, params, progress);
  const house = await openHouse({
    dataDir: options.data,
    ...operatorsDatabase(),
    termsFile: options.terms,
    log: systemLog,
  });
  try {
    return await OPERATIONS[name](house, params, progress);
  } finally {
    await house.close();
  }
}
