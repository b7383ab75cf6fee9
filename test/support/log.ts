/**
 * A small log maker for the verifier's tests: keeps every hash in memory and builds tiles, proofs and signed
 * checkpoints the plain way. It shares no code with the product's writer or verifier but the byte helpers, so that an
 * error in one does not hide in the other.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

export const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const u8 = (n: number): Buffer => Buffer.from([n]);

/** RFC 6962 2.1, by the book: MTH(D[n]). Slow and plain: this is the oracle. */
export function naiveRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return sha256(u8(0), leaves[0] ?? '');
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(u8(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

/** RFC 6962 2.1.1: PATH(m, D[n]). */
export function naivePath(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  if (leaves.length <= 1) return [];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))];
}

/** RFC 6962 2.1.2: SUBPROOF(m, D[n], b). */
export function naiveSubproof(m: number, leaves: readonly Uint8Array[], whole: boolean): Buffer[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return m <= k
    ? [...naiveSubproof(m, leaves.slice(0, k), whole), naiveRoot(leaves.slice(k))]
    : [...naiveSubproof(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))];
}

export interface TestKey {
  readonly name: string;
  readonly vkey: string;
  readonly type: number;
  readonly id: Buffer;
  readonly privateKey: KeyObject;
}

/** An Ed25519 key that follows from its name and type alone: for tests only. */
export function testKey(name: string, type: 1 | 4, seed = name): TestKey {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    sha256(`test key ${seed} ${type}`),
  ]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  const id = sha256(`${name}\n`, u8(type), publicKey).subarray(0, 4);
  const vkey = `${name}+${id.toString('hex')}+${Buffer.concat([u8(type), publicKey]).toString('base64')}`;
  return { name, vkey, type, id, privateKey };
}

/** A signature line over a checkpoint's text; `time` (seconds) makes it a cosignature. */
export function signatureOf(key: TestKey, text: string, time = 0): string {
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(BigInt(time));
  const signed = key.type === 4 ? `cosignature/v1\ntime ${time}\n${text}` : text;
  const signature = sign(null, Buffer.from(signed), key.privateKey);
  const bytes = key.type === 4 ? [key.id, stamp, signature] : [key.id, signature];
  return `\u2014 ${key.name} ${Buffer.concat(bytes).toString('base64')}\n`;
}

/** The files of a log by path, as a mirror would hold them. */
export type LogFiles = Map<string, Buffer>;

export interface Signers {
  readonly log: TestKey;
  readonly witnesses?: readonly { readonly key: TestKey; readonly time: number }[];
}

export function signedCheckpoint(origin: string, size: number, root: Uint8Array, signers: Signers): Buffer {
  const text = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
  const witnessed = (signers.witnesses ?? []).map(({ key, time }) => signatureOf(key, text, time));
  return Buffer.from(`${text}\n${signatureOf(signers.log, text)}${witnessed.join('')}`);
}

function pathOf(level: string, n: number, width: number): string {
  let name = String(n % 1_000).padStart(3, '0');
  for (let rest = Math.floor(n / 1_000); rest > 0; rest = Math.floor(rest / 1_000)) {
    name = `x${String(rest % 1_000).padStart(3, '0')}/${name}`;
  }
  return `tile/${level}/${name}${width === 256 ? '' : `.p/${width}`}`;
}

const leafHashes = new WeakMap<Uint8Array, Buffer>();

/** Hash of a leaf; kept, because the tamper tests build the same leaves into many logs. */
function leafHash(leaf: Uint8Array): Buffer {
  const known = leafHashes.get(leaf);
  if (known) return known;
  const hash = sha256(u8(0), leaf);
  leafHashes.set(leaf, hash);
  return hash;
}

/** The files of a log that holds `leaves`, its checkpoint signed. */
export function buildLog(origin: string, leaves: readonly Uint8Array[], signers: Signers): LogFiles {
  const files: LogFiles = new Map();
  const hashes = leaves.map(leafHash);
  let row = hashes;
  for (let level = 0; row.length > 0; level++) {
    const above: Buffer[] = [];
    for (let n = 0; n * 256 < row.length; n++) {
      const tile = row.slice(n * 256, (n + 1) * 256);
      files.set(pathOf(String(level), n, tile.length), Buffer.concat(tile));
      if (tile.length === 256) above.push(rootOfHashes(tile));
    }
    row = above;
  }
  for (let n = 0; n * 256 < leaves.length; n++) {
    const bundle = leaves.slice(n * 256, (n + 1) * 256).map((leaf) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(leaf.length);
      return Buffer.concat([length, leaf]);
    });
    files.set(pathOf('entries', n, bundle.length), Buffer.concat(bundle));
  }
  const root = rootOfHashes(hashes);
  files.set('checkpoint', signedCheckpoint(origin, leaves.length, root, signers));
  return files;
}

/** The root over leaf hashes. */
export function rootOfHashes(hashes: readonly Buffer[]): Buffer {
  if (hashes.length <= 1) return hashes[0] ?? sha256('');
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return sha256(u8(1), rootOfHashes(hashes.slice(0, k)), rootOfHashes(hashes.slice(k)));
}

/** A source over files in memory. */
export const memorySource = (files: ReadonlyMap<string, Uint8Array>) => ({
  read: async (path: string): Promise<Uint8Array | undefined> => files.get(path),
});
