/**
 * RFC 6962 / RFC 9162 hashing: a leaf and a pair of subtrees are hashed apart, so that neither can pose as the other.
 * Sizes and indexes are plain numbers up to 2^53 - 1: no bit operators here, they would cut at 32 bits.
 */
import { concat } from './bytes.ts';
import type { Crypto } from './crypto.ts';

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

export const hashLeaf = (crypto: Crypto, leaf: Uint8Array): Uint8Array => crypto.sha256(concat(LEAF_PREFIX, leaf));

export const hashNode = (crypto: Crypto, left: Uint8Array, right: Uint8Array): Uint8Array =>
  crypto.sha256(concat(NODE_PREFIX, left, right));

/** The root of the empty tree. */
export const emptyRoot = (crypto: Crypto): Uint8Array => crypto.sha256(new Uint8Array(0));

/** A complete subtree: the 2^level leaves from index * 2^level. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** The entries D[start, end) whose subtree hash is wanted. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The largest power of two that is smaller than n (n ≥ 2). */
export function splitPoint(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/**
 * The complete subtrees that make up a range, left to right. The range must be one that a Merkle tree has: it starts at
 * a multiple of the smallest power of two that holds its length.
 */
export function nodesOf(range: Range): TreeNode[] {
  const nodes: TreeNode[] = [];
  let { start } = range;
  while (start < range.end) {
    let level = 0;
    let width = 1;
    while (start + width * 2 <= range.end && start % (width * 2) === 0) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: start / width });
    start += width;
  }
  return nodes;
}

/** The subtree hash of a range from the hashes of its `nodesOf`, in the same order. */
export function foldNodes(crypto: Crypto, hashes: readonly Uint8Array[]): Uint8Array {
  const last = hashes.at(-1);
  if (!last) return emptyRoot(crypto);
  return hashes.slice(0, -1).reduceRight((right, left) => hashNode(crypto, left, right), last);
}
