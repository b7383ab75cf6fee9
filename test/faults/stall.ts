/**
 * Sends every hostile file, and the largest honest ones, to each door of a running server, from another process, and
 * prints how long its event loop stood still. 50 ms is the most that is allowed.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sheetXml, tarWithLink, workbook, zip } from '../support/hostile/archives.ts';
import { emptyPng, photograph, SVG_WITH_SCRIPT, textBombPng } from '../support/hostile/pictures.ts';
import { hashOf, submissionOf } from '../support/intake.ts';

const MB = 1_000_000;
export const MOST_MS = 50;
/** A whole run takes a minute or two on a calm machine; whatever hangs ends it. */
const LONGEST_RUN_MS = 10 * 60_000;

export interface Stall {
  readonly door: string;
  readonly what: string;
  readonly answer: string;
  /** The longest that the loop stood still, and the most that it worked in one go. Milliseconds. */
  readonly stillMs: number;
  readonly workMs: number;
}

/** Runs all cases against a fresh server on `dataDir`; `only` keeps the cases whose door or name has that word. */
export async function measureStalls(dataDir: string, only: string, tell: (stall: Stall) => void): Promise<Stall[]> {
  const server = fork(join(import.meta.dirname, 'stall-server.ts'), [dataDir], { execArgv: ['--import', 'tsx'] });
  const { port } = await next<{ port: number }>(server);
  const origin = `http://127.0.0.1:${port}`;
  const found: Stall[] = [];
  const stopAt = Date.now() + LONGEST_RUN_MS;
  const measure = async (door: string, what: string, send: () => Promise<string>) => {
    if (!`${door} ${what}`.includes(only)) return;
    await sleep(300);
    await ask(server, 'longest');
    const answer = await within(stopAt - Date.now(), send(), `${door}: ${what}`);
    await ask(server, 'idle');
    await sleep(100);
    const { still, work } = await ask<{ still: number; work: number }>(server, 'longest');
    const stall = { door, what, answer, stillMs: still, workMs: work };
    found.push(stall);
    tell(stall);
  };
  try {
    await attachments(origin, measure);
    await submissions(origin, measure);
    await importedFiles(dataDir, measure);
    return found;
  } finally {
    server.send('stop');
    await new Promise((done) => server.once('exit', done));
  }
}

type Measure = (door: string, what: string, send: () => Promise<string>) => Promise<void>;

/** The answer, or an error once the time is over. */
async function within<Answer>(ms: number, answer: Promise<Answer>, what: string): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, fail) => {
    timer = setTimeout(
      () => fail(new Error(`${what}: no answer in ${LONGEST_RUN_MS / 60_000} minutes of the run`)),
      Math.max(0, ms),
    );
  });
  try {
    return await Promise.race([answer, over]);
  } finally {
    clearTimeout(timer);
  }
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
const next = <Answer>(server: ChildProcess): Promise<Answer> =>
  new Promise((done, fail) => {
    const ended = (code: number | null) => fail(new Error(`the server ended (${code})`));
    server.once('exit', ended);
    server.once('message', (answer) => {
      server.off('exit', ended);
      done(answer as Answer);
    });
  });
const ask = <Answer>(server: ChildProcess, what: string): Promise<Answer> => {
  const answer = next<Answer>(server);
  server.send(what);
  return answer;
};

const answerOf = async (response: Response): Promise<string> => {
  const { code } = (await response.json().catch(() => ({}))) as { code?: string };
  return `${response.status}${code ? ` ${code}` : ''}`;
};

const postJson = async (url: string, body: string): Promise<string> =>
  answerOf(await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }));

async function attachments(origin: string, measure: Measure): Promise<void> {
  const honest = await photograph('jpeg', 640, 480);
  const film = Buffer.alloc(24 * MB, 7);
  film.write('\0\0\0 ftypisom', 0, 'latin1');
  const files: [string, Uint8Array][] = [
    ['a photograph', honest],
    ['a photograph of 48 megapixels', await photograph('jpeg', 8_000, 6_000, 8)],
    ['a film of 24 MB', film],
    ['a gigapixel PNG', emptyPng(40_000, 40_000)],
    ['a PNG of 60 megapixels in a few bytes', emptyPng(7_700, 7_700)],
    ['a PNG with a text that unpacks to 400 MB', textBombPng(400 * MB)],
    ['a zip bomb', zip([{ name: 'a.jpg', content: new Uint8Array(200 * MB) }])],
    ['a tar with a link', tarWithLink('a.jpg', '/etc/passwd')],
    ['an SVG with a script', SVG_WITH_SCRIPT],
    ['a page behind a JPEG', Buffer.concat([honest, Buffer.from('<script>alert(1)</script>')])],
    ['half a JPEG', honest.subarray(0, honest.length / 2)],
  ];
  for (const [what, bytes] of files) {
    const submission = submissionOf('شهادة', { attachments: [hashOf(bytes)] });
    await postJson(`${origin}/api/intake/submissions`, JSON.stringify(submission));
    await measure('attachment', what, async () =>
      answerOf(
        await fetch(`${origin}/api/intake/submissions/${submission.id}/attachments/${hashOf(bytes)}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/octet-stream' },
          body: Buffer.from(bytes),
        }),
      ),
    );
  }
}

async function submissions(origin: string, measure: Measure): Promise<void> {
  const url = `${origin}/api/intake/submissions`;
  const bodies: [string, string][] = [
    [
      'a testimony of 20,000 letters',
      JSON.stringify(submissionOf('قصف على حي الأشرفية في حلب أمس وقُتل ثلاثة. '.repeat(430))),
    ],
    ['numbers and brackets without end', JSON.stringify(submissionOf('((1,1.1-1/1:1'.repeat(1_500)))],
    ['JSON 100,000 levels deep', '['.repeat(100_000)],
    ['JSON with 60,000 fields', `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join()}}`],
    ['a body larger than allowed', `"${'x'.repeat(1_000_000)}"`],
    ['an identity that is no age file', JSON.stringify(submissionOf('قصف', { identity: 'A'.repeat(24_000) }))],
    ['a hash that nobody announced', JSON.stringify({ ...submissionOf('قصف'), id: randomUUID() })],
  ];
  for (const [what, body] of bodies) await measure('submission', what, () => postJson(url, body));
  await measure('report', 'a report of 4 MB without a token', () =>
    postJson(`${origin}/api/reports`, JSON.stringify({ text: 'x'.repeat(3_900_000) })),
  );
}

async function importedFiles(dataDir: string, measure: Measure): Promise<void> {
  const rows = (count: number, place = 'حلب') =>
    Array.from({ length: count }, (_, i) => [`قصف على ${place} ${i}`, 'مصدر', '2016-05-01']);
  const head = ['text', 'source', 'published'];
  const lol = `<!DOCTYPE a [<!ENTITY a "zq">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]>`;
  const files: [string, string, Uint8Array | string][] = [
    ['a workbook that unpacks to 400 MB', 'bomb.xlsx', workbook(sheetXml([['text'], ['x'.repeat(400 * MB)]]))],
    ['a workbook whose directory lies', 'lie.xlsx', workbook(sheetXml([['text'], ['y'.repeat(250 * MB)]]), [], 1_000)],
    ['a workbook with entities', 'lol.xlsx', workbook(sheetXml([head, ['&j;', 's', '2016-05-01']], lol))],
    ['a workbook of 300 rows', 'rows.xlsx', workbook(sheetXml([head, ...rows(300)]))],
    ['a CSV of 300 rows', 'rows.csv', [head, ...rows(300, 'حمص')].map((row) => row.join(',')).join('\n')],
    ['a CSV of one quoted cell of 50 MB', 'cell.csv', `text,source\n"${'x'.repeat(50 * MB)}`],
    ['lines of JSON without an end', 'deep.jsonl', `${'['.repeat(1_000_000)}\n`],
    ['a tar with a link', 'a.tar', tarWithLink('a.jsonl', '/etc/passwd')],
  ];
  for (const [what, name, content] of files) {
    const path = join(dataDir, name);
    writeFileSync(path, content);
    await measure('import', what, () => importFile(dataDir, path));
  }
}

/** `hudna import` as the operator runs it: a process of its own that speaks to the server's local door. */
function importFile(dataDir: string, path: string): Promise<string> {
  const args = [
    '--import',
    'tsx',
    join(import.meta.dirname, '../../src/cli/main.ts'),
    'import',
    path,
    '--data',
    dataDir,
  ];
  const child = spawn(process.execPath, [...args, '--no-wait'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  return new Promise((done) => {
    child.once('exit', (code) => done(`exit ${code} ${said.trim().split('\n').at(-1)?.slice(0, 80) ?? ''}`));
  });
}
