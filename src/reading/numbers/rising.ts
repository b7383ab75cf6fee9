/**
 * A toll that is told as having come to a number: "the death toll from the shelling has risen to 12", ارتفع إلى 9 بينهم
 * 4 أطفال عدد الشهداء, «до шести выросло число погибших». Verb, number and noun may stand in any order and far apart.
 */
import type { ReaderContext } from '../context.ts';
import { spanAt } from '../document.ts';
import type { Tokens } from '../tokens.ts';
import type { CountingMarks } from './marks.ts';
import { meaningOf } from './marks.ts';
import type { Quantity } from './model.ts';
import { numberAt } from './parse.ts';

const RISES =
  /^[وفل]?(?:[يت]?رتفع(?:ت)?|ارتفع(?:ت)?|ارتفاع|[يت]صل|وصل(?:ت)?|زاد(?:ت)?|ازداد(?:ت)?|[يت]زداد|rose|rises|risen|rising|climbed|climbs|climbing|increased|grew|grown|jumped|bringing|brings|brought|raising|raised|raises|выросло|возросло|увеличилось|поднялось|выросла|выросли|возросла|довел|довели)$/;
const TO = /^(?:الي|to|до)$/;
const NOUN = /^(?:ال)?(?:عدد|حصيله|number|toll|count|число|количество|счет)$/;
const DEATHS = new Set(['deaths', 'injured', 'missing', 'detained', 'displaced']);
const TO_REACH = 18;
const NUMBER_REACH = 3;
const NOUN_REACH = 22;
const UNIT_REACH = 3;

/** The counts so told. */
export function risenTotals(ctx: ReaderContext, marks: CountingMarks): Quantity[] {
  const { tokens } = ctx;
  const found: Quantity[] = [];
  for (let at = 0; at < tokens.count; at++) {
    if (!RISES.test(tokens.norm[at] ?? '')) continue;
    const unit = unitNear(tokens, marks, at);
    const number = unit && numberNear(tokens, at);
    if (!number) continue;
    const { from, to, value } = number;
    found.push({
      span: spanAt(ctx.doc, tokens.start[from] ?? 0, tokens.end[to - 1] ?? 0),
      value,
      upper: null,
      comparator: '=',
      unit,
      group: null,
      partOf: false,
      share: false,
      implicit: false,
      from,
      to,
      sentence: tokens.sentence[from] ?? 0,
    });
  }
  return found;
}

/** What rises: "number of dead", "death toll"; null where it is something else. */
function unitNear(tokens: Tokens, marks: CountingMarks, verb: number): string | null {
  for (let i = Math.max(0, verb - NOUN_REACH); i < Math.min(tokens.count, verb + NOUN_REACH); i++) {
    if (tokens.sentence[i] !== tokens.sentence[verb] || !NOUN.test(tokens.norm[i] ?? '')) continue;
    if (tokens.norm[i] === 'toll') return 'deaths';
    for (let k = i + 1; k <= i + UNIT_REACH && !numberAt(tokens, k); k++) {
      const mark = marks.unit.get(k) ?? marks.toll.get(k);
      const name = mark && meaningOf(mark).name;
      if (name && DEATHS.has(name)) return name;
    }
  }
  return null;
}

/** The number behind "to", which stands behind the verb or (in Russian) before it. */
function numberNear(tokens: Tokens, verb: number): { from: number; to: number; value: number } | undefined {
  for (let i = Math.max(0, verb - NUMBER_REACH - 1); i < Math.min(tokens.count, verb + TO_REACH); i++) {
    if (tokens.sentence[i] !== tokens.sentence[verb] || !TO.test(tokens.norm[i] ?? '')) continue;
    for (let k = i + 1; k <= i + NUMBER_REACH; k++) {
      const number = numberAt(tokens, k);
      if (number && !number.ordinal && Number.isInteger(number.value))
        return { from: k, to: number.to, value: number.value };
    }
  }
  return undefined;
}
