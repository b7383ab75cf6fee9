/** What the exchange's thread does: blinds a set, raises a set. Two seconds of arithmetic that must not hold up alerts. */
import { parentPort } from 'node:worker_threads';
import { type Blinded, blind, psiReady, raise } from './psi.ts';

export type Task =
  | {
      readonly kind: 'blind';
      readonly epoch: number;
      readonly tokens: readonly string[];
      readonly key: Uint8Array;
      readonly size: number;
    }
  | { readonly kind: 'raise'; readonly points: readonly Uint8Array[]; readonly key: Uint8Array };

export interface Request {
  readonly id: number;
  readonly task: Task;
}
export type Reply =
  | { readonly id: number; readonly done: Blinded | Uint8Array[] }
  | { readonly id: number; readonly failed: string };

const perform = (task: Task): Blinded | Uint8Array[] =>
  task.kind === 'blind' ? blind(task.epoch, task.tokens, task.key, task.size) : raise(task.points, task.key);

const port = parentPort;
if (port) {
  await psiReady();
  port.on('message', ({ id, task }: Request) => {
    let reply: Reply;
    try {
      reply = { id, done: perform(task) };
    } catch (error) {
      reply = { id, failed: error instanceof Error ? error.message : String(error) };
    }
    port.postMessage(reply);
  });
}
