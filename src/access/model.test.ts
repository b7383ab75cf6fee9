import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRepository } from '../../test/support/needs.ts';
import { ACTIONS, may, ROLES } from './model.ts';

const page = readFileSync(inRepository('docs/roles.md'), 'utf8');
const rows = (page.split('<!-- matrix -->')[1] ?? '')
  .trim()
  .split('\n')
  .filter((_line, i, all) => all.slice(0, i + 1).every((one) => one.startsWith('|')))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

it('the matrix in docs/roles.md is the one in the code', () => {
  const [head, , ...body] = rows;
  expect(head).toEqual(['', ...ACTIONS]);
  expect(body).toEqual(ROLES.map((role) => [role, ...ACTIONS.map((action) => (may(role, action) ? 'yes' : ''))]));
});

it('nobody without a role may do anything, and the operator can neither propose nor approve', () => {
  expect(ACTIONS.filter((action) => may(null, action))).toEqual([]);
  expect(ACTIONS.filter((action) => may('operator', action))).toEqual(['operate']);
});
