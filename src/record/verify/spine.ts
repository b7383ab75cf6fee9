/**
 * The part of a growing tree that has to be remembered while its entries stream by: the complete subtrees of full tiles
 * and above. From it, and the leaves of one tile, any earlier root follows.
 */
import type { Crypto } from './crypto.ts';
import { hashRun, TILE_WIDTH } from './tiles.ts';
import { foldNodes, hashNode, nodesOf } from './tree.ts';

const BLOCK_LEVEL = 8;

export class Spine {
  readonly #crypto: Crypto;
  /** #levels[k][i] is the subtree of level 8 + k with number i. */
  readonly #levels: Uint8Array[][] = [];

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  /** Number of full blocks of 256 taken in. */
  get blocks(): number {
    return this.#levels[0]?.length ?? 0;
  }

  /** Takes the hash of the next full block. */
  push(block: Uint8Array): void {
    let hash = block;
    for (let k = 0; ; k++) {
      const level = this.#levels[k] ?? [];
      this.#levels[k] = level;
      level.push(hash);
      const left = level.at(-2);
      if (level.length % 2 === 1 || !left) return;
      hash = hashNode(this.#crypto, left, hash);
    }
  }

  /** A spine with one more block, leaving this one as it is. */
  with(block: Uint8Array): Spine {
    const copy = new Spine(this.#crypto);
    for (const level of this.#levels) copy.#levels.push([...level]);
    copy.push(block);
    return copy;
  }

  /** Hash of the complete tile-level-`tileLevel` subtree `n` (tile level 1 is one block). */
  tileHash(tileLevel: number, n: number): Uint8Array | undefined {
    return this.#levels[(tileLevel - 1) * BLOCK_LEVEL]?.[n];
  }

  /** The root of the first `size` entries; `tail` are the leaf hashes from the last multiple of 256 below `size` on. */
  root(size: number, tail: readonly Uint8Array[]): Uint8Array {
    const tailStart = Math.floor(size / TILE_WIDTH) * TILE_WIDTH;
    const parts = nodesOf({ start: 0, end: size }).map(({ level, index }) => {
      if (level >= BLOCK_LEVEL) return this.#levels[level - BLOCK_LEVEL]?.[index];
      const width = 2 ** level;
      const start = index * width - tailStart;
      return hashRun(this.#crypto, tail.slice(start, start + width));
    });
    return foldNodes(
      this.#crypto,
      parts.map((part) => {
        if (!part) throw new RangeError(`the spine does not reach ${size}`);
        return part;
      }),
    );
  }
}
