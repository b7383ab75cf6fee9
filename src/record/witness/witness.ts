/**
 * A witness with its one memory: the last checkpoint it co-signed. Checking against it and replacing it is one step:
 * requests wait in line, and the new checkpoint is on the disk before its co-signature leaves.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type Clock, Problem } from '../../core/index.ts';
import { writeDurably } from '../log/durable-files.ts';
import type { SigningKey } from '../log/signing-key.ts';
import { WITNESS_STATE_UNUSABLE } from '../problems.ts';
import { emptyRoot, nodeCrypto, utf8 } from '../verify/index.ts';
import { type Decision, decide, type KnownLog, type Latest, parseLatest } from './decide.ts';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface Witness {
  /** Answers one add-checkpoint request. */
  addCheckpoint(body: Uint8Array): Promise<Answer>;
}

const TEXT = 'text/plain; charset=utf-8';

/** A witness for one log, its memory in the file `statePath` (made at the first co-signature). */
export function createWitness(log: KnownLog, key: SigningKey, statePath: string, clock: Clock): Witness {
  const path = resolve(statePath);
  let latest = readState(path, log);
  let turn: Promise<unknown> = Promise.resolve();

  const answer = (body: Uint8Array): Answer => {
    const decision = decide(nodeCrypto, log, latest, body);
    if (decision.status !== 200) return refusal(decision);
    // An unchanged head is already on the disk.
    const isKept = decision.latest.size === latest.size && decision.latest.key === latest.key && existsSync(path);
    if (!isKept) writeDurably(dirname(path), new Map([[basename(path), utf8(decision.note)]]));
    latest = decision.latest;
    return { status: 200, type: TEXT, body: key.cosign(decision.text, Math.floor(clock.now() / 1_000)) };
  };

  return {
    addCheckpoint(body) {
      const mine = turn.then(() => answer(body));
      turn = mine.catch(() => {});
      return mine;
    },
  };
}

function refusal(decision: Exclude<Decision, { status: 200 }>): Answer {
  if (decision.status === 409) return { status: 409, type: 'text/x.tlog.size', body: `${decision.size}\n` };
  return { status: decision.status, type: TEXT, body: `${decision.reason}\n` };
}

function readState(path: string, log: KnownLog): Latest {
  if (!existsSync(path)) return { size: 0, root: emptyRoot(nodeCrypto), key: 0 };
  const latest = parseLatest(nodeCrypto, log, readFileSync(path, 'utf8'));
  if (!latest) {
    throw new Problem(WITNESS_STATE_UNUSABLE, `${path} is not the state of a witness of ${log.origin}`, {
      where: path,
    });
  }
  return latest;
}
