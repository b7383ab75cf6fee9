/** The reader's thread: makes the reader once, then reads what it is sent, one text after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadGazetteer } from '../../places/index.ts';
import { createReader } from '../../reading/index.ts';
import type { ReaderAnswer, ReaderQuestion, ReaderSetup } from './thread.ts';

const { dataDir, instrument, gazetteer: expected } = workerData as ReaderSetup;
const gazetteer = loadGazetteer(dataDir);
if (gazetteer.version !== expected)
  throw new Error('the places of this data folder changed since the server started: start it again');
const reader = createReader({ gazetteer, instrument });

parentPort?.on('message', ({ number, text, options }: ReaderQuestion) => {
  parentPort?.postMessage({ number, reading: reader.read(text, options) } satisfies ReaderAnswer);
});
