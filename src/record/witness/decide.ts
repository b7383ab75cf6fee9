/**
 * What a witness answers to a checkpoint, given the last one it co-signed. Pure: the status codes and their order are
 * those of C2SP tlog-witness.
 */
import {
  type Crypto,
  checkConsistency,
  checkNote,
  equalBytes,
  type Head,
  parseCheckpoint,
  type VerifierKey,
} from '../verify/index.ts';
import { parseAddCheckpoint } from './request.ts';

export type Decision =
  | { readonly status: 200; readonly head: Head; readonly text: string }
  | { readonly status: 400 | 403 | 404 | 422; readonly reason: string }
  /** The body of the answer is the size that the witness has. */
  | { readonly status: 409; readonly size: number; readonly reason: string };

export interface KnownLog {
  readonly origin: string;
  readonly keys: readonly VerifierKey[];
}

/** Decides; `latest` is the last co-signed head of the log (size 0 when none). Changes nothing. */
export function decide(crypto: Crypto, log: KnownLog, latest: Head, body: Uint8Array): Decision {
  const request = parseAddCheckpoint(body);
  const checkpoint = request && parseCheckpoint(crypto, request.checkpoint);
  if (!request || !checkpoint) return { status: 400, reason: 'not an add-checkpoint request' };
  if (checkpoint.origin !== log.origin) return { status: 404, reason: 'unknown log' };
  const { good, bad } = checkNote(crypto, checkpoint.note, log.keys);
  if (good.length === 0 || bad.length > 0) return { status: 403, reason: 'not signed by a key of this log' };
  if (request.old > checkpoint.size) return { status: 400, reason: 'the old size is larger than the checkpoint' };
  if (request.old !== latest.size) return { status: 409, size: latest.size, reason: 'not the size co-signed last' };
  if (request.old === checkpoint.size && latest.size > 0 && !equalBytes(latest.root, checkpoint.root)) {
    return { status: 409, size: latest.size, reason: 'another tree of the same size' };
  }
  if (!checkConsistency(crypto, latest, checkpoint, request.proof)) {
    return { status: 422, reason: 'the consistency proof does not hold' };
  }
  return { status: 200, head: { size: checkpoint.size, root: checkpoint.root }, text: checkpoint.note.text };
}
