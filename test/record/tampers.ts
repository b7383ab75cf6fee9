/**
 * Tampers with a sound log in every way that the record promises to show, from a seed. Each says which first bad index
 * an honest verifier can name (null where the data alone names none) and what the verifier must have been given.
 */
import { buildLog, type LogFiles, sha256, signatureOf, signedCheckpoint, testKey } from '../support/log.ts';
import { allSigners, LOG_KEY, ORIGIN, sampleLeaf, sampleLog, WITNESS_TIME, WITNESSES } from './sample-log.ts';

/** Numbers from a seed. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761 + 97) >>> 0;
  }

  /** An integer from 0 to n - 1. */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }
}

export interface Tampered {
  readonly files: LogFiles;
  readonly firstBadIndex: number | null | 'unspecified';
  /** What the verifier needs besides the policy to find it. */
  readonly needs: 'nothing' | 'seen' | 'max-age';
}

export interface Original {
  readonly leaves: readonly Buffer[];
  readonly files: LogFiles;
}

type Tamper = (dice: Dice, original: Original) => Tampered | undefined;

const found = (
  files: LogFiles,
  firstBadIndex: Tampered['firstBadIndex'],
  needs: Tampered['needs'] = 'nothing',
): Tampered => ({
  files,
  firstBadIndex,
  needs,
});

const bundlePath = (files: LogFiles, n: number): string => {
  const path = [...files.keys()].filter((p) => p.startsWith('tile/entries/'))[n];
  if (path === undefined) throw new Error(`no bundle ${n}`);
  return path;
};

/** Replaces one file, leaving the original map as it is. */
const replaced = (files: LogFiles, path: string, bytes: Buffer): LogFiles => new Map(files).set(path, bytes);

const frame = (leaf: Buffer): Buffer => Buffer.concat([Buffer.from([leaf.length >> 8, leaf.length & 255]), leaf]);
const bundleOf = (leaves: readonly Buffer[]): Buffer => Buffer.concat(leaves.map(frame));

function changeBundle(o: Original, n: number, change: (leaves: Buffer[]) => void): LogFiles {
  const leaves = o.leaves.slice(n * 256, (n + 1) * 256);
  change(leaves);
  return replaced(o.files, bundlePath(o.files, n), bundleOf(leaves));
}

function flipBit(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

const hashTiles = (files: LogFiles, level: RegExp): string[] => [...files.keys()].filter((path) => level.test(path));

/** Number of the tile in a path. */
const numberOf = (path: string): number =>
  Number(
    path
      .replace(/^tile\/[^/]+\//, '')
      .replace(/\.p\/\d+$/, '')
      .replaceAll(/[x/]/g, ''),
  );

export const TAMPERS: Readonly<Record<string, Tamper>> = {
  'flip a bit of an entry': (dice, o) => {
    const index = dice.below(o.leaves.length);
    const files = changeBundle(o, index >> 8, (leaves) => {
      const leaf = leaves[index & 255] ?? Buffer.alloc(0);
      leaves[index & 255] = flipBit(leaf, dice.below(leaf.length * 8));
    });
    return found(files, index);
  },
  'flip a bit of a leaf hash': (dice, o) => {
    const path = dice.pick(hashTiles(o.files, /^tile\/0\//));
    const bytes = o.files.get(path) ?? Buffer.alloc(0);
    const bit = dice.below(bytes.length * 8);
    return found(replaced(o.files, path, flipBit(bytes, bit)), numberOf(path) * 256 + (bit >> 8));
  },
  'flip a bit of an upper hash': (dice, o) => {
    const paths = hashTiles(o.files, /^tile\/[1-9]/);
    if (paths.length === 0) return undefined;
    const path = dice.pick(paths);
    const level = Number(path.split('/')[1]);
    const bytes = o.files.get(path) ?? Buffer.alloc(0);
    const bit = dice.below(bytes.length * 8);
    return found(replaced(o.files, path, flipBit(bytes, bit)), (numberOf(path) * 256 + (bit >> 8)) * 256 ** level);
  },
  'flip a bit of the checkpoint': (dice, o) => {
    const bytes = o.files.get('checkpoint') ?? Buffer.alloc(0);
    return found(replaced(o.files, 'checkpoint', flipBit(bytes, dice.below(bytes.length * 8))), null);
  },
  'delete an entry': (dice, o) => {
    const index = dice.below(o.leaves.length);
    return found(
      changeBundle(o, index >> 8, (leaves) => leaves.splice(index & 255, 1)),
      index,
    );
  },
  'delete an entry and its hash': (dice, o) => {
    const index = dice.below(o.leaves.length);
    const rest = o.leaves.filter((_, i) => i !== index);
    const files = sampleLog(rest);
    files.set('checkpoint', o.files.get('checkpoint') ?? Buffer.alloc(0));
    // The tiles now say one entry less than the checkpoint: the last width is asked for and not there.
    const last = o.leaves.length - 1;
    return found(files, index >> 8 === last >> 8 ? (last >> 8) * 256 : 'unspecified');
  },
  'insert an entry': (dice, o) => {
    const index = dice.below(o.leaves.length);
    const files = changeBundle(o, index >> 8, (leaves) =>
      leaves.splice(index & 255, 0, sampleLeaf(index, { seed: 'new' })),
    );
    return found(files, index);
  },
  'swap two entries': (dice, o) => {
    const n = dice.below(Math.ceil(o.leaves.length / 256));
    const width = Math.min(256, o.leaves.length - n * 256);
    if (width < 2) return undefined;
    const a = dice.below(width - 1);
    const b = a + 1 + dice.below(width - a - 1);
    const files = changeBundle(o, n, (leaves) => {
      [leaves[a], leaves[b]] = [leaves[b] ?? Buffer.alloc(0), leaves[a] ?? Buffer.alloc(0)];
    });
    return found(files, n * 256 + a);
  },
  'cut a bundle short': (dice, o) => {
    const n = dice.below(Math.ceil(o.leaves.length / 256));
    const path = bundlePath(o.files, n);
    const bytes = o.files.get(path) ?? Buffer.alloc(0);
    const cut = dice.below(bytes.length);
    let index = n * 256;
    for (let at = 0; at + 2 + (o.leaves[index]?.length ?? 0) <= cut; index++) at += 2 + (o.leaves[index]?.length ?? 0);
    return found(replaced(o.files, path, bytes.subarray(0, cut)), index);
  },
  'cut a hash tile short': (dice, o) => {
    const path = dice.pick(hashTiles(o.files, /^tile\/0\//));
    const bytes = o.files.get(path) ?? Buffer.alloc(0);
    const cut = dice.below(bytes.length);
    return found(replaced(o.files, path, bytes.subarray(0, cut)), numberOf(path) * 256 + (cut >> 5));
  },
  'remove a file': (dice, o) => {
    const path = dice.pick([...o.files.keys()]);
    const files = new Map(o.files);
    files.delete(path);
    const level = path.split('/')[1] === 'entries' ? 0 : Number(path.split('/')[1]);
    return found(files, path === 'checkpoint' ? null : numberOf(path) * 256 ** (level + 1));
  },
  'swap two tiles': (dice, o) => {
    const paths = hashTiles(o.files, dice.below(2) === 0 ? /^tile\/0\/[x/\d]+$/ : /^tile\/entries\/[x/\d]+$/);
    if (paths.length < 2) return undefined;
    const a = dice.below(paths.length - 1);
    const [left, right] = [paths[a] ?? '', paths[a + 1] ?? ''];
    const files = new Map(o.files);
    files.set(left, o.files.get(right) ?? Buffer.alloc(0)).set(right, o.files.get(left) ?? Buffer.alloc(0));
    return found(files, a * 256);
  },
  'sign another root with another key': (dice, o) => {
    const forger = testKey(ORIGIN, 1, `forger ${dice.below(1_000)}`);
    return found(
      replaced(o.files, 'checkpoint', signedCheckpoint(ORIGIN, o.leaves.length, sha256('x'), allSigners(forger))),
      null,
    );
  },
  'say another size': (dice, o) => {
    const text = (o.files.get('checkpoint') ?? Buffer.alloc(0)).toString();
    const lines = text.split('\n');
    lines[1] = String(o.leaves.length + 1 + dice.below(10));
    return found(replaced(o.files, 'checkpoint', Buffer.from(lines.join('\n'))), null);
  },
  'strip co-signatures': (dice, o) => {
    const kept = WITNESSES.filter((_, i) => i !== dice.below(3)).slice(0, dice.below(3));
    const signers = { log: LOG_KEY, witnesses: kept.map((key) => ({ key, time: WITNESS_TIME })) };
    return found(buildLog(ORIGIN, o.leaves, signers), null);
  },
  'forge a co-signature': (dice, o) => {
    const victim = dice.pick(WITNESSES);
    const text = (o.files.get('checkpoint') ?? Buffer.alloc(0)).toString();
    const body = text.slice(0, text.indexOf('\n\n') + 1);
    const forged = signatureOf({ ...victim, privateKey: testKey('forger', 4).privateKey }, body, WITNESS_TIME);
    const lines = text.split('\n').map((line) => (line.includes(` ${victim.name} `) ? forged.trimEnd() : line));
    return found(replaced(o.files, 'checkpoint', Buffer.from(lines.join('\n'))), null);
  },
  'rewrite an entry and every hash, with the log’s key': (dice, o) => {
    // The operator alone: all consistent, witnesses left out. Found by the quorum at the latest.
    const index = dice.below(o.leaves.length);
    const leaves = o.leaves.map((leaf, i) => (i === index ? sampleLeaf(index, { seed: 'rewritten' }) : leaf));
    return found(sampleLog(leaves, { log: LOG_KEY }), 'unspecified');
  },
  'fork, with every key colluding': (dice, o) => {
    const index = dice.below(o.leaves.length);
    const leaves = o.leaves.map((leaf, i) => (i === index ? sealedLike(index) : leaf));
    return found(sampleLog(leaves), 'unspecified', 'seen');
  },
  'replay an older checkpoint': (dice, o) => {
    const size = dice.below(o.leaves.length);
    return found(sampleLog(o.leaves.slice(0, size)), size, 'seen');
  },
  'replay a stale checkpoint': (dice, o) => {
    const stale = WITNESSES.map((key) => ({ key, time: WITNESS_TIME - 10_000 - dice.below(50_000) }));
    return found(buildLog(ORIGIN, o.leaves, { log: LOG_KEY, witnesses: stale }), 'unspecified', 'max-age');
  },
  'back-date an entry, with every key colluding': (dice, o) => {
    const candidates = o.leaves.map((_, i) => i).filter((i) => i % 3 === 0 && i >= 3);
    if (candidates.length === 0) return undefined;
    const index = dice.pick(candidates);
    const leaves = o.leaves.map((leaf, i) =>
      i === index ? sampleLeaf(index, { shift: -400 - dice.below(90_000) }) : leaf,
    );
    return found(sampleLog(leaves), index);
  },
  'date an entry ahead, with every key colluding': (dice, o) => {
    const candidates = o.leaves.map((_, i) => i).filter((i) => i % 3 === 0);
    const index = dice.pick(candidates);
    const leaves = o.leaves.map((leaf, i) =>
      i === index ? sampleLeaf(index, { shift: 200_000 + dice.below(90_000) }) : leaf,
    );
    return found(sampleLog(leaves), index);
  },
};

/** A sealed leaf that the original does not have. */
const sealedLike = (index: number): Buffer =>
  Buffer.from(`{"seal":"${sha256(`other ${index}`).toString('hex')}","v":1}`);
