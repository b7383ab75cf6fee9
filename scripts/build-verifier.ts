/** Builds dist/hudna-verify.mjs: `hudna verify` as one file that needs nothing but Node 20. */
import { chmodSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Bundles to `outfile`. The same sources give the same bytes. */
export async function buildVerifier(outfile: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  await build({
    entryPoints: [`${ROOT}src/record/verify/command/main.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    legalComments: 'none',
    banner: { js: `#!/usr/bin/env node\n// Hudna ${version}: verifies a record offline. Apache-2.0.` },
  });
  chmodSync(outfile, 0o755);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outfile = `${ROOT}dist/hudna-verify.mjs`;
  await buildVerifier(outfile);
  console.log(outfile);
}
