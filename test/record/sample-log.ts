/** A Hudna record for the tamper tests: open and sealed entries in true form, two chairs and an outsider as witnesses. */
import { type Beacon, envelopeText, leafOf, nodeCrypto } from '../../src/record/verify/index.ts';
import { buildLog, type LogFiles, rootOfHashes, type Signers, sha256, type TestKey, testKey } from '../support/log.ts';

export const ORIGIN = 'hudna.test/record';
export const LOG_KEY = testKey(ORIGIN, 1);
export const WITNESSES = ['chair-a.test/w', 'chair-b.test/w', 'outside.test/w'].map((name) => testKey(name, 4));
/** Seconds: when the witnesses co-signed, and when the first entry was claimed. */
export const WITNESS_TIME = 1_461_888_000;
const FIRST_CLAIM = WITNESS_TIME - 86_400;

export const POLICY = [
  `log ${LOG_KEY.vkey}`,
  ...WITNESSES.map((key, i) => `witness ${['A', 'B', 'U'][i]} ${key.vkey}`),
  'group chairs all A B',
  'group full all chairs U',
  'quorum full',
  '',
].join('\n');

export const allSigners = (log: TestKey = LOG_KEY): Signers => ({
  log,
  witnesses: WITNESSES.map((key, i) => ({ key, time: WITNESS_TIME + i })),
});

const uuid = (seed: string): string => {
  const hex = sha256(seed).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export interface EntryWish {
  /** Seconds added to the time that the entry would claim. */
  readonly shift?: number;
  readonly seed?: string;
  readonly beacon?: Beacon | null;
}

/** The leaf of entry `i`: every third one open, the rest sealed. */
export function sampleLeaf(i: number, wish: EntryWish = {}): Buffer {
  const open = i % 3 === 0;
  const envelope = envelopeText({
    id: uuid(`${wish.seed ?? 'entry'} ${i}`),
    kind: open ? 'bulletin.released' : 'report.received',
    author: `machine:${i % 2}`,
    n: i + 1,
    claimedAt: new Date((FIRST_CLAIM + i * 10 + (wish.shift ?? 0)) * 1_000).toISOString(),
    beacon: wish.beacon ?? null,
    prev: open && i >= 3 ? uuid(`entry ${i - 3}`) : null,
    commit: sha256(`commit ${wish.seed ?? ''} ${i}`),
    sig: '',
  });
  return Buffer.from(leafOf(nodeCrypto, envelope, open ? 'open' : 'sealed'));
}

/** Leaves of a sound record; every 30th names an earlier tree as its beacon. */
export function sampleLeaves(size: number): Buffer[] {
  const leaves: Buffer[] = [];
  const hashes: Buffer[] = [];
  for (let i = 0; i < size; i++) {
    const beaconSize = Math.floor(i / 2);
    const beacon = i > 0 && i % 30 === 0 ? { size: beaconSize, root: rootOfHashes(hashes.slice(0, beaconSize)) } : null;
    const leaf = sampleLeaf(i, { beacon });
    leaves.push(leaf);
    hashes.push(sha256(Uint8Array.of(0), leaf));
  }
  return leaves;
}

export const sampleLog = (leaves: readonly Buffer[], signers: Signers = allSigners()): LogFiles =>
  buildLog(ORIGIN, leaves, signers);
