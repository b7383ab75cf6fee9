/** What the verifier needs from the platform. node.ts and browser.ts give it; nothing else touches cryptography. */

export interface Crypto {
  sha256(bytes: Uint8Array): Uint8Array;
  /** Ed25519 over `message`, strict (RFC 8032). False for a malformed key or signature, never an exception. */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

export const HASH_SIZE = 32;
