/**
 * The exchange's arithmetic in a thread of its own, so that the desk is answered while ten thousand points are raised.
 * A thread that ends fails what was asked of it and is started again for the next question.
 */
import { Worker } from 'node:worker_threads';
import type { Blinded } from './psi.ts';
import type { Reply, Task } from './psi-work.ts';

interface Waiting {
  readonly done: (value: never) => void;
  readonly failed: (error: Error) => void;
}

export class PsiWorker {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  blind(epoch: number, tokens: readonly string[], key: Uint8Array, size: number): Promise<Blinded> {
    return this.ask({ kind: 'blind', epoch, tokens, key, size });
  }

  raise(points: readonly Uint8Array[], key: Uint8Array): Promise<Uint8Array[]> {
    return this.ask({ kind: 'raise', points, key });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private ask<Result>(task: Task): Promise<Result> {
    this.worker ??= this.start();
    const { worker } = this;
    return new Promise<Result>((done, failed) => {
      const id = this.asked++;
      this.waiting.set(id, { done, failed });
      worker.postMessage({ id, task });
    });
  }

  private start(): Worker {
    const worker = new Worker(new URL('./psi-thread.mjs', import.meta.url), { execArgv: [] });
    worker.unref();
    const fail = (error: Error): void => {
      if (this.worker === worker) this.worker = undefined;
      for (const { failed } of this.waiting.values()) failed(error);
      this.waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`the exchange's thread ended with code ${code}`)));
    worker.on('message', (reply: Reply) => {
      const waiting = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if ('failed' in reply) waiting?.failed(new Error(reply.failed));
      else waiting?.done(reply.done as never);
    });
    return worker;
  }
}
