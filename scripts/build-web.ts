/**
 * Builds dist/web when it is missing or older than what it is made from. `hudna demo` calls it on its first start, so a
 * clone needs no build step; an installed package ships dist/web and never gets here. The build is made beside and put
 * in place by a rename: two processes may build at once, and a failed build leaves the old one.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = join(ROOT, 'dist/web');
/** Everything the bundle is made from. */
const MADE_FROM = ['web', 'locales', 'src/core', 'src/record/verify', 'vite.config.ts', 'package-lock.json'];

export interface BuildResult {
  readonly built: boolean;
  readonly milliseconds: number;
  /** The folder to serve. */
  readonly folder: string;
}

/** Builds when stale (or when forced) and says whether it did. Throws what Vite throws. */
export async function buildWeb(options: { readonly force?: boolean } = {}): Promise<BuildResult> {
  if (!options.force && !isStale()) return { built: false, milliseconds: 0, folder: FOLDER };
  const started = performance.now();
  // A build made inside a test is the same as any other: React without its development checks.
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  const beside = `${FOLDER}.${process.pid}.${Math.round(started)}`;
  try {
    const { build } = await import('vite');
    await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', build: { outDir: beside } });
    putInPlace(beside);
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = environment;
    rmSync(beside, { recursive: true, force: true });
  }
  return { built: true, milliseconds: Math.round(performance.now() - started), folder: FOLDER };
}

function putInPlace(beside: string): void {
  const old = `${beside}.old`;
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  if (existsSync(FOLDER)) renameSync(FOLDER, old);
  renameSync(beside, FOLDER);
  rmSync(old, { recursive: true, force: true });
}

/** True when there is no build, or a source is newer than it. */
export function isStale(): boolean {
  const built = join(FOLDER, 'index.html');
  if (!existsSync(built)) return true;
  const at = statSync(built).mtimeMs;
  return MADE_FROM.some((path) => newest(join(ROOT, path)) > at);
}

function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
