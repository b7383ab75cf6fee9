/** A log's files behind their prefix, wherever they lie, and the tree's hashes read from them. */
import type { Crypto } from './crypto.ts';
import { hashRun, placeOf, splitTile, TILE_WIDTH, type Tile, tilePath, tileWidth } from './tiles.ts';
import { foldNodes, nodesOf, type Range, type TreeNode } from './tree.ts';

export interface LogSource {
  /** Bytes of a file, undefined when it is not there. Throws `SourceError` when it cannot be read or is over the limit. */
  read(path: string, limit: number): Promise<Uint8Array | undefined>;
}

export class SourceError extends Error {
  readonly path: string;

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = 'SourceError';
    this.path = path;
  }
}

export const CHECKPOINT_LIMIT = 1_000_000;
/** A full tile is 8,192 bytes; a longer file is read all the same, to say where it is wrong. */
export const TILE_LIMIT = 65_536;
/** 256 entries of the largest size that the format allows. */
export const BUNDLE_LIMIT = TILE_WIDTH * (0xffff + 2);

export interface FoundTile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** True when the full tile was found in place of the partial one: it holds more than was asked for. */
  readonly full: boolean;
}

/** A tile's file; for a partial one the full one may stand in, as tlog-tiles allows. */
export async function readTile(source: LogSource, tile: Tile, limit: number): Promise<FoundTile | undefined> {
  const path = tilePath(tile);
  const bytes = await source.read(path, limit);
  if (bytes) return { path, bytes, full: false };
  if (tile.width === TILE_WIDTH) return undefined;
  const fullPath = tilePath({ ...tile, width: TILE_WIDTH });
  const fullBytes = await source.read(fullPath, limit);
  return fullBytes && { path: fullPath, bytes: fullBytes, full: true };
}

export class MissingTile extends Error {
  readonly path: string;
  readonly firstIndex: number;

  constructor(path: string, firstIndex: number) {
    super(`${path} is missing or cut short`);
    this.name = 'MissingTile';
    this.path = path;
    this.firstIndex = firstIndex;
  }
}

/** Hashes of a log's tree of `size`, read from its tiles. Nothing it gives is trusted until a root bears it out. */
export class TileTree {
  readonly #crypto: Crypto;
  readonly #source: LogSource;
  readonly #size: number;
  readonly #cache = new Map<string, readonly Uint8Array[]>();

  constructor(crypto: Crypto, source: LogSource, size: number) {
    this.#crypto = crypto;
    this.#source = source;
    this.#size = size;
  }

  /** Subtree hashes of the ranges, in order. Throws `MissingTile` when a tile that this size needs is not there. */
  async hashes(ranges: readonly Range[]): Promise<Uint8Array[]> {
    const result: Uint8Array[] = [];
    for (const range of ranges) {
      const parts: Uint8Array[] = [];
      for (const node of nodesOf(range)) parts.push(await this.#node(node));
      result.push(foldNodes(this.#crypto, parts));
    }
    return result;
  }

  /** The root of the tree's first `size` entries. */
  async root(size: number): Promise<Uint8Array> {
    const [root] = await this.hashes([{ start: 0, end: size }]);
    return root ?? foldNodes(this.#crypto, []);
  }

  /** The leaf hash of one entry. */
  async leaf(index: number): Promise<Uint8Array> {
    return this.#node({ level: 0, index });
  }

  async #node(node: TreeNode): Promise<Uint8Array> {
    const place = placeOf(node);
    const tile = await this.#tile({
      level: place.level,
      n: place.n,
      width: tileWidth(this.#size, place.level, place.n),
    });
    return hashRun(this.#crypto, tile.slice(place.offset, place.offset + place.count));
  }

  async #tile(tile: Tile & { level: number }): Promise<readonly Uint8Array[]> {
    const path = tilePath(tile);
    const known = this.#cache.get(path);
    if (known) return known;
    const found = await readTile(this.#source, tile, TILE_LIMIT);
    const hashes = found && splitTile(found.bytes, tile.width, found.full);
    if (!hashes) throw new MissingTile(path, tile.n * TILE_WIDTH ** (tile.level + 1));
    if (this.#cache.size > 512) this.#cache.clear();
    this.#cache.set(path, hashes);
    return hashes;
  }
}
