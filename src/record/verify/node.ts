/** The verifier's cryptography on Node. */
import * as crypto from 'node:crypto';
import type { Crypto } from './crypto.ts';

// The fixed DER prefix of an Ed25519 public key (RFC 8410).
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const ED25519_KEY_SIZE = 32;
const ED25519_SIGNATURE_SIZE = 64;

export const nodeCrypto: Crypto = {
  // The one-shot form is twice as fast where this Node has it (20.12 and later).
  sha256:
    typeof crypto.hash === 'function'
      ? (bytes) => crypto.hash('sha256', bytes, 'buffer')
      : (bytes) => crypto.createHash('sha256').update(bytes).digest(),
  verifyEd25519(publicKey, message, signature) {
    if (publicKey.length !== ED25519_KEY_SIZE || signature.length !== ED25519_SIGNATURE_SIZE) return false;
    try {
      const key = crypto.createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
      return crypto.verify(null, message, key, signature);
    } catch {
      return false;
    }
  },
};
