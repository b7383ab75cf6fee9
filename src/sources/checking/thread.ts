/**
 * Files of strangers are taken apart in a thread of their own: a table of a million cells, or a workbook made to unpack
 * for ever, holds up nobody. A small text is not worth a thread.
 */
import { Worker } from 'node:worker_threads';
import { Problem, type ProblemKind, type ProblemParams } from '../../core/index.ts';
import type { ReportInput } from '../model.ts';
import { type Batch, type CheckOptions, checkFile, type RefusedLine } from './check-file.ts';

export interface CheckTask {
  readonly fileName: string;
  /** The bytes, or the path of a file that holds them. */
  readonly content: Uint8Array | string;
  readonly options: CheckOptions;
}

export type CheckMessage =
  | { readonly batch: Batch }
  | { readonly done: true }
  | {
      readonly problem: {
        readonly kind: ProblemKind;
        readonly message: string;
        readonly where: string | undefined;
        readonly params: ProblemParams;
      };
    };

export interface CheckedFile {
  readonly good: readonly ReportInput[];
  readonly rejected: readonly RefusedLine[];
}

/** Bytes of a text that is checked where it is; a packed file never is. */
const SMALL = 32_768;
const isPacked = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** Checks a file; `onRows` is told how many rows were looked at. Throws a Problem when the file is refused as a whole. */
export async function checkApart(task: CheckTask, onRows: (rows: number) => void): Promise<CheckedFile> {
  const good: ReportInput[] = [];
  const rejected: RefusedLine[] = [];
  const take = (batch: Batch) => {
    good.push(...batch.good);
    rejected.push(...batch.rejected);
    onRows(good.length + rejected.length);
  };
  const { content } = task;
  if (typeof content !== 'string' && content.length <= SMALL && !isPacked(content))
    await checkFile(task.fileName, content, task.options, take);
  else await inThread(task, take);
  return { good, rejected };
}

function inThread(task: CheckTask, take: (batch: Batch) => void): Promise<void> {
  const worker = new Worker(new URL('./entry.mjs', import.meta.url), { workerData: task });
  const result = new Promise<void>((done, fail) => {
    worker.on('message', (message: CheckMessage) => {
      if ('batch' in message) take(message.batch);
      else if ('done' in message) done();
      else {
        const { kind, message: detail, where, params } = message.problem;
        fail(new Problem(kind, detail, { params, ...(where === undefined ? {} : { where }) }));
      }
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('the checking of the file stopped')));
  });
  return result.finally(() => worker.terminate());
}
