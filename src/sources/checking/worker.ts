/** The checking thread: takes one file apart, tells its batches, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { isProblem } from '../../core/index.ts';
import { checkFile } from './check-file.ts';
import { readFileBounded } from './read-file.ts';
import type { CheckMessage, CheckTask } from './thread.ts';

const { fileName, content, options } = workerData as CheckTask;
const tell = (message: CheckMessage) => parentPort?.postMessage(message);
try {
  const bytes = typeof content === 'string' ? await readFileBounded(content) : content;
  await checkFile(fileName, bytes, options, (batch) => tell({ batch }));
  tell({ done: true });
} catch (error) {
  if (!isProblem(error)) throw error;
  const { kind, message, where, params } = error;
  tell({ problem: { kind, message, where, params } });
}
