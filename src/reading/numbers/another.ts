/** "Another wounded", "a third was killed": one more, told by a word of order and the verb alone. */
import type { ReaderContext } from '../context.ts';
import { spanAt } from '../document.ts';
import type { CountingMarks } from './marks.ts';
import type { Quantity } from './model.ts';
import { numberAt } from './parse.ts';

const ORDERS = new Set(['second', 'third', 'fourth', 'fifth']);
const BETWEEN = new Set('was is been were seriously critically badly lightly severely slightly'.split(' '));
const REACH = 4;
const PEOPLE = new Set(['deaths', 'injured']);

export function anotherIn({ tokens, doc }: ReaderContext, marks: CountingMarks): Quantity[] {
  const found: Quantity[] = [];
  if (marks.toll.size === 0) return found;
  for (let i = 0; i + 1 < tokens.count; i++) {
    const word = tokens.norm[i];
    if (word !== 'another' && !(ORDERS.has(word ?? '') && tokens.norm[i - 1] === 'a')) continue;
    let at = i + 1;
    while (at < i + REACH && BETWEEN.has(tokens.norm[at] ?? '')) at++;
    const toll = marks.toll.get(at);
    const unit = toll?.value.value.split('=')[0] ?? '';
    if (!toll || !PEOPLE.has(unit) || numberAt(tokens, toll.to)) continue;
    const from = word === 'another' ? i : i - 1;
    found.push({
      span: spanAt(doc, tokens.start[from] ?? 0, tokens.end[i] ?? 0),
      value: 1,
      upper: null,
      comparator: '=',
      unit,
      group: null,
      partOf: false,
      share: false,
      implicit: true,
      from,
      to: i + 1,
      sentence: tokens.sentence[i] ?? 0,
    });
  }
  return found;
}
