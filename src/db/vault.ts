/**
 * What lies sealed in the database: words, places, and all that they could be worked out from. The key lies outside the
 * database (data-key.ts), so that a dump, a backup or a copy of the database alone has none of it to read.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** First byte of a value as an earlier version left it, in clear; one step at start seals those (seal-existing.ts). */
export const CLEAR = 0;
const SEALED = 1;
const SEALED_DEFLATED = 2;
const NONCE = 12;
const TAG = 16;
export const KEY_BYTES = 32;
/** Shorter ones are not worth packing; a sealed value cannot be packed by the database any more. */
const PACK_FROM = 400;

export interface Vault {
  /** Names the key, tells nothing about it. */
  readonly id: string;
  /** The key itself, in base64, for a backup that is sealed as a whole. */
  readonly secret: string;
  /** A JSON value, sealed for one column (`table.column`); it opens for no other. */
  seal(column: string, value: unknown): Uint8Array;
  /** The value that was sealed. Throws for another key, another column, altered bytes. */
  unseal<Value>(column: string, bytes: Uint8Array): Value;
  /** 64 hex digits, the same for the same bytes. Without the key nobody can try whether a guess is right. */
  mark(purpose: string, bytes: Uint8Array | string): string;
}

/** Gives the vault; asked late, because a database is open before anyone can tell which key its rows need. */
export type OfVault = () => Vault;

/** AES-256-GCM with random nonces: one key is good for four billion values. Throws a RangeError for a key of another size. */
export function vaultOf(key: Uint8Array): Vault {
  if (key.length !== KEY_BYTES) throw new RangeError(`a data key has ${KEY_BYTES} bytes, this one ${key.length}`);
  const derived = (what: string, bytes: number) => Buffer.from(hkdfSync('sha256', key, '', `hudna/${what}/v1`, bytes));
  const sealKey = derived('data-seal', KEY_BYTES);
  const markKey = derived('data-mark', KEY_BYTES);
  return {
    id: derived('data-id', 8).toString('hex'),
    secret: Buffer.from(key).toString('base64'),
    seal(column, value) {
      const plain = Buffer.from(JSON.stringify(value), 'utf8');
      const packed = plain.length >= PACK_FROM ? deflateRawSync(plain, { level: 1 }) : plain;
      // Never the world's own random: a test's would repeat a nonce.
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(column));
      const head = Buffer.of(packed === plain ? SEALED : SEALED_DEFLATED);
      return Buffer.concat([head, nonce, cipher.update(packed), cipher.final(), cipher.getAuthTag()]);
    },
    unseal<Value>(column: string, bytes: Uint8Array): Value {
      const [kind] = bytes;
      if (kind !== SEALED && kind !== SEALED_DEFLATED) throw new Error(`${column} is not sealed`);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(1, 1 + NONCE))
        .setAAD(Buffer.from(column))
        .setAuthTag(bytes.subarray(bytes.length - TAG));
      const packed = Buffer.concat([decipher.update(bytes.subarray(1 + NONCE, -TAG)), decipher.final()]);
      const plain = kind === SEALED ? packed : inflateRawSync(packed);
      return JSON.parse(plain.toString('utf8')) as Value;
    },
    mark: (purpose, bytes) => createHmac('sha256', markKey).update(`${purpose}\n`).update(bytes).digest('hex'),
  };
}
