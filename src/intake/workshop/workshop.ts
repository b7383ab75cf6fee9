/**
 * The house's side of the workshop: hands it one file at a time and waits, with a limit of time and of memory. Whatever
 * happens in there, the house's own thread never decodes a picture, hashes a large file or seals one.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { Answer, Done, Refusal, Task } from './task.ts';

export interface WorkshopLimits {
  readonly timeMs: number;
  /** Resident memory in bytes; looked at only where /proc is. */
  readonly memory: number;
}

const LIMITS: WorkshopLimits = { timeMs: 30_000, memory: 768 * 1024 * 1024 };
const LOOK_EVERY_MS = 200;
const PAGE = 4_096;
/** Files that may wait, each in memory; one more is told to come again. */
const MOST_WAITING = 8;

/** `overloaded`: too many wait, nothing is wrong with the file. `too-hard`: it took too long or too much memory. */
export type Crafted = { readonly done: Done } | { readonly refused: Refusal | 'too-hard' | 'overloaded' };

/** A file as it came in: pieces that are never put together here, so that no copy of a large one holds anybody up. */
export type Pieces = readonly Uint8Array[];

export class Workshop {
  readonly #limits: WorkshopLimits;
  #process: Promise<ChildProcess> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #number = 0;
  #waiting = 0;

  constructor(limits: WorkshopLimits = LIMITS) {
    this.#limits = limits;
  }

  /** Works on one file; rejects only when the workshop cannot be started or the disk fails. */
  craft(task: Omit<Task, 'number' | 'size'>, pieces: Pieces): Promise<Crafted> {
    if (this.#waiting >= MOST_WAITING) return Promise.resolve({ refused: 'overloaded' });
    this.#waiting += 1;
    const mine = this.#turn.then(() => {
      const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
      return this.#run({ ...task, size, number: ++this.#number }, pieces);
    });
    this.#turn = mine.then(
      () => {
        this.#waiting -= 1;
      },
      () => {
        this.#waiting -= 1;
      },
    );
    return mine;
  }

  async close(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    (await running?.catch(() => undefined))?.kill('SIGKILL');
  }

  async #run(task: Task, pieces: Pieces): Promise<Crafted> {
    this.#process ??= start();
    const running = await this.#process.catch((error) => {
      this.#process = undefined;
      throw error;
    });
    const answer = await ask(running, task, pieces, this.#limits);
    if (answer === 'killed') {
      this.#process = undefined;
      return { refused: 'too-hard' };
    }
    if ('failed' in answer) throw new Error(`the workshop failed: ${answer.failed}`);
    return answer;
  }
}

function start(): Promise<ChildProcess> {
  const running = fork(new URL('./process.mjs', import.meta.url), [], {
    env: {},
    execArgv: ['--max-old-space-size=384'],
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((done, fail) => {
    running.stdin?.on('error', () => {});
    running.once('message', () => done(running));
    running.once('error', fail);
    running.once('exit', (code) => fail(new Error(`the workshop did not start (${code})`)));
  });
}

/** One question and its answer; `killed` when it died or had to be stopped. */
function ask(running: ChildProcess, task: Task, pieces: Pieces, limits: WorkshopLimits): Promise<Answer | 'killed'> {
  return new Promise((done) => {
    const stop = () => running.kill('SIGKILL');
    const clock = setTimeout(stop, limits.timeMs);
    const watch = setInterval(async () => {
      if ((await residentBytes(running.pid)) > limits.memory) stop();
    }, LOOK_EVERY_MS);
    const finish = (answer: Answer | 'killed') => {
      clearTimeout(clock);
      clearInterval(watch);
      running.off('message', onAnswer);
      running.off('exit', onExit);
      done(answer);
    };
    const onAnswer = (message: unknown) => {
      const answer = message as Answer;
      if (answer.number === task.number) finish(answer);
    };
    const onExit = () => finish('killed');
    running.on('message', onAnswer);
    running.on('exit', onExit);
    if (running.exitCode !== null || running.signalCode !== null) finish('killed');
    else {
      running.send(task, (error) => error && finish('killed'));
      void pour(running, pieces);
    }
  });
}

/** Piece by piece, no faster than the pipe takes them; stops when the process is gone. */
async function pour({ stdin }: ChildProcess, pieces: Pieces): Promise<void> {
  for (const piece of pieces) {
    if (!stdin || stdin.destroyed) return;
    if (!stdin.write(piece)) await drained(stdin);
  }
}

/** When a pipe takes more, or is closed. */
async function drained(pipe: Writable): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  await Promise.race([once(pipe, 'drain', { signal }), once(pipe, 'close', { signal })]).catch(() => {});
  stop.abort();
}

async function residentBytes(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) * PAGE;
}
