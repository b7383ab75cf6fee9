/**
 * `hudna verify`: reads what it is pointed at, runs the check, prints and gives the exit code. Uses nothing of the
 * server; the same code is built into the one-file verifier.
 */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type PinnedAuthors, parseAuthors } from '../author.ts';
import { utf8Text } from '../bytes.ts';
import type { SignedCheckpoint } from '../checkpoint.ts';
import type { Finding, Outcome } from '../finding.ts';
import { type Handover, parseHandovers, readHandovers } from '../handover.ts';
import { parseVkey } from '../keys.ts';
import { nodeCrypto } from '../node.ts';
import { parsePolicy } from '../policy.ts';
import { checkCheckpoint, type Trust, trustInKeys, trustInPolicy } from '../trust.ts';
import { printReport, type Report } from './print.ts';
import { isUrl, logSource } from './sources.ts';
import { runTask, type TaskContext } from './tasks.ts';
import { HELP, parseRequest, type Request, UsageError } from './usage.ts';

export interface CommandIo {
  out(text: string): void;
  err(text: string): void;
  /** Called with counts while a long audit runs. */
  progress?(done: number, total: number): void;
  /** Seconds since 1970. */
  now(): number;
}

const EXIT: Readonly<Record<Outcome, number>> = { valid: 0, invalid: 2, partial: 3, incomplete: 4 };
const WRONG_USAGE = 1;
const MAX_FILE_BYTES = 64 * 1_048_576;

/** Runs the words behind `hudna verify`; the exit code. */
export async function runVerify(words: readonly string[], io: CommandIo): Promise<number> {
  try {
    const request = parseRequest(words);
    if (request === 'help') {
      io.out(HELP);
      return 0;
    }
    const report = await run(request, io);
    printReport(report, request, io);
    return EXIT[report.finding.outcome];
  } catch (error) {
    if (error instanceof MissingCheckpoint) {
      io.err(`hudna verify: ${error.message}\n`);
      return EXIT.incomplete;
    }
    if (!(error instanceof UsageError)) throw error;
    io.err(`hudna verify: ${error.message}\n`);
    return WRONG_USAGE;
  }
}

async function run(request: Request, io: CommandIo): Promise<Report> {
  const pinned = await readTrust(request);
  for (const place of request.places) {
    if (!isUrl(place) && !existsSync(place)) throw new UsageError(`${place}: no such file or folder`);
  }
  const handovers = await handoversFor(request);
  if ('outcome' in handovers) return { finding: handovers, checkpoint: null, cosigners: [], silent: [] };
  const trust = { ...pinned, handovers };
  const context: TaskContext = {
    crypto: nodeCrypto,
    trust,
    fresh: request.maxAge === undefined ? undefined : { now: io.now(), maxAge: request.maxAge },
    seen: await readSeen(request, trust),
    entries: request.entries,
    authors: request.authors === undefined ? undefined : await readAuthors(request.authors),
    now: io.now(),
    readFile: readBounded,
    readPlace: (place) => readPlace(place, request.tiles),
    onProgress: io.progress?.bind(io),
  };
  return { handovers, ...(await runTask(request, context)) };
}

/** Changes of the log's key: of the file that was named, else of the last place that is a log (`OLD NEW`: the new one). */
async function handoversFor(request: Request): Promise<readonly Handover[] | Finding> {
  if (request.handovers !== undefined) return parseHandovers(nodeCrypto, await readBounded(request.handovers));
  for (const place of request.places.toReversed()) {
    if (isUrl(place) || (await isFolder(place))) return readHandovers(nodeCrypto, logSource(place));
  }
  return request.tiles === undefined ? [] : readHandovers(nodeCrypto, logSource(request.tiles));
}

async function readTrust(request: Request): Promise<Trust> {
  if (request.policy !== undefined) {
    const policy = parsePolicy(nodeCrypto, await readBounded(request.policy));
    if ('fault' in policy) {
      const where = policy.line > 0 ? `${request.policy}, line ${policy.line}` : request.policy;
      throw new UsageError(`${where}: ${policy.fault}`);
    }
    if (policy.logs.length === 0) throw new UsageError(`${request.policy}: the policy names no log`);
    return trustInPolicy(policy);
  }
  return trustInKeys(
    request.vkeys.map((text) => {
      const key = parseVkey(nodeCrypto, text);
      if ('fault' in key) throw new UsageError(`not a usable key (${key.fault}): ${text}`);
      return key;
    }),
  );
}

/** Earlier checkpoints are what the person trusts: one that no trusted log signed is wrong usage, not a finding. */
async function readSeen(request: Request, trust: Trust): Promise<SignedCheckpoint[]> {
  const keysOnly: Trust = { ...trust, quorum: { kind: 'none' } };
  const seen: SignedCheckpoint[] = [];
  for (const path of request.seen) {
    const raw = await readPlace(path, undefined).then(
      (place) => place.raw,
      (error: Error) => {
        throw new UsageError(error.message);
      },
    );
    const { finding, checkpoint } = checkCheckpoint(nodeCrypto, raw, keysOnly);
    if (!checkpoint || finding.outcome !== 'valid') {
      throw new UsageError(`${path}: not a checkpoint signed by a trusted log`);
    }
    seen.push(checkpoint);
  }
  return seen;
}

async function readAuthors(path: string): Promise<PinnedAuthors> {
  const text = utf8Text(await readBounded(path));
  const authors = text === undefined ? 0 : parseAuthors(text);
  if (typeof authors === 'number') throw new UsageError(`${path}, line ${authors}: not an author's key in base64`);
  return authors;
}

async function readBounded(path: string): Promise<Uint8Array> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw new UsageError(`${path}: not a file`);
    if (facts.size > MAX_FILE_BYTES) throw new UsageError(`${path}: too large`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}`);
  }
}

/** A checkpoint and where its tiles are: a file, a folder or a URL prefix. */
async function readPlace(
  place: string,
  tiles: string | undefined,
): Promise<{ raw: Uint8Array; source: string | undefined }> {
  const folder = await isFolder(place);
  if (folder || isUrl(place)) {
    const raw = await logSource(place)
      .read('checkpoint', MAX_FILE_BYTES)
      .catch(() => undefined);
    if (!raw) throw new MissingCheckpoint(place);
    return { raw, source: place };
  }
  const raw = await readBounded(place);
  const beside = (await isFolder(join(dirname(place), 'tile'))) ? dirname(place) : undefined;
  return { raw, source: tiles ?? beside };
}

/** A folder or prefix without a checkpoint: data is missing, the question was well put. */
class MissingCheckpoint extends Error {
  constructor(place: string) {
    super(`${place}: no checkpoint there`);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
