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

/** An idle reader is let go: it holds a hundred megabytes, and another is made in a second. */
const REST_AFTER_MS = 30_000;
/** A small nursery keeps the thread from growing by what each text leaves behind. */
const SMALL_NURSERY = { maxYoungGenerationSizeMb: 16 };

interface Waiting {
  resolve(reading: Reading): void;
  reject(error: Error): void;
}

export class ReaderThread {
  readonly #setup: ReaderSetup;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #number = 0;
  #rest: NodeJS.Timeout | undefined;

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
    clearTimeout(this.#rest);
    const worker = this.#worker;
    // A text that comes while this one ends starts another.
    this.#worker = undefined;
    this.#refuse(new Error('the reader stopped'));
    await worker?.terminate();
  }

  #refuse(error: Error): void {
    for (const one of this.#waiting.values()) one.reject(error);
    this.#waiting.clear();
  }

  /** Lets the thread go when nothing was asked of it for a while. */
  #restLater(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      if (this.#waiting.size === 0) this.close();
      else this.#restLater();
    }, REST_AFTER_MS).unref();
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./entry.mjs', import.meta.url), {
      workerData: this.#setup,
      resourceLimits: SMALL_NURSERY,
    });
    // Nobody waits for an idle reader: a command may end.
    worker.unref();
    worker.on('message', ({ number, reading }: ReaderAnswer) => {
      this.#waiting.get(number)?.resolve(reading);
      this.#waiting.delete(number);
      if (this.#waiting.size > 0) return;
      worker.unref();
      this.#restLater();
    });
    // One that was let go says nothing any more about the questions of the next.
    const fail = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#refuse(error);
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('the reader stopped')));
    this.#worker = worker;
    this.#restLater();
    return worker;
  }
}
