/** Proofs against the plain recursive definitions of RFC 6962, for every size that the targets name. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naivePath, naiveRoot, naiveSubproof, sha256 } from '../../../test/support/log.ts';
import { nodeCrypto as crypto } from './node.ts';
import { checkConsistency, checkInclusion, consistencyRanges, inclusionRanges, rootFromInclusion } from './proof.ts';
import { foldNodes, hashLeaf, hashNode, nodesOf, type Range, type TreeNode } from './tree.ts';

const LARGEST = 1_100;
const leaves = Array.from({ length: LARGEST }, (_, i) => Buffer.from(`entry ${i}`));

/** Hashes of complete subtrees, each computed once. */
class Subtrees {
  readonly #known = new Map<string, Uint8Array>();
  readonly #leaf: (index: number) => Uint8Array;

  constructor(leaf: (index: number) => Uint8Array) {
    this.#leaf = leaf;
  }

  node({ level, index }: TreeNode): Uint8Array {
    const key = `${level}/${index}`;
    const known = this.#known.get(key);
    if (known) return known;
    const below = (i: number) => this.node({ level: level - 1, index: i });
    const hash = level === 0 ? this.#leaf(index) : hashNode(crypto, below(index * 2), below(index * 2 + 1));
    this.#known.set(key, hash);
    return hash;
  }

  range(range: Range): Uint8Array {
    return foldNodes(
      crypto,
      nodesOf(range).map((node) => this.node(node)),
    );
  }
}

const subtrees = new Subtrees((index) => hashLeaf(crypto, leaves[index] ?? new Uint8Array(0)));
const roots = Array.from({ length: LARGEST + 1 }, (_, size) => subtrees.range({ start: 0, end: size }));
const rootAt = (size: number): Uint8Array => roots[size] ?? new Uint8Array(0);
const leafAt = (index: number): Uint8Array => subtrees.node({ level: 0, index });

describe('the tree', () => {
  it('has the roots of RFC 6962 for sizes 0 to 1,100', () => {
    for (let size = 0; size <= LARGEST; size += size < 70 ? 1 : 41) {
      expect(Buffer.from(rootAt(size))).toEqual(naiveRoot(leaves.slice(0, size)));
    }
    expect(Buffer.from(rootAt(LARGEST))).toEqual(naiveRoot(leaves));
  });
});

describe('inclusion', () => {
  it('proofs are those of RFC 6962 for every index of small trees', () => {
    for (let size = 1; size <= 40; size++) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionRanges(index, size).map((range) => Buffer.from(subtrees.range(range)));
        expect(proof).toEqual(naivePath(index, leaves.slice(0, size)));
      }
    }
  });

  it('every entry of every tree of 1 to 1,100 is proved', () => {
    let wrong = 0;
    for (let size = 1; size <= LARGEST; size++) {
      // Every index of sizes up to 150, then a stride that over the sizes meets every residue.
      for (let index = size <= 150 ? 0 : size % 17; index < size; index += size <= 150 ? 1 : 17) {
        const proof = inclusionRanges(index, size).map((range) => subtrees.range(range));
        if (!checkInclusion(crypto, index, size, leafAt(index), proof, rootAt(size))) wrong += 1;
      }
    }
    expect(wrong).toBe(0);
  });

  it('nothing else is proved: another index, leaf, size, order, or a hash more or less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: LARGEST }), fc.nat(), fc.nat(), fc.nat(6), (size, a, b, how) => {
        const index = a % size;
        const other = b % size;
        fc.pre(other !== index);
        const proof = inclusionRanges(index, size).map((range) => subtrees.range(range));
        const check = (i: number, s: number, leaf: Uint8Array, p: readonly Uint8Array[]) =>
          checkInclusion(crypto, i, s, leaf, p, rootAt(size));
        const tries = [
          () => check(other, size, leafAt(index), proof),
          () => check(index, size, leafAt(other), proof),
          () => check(index, size, leafAt(index), proof.slice(1)),
          () => check(index, size, leafAt(index), proof.slice(0, -1)),
          () => check(index, size, leafAt(index), [...proof, rootAt(1)]),
          () => check(size + index, size, leafAt(index), proof),
          () => check(index, size, sha256('x'), proof),
        ];
        expect(tries[how]?.()).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('consistency', () => {
  it('proofs are those of RFC 6962 for every pair of small trees', () => {
    for (let to = 1; to <= 32; to++) {
      for (let from = 1; from <= to; from++) {
        const proof = consistencyRanges(from, to).map((range) => Buffer.from(subtrees.range(range)));
        expect(proof).toEqual(naiveSubproof(from, leaves.slice(0, to), true));
      }
    }
  });

  it('every tree of 1 to 1,100 extends the trees before it', () => {
    let wrong = 0;
    for (let to = 1; to <= LARGEST; to++) {
      for (let from = to <= 120 ? 0 : to % 23; from <= to; from += to <= 120 ? 1 : 23) {
        const proof = consistencyRanges(from, to).map((range) => subtrees.range(range));
        const heads = [from, to].map((size) => ({ size, root: rootAt(size) }));
        const [old, fresh] = heads;
        if (!old || !fresh || !checkConsistency(crypto, old, fresh, proof)) wrong += 1;
      }
    }
    expect(wrong).toBe(0);
  });

  it('a proof holds for no other pair of trees and in no other form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: LARGEST }), fc.nat(), fc.nat(4), (to, a, how) => {
        const from = 1 + (a % (to - 1));
        const proof = consistencyRanges(from, to).map((range) => subtrees.range(range));
        const head = (size: number, root = rootAt(size)) => ({ size, root });
        const lie = sha256('another history');
        const tries = [
          () => checkConsistency(crypto, head(from, lie), head(to), proof),
          () => checkConsistency(crypto, head(from), head(to, lie), proof),
          () => checkConsistency(crypto, head(from), head(to), proof.slice(1)),
          () => checkConsistency(crypto, head(from), head(to), [...proof, lie]),
          () => checkConsistency(crypto, head(to), head(from), proof),
        ];
        expect(tries[how]?.()).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('large trees', () => {
  it('prove 10,000 random entries and pairs up to 2^40, where bit operators would fail', () => {
    // All leaves alike: a complete subtree is known by its level alone, so no tree need be built.
    const same = new Map<number, Uint8Array>();
    const level = (n: number): Uint8Array => {
      const known = same.get(n);
      if (known) return known;
      const hash = n === 0 ? hashLeaf(crypto, Buffer.from('same')) : hashNode(crypto, level(n - 1), level(n - 1));
      same.set(n, hash);
      return hash;
    };
    const range = (r: Range) =>
      foldNodes(
        crypto,
        nodesOf(r).map((node) => level(node.level)),
      );
    const size = fc.integer({ min: 1, max: 2 ** 40 });
    fc.assert(
      fc.property(size, fc.maxSafeInteger(), (to, a) => {
        const root = range({ start: 0, end: to });
        const index = Math.abs(a) % to;
        if (a % 2 === 0) {
          const proof = inclusionRanges(index, to).map(range);
          expect(Buffer.from(rootFromInclusion(crypto, index, to, level(0), proof) ?? []).equals(root)).toBe(true);
        } else {
          const old = { size: index + 1, root: range({ start: 0, end: index + 1 }) };
          const proof = consistencyRanges(index + 1, to).map(range);
          expect(checkConsistency(crypto, old, { size: to, root }, proof)).toBe(true);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
