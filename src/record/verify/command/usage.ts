/** The verifier's words on the command line: what may be asked, and what is wrong usage (exit 1, unlike other commands). */
import { parseArgs } from 'node:util';
import { isLang, type Lang } from '../../../core/index.ts';

export const HELP = `Usage: hudna verify checkpoint FILE|DIR|URL
       hudna verify audit DIR|URL
       hudna verify proof FILE [--entry FILE]
       hudna verify consistency OLD NEW
       hudna verify compare A B
       hudna verify bulletin FILE
       hudna verify receipt FILE

Checks a record without trusting whoever runs it. DIR holds "checkpoint" and "tile/", URL is their prefix.

  --vkey VKEY        a key of the log (signed-note verifier key); may be repeated
  --policy FILE      logs, witnesses and quorum (C2SP tlog-policy); instead of --vkey
  --seen CHECKPOINT  an earlier checkpoint that the log must extend; may be repeated
  --handovers FILE   changes of the log's key; a DIR or URL brings its own (file "handovers")
  --max-age SECONDS  the quorum must have co-signed within this time
  --entries WHAT     hudna: judge each entry (default); any: any C2SP log
  --authors FILE     audit: keys that may sign open entries, "AUTHOR KEY" or "KEY" a line
  --entry FILE       the entry that a proof is for, when the proof does not carry it
  --tiles DIR|URL    where the tiles lie, when a checkpoint is given as a file
  --json             {"valid", "firstBadIndex", "reason", …}
  --lang ar|en|ru    language of the sentences (default en)

Exit: 0 valid, 1 wrong usage or a bad policy or key, 2 invalid, 3 partial quorum, 4 incomplete data.
`;

export class UsageError extends Error {}

const TASKS = {
  checkpoint: 1,
  audit: 1,
  proof: 1,
  consistency: 2,
  compare: 2,
  bulletin: 1,
  receipt: 1,
} as const;
export type Task = keyof typeof TASKS;

export interface Request {
  readonly task: Task;
  readonly places: readonly string[];
  readonly vkeys: readonly string[];
  readonly policy: string | undefined;
  readonly seen: readonly string[];
  readonly handovers: string | undefined;
  readonly maxAge: number | undefined;
  readonly entries: 'hudna' | 'any';
  readonly authors: string | undefined;
  readonly entry: string | undefined;
  readonly tiles: string | undefined;
  readonly json: boolean;
  readonly lang: Lang;
}

/** The request of the words behind `hudna verify`; 'help' when help is asked for. Throws `UsageError`. */
export function parseRequest(words: readonly string[]): Request | 'help' {
  const { values, positionals } = split(words);
  if (values.help) return 'help';
  const [task, ...places] = positionals;
  if (task === undefined || !Object.hasOwn(TASKS, task)) {
    throw new UsageError(`say what to verify: ${Object.keys(TASKS).join(', ')}`);
  }
  const wanted = TASKS[task as Task];
  if (places.length !== wanted) throw new UsageError(`"${task}" takes ${wanted} place${wanted > 1 ? 's' : ''}`);
  const vkeys = values.vkey ?? [];
  if (vkeys.length > 0 && values.policy !== undefined) throw new UsageError('give --vkey or --policy, not both');
  if (vkeys.length === 0 && values.policy === undefined) throw new UsageError('give --vkey or --policy: whom to trust');
  const entries = values.entries ?? 'hudna';
  if (entries !== 'hudna' && entries !== 'any') throw new UsageError('--entries is hudna or any');
  if (values.authors !== undefined && (task !== 'audit' || entries === 'any'))
    throw new UsageError('--authors goes with audit, whose entries are judged');
  const lang = values.lang ?? 'en';
  if (!isLang(lang)) throw new UsageError('--lang is ar, en or ru');
  return {
    task: task as Task,
    places,
    vkeys,
    policy: values.policy,
    seen: values.seen ?? [],
    handovers: values.handovers,
    maxAge: parseMaxAge(values['max-age']),
    entries,
    authors: values.authors,
    entry: values.entry,
    tiles: values.tiles,
    json: values.json ?? false,
    lang,
  };
}

function split(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        vkey: { type: 'string', multiple: true },
        policy: { type: 'string' },
        seen: { type: 'string', multiple: true },
        handovers: { type: 'string' },
        'max-age': { type: 'string' },
        entries: { type: 'string' },
        authors: { type: 'string' },
        entry: { type: 'string' },
        tiles: { type: 'string' },
        json: { type: 'boolean' },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parseMaxAge(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new UsageError('--max-age is a number of seconds');
  return Number(text);
}
