/** Checks one entry against a tlog-proof, and what is built on that: a released bulletin, a submitter's receipt. */
import { fromHex, toHex } from '../../core/index.ts';
import { authorKeyOf } from './author.ts';
import { equalBytes, fromBase64, utf8, utf8Text } from './bytes.ts';
import { canonicalJson, type Json } from './canonical.ts';
import type { Crypto } from './crypto.ts';
import { parseEnvelope, parseLeaf } from './entry.ts';
import { commitTo, SALT_SIZE } from './envelope.ts';
import { type Finding, incomplete, invalid, VALID } from './finding.ts';
import { knownKeys } from './key-times.ts';
import { checkNote, parseNote } from './note.ts';
import { checkInclusion } from './proof.ts';
import { parseTlogProof } from './tlog-proof.ts';
import { hashLeaf } from './tree.ts';
import { type CheckedCheckpoint, checkCheckpoint, endsAtHandover, type Freshness, type Trust } from './trust.ts';

export interface ProofOptions {
  readonly crypto: Crypto;
  readonly trust: Trust;
  readonly fresh?: Freshness | undefined;
  readonly entries?: 'hudna' | 'any';
}

export interface ProofReport extends CheckedCheckpoint {
  readonly index: number | null;
}

const refuse = (finding: Finding): ProofReport => ({
  finding,
  checkpoint: null,
  cosigners: [],
  silent: [],
  index: null,
});

/** Checks a tlog-proof file for `entry`; without one, for the entry that the file carries as its extra data. */
export function checkProof(options: ProofOptions, file: Uint8Array, entry?: Uint8Array): ProofReport {
  const { crypto } = options;
  const proof = parseTlogProof(file);
  if (!proof) return refuse(invalid('not-a-proof'));
  const head = checkCheckpoint(crypto, proof.checkpoint, options.trust, options.fresh);
  const { checkpoint } = head;
  const report = (finding: Finding): ProofReport => ({ ...head, finding, index: proof.index });
  if (!checkpoint || head.finding.outcome === 'invalid' || endsAtHandover(head.finding)) return report(head.finding);
  const leaf = entry ?? proof.extra;
  if (!leaf) return report(incomplete('entry-missing'));
  if (!checkInclusion(crypto, proof.index, checkpoint.size, hashLeaf(crypto, leaf), proof.hashes, checkpoint.root)) {
    return report(invalid('not-included', { index: proof.index, size: checkpoint.size }, proof.index));
  }
  if (options.entries !== 'any') {
    const parsed = parseLeaf(leaf);
    if (typeof parsed === 'string') return report(invalid(parsed, { index: proof.index }, proof.index));
    const signed = parsed.sealed ? null : authorKeyOf(crypto, parsed.envelope);
    if (typeof signed === 'string') return report(invalid(signed, { index: proof.index }, proof.index));
  }
  return report(head.finding);
}

type Fields = { readonly [key: string]: Json };

function parseObject(file: Uint8Array): Fields | undefined {
  try {
    const value: Json = JSON.parse(utf8Text(file) ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Checks a published object: JSON whose member `record` holds `{envelope, salt, proof}`, the rest being the content that
 * the envelope commits to; or also `content`, that of the entry, which names the rest by its hash (`RELEASED`). A draft
 * has no `record`, a release none until the public log holds it: that is incomplete, not invalid.
 */
export function checkPublished(options: ProofOptions, file: Uint8Array): ProofReport {
  const value = parseObject(file);
  if (!value) return refuse(invalid('not-a-bulletin'));
  const { record, ...content } = value;
  if (record === undefined || record === null) return refuse(incomplete(content.release ? 'proof-later' : 'draft'));
  const { envelope: text, salt: saltText, proof, content: committed } = (record ?? {}) as Fields;
  const salt = typeof saltText === 'string' ? fromHex(saltText) : undefined;
  if (typeof text !== 'string' || typeof proof !== 'string' || salt?.length !== SALT_SIZE) {
    return refuse(invalid('not-a-bulletin'));
  }
  const envelope = parseEnvelope(text);
  if (!envelope) return refuse(invalid('not-an-entry'));
  const report = checkProof({ ...options, entries: 'hudna' }, utf8(proof), utf8(text));
  if (report.finding.outcome === 'invalid') return report;
  const said = committed === undefined ? true : isReleasedBy(options.crypto, committed, content);
  if (!said || !commitsTo(options.crypto, envelope.commit, salt, committed ?? content)) {
    return { ...report, finding: invalid('wrong-content', { id: envelope.id }, report.index) };
  }
  return report;
}

/** Members of a released bulletin that the release added; each is checked against the entry, or is no part of the text. */
const RELEASED: ReadonlySet<string> = new Set(['release', 'proposedBy', 'approved']);

/** Whether an entry's content (`bulletin.released`) names this document: its day, its number, the hash of its text. */
function isReleasedBy(crypto: Crypto, committed: Json, { ...document }: Fields): boolean {
  const { day, number, sha256, bulletins } = (committed ?? {}) as Fields;
  const { lang, release, approved } = document as { lang?: string; release?: Fields; approved?: Fields };
  const text = Object.fromEntries(Object.entries(document).filter(([key]) => !RELEASED.has(key)));
  const hash = toHex(crypto.sha256(utf8(canonicalJson(text))));
  return (
    (bulletins as Fields | undefined)?.[lang ?? ''] === hash &&
    document.day === day &&
    release?.number === number &&
    approved?.sha256 === sha256
  );
}

function commitsTo(crypto: Crypto, commit: Uint8Array, salt: Uint8Array, content: Json): boolean {
  try {
    return equalBytes(commitTo(crypto, salt, canonicalJson(content)), commit);
  } catch {
    return false;
  }
}

/** First line of the note that promises an entry before it is in a checkpoint. */
export const PROMISE_HEADER = 'hudna.org/receipt@v1';

export interface Pledge {
  readonly origin: string;
  readonly leafHash: Uint8Array;
  /** Seconds since 1970 by which the entry will be in a checkpoint. */
  readonly by: number;
}

/** The text of a promise, signed by the log's key. Its first line is no origin, so it can never pass for a checkpoint. */
export const promiseText = (origin: string, leafHash: string, by: number): string =>
  `${PROMISE_HEADER}\norigin ${origin}\nleaf ${leafHash}\nby ${by}\n`;

function parsePromise(text: string): Pledge | undefined {
  const match = /^([^\n]+)\norigin ([^\n]+)\nleaf ([A-Za-z0-9+/=]{44})\nby ([1-9]\d{0,12})\n$/.exec(text);
  const leafHash = fromBase64(match?.[3] ?? '');
  if (match?.[1] !== PROMISE_HEADER || match[2] === undefined || leafHash?.length !== 32) return undefined;
  return { origin: match[2], leafHash, by: Number(match[4]) };
}

/**
 * Checks a submitter's receipt: `{receipt: 1, leaf, proof}` is proved, `{receipt: 1, leaf, promise}` only promised; a
 * promise whose time is over (by `now`, seconds) and that no proof has replaced is broken.
 */
export function checkReceipt(options: ProofOptions, file: Uint8Array, now: number): ProofReport {
  const value = parseObject(file);
  const leaf = typeof value?.leaf === 'string' ? fromBase64(value.leaf) : undefined;
  if (value?.receipt !== 1 || !leaf) return refuse(invalid('not-a-receipt'));
  if (typeof value.proof === 'string') return checkProof(options, utf8(value.proof), leaf);
  const note = typeof value.promise === 'string' ? parseNote(utf8(value.promise)) : undefined;
  const promise = note && parsePromise(note.text);
  if (!note || !promise) return refuse(invalid('not-a-receipt'));
  const known = knownKeys(options.trust.logs, options.trust.handovers ?? [], promise.origin);
  const keys = known.map(({ key }) => key);
  const { good, bad } = checkNote(options.crypto, note, keys);
  const [forged] = bad;
  if (forged) return refuse(invalid('bad-signature', { key: forged.name }));
  if (good.length === 0) return refuse(invalid('not-signed', { origin: promise.origin }));
  if (!equalBytes(hashLeaf(options.crypto, leaf), promise.leafHash))
    return refuse(invalid('wrong-content', { id: '' }));
  return refuse(incomplete(now > promise.by ? 'promise-broken' : 'promise-only', { by: promise.by }));
}

/** For tests and callers that only want yes or no. */
export const isValid = (report: { readonly finding: Finding }): boolean => report.finding.outcome === VALID.outcome;
