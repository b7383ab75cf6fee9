/**
 * An author's signature in an envelope (spec/record): type, public key and Ed25519 signature over the envelope without it.
 * The key stands in the signature, so that a log alone can be checked; what binds it to the author is that it stays.
 */
import { concat, fromBase64, toBase64, utf8 } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import { type Envelope, envelopeText } from './envelope.ts';
import type { FindingCode } from './finding.ts';

export const AUTHOR_SIGNATURE_TYPE = 0x01;
/** The open entry after which authors may have other keys. */
export const AUTHOR_KEYS_CHANGED = 'author-keys.changed';
const KEY_SIZE = 32;
const SIGNATURE_SIZE = 64;

/** What an author signs: the envelope with an empty `sig`. */
export const authorStatement = (envelope: Envelope): string =>
  `hudna-entry/1\n${envelopeText({ ...envelope, sig: '' })}\n`;

/** The base64 key with which an envelope is soundly signed; null for none; a finding for a signature that does not hold. */
export function authorKeyOf(crypto: Crypto, envelope: Envelope): { readonly key: string | null } | FindingCode {
  if (envelope.sig === '') return { key: null };
  const bytes = fromBase64(envelope.sig);
  if (bytes?.length !== 1 + KEY_SIZE + SIGNATURE_SIZE || bytes[0] !== AUTHOR_SIGNATURE_TYPE)
    return 'bad-author-signature';
  const key = bytes.subarray(1, 1 + KEY_SIZE);
  const holds = crypto.verifyEd25519(key, utf8(authorStatement(envelope)), bytes.subarray(1 + KEY_SIZE));
  return holds ? { key: toBase64(concat(key)) } : 'bad-author-signature';
}

/** Which keys may sign: those of an author, and (under `*`) those of anybody. Base64. */
export type PinnedAuthors = ReadonlyMap<string, ReadonlySet<string>>;
const ANYBODY = '*';

/** Pins of a file: a line each, `AUTHOR KEY` or `KEY` alone; `#` begins a comment. The number of a line that is none. */
export function parseAuthors(text: string): PinnedAuthors | number {
  const pinned = new Map<string, Set<string>>();
  for (const [i, line] of text.split('\n').entries()) {
    const words = line
      .replace(/#.*/, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0) continue;
    const [author, key] = words.length === 1 ? [ANYBODY, words[0]] : words;
    if (words.length > 2 || author === undefined || fromBase64(key ?? '')?.length !== KEY_SIZE) return i + 1;
    pinned.set(author, (pinned.get(author) ?? new Set()).add(key ?? ''));
  }
  return pinned;
}

/** Judges the keys of a log's authors one entry after another. */
export class AuthorJudge {
  readonly #keys = new Map<string, string>();
  readonly #crypto: Crypto;
  readonly #pinned: PinnedAuthors | undefined;

  constructor(crypto: Crypto, pinned?: PinnedAuthors) {
    this.#crypto = crypto;
    this.#pinned = pinned;
  }

  /** True when the pins allow this key (base64, null for unsigned) to this author; an author with pins has no others. */
  #allows(author: string, key: string | null): boolean {
    if (!this.#pinned) return true;
    return key !== null && (this.#pinned.get(author) ?? this.#pinned.get(ANYBODY))?.has(key) === true;
  }

  /** The fault of the next open entry's signature; undefined when there is none. */
  judge(envelope: Envelope): FindingCode | undefined {
    const signed = authorKeyOf(this.#crypto, envelope);
    if (typeof signed === 'string') return signed;
    if (!this.#allows(envelope.author, signed.key)) return 'author-not-pinned';
    if (envelope.kind === AUTHOR_KEYS_CHANGED) this.#keys.clear();
    const known = this.#keys.get(envelope.author);
    if (signed.key === null) return known === undefined ? undefined : 'unsigned-entry';
    if (known !== undefined && known !== signed.key) return 'author-key-changed';
    this.#keys.set(envelope.author, signed.key);
    return undefined;
  }
}
