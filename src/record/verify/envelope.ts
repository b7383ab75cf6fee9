/**
 * The envelope of an entry (spec/record): what its author stands for, bound to a content by a salted commitment. The
 * salt keeps a short content (a place, a party) from being guessed; destroying content and salt erases it for good.
 */
import { toHex } from '../../core/index.ts';
import { concat, toBase64, utf8 } from './bytes.ts';
import { canonicalJson, type Json } from './canonical.ts';
import type { Crypto } from './crypto.ts';

export const ENVELOPE_VERSION = 1;
export const MAX_ENVELOPE_BYTES = 4096;
export const SALT_SIZE = 32;

const COMMIT_DOMAIN = utf8('hudna/commit/v1');
const SEAL_DOMAIN = utf8('hudna/seal/v1');

/** A checkpoint's size and root: the last one that both sides had co-signed when the entry was made. */
export interface Beacon {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface Envelope {
  readonly id: string;
  readonly kind: string;
  readonly author: string;
  /** The author's own counter, from 1: a gap shows that an entry is missing. */
  readonly n: number;
  readonly claimedAt: string;
  readonly beacon: Beacon | null;
  /** Id of the previous entry about the same object with the same visibility. */
  readonly prev: string | null;
  readonly commit: Uint8Array;
  /** The author's signature in base64, or empty. */
  readonly sig: string;
}

/** SHA-256("hudna/commit/v1" ‖ salt ‖ canonical content). */
export const commitTo = (crypto: Crypto, salt: Uint8Array, content: string): Uint8Array =>
  crypto.sha256(concat(COMMIT_DOMAIN, salt, utf8(content)));

/** The canonical text of an envelope. */
export function envelopeText(envelope: Envelope): string {
  const { beacon } = envelope;
  const fields: Json = {
    v: ENVELOPE_VERSION,
    id: envelope.id,
    kind: envelope.kind,
    author: envelope.author,
    n: envelope.n,
    claimed_at: envelope.claimedAt,
    beacon: beacon ? { size: beacon.size, root: toBase64(beacon.root) } : null,
    prev: envelope.prev,
    commit: toHex(envelope.commit),
    sig: envelope.sig,
  };
  return canonicalJson(fields);
}

/** The leaf of a sealed entry: always the same number of bytes, saying nothing but that this envelope existed. */
export const sealedLeaf = (crypto: Crypto, envelope: string): Uint8Array =>
  sealLeafOf(crypto.sha256(concat(SEAL_DOMAIN, utf8(envelope))));

/** A sealed leaf around any 32 bytes; around random ones it is padding that nobody can tell from an entry. */
export const sealLeafOf = (seal: Uint8Array): Uint8Array =>
  utf8(canonicalJson({ seal: toHex(seal), v: ENVELOPE_VERSION }));

/** The bytes of the log's leaf: the envelope itself, or its seal. */
export const leafOf = (crypto: Crypto, envelope: string, visibility: 'open' | 'sealed'): Uint8Array =>
  visibility === 'open' ? utf8(envelope) : sealedLeaf(crypto, envelope);
