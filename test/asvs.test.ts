/** docs/asvs.md answers all 70 requirements of level 1, and every test or page that it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRepository } from './support/needs.ts';

/** How many requirements of level 1 each section of ASVS 5.0.0 has, in order. */
const LEVEL_1 =
  '1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 5.2.1-2 5.3.1-2 6.1.1 6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1 12.2.1-2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1'
    .split(' ')
    .flatMap((range) => {
      const [, section, first, last] = /^(\d+\.\d+)\.(\d+)(?:-(\d+))?$/.exec(range) ?? [];
      const from = Number(first);
      return Array.from({ length: Number(last ?? first) - from + 1 }, (_, i) => `${section}.${from + i}`);
    });

const rows = readFileSync(inRepository('docs/asvs.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

it('answers every requirement of level 1 once, in order', () => {
  expect(LEVEL_1).toHaveLength(70);
  expect(rows.map(([id]) => id)).toEqual(LEVEL_1);
  for (const [id, , answer, by] of rows) {
    expect(['met', 'not applicable', 'deployment', 'not met'], id).toContain(answer);
    expect(by?.length, id).toBeGreaterThan(8);
  }
});

it('names only tests and pages that are there', () => {
  for (const [id, , answer, by = ''] of rows) {
    if (answer !== 'met') continue;
    const [, path, title] = /^`([^`]+)`: (.+)$/.exec(by) ?? [];
    if (path === undefined || title === undefined) {
      for (const [, page] of by.matchAll(/`([^`/][^`]*\.md)`/g))
        expect(existsSync(inRepository(page ?? '')), `${id} ${page}`).toBe(true);
      continue;
    }
    const text = readFileSync(inRepository(path), 'utf8');
    expect(text.includes(title), `${id}: ${path} has no “${title}”`).toBe(true);
  }
});
