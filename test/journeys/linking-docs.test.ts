/** docs/linking.md as a researcher follows it: its files, its commands, what it says comes out. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../support/needs.ts';
import { runCli } from '../support/run-cli.ts';

const DOCS = readFileSync(inRepository('docs/linking.md'), 'utf8');

/** The block of a language after the first mention of a name in backticks. */
function blockAfter(mention: string, language: string): string {
  const from = DOCS.indexOf(`\`${mention}\``);
  const open = DOCS.indexOf(`\`\`\`${language}\n`, from);
  expect(from >= 0 && open >= 0, mention).toBe(true);
  const start = open + language.length + 4;
  return DOCS.slice(start, DOCS.indexOf('```', start));
}

const commands = [...DOCS.matchAll(/```sh\n(hudna link [^`]+)```/g)].map(([, text = '']) =>
  text.replaceAll('\\\n', ' ').trim().split(/\s+/).slice(1),
);

interface Line {
  readonly id: string;
  readonly incident: string;
  readonly score: number | null;
  readonly explanation: readonly { readonly bits: number }[];
}

describe('the page for a researcher', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hudna-docs-'));
    writeFileSync(join(folder, 'gov.csv'), blockAfter('gov.csv', 'csv'));
    writeFileSync(join(folder, 'media.csv'), blockAfter('media.csv', 'csv'));
    writeFileSync(join(folder, 'kinds.json'), blockAfter('kinds.json', 'json'));
    writeFileSync(join(folder, 'input.jsonl'), blockAfter('input.jsonl', 'jsonl'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const linked = (name: string): Line[] =>
    readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('has commands that run as written', async () => {
    expect(commands).toHaveLength(2);
    for (const args of commands) {
      const { code, stderr } = await runCli(args, { cwd: folder });
      expect([code, stderr], args.join(' ')).toEqual([0, expect.any(String)]);
    }
  });

  it('joins the rows of two tables with other columns, kinds and names', () => {
    const lines = linked('linked.jsonl');
    expect(lines.map(({ id }) => id)).toEqual(['gov:1', 'gov:2', 'gov:3', 'media:17', 'media:18', 'media:19']);
    const home = Object.fromEntries(lines.map(({ id, incident }) => [id, incident]));
    expect(home['media:17']).toBe(home['gov:1']);
    expect(home['media:18']).toBe(home['gov:3']);
    expect(new Set(Object.values(home)).size).toBe(4);
    for (const { score, explanation } of lines) {
      const sum = explanation.reduce((total, { bits }) => total + bits, 0);
      if (score !== null) expect(sum).toBeCloseTo(score, 6);
    }
  });

  it('reads a text beside an event', () => {
    const [first, second] = linked('linked-lines.jsonl');
    expect(second?.incident).toBe(first?.incident);
  });

  it('says which file lacks a mapped column', async () => {
    const args = ['link', 'gov.csv', 'media.csv', '--map', 'deaths=killed', '--out', 'x.jsonl'];
    const { code, stderr } = await runCli(args, { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(/media\.csv:2: there is no column "deaths" \(mapped to killed\)/);
  });
});
