/**
 * Builds dist/web when it is missing or older than what it is made from. `hudna demo` calls it on its first start, so a
 * clone needs no build step; an installed package ships dist/web and never gets here.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BUILT = join(ROOT, 'dist/web/index.html');
/** Everything the bundle is made from. */
const MADE_FROM = ['web', 'locales', 'src/core', 'src/record/verify', 'vite.config.ts', 'package-lock.json'];

export interface BuildResult {
  readonly built: boolean;
  readonly milliseconds: number;
  /** The folder to serve. */
  readonly folder: string;
}

/** Builds when stale (or when forced) and says whether it did. Throws what Vite throws; nothing half-built is left to serve. */
export async function buildWeb(options: { readonly force?: boolean } = {}): Promise<BuildResult> {
  const folder = join(ROOT, 'dist/web');
  if (!options.force && !isStale()) return { built: false, milliseconds: 0, folder };
  const started = performance.now();
  const { build } = await import('vite');
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' });
  return { built: true, milliseconds: Math.round(performance.now() - started), folder };
}

/** True when there is no build, or a source is newer than it. */
export function isStale(): boolean {
  if (!existsSync(BUILT)) return true;
  const built = statSync(BUILT).mtimeMs;
  return MADE_FROM.some((path) => newest(join(ROOT, path)) > built);
}

function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
