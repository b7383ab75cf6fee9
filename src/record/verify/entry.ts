/**
 * Is a leaf an entry of a Hudna record (spec/record), and does it fit what came before it? The judge keeps only what the
 * later entries have to agree with.
 */
import { fromHex } from '../../core/index.ts';
import { AuthorJudge, authorKeyOf, type PinnedAuthors } from './author.ts';
import { equalBytes, fromBase64, utf8Text } from './bytes.ts';
import { canonicalJson, type Json } from './canonical.ts';
import { type Crypto, HASH_SIZE } from './crypto.ts';
import { type Beacon, ENVELOPE_VERSION, type Envelope, MAX_ENVELOPE_BYTES } from './envelope.ts';
import type { FindingCode } from './finding.ts';

const SEALED = /^\{"seal":"[0-9a-f]{64}","v":1\}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const KIND = /^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/;
const FIELDS = ['author', 'beacon', 'claimed_at', 'commit', 'id', 'kind', 'n', 'prev', 'sig', 'v'];
const MAX_AUTHOR_LENGTH = 300;

/** A time may lie this far before an earlier entry's, or after a co-signature, before it is called wrong (seconds). */
export const CLAIM_TOLERANCE = 120;

export type Leaf = { readonly sealed: true } | { readonly sealed: false; readonly envelope: Envelope };

/** The entry that a leaf's bytes are, or why they are none. */
export function parseLeaf(bytes: Uint8Array): Leaf | FindingCode {
  if (bytes.length > MAX_ENVELOPE_BYTES) return 'entry-too-large';
  const text = utf8Text(bytes);
  if (text === undefined) return 'not-an-entry';
  if (SEALED.test(text)) return { sealed: true };
  const envelope = parseEnvelope(text);
  return envelope ? { sealed: false, envelope } : 'not-an-entry';
}

/** The envelope of a canonical text; undefined when any field is missing, extra or of another form. */
export function parseEnvelope(text: string): Envelope | undefined {
  let value: Json;
  try {
    value = JSON.parse(text);
    if (canonicalJson(value) !== text) return undefined;
  } catch {
    return undefined;
  }
  if (!isRecord(value) || Object.keys(value).join() !== FIELDS.join() || value.v !== ENVELOPE_VERSION) return undefined;
  const { id, kind, author, n, claimed_at: claimedAt, prev, sig } = value;
  const commit = typeof value.commit === 'string' ? fromHex(value.commit) : undefined;
  const beacon = parseBeacon(value.beacon);
  if (typeof id !== 'string' || !UUID_V7.test(id)) return undefined;
  if (typeof kind !== 'string' || !KIND.test(kind)) return undefined;
  if (typeof author !== 'string' || author === '' || author.length > MAX_AUTHOR_LENGTH) return undefined;
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 1) return undefined;
  if (typeof claimedAt !== 'string' || !isExactInstant(claimedAt)) return undefined;
  if (prev !== null && (typeof prev !== 'string' || !UUID_V7.test(prev))) return undefined;
  if (commit?.length !== HASH_SIZE || beacon === undefined) return undefined;
  if (typeof sig !== 'string' || fromBase64(sig) === undefined) return undefined;
  return { id, kind, author, n, claimedAt, beacon, prev: prev ?? null, commit, sig };
}

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseBeacon(value: Json | undefined): Beacon | null | undefined {
  if (value === null) return null;
  if (!isRecord(value) || Object.keys(value).join() !== 'root,size') return undefined;
  const root = typeof value.root === 'string' ? fromBase64(value.root) : undefined;
  const { size } = value;
  if (root?.length !== HASH_SIZE || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    return undefined;
  return { size, root };
}

function isExactInstant(text: string): boolean {
  const ms = Date.parse(text);
  return Number.isFinite(ms) && new Date(ms).toISOString() === text;
}

export interface EntryFault {
  readonly code: FindingCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Judges a log's leaves one after another, from the first. */
export class EntryJudge {
  readonly #lastNumbers = new Map<string, number>();
  readonly #ids = new Set<string>();
  #latestClaim = Number.NEGATIVE_INFINITY;
  readonly #newestCosignature: number | null;
  readonly #crypto: Crypto;
  readonly #authors: AuthorJudge;

  /** `newestCosignature`: seconds since 1970 of the checkpoint's newest co-signature, null when none is known. */
  constructor(crypto: Crypto, newestCosignature: number | null, pinned?: PinnedAuthors) {
    this.#crypto = crypto;
    this.#authors = new AuthorJudge(crypto, pinned);
    this.#newestCosignature = newestCosignature;
  }

  /** The fault of the next leaf, or its kind (null where sealed) and the beacon that it names (still to be compared with the tree). */
  judge(
    index: number,
    bytes: Uint8Array,
  ): EntryFault | { readonly kind: string | null; readonly beacon: Beacon | null } {
    const leaf = parseLeaf(bytes);
    if (typeof leaf === 'string') return { code: leaf, params: {} };
    if (leaf.sealed) return { kind: null, beacon: null };
    const { envelope } = leaf;
    const fault = this.#faultOf(index, envelope) ?? this.#authors.judge(envelope);
    if (fault) {
      const { kind, claimedAt: claimed, author } = envelope;
      const signed = fault === 'author-not-pinned' ? authorKeyOf(this.#crypto, envelope) : null;
      const params = { kind, claimed, author };
      if (signed === null || typeof signed === 'string') return { code: fault, params };
      return { code: fault, params: { ...params, key: signed.key ?? '-' } };
    }
    this.#lastNumbers.set(envelope.author, envelope.n);
    this.#ids.add(envelope.id);
    this.#latestClaim = Math.max(this.#latestClaim, Date.parse(envelope.claimedAt));
    return { kind: envelope.kind, beacon: envelope.beacon };
  }

  #faultOf(index: number, envelope: Envelope): FindingCode | undefined {
    const claimed = Date.parse(envelope.claimedAt);
    if (this.#ids.has(envelope.id)) return 'id-twice';
    if (envelope.n <= (this.#lastNumbers.get(envelope.author) ?? 0)) return 'counter-backwards';
    if (envelope.prev !== null && !this.#ids.has(envelope.prev)) return 'unknown-prev';
    if (envelope.beacon && envelope.beacon.size > index) return 'bad-beacon';
    if (claimed < this.#latestClaim - CLAIM_TOLERANCE * 1_000) return 'back-dated';
    const newest = this.#newestCosignature;
    if (newest !== null && claimed > (newest + CLAIM_TOLERANCE) * 1_000) return 'dated-ahead';
    return undefined;
  }
}

export const sameBeacon = (beacon: Beacon, root: Uint8Array): boolean => equalBytes(beacon.root, root);
