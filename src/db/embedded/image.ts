/**
 * The prepared cluster: making one takes the engine many seconds, unpacking one takes a fraction. The folder appears
 * under its name only when every byte of it is on the disk, so a kill at any moment leaves nothing or all of it.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { Problem } from '../../core/index.ts';
import { FOLDER_UNUSABLE } from '../problems.ts';
import { fsyncPath, fsyncTree } from './disk.ts';

const BLOCK = 512;
const TYPE_FOLDER = '5';
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** The committed image (scripts/make-image.ts), in the sources or beside the built file. */
export function readImage(): Buffer {
  const places = [new URL('../image/cluster.tar.br', import.meta.url), new URL('./cluster.tar.br', import.meta.url)];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Problem(FOLDER_UNUSABLE, 'the prepared database image is missing from this installation');
  return brotliDecompressSync(readFileSync(found));
}

/** Makes the cluster folder when it is absent. True when it was made now. */
export function prepareCluster(folder: string): boolean {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  removeLeftovers(parent, `${folder}.making-`);
  if (existsSync(folder)) {
    if (existsSync(join(folder, 'PG_VERSION'))) return false;
    throw new Problem(FOLDER_UNUSABLE, `${folder} exists and is not a database; move it away`, { where: folder });
  }
  const making = `${folder}.making-${process.pid}`;
  mkdirSync(making, { mode: FOLDER_MODE });
  unpack(readImage(), making);
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

/** Unpacks a plain ustar archive of files and folders. Refuses a name that leaves `folder`. */
function unpack(archive: Buffer, folder: string): void {
  let at = 0;
  while (at + BLOCK <= archive.length && archive[at] !== 0) {
    const header = archive.subarray(at, at + BLOCK);
    const name = normalize(`${field(header, 345, 155)}/${field(header, 0, 100)}`).replace(/^[/.]+/, '');
    if (name.split('/').includes('..')) throw new Error(`the image holds a bad name: ${name}`);
    const size = Number.parseInt(field(header, 124, 12).trim() || '0', 8);
    const path = join(folder, name);
    if (field(header, 156, 1) === TYPE_FOLDER) {
      mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
    } else {
      mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
      writeFileSync(path, archive.subarray(at + BLOCK, at + BLOCK + size), { mode: FILE_MODE });
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  chmodSync(folder, FOLDER_MODE);
}

function field(header: Buffer, start: number, length: number): string {
  const raw = header.subarray(start, start + length);
  const end = raw.indexOf(0);
  return raw.subarray(0, end < 0 ? length : end).toString('utf8');
}
