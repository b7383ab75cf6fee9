/**
 * What is done in this page alone: the identity is sealed to the custodians' keys, files are named by their hash. Sealed
 * identities are of one length, so that nobody can tell a long name from none of the others.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { Encrypter } from 'age-encryption';
import { toHex } from '../../../src/core/index.ts';
import type { Identity } from './draft.ts';

/** Base64 of an age file (X25519) that every one of the keys opens. Throws on a key that is none. */
export async function sealIdentity(identity: Identity, recipients: readonly string[], size: number): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(identity));
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(text);
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const sealed = await encrypter.encrypt(padded);
  return btoa(Array.from(sealed, (byte) => String.fromCharCode(byte)).join(''));
}

/** SHA-256 of a file in lower-case hex; the browser's own where the page is secure, which is faster. */
export async function hashOfFile(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { subtle } = crypto;
  return toHex(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256(bytes));
}

/** A UUID version 4; its holder may add the announced attachments, so nothing but the generator may know it. */
export function drawId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
