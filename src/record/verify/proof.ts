/**
 * Inclusion and consistency proofs: which hashes make one up, and whether one holds. RFC 6962 sections 2.1.1-2.1.2 for
 * the proofs, RFC 9162 sections 2.1.3.2 and 2.1.4.2 for the checks. Pure arithmetic over hashes.
 */
import { equalBytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import { hashNode, type Range, splitPoint } from './tree.ts';

/** Ranges whose subtree hashes prove entry `index` in the tree of `size`, from the leaf's sibling up. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!isIndex(index) || !isIndex(size) || index >= size)
    throw new RangeError(`no entry ${index} in a tree of ${size}`);
  const ranges: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      ranges.unshift({ start: middle, end });
      end = middle;
    } else {
      ranges.unshift({ start, end: middle });
      start = middle;
    }
  }
  return ranges;
}

/** Ranges whose subtree hashes prove that the tree of `from` is a prefix of the tree of `to`. Empty for 0 or equal. */
export function consistencyRanges(from: number, to: number): Range[] {
  if (!isIndex(from) || !isIndex(to) || from > to) throw new RangeError(`a tree of ${to} cannot extend one of ${from}`);
  if (from === 0 || from === to) return [];
  const ranges: Range[] = [];
  let [start, end] = [0, to];
  // True while the old tree's root is the left edge that the verifier already has.
  let known = true;
  while (from !== end) {
    const middle = start + splitPoint(end - start);
    if (from <= middle) {
      ranges.unshift({ start: middle, end });
      end = middle;
    } else {
      ranges.unshift({ start, end: middle });
      start = middle;
      known = false;
    }
  }
  if (!known) ranges.unshift({ start, end });
  return ranges;
}

const isIndex = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

/** The root that an inclusion proof leads to; undefined when it has the wrong length or the index is outside. */
export function rootFromInclusion(
  crypto: Crypto,
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!isIndex(index) || !isIndex(size) || index >= size) return undefined;
  let [fn, sn] = [index, size - 1];
  let root = leafHash;
  for (const hash of proof) {
    if (sn === 0) return undefined;
    if (isOdd(fn) || fn === sn) {
      root = hashNode(crypto, hash, root);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      root = hashNode(crypto, root, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? root : undefined;
}

/** True when `proof` shows the entry's leaf hash at `index` in the tree of `size` with this root. */
export function checkInclusion(
  crypto: Crypto,
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  const found = rootFromInclusion(crypto, index, size, leafHash, proof);
  return found !== undefined && equalBytes(found, root);
}

export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

/** True when `proof` shows that the tree `to` begins with the whole tree `from`. */
export function checkConsistency(crypto: Crypto, from: Head, to: Head, proof: readonly Uint8Array[]): boolean {
  if (!isIndex(from.size) || !isIndex(to.size) || from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && equalBytes(from.root, to.root);
  if (from.size === 0) return proof.length === 0;
  let [fn, sn] = [from.size - 1, to.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  // A complete old tree is its own first hash: the proof leaves it out.
  const path = fn === 0 ? [from.root, ...proof] : proof;
  const [first, ...rest] = path;
  if (!first) return false;
  let [oldRoot, newRoot] = [first, first];
  for (const hash of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      oldRoot = hashNode(crypto, hash, oldRoot);
      newRoot = hashNode(crypto, hash, newRoot);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      newRoot = hashNode(crypto, newRoot, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(oldRoot, from.root) && equalBytes(newRoot, to.root);
}
