/**
 * Catches the one mistake that would hang: asking the database itself from inside a transaction. On the embedded
 * engine that waits for ever on its own turn, so on both engines it is an error at once.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const open = new AsyncLocalStorage<{ over: boolean }>();

/** Runs a transaction's body; inside it `refuseInsideTransaction` throws until the transaction is over. */
export async function insideTransaction<Result>(body: () => Promise<Result>): Promise<Result> {
  const mark = { over: false };
  try {
    return await open.run(mark, body);
  } finally {
    mark.over = true;
  }
}

export function refuseInsideTransaction(): void {
  if (open.getStore()?.over === false) {
    throw new Error('the database was asked from inside a transaction: pass the transaction (tx) down instead of db');
  }
}
