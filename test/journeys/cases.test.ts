/** Kept decisions as a file, on the command line: exported from a data folder, and tried on today's reader. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'hudna-cases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = 'Artillery shelling hit the town of Azaz yesterday, killing two people.';
const caseFile = (name: string, killed: number, more: object = {}): string => {
  const path = join(folder, name);
  const expect = [
    { event: 0, field: 'killed', value: { low: killed, high: killed }, words: ['two people'] },
    { event: 0, field: 'injured', value: null, words: [] },
    { event: 0, field: 'type', value: 'shelling', words: [] },
  ];
  writeFileSync(
    path,
    `${JSON.stringify({ case: 1, id: 'a', text: TEXT, published: '2016-05-12', lang: 'en', expect, ...more })}\n`,
  );
  return path;
};

describe('hudna cases', () => {
  it('check ends with 0 when every value is read so', async () => {
    const { code, stdout } = await runCli(['cases', 'check', caseFile('right.jsonl', 2)]);
    expect([code, stdout]).toEqual([0, '1 cases, 3 values: 3 read so, 0 not\n']);
  });

  it('check ends with 1 and names each value that is not', async () => {
    const { code, stdout } = await runCli(['cases', 'check', caseFile('other.jsonl', 9), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      values: 3,
      misses: [{ id: 'a', event: 0, field: 'killed', expected: { low: 9, high: 9 }, read: { low: 2, high: 2 } }],
    });
  });

  it('check refuses a bad file with file, line and field', async () => {
    const { code, stderr } = await runCli(['cases', 'check', caseFile('bad.jsonl', 2, { expect: [] })]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/bad\.jsonl:1: expect/);
  });

  it('export of a folder in which nothing was kept writes an empty file', async () => {
    const out = join(folder, 'kept.jsonl');
    const { code } = await runCli(['cases', 'export', '--out', out, '--data', join(folder, 'data')]);
    expect(code).toBe(0);
    expect((await runCli(['cases', 'check', out])).stdout).toBe('0 cases, 0 values: 0 read so, 0 not\n');
  });
});
