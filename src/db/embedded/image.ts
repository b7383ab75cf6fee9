/**
 * The prepared cluster: making one takes the engine many seconds, unpacking one takes a fraction. The folder appears
 * under its name only when every byte of it is on the disk, so a kill at any moment leaves nothing or all of it.
 */
import {
  chmodSync,
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { Problem } from '../../core/index.ts';
import { FOLDER_UNUSABLE } from '../problems.ts';
import { fsyncPath, fsyncTree } from './disk.ts';

const BLOCK = 512;
const TYPE_FOLDER = '5';
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** The committed image (scripts/make-image.ts), in the sources or beside the built file. */
function imagePath(): URL {
  const places = [new URL('../image/cluster.tar.br', import.meta.url), new URL('./cluster.tar.br', import.meta.url)];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Problem(FOLDER_UNUSABLE, 'the prepared database image is missing from this installation');
  return found;
}

/** The whole image as a plain archive, for a database in memory. */
export const readImage = (): Buffer => brotliDecompressSync(readFileSync(imagePath()));

/** Makes the cluster folder when it is absent. True when it was made now. */
export async function prepareCluster(folder: string): Promise<boolean> {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  removeLeftovers(parent, `${folder}.making-`);
  if (existsSync(folder)) {
    if (existsSync(join(folder, 'PG_VERSION'))) return false;
    throw new Problem(FOLDER_UNUSABLE, `${folder} exists and is not a database; move it away`, { where: folder });
  }
  const making = `${folder}.making-${process.pid}`;
  mkdirSync(making, { mode: FOLDER_MODE });
  await unpack(createReadStream(imagePath()).pipe(createBrotliDecompress()), making);
  fsyncTree(making);
  renameSync(making, folder);
  fsyncPath(parent);
  return true;
}

function removeLeftovers(parent: string, prefix: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (path.startsWith(prefix)) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Unpacks a plain ustar archive of files and folders while it streams: whole, it is large beside what a server keeps in
 * memory. Refuses a name that leaves `folder`.
 */
async function unpack(archive: AsyncIterable<Buffer>, folder: string): Promise<void> {
  const bytes = new Incoming(archive);
  for (;;) {
    const header = await bytes.exactly(BLOCK);
    if (header[0] === 0) break;
    const name = normalize(`${field(header, 345, 155)}/${field(header, 0, 100)}`).replace(/^[/.]+/, '');
    if (name.split('/').includes('..')) throw new Error(`the image holds a bad name: ${name}`);
    const path = join(folder, name);
    if (field(header, 156, 1) === TYPE_FOLDER) mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
    else await writeEntry(path, Number.parseInt(field(header, 124, 12).trim() || '0', 8), bytes);
  }
  chmodSync(folder, FOLDER_MODE);
}

async function writeEntry(path: string, size: number, bytes: Incoming): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
  const file = openSync(path, 'w', FILE_MODE);
  try {
    for (let left = size; left > 0; ) {
      const part = await bytes.upTo(left);
      for (let at = 0; at < part.length; ) at += writeSync(file, part, at);
      left -= part.length;
    }
  } finally {
    closeSync(file);
  }
  if (size % BLOCK > 0) await bytes.exactly(BLOCK - (size % BLOCK));
}

/** Bytes of a stream, taken in the portions that the reader needs. */
class Incoming {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** At least one byte and at most `most`. */
  async upTo(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done) throw new Error('the image ends too early');
      this.#rest = next.value;
    }
    const part = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(part.length);
    return part;
  }

  async exactly(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const part = await this.upTo(left);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
}

function field(header: Buffer, start: number, length: number): string {
  const raw = header.subarray(start, start + length);
  const end = raw.indexOf(0);
  return raw.subarray(0, end < 0 ? length : end).toString('utf8');
}
