/**
 * What a witness answers to a checkpoint, given the last one it co-signed. Pure: the status codes and their order are
 * those of C2SP tlog-witness.
 */
import {
  type CheckedSignature,
  type Crypto,
  checkConsistency,
  checkNote,
  equalBytes,
  type Head,
  parseCheckpoint,
  parseCheckpointText,
  parseNote,
  signatureLine,
  utf8,
  type VerifierKey,
} from '../verify/index.ts';
import { parseAddCheckpoint } from './request.ts';

/** What a witness remembers of its log. */
export interface Latest extends Head {
  /** The newest of the log's keys that signed it, as a place in `KnownLog.keys`; 0 when nothing was co-signed yet. */
  readonly key: number;
}

export type Decision =
  /** `note` is the checkpoint with the signatures of known keys only. */
  | { readonly status: 200; readonly latest: Latest; readonly text: string; readonly note: string }
  | { readonly status: 400 | 403 | 404 | 422; readonly reason: string }
  /** The body of the answer is the size that the witness has. */
  | { readonly status: 409; readonly size: number; readonly reason: string };

export interface KnownLog {
  readonly origin: string;
  /** The newest last. Once one has signed what was co-signed, those before it sign nothing more. */
  readonly keys: readonly VerifierKey[];
}

/** Decides; `latest` is the last co-signed head of the log (size 0 when none). Changes nothing. */
export function decide(crypto: Crypto, log: KnownLog, latest: Latest, body: Uint8Array): Decision {
  const request = parseAddCheckpoint(body);
  const checkpoint = request && parseCheckpoint(crypto, request.checkpoint);
  if (!request || !checkpoint) return { status: 400, reason: 'not an add-checkpoint request' };
  if (checkpoint.origin !== log.origin) return { status: 404, reason: 'unknown log' };
  const { good, bad } = checkNote(crypto, checkpoint.note, log.keys);
  if (good.length === 0 || bad.length > 0) return { status: 403, reason: 'not signed by a key of this log' };
  const key = newestOf(log, good);
  if (key < latest.key) return { status: 403, reason: 'signed only with a key that was handed over to another' };
  if (request.old > checkpoint.size) return { status: 400, reason: 'the old size is larger than the checkpoint' };
  if (request.old !== latest.size) return { status: 409, size: latest.size, reason: 'not the size co-signed last' };
  if (request.old === checkpoint.size && latest.size > 0 && !equalBytes(latest.root, checkpoint.root)) {
    return { status: 409, size: latest.size, reason: 'another tree of the same size' };
  }
  if (!checkConsistency(crypto, latest, checkpoint, request.proof)) {
    return { status: 422, reason: 'the consistency proof does not hold' };
  }
  const { size, root, note } = checkpoint;
  const lines = note.signatures
    .filter(({ name, id }) => good.some((one) => one.key.name === name && one.key.id === id))
    .map(({ name, id, signature }) => signatureLine(name, id, signature));
  return { status: 200, latest: { size, root, key }, text: note.text, note: `${note.text}\n${lines.join('')}` };
}

const newestOf = ({ keys }: KnownLog, good: readonly CheckedSignature[]): number =>
  Math.max(0, ...good.map(({ key }) => keys.indexOf(key)));

/** What a witness kept: a signed note, or (of earlier versions) its text alone; undefined for another log's or none. */
export function parseLatest(crypto: Crypto, log: KnownLog, kept: string): Latest | undefined {
  const bytes = utf8(kept);
  const note = parseNote(bytes);
  const head = parseCheckpointText(crypto, note?.text ?? kept);
  if (!head || head.origin !== log.origin) return undefined;
  const key = note ? newestOf(log, checkNote(crypto, note, log.keys).good) : 0;
  return { size: head.size, root: head.root, key };
}
