/**
 * The workshop: a process of its own in which files of strangers are opened. It hashes, looks at the kind, draws
 * pictures anew, seals the original to the organisation's custodians and writes it. It has no database and no network,
 * answers one task after another, and may be killed at any moment.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Encrypter } from 'age-encryption';
import { isPicture, kindOf } from './kind.ts';
import { redraw } from './redraw.ts';
import type { Answer, Done, Refusal, Task } from './task.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function work(task: Task, bytes: Uint8Array): Promise<{ done: Done } | { refused: Refusal }> {
  if (sha256(bytes) !== task.sha256) return { refused: 'other-bytes' };
  const kind = kindOf(bytes);
  if (kind === undefined) return { refused: 'unknown-kind' };
  const drawn = isPicture(kind) ? await redraw(bytes, kind, task.maxPixels) : null;
  if (drawn && 'refused' in drawn) return drawn;
  const encrypter = new Encrypter();
  for (const recipient of task.recipients) encrypter.addRecipient(recipient);
  const sealed = await encrypter.encrypt(bytes);
  const original = sha256(sealed);
  writeDurably(task.folder, `${original}.age`, sealed);
  return {
    done: {
      kind,
      size: bytes.length,
      original,
      view: drawn && { bytes: drawn.view, sha256: sha256(drawn.view), width: drawn.width, height: drawn.height },
    },
  };
}

const DAY_SECONDS = 86_400;

/** Temporary file, fsync, rename, fsync of the folder. The file's own times are set to the day: they would tell the minute. */
function writeDurably(folder: string, name: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const partial = join(folder, `.${name}.part`);
  const file = openSync(partial, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  const day = Math.floor(Date.now() / 1_000 / DAY_SECONDS) * DAY_SECONDS;
  utimesSync(partial, day, day);
  renameSync(partial, join(folder, name));
  const at = openSync(folder, 'r');
  try {
    fsyncSync(at);
  } finally {
    closeSync(at);
  }
}

/** The bytes of one task; the pipe carries nothing else, and one task at a time. */
function receive(size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  return new Promise((done) => {
    if (size === 0) return done(bytes);
    const take = (chunk: Buffer) => {
      at += chunk.copy(bytes, at);
      if (at < size) return;
      process.stdin.off('data', take);
      process.stdin.pause();
      done(bytes);
    };
    process.stdin.on('data', take);
    process.stdin.resume();
  });
}

let turn: Promise<void> = Promise.resolve();
process.on('message', (task: Task) => {
  turn = turn.then(async () => {
    let answer: Answer;
    try {
      answer = { number: task.number, ...(await work(task, await receive(task.size))) };
    } catch (error) {
      // The name alone: a message may quote what was sent.
      answer = { number: task.number, failed: error instanceof Error ? error.name : 'unknown' };
    }
    process.send?.(answer);
  });
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
