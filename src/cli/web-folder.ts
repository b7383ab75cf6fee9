/** Where the built web app is; built on first use when the sources are newer than what was built. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const DEFAULT_PORT = 2254;

/** The folder of the built web app; undefined when it can be neither found nor built (the API still works). */
export async function webFolder(): Promise<string | undefined> {
  const built = fileURLToPath(new URL('../../dist/web/', import.meta.url));
  const builder = new URL('../../scripts/build-web.ts', import.meta.url);
  if (existsSync(fileURLToPath(builder))) {
    const { buildWeb } = (await import(builder.href)) as { buildWeb(): Promise<void> };
    await buildWeb();
  }
  return existsSync(`${built}index.html`) ? built : undefined;
}
