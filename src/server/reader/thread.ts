/**
 * The reader in a thread of its own: a text of a stranger may be long and made to be hard, and while it is read the
 * server answers everybody else. Started by the first text, or before it by `start`.
 */
import { Worker } from 'node:worker_threads';
import type { Reading, ReadOptions } from '../../reading/index.ts';
import type { Instrument } from '../../terms/index.ts';

export interface ReaderSetup {
  readonly dataDir: string;
  readonly instrument: Instrument;
  /** Version of the gazetteer that the house has: the thread must load the same. */
  readonly gazetteer: string;
}

export interface ReaderQuestion {
  readonly number: number;
  readonly text: string;
  readonly options: ReadOptions | undefined;
}

export interface ReaderAnswer {
  readonly number: number;
  readonly reading: Reading;
}

interface Waiting {
  resolve(reading: Reading): void;
  reject(error: Error): void;
}

export class ReaderThread {
  readonly #setup: ReaderSetup;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #number = 0;

  constructor(setup: ReaderSetup) {
    this.#setup = setup;
  }

  /** Makes the reader ahead of the first text; costs no time here. */
  start(): void {
    this.#running();
  }

  /** Reads one text; rejects when the thread failed, and the next call starts another. */
  read(text: string, options?: ReadOptions): Promise<Reading> {
    const worker = this.#running();
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      worker.ref();
      worker.postMessage({ number, text, options } satisfies ReaderQuestion);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./entry.mjs', import.meta.url), { workerData: this.#setup });
    // Nobody waits for an idle reader: a command may end.
    worker.unref();
    worker.on('message', ({ number, reading }: ReaderAnswer) => {
      this.#waiting.get(number)?.resolve(reading);
      this.#waiting.delete(number);
      if (this.#waiting.size === 0) worker.unref();
    });
    const fail = (error: Error) => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const one of this.#waiting.values()) one.reject(error);
      this.#waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('the reader stopped')));
    this.#worker = worker;
    return worker;
  }
}
