/**
 * C2SP tlog-tiles: where the hashes and entries of a tree lie in files, and what a file must hold. Paths are relative to
 * the log's prefix. Pure: reading the files is somebody else's work.
 */
import { type Crypto, HASH_SIZE } from './crypto.ts';
import { foldNodes, hashNode, type TreeNode } from './tree.ts';

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

export interface Tile {
  /** Tile level; `entries` for a bundle, which lies beside the level-0 tile of the same number. */
  readonly level: number | 'entries';
  readonly n: number;
  /** Hashes or entries in it, 1..256. */
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]`; N in zero-padded groups of three digits, all but the last behind an x. */
export function tilePath(tile: Tile): string {
  const digits = String(tile.n);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  const number = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  const partial = tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`;
  return `tile/${tile.level}/${number}${partial}`;
}

const TILE_PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/;

/** The tile of a path; undefined for anything that tlog-tiles would not write. */
export function parseTilePath(path: string): Tile | undefined {
  const match = TILE_PATH.exec(path);
  if (!match) return undefined;
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const n = Number((match[2] ?? '').replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  if (level !== 'entries' && level > 63) return undefined;
  if (!Number.isSafeInteger(n) || width < 1) return undefined;
  if (match[3] !== undefined && width >= TILE_WIDTH) return undefined;
  const tile = { level, n, width } as const;
  return tilePath(tile) === path ? tile : undefined;
}

/** How many hashes tile level `level` has in a tree of `size`. */
export const hashesAtLevel = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level);

/** Width of tile `n` of a level in a tree of `size`; 0 when there is none. */
export function tileWidth(size: number, level: number, n: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesAtLevel(size, level) - n * TILE_WIDTH));
}

/** Number of tile levels of a tree of `size`. */
export function levelCount(size: number): number {
  let levels = 0;
  while (hashesAtLevel(size, levels) > 0) levels += 1;
  return levels;
}

/** Every hash tile of a level for a tree of `size`, in order; the last may be partial. */
export function* tilesOfLevel(size: number, level: number): Generator<Tile> {
  const count = Math.ceil(hashesAtLevel(size, level) / TILE_WIDTH);
  for (let n = 0; n < count; n++) yield { level, n, width: tileWidth(size, level, n) };
}

export interface NodePlace {
  readonly level: number;
  readonly n: number;
  /** The tile's hashes from `offset` on, `count` of them, hash up to the node. */
  readonly offset: number;
  readonly count: number;
}

/** The tile that holds a complete subtree. */
export function placeOf(node: TreeNode): NodePlace {
  const level = Math.floor(node.level / TILE_HEIGHT);
  const count = 2 ** (node.level % TILE_HEIGHT);
  const first = node.index * count;
  return { level, n: Math.floor(first / TILE_WIDTH), offset: first % TILE_WIDTH, count };
}

/** The hash of the complete subtree over a run of hashes (a power of two of them). */
export function hashRun(crypto: Crypto, hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes;
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i + 1 < row.length; i += 2) {
      above.push(hashNode(crypto, row[i] ?? new Uint8Array(0), row[i + 1] ?? new Uint8Array(0)));
    }
    row = above;
  }
  return row[0] ?? foldNodes(crypto, []);
}

/** The hashes of a tile file, or undefined when it does not hold exactly `width` of them (more is allowed if `atLeast`). */
export function splitTile(bytes: Uint8Array, width: number, atLeast = false): Uint8Array[] | undefined {
  const fits = atLeast ? bytes.length >= width * HASH_SIZE : bytes.length === width * HASH_SIZE;
  if (!fits || bytes.length % HASH_SIZE !== 0) return undefined;
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE));
}

export interface BundleReading {
  readonly entries: readonly Uint8Array[];
  /** Set when the file ends in mid-entry or goes on after the last one. */
  readonly broken: boolean;
}

/** The entries of a bundle file: big-endian uint16 lengths, at most `width` of them (a longer file is broken unless `atLeast`). */
export function splitBundle(bytes: Uint8Array, width: number, atLeast = false): BundleReading {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width && at + 2 <= bytes.length) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if (at + 2 + length > bytes.length) return { entries, broken: true };
    entries.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return { entries, broken: entries.length < width || (!atLeast && at !== bytes.length) };
}

/** One entry as a bundle holds it. Entries are at most 65,535 bytes. */
export function bundleEntry(entry: Uint8Array): Uint8Array {
  if (entry.length > 0xffff) throw new RangeError('an entry of a log is at most 65,535 bytes');
  const framed = new Uint8Array(entry.length + 2);
  framed[0] = entry.length >> 8;
  framed[1] = entry.length & 0xff;
  framed.set(entry, 2);
  return framed;
}
