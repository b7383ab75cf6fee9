/**
 * Verifier keys (C2SP signed-note) and the table of signature types. A further type (0x06, ML-DSA-44 cosignatures) is a
 * row here; until its check exists its keys are known and its signatures never count.
 */
import { toHex } from '../../core/index.ts';
import { concat, fromBase64, toBase64, utf8 } from './bytes.ts';
import type { Crypto } from './crypto.ts';

export const TYPE_ED25519 = 0x01;
export const TYPE_COSIGNATURE = 0x04;
export const TYPE_ML_DSA_44 = 0x06;

export interface VerifierKey {
  readonly name: string;
  /** First four bytes of the key's hash, as eight hex digits. */
  readonly id: string;
  readonly type: number;
  readonly publicKey: Uint8Array;
}

/** What a signature says once checked: the time it names, if its type has one. */
export interface SignatureFacts {
  readonly time: number | null;
}

interface SignatureType {
  readonly keySize: number;
  /** Facts of a good signature over the note text, undefined of a bad one; absent: it cannot be checked here. */
  readonly check?: (crypto: Crypto, key: Uint8Array, text: string, signature: Uint8Array) => SignatureFacts | undefined;
}

const TIMESTAMP_SIZE = 8;
const ED25519_SIZE = 64;

const SIGNATURE_TYPES: ReadonlyMap<number, SignatureType> = new Map<number, SignatureType>([
  [
    TYPE_ED25519,
    {
      keySize: 32,
      check: (crypto, key, text, signature) =>
        crypto.verifyEd25519(key, utf8(text), signature) ? { time: null } : undefined,
    },
  ],
  [
    TYPE_COSIGNATURE,
    {
      keySize: 32,
      check(crypto, key, text, signature) {
        if (signature.length !== TIMESTAMP_SIZE + ED25519_SIZE) return undefined;
        const time = readTimestamp(signature);
        if (time === undefined) return undefined;
        const message = utf8(cosignedText(text, time));
        return crypto.verifyEd25519(key, message, signature.subarray(TIMESTAMP_SIZE)) ? { time } : undefined;
      },
    },
  ],
  [TYPE_ML_DSA_44, { keySize: 1312 }],
]);

/** The message that a 0x04 cosignature signs, over the note text of a checkpoint. `time` in seconds since 1970. */
export const cosignedText = (text: string, time: number): string => `cosignature/v1\ntime ${time}\n${text}`;

/** Big-endian seconds; undefined for a time no clock of ours will show. */
function readTimestamp(bytes: Uint8Array): number | undefined {
  let time = 0;
  for (let i = 0; i < TIMESTAMP_SIZE; i++) time = time * 256 + (bytes[i] ?? 0);
  return Number.isSafeInteger(time) ? time : undefined;
}

export function writeTimestamp(time: number): Uint8Array {
  return Uint8Array.from(
    { length: TIMESTAMP_SIZE },
    (_, i) => Math.floor(time / 256 ** (TIMESTAMP_SIZE - 1 - i)) % 256,
  );
}

export const canCheck = (key: VerifierKey): boolean => SIGNATURE_TYPES.get(key.type)?.check !== undefined;

/** Facts of a good signature by `key` over the note text; undefined when it is bad or cannot be checked here. */
export function checkSignature(
  crypto: Crypto,
  key: VerifierKey,
  text: string,
  signature: Uint8Array,
): SignatureFacts | undefined {
  return SIGNATURE_TYPES.get(key.type)?.check?.(crypto, key.publicKey, text, signature);
}

// Unicode White_Space, which covers what Go's unicode.IsSpace does.
const FORBIDDEN_IN_NAME = /[\p{White_Space}+]/u;

export const isKeyName = (name: string): boolean => name !== '' && !FORBIDDEN_IN_NAME.test(name);

/** SHA-256(name ‖ newline ‖ type ‖ public key), first four bytes. */
export const keyId = (crypto: Crypto, name: string, type: number, publicKey: Uint8Array): string =>
  toHex(crypto.sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4));

/** A key from its parts. */
export const verifierKey = (crypto: Crypto, name: string, type: number, publicKey: Uint8Array): VerifierKey => ({
  name,
  type,
  publicKey,
  id: keyId(crypto, name, type, publicKey),
});

/** `name+id+base64(type ‖ key)`. */
export const formatVkey = (key: VerifierKey): string =>
  `${key.name}+${key.id}+${toBase64(concat(Uint8Array.of(key.type), key.publicKey))}`;

/** The key of a vkey text, or what is wrong with it. */
export function parseVkey(crypto: Crypto, text: string): VerifierKey | { readonly fault: VkeyFault } {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const [, name, id, encoded] = parts ?? [];
  if (name === undefined || id === undefined || encoded === undefined || !isKeyName(name)) return { fault: 'form' };
  const bytes = fromBase64(encoded);
  const type = bytes?.[0];
  if (!bytes || type === undefined) return { fault: 'form' };
  const publicKey = bytes.subarray(1);
  const known = SIGNATURE_TYPES.get(type);
  if (!known) return { fault: 'type' };
  if (publicKey.length !== known.keySize) return { fault: 'form' };
  if (keyId(crypto, name, type, publicKey) !== id) return { fault: 'id' };
  return { name, id, type, publicKey };
}

export type VkeyFault = 'form' | 'type' | 'id';
