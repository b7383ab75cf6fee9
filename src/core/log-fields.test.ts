import { expect, it } from 'vitest';
import { allowedFields } from './log-fields.ts';

it('writes what is on the list and leaves out everything else', () => {
  const error = new TypeError('قال الشاهد\n    at the market of my town');
  const fields = allowedFields({
    entry: 7,
    code: 'intake/closed',
    text: 'the words of a witness',
    ip: '192.0.2.7',
    lat: 36.2,
    status: 'five hundred',
    handler: 'a handler\nwith a second line',
    error: String(error),
    stack: error.stack,
  });
  expect(Object.keys(fields).sort()).toEqual(['code', 'entry', 'error', 'stack']);
  expect(fields).toMatchObject({ entry: 7, code: 'intake/closed', error: 'TypeError' });
  const stack = fields.stack as string[];
  expect(stack.length).toBeGreaterThan(0);
  expect(stack.join()).toContain('log-fields.test.ts');
  expect(JSON.stringify(fields)).not.toMatch(/market|الشاهد/);
});
