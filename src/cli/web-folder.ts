/** Where the built web app is; built on first use when the sources are newer than what was built. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { declareProblem, Problem } from '../core/index.ts';

const WEB_NOT_BUILT = declareProblem('cli/web-not-built', 500);
const BUILT = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const BUILDER = fileURLToPath(new URL('../../scripts/build-web.ts', import.meta.url));

/**
 * The folder of the built web app; undefined when it can be neither found nor built (the API still works). The build runs
 * in a process of its own, so that the server does not keep its memory and the two use both cores.
 */
export async function webFolder(): Promise<string | undefined> {
  if (existsSync(BUILDER)) {
    try {
      await promisify(execFile)(process.execPath, ['--import', import.meta.resolve('tsx'), BUILDER]);
    } catch (cause) {
      throw new Problem(WEB_NOT_BUILT, 'the web app could not be built; run npm ci, then npm run build to see why', {
        cause,
      });
    }
  }
  return webIsBuilt() ? BUILT : undefined;
}

/** Whether there is a built app, stale or not. */
export const webIsBuilt = (): boolean => existsSync(`${BUILT}index.html`);
