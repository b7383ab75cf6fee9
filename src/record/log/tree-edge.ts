/**
 * The growing edge of the log's tree: the hashes of the last, partial tile of every level, and the entries of the last
 * bundle. Takes leaves, gives the files that tlog-tiles wants for the new size. Pure: it writes nothing.
 */
import {
  BUNDLE_LIMIT,
  bundleEntry,
  type Crypto,
  concat,
  foldNodes,
  hashLeaf,
  hashRun,
  type LogSource,
  levelCount,
  nodesOf,
  readTile,
  splitBundle,
  splitTile,
  TILE_LIMIT,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from '../verify/index.ts';

export class TreeEdge {
  readonly #crypto: Crypto;
  /** #levels[L]: hashes of the partial tile of level L, fewer than 256 each. */
  readonly #levels: Uint8Array[][] = [];
  /** Framed entries of the partial bundle. */
  #bundle: Uint8Array[] = [];
  #size = 0;

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  /** The edge of a tree of `size` that lies in files; undefined when a file that it needs is missing or cut. */
  static async load(crypto: Crypto, source: LogSource, size: number): Promise<TreeEdge | undefined> {
    const edge = new TreeEdge(crypto);
    edge.#size = size;
    for (let level = 0; level < levelCount(size); level++) {
      const n = Math.floor(size / TILE_WIDTH ** (level + 1));
      const width = tileWidth(size, level, n);
      if (width === 0) {
        edge.#levels[level] = [];
        continue;
      }
      const tile = await readTile(source, { level, n, width }, TILE_LIMIT);
      const hashes = tile && splitTile(tile.bytes, width, tile.full);
      if (!hashes) return undefined;
      edge.#levels[level] = hashes;
    }
    const n = Math.floor(size / TILE_WIDTH);
    const width = tileWidth(size, 0, n);
    if (width > 0) {
      const found = await readTile(source, { level: 'entries', n, width }, BUNDLE_LIMIT);
      const bundle = found && splitBundle(found.bytes, width, found.full);
      if (!bundle || bundle.broken) return undefined;
      edge.#bundle = bundle.entries.map(bundleEntry);
    }
    return edge;
  }

  get size(): number {
    return this.#size;
  }

  /** The root of everything taken so far. */
  root(): Uint8Array {
    const parts: Uint8Array[] = [];
    // Higher levels lie to the left of lower ones.
    for (const hashes of [...this.#levels].reverse()) {
      for (const { level, index } of nodesOf({ start: 0, end: hashes.length })) {
        const width = 2 ** level;
        parts.push(hashRun(this.#crypto, hashes.slice(index * width, (index + 1) * width)));
      }
    }
    return foldNodes(this.#crypto, parts);
  }

  /** Takes leaves; the files to write: every tile and bundle that became full, and the partial ones of the new size. */
  append(leaves: readonly Uint8Array[]): Map<string, Uint8Array> {
    const files = new Map<string, Uint8Array>();
    for (const leaf of leaves) {
      this.#bundle.push(bundleEntry(leaf));
      if (this.#bundle.length === TILE_WIDTH) {
        const n = Math.floor(this.#size / TILE_WIDTH);
        files.set(tilePath({ level: 'entries', n, width: TILE_WIDTH }), concat(...this.#bundle));
        this.#bundle = [];
      }
      this.#size += 1;
      this.#push(0, hashLeaf(this.#crypto, leaf), files);
    }
    this.#addPartials(files);
    return files;
  }

  #push(level: number, hash: Uint8Array, files: Map<string, Uint8Array>): void {
    const hashes = this.#levels[level] ?? [];
    this.#levels[level] = hashes;
    hashes.push(hash);
    if (hashes.length < TILE_WIDTH) return;
    const n = Math.floor(this.#size / TILE_WIDTH ** (level + 1)) - 1;
    files.set(tilePath({ level, n, width: TILE_WIDTH }), concat(...hashes));
    this.#levels[level] = [];
    this.#push(level + 1, hashRun(this.#crypto, hashes), files);
  }

  #addPartials(files: Map<string, Uint8Array>): void {
    for (const [level, hashes] of this.#levels.entries()) {
      if (hashes.length === 0) continue;
      const n = Math.floor(this.#size / TILE_WIDTH ** (level + 1));
      files.set(tilePath({ level, n, width: hashes.length }), concat(...hashes));
    }
    if (this.#bundle.length === 0) return;
    const n = Math.floor(this.#size / TILE_WIDTH);
    files.set(tilePath({ level: 'entries', n, width: this.#bundle.length }), concat(...this.#bundle));
  }
}
