/**
 * Ed25519 keys that sign: the log's own (type 0x01) and a witness's (0x04). Kept in one file each, readable by its owner
 * only, in the form that Go's note package reads: `PRIVATE+KEY+name+id+base64(type ‖ seed)`. Never printed, never logged.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Problem, type RandomSource } from '../../core/index.ts';
import { KEY_UNUSABLE } from '../problems.ts';
import {
  concat,
  cosignedText,
  fromBase64,
  nodeCrypto,
  signatureLine,
  TYPE_COSIGNATURE,
  TYPE_ED25519,
  toBase64,
  utf8,
  type VerifierKey,
  verifierKey,
  writeTimestamp,
} from '../verify/index.ts';
import { writeDurably } from './durable-files.ts';

const SEED_SIZE = 32;
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const OWNER_ONLY = 0o600;

export type KeyType = typeof TYPE_ED25519 | typeof TYPE_COSIGNATURE;

export interface SigningKey {
  readonly verifier: VerifierKey;
  /** A log's signature line over a note text. */
  signNote(text: string): string;
  /** A witness's signature line over a checkpoint text; `time` in seconds since 1970. */
  cosign(text: string, time: number): string;
}

/**
 * The key of a file; made, with its folder, when the file is not there. The name is fixed at creation: another one asked
 * for later is refused, none asked for takes what the file says (a new key needs one).
 */
export function openSigningKey(
  path: string,
  name: string | undefined,
  type: KeyType,
  random: RandomSource,
): SigningKey {
  if (!existsSync(path)) {
    if (name === undefined)
      throw new Problem(KEY_UNUSABLE, `${path} does not exist; name the new key`, { where: path });
    const seed = random.bytes(SEED_SIZE);
    const made = keyFromSeed(name, type, seed);
    const encoded = toBase64(concat(Uint8Array.of(type), seed));
    const text = `PRIVATE+KEY+${name}+${made.verifier.id}+${encoded}\n`;
    writeDurably(dirname(path), new Map([[basename(path), utf8(text)]]));
    chmodSync(path, OWNER_ONLY);
    return made;
  }
  const key = parseSigningKey(readFileSync(path, 'utf8').trim());
  if (!key) throw new Problem(KEY_UNUSABLE, `${path} is not a signing key`, { where: path });
  if ((name !== undefined && key.verifier.name !== name) || key.verifier.type !== type) {
    throw new Problem(
      KEY_UNUSABLE,
      `${path} is the key of ${key.verifier.name} (type ${key.verifier.type}), not what is needed here`,
      { where: path },
    );
  }
  return key;
}

/** The key of its one-line text; undefined when it is none. */
export function parseSigningKey(text: string): SigningKey | undefined {
  const match = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const bytes = fromBase64(match?.[3] ?? '');
  const type = bytes?.[0];
  if (!match?.[1] || bytes?.length !== SEED_SIZE + 1 || (type !== TYPE_ED25519 && type !== TYPE_COSIGNATURE)) {
    return undefined;
  }
  const key = keyFromSeed(match[1], type, bytes.subarray(1));
  return key.verifier.id === match[2] ? key : undefined;
}

function keyFromSeed(name: string, type: KeyType, seed: Uint8Array): SigningKey {
  const pkcs8 = Buffer.concat([PKCS8_PREFIX, seed]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const verifier = verifierKey(nodeCrypto, name, type, publicBytes(privateKey));
  const line = (signature: Uint8Array): string => signatureLine(name, verifier.id, signature);
  return {
    verifier,
    signNote: (text) => line(sign(null, utf8(text), privateKey)),
    cosign: (text, time) => line(concat(writeTimestamp(time), sign(null, utf8(cosignedText(text, time)), privateKey))),
  };
}

const publicBytes = (key: KeyObject): Uint8Array =>
  Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-SEED_SIZE));
