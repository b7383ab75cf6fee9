/**
 * Makes src/db/image/cluster.tar.br, the prepared cluster of a fresh installation. Run it after the embedded engine's
 * version changed: `npx tsx scripts/make-image.ts`. The image holds no data of ours.
 */
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';

const LARGE_WINDOW = 24;
const pg = await PGlite.create();
await pg.exec('checkpoint');
const tar = Buffer.from(await (await pg.dumpDataDir('none')).arrayBuffer());
await pg.close();
const packed = brotliCompressSync(tar, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: LARGE_WINDOW },
});
writeFileSync(new URL('../src/db/image/cluster.tar.br', import.meta.url), packed);
console.log(`${tar.length} bytes packed into ${packed.length}`);
