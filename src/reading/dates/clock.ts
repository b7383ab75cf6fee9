/** Times of day: 14:30, 3 a.m., в 10 часов утра, الساعة الثالثة. Only reads; a time without a date yields no date. */
import { numberAt } from '../numbers/parse.ts';
import { NUMBER } from '../tokens.ts';
import type { ClockTime } from './model.ts';
import { type Cursor, hitAt } from './senses.ts';

export interface Timed {
  readonly time: ClockTime;
  readonly to: number;
}

const small = (text: string | undefined): number => (text && text.length <= 2 ? Number(text) : Number.NaN);
const adjacent = (c: Cursor, at: number): boolean => c.tokens.end[at] === c.tokens.start[at + 1];

/** A time that begins at a token. */
export function timeAt(c: Cursor, at: number): Timed | undefined {
  const clock = hitAt(c, at, 'clock', true);
  if (clock) return clockWord(c, clock.to);
  const near = hitAt(c, at, 'clockpart');
  if (near) {
    const timed = clockWord(c, near.to);
    return timed && hitAt(c, timed.to, 'of') ? timed : undefined;
  }
  if (c.tokens.kind[at] !== NUMBER) return undefined;
  const hour = small(c.tokens.norm[at]);
  if (!(hour <= 24)) return undefined;
  const minuted = minutesAfter(c, at);
  const to = minuted?.to ?? at + 1;
  const minute = minuted?.minute ?? 0;
  const half = meridiem(c, to);
  if (half) return { time: { hour: (hour % 12) + (half.pm ? 12 : 0), minute }, to: half.to };
  if (minuted) return { time: { hour, minute }, to: localTime(c, hoursWord(c, to)) };
  const hours = hitAt(c, to, 'unit');
  if (hours?.value !== 'hour' || hours.lang !== 'ru') return undefined;
  const part = hitAt(c, hours.to, 'daypart') ?? hitAt(c, hours.to, 'night');
  const late = part?.value === 'evening' || part?.value === 'afternoon';
  return { time: { hour: late && hour < 12 ? hour + 12 : hour, minute }, to: localTime(c, part?.to ?? hours.to) };
}

function clockWord(c: Cursor, at: number): Timed | undefined {
  const number = numberAt(c.tokens, at);
  if (!number || number.value > 24 || number.value < 0 || !Number.isInteger(number.value)) return undefined;
  const minuted = number.digits ? minutesAfter(c, at) : undefined;
  let to = minuted?.to ?? number.to;
  let hour = number.value;
  const part = hitAt(c, to, 'daypart') ?? hitAt(c, to, 'night');
  const next = part ?? (hitAt(c, to, 'of') ? (hitAt(c, to + 1, 'daypart') ?? hitAt(c, to + 1, 'night')) : undefined);
  const late = next?.value === 'evening' || next?.value === 'afternoon';
  if (late && hour < 12) hour += 12;
  if (part) to = part.to;
  return { time: { hour, minute: minuted?.minute ?? 0 }, to };
}

function minutesAfter(c: Cursor, at: number): { minute: number; to: number } | undefined {
  const sign = c.tokens.norm[at + 1];
  if (sign !== ':' && sign !== '.') return undefined;
  const text = c.tokens.norm[at + 2];
  const minute = small(text);
  if (c.tokens.kind[at + 2] !== NUMBER || text?.length !== 2 || !(minute < 60)) return undefined;
  if (!adjacent(c, at) || !adjacent(c, at + 1)) return undefined;
  // 23.05.2016 is a date, and 10.05 alone may be one.
  return sign === ':' ? { minute, to: at + 3 } : undefined;
}

/** a.m., p.m., am, pm. */
function meridiem(c: Cursor, at: number): { pm: boolean; to: number } | undefined {
  const word = c.tokens.norm[at];
  if (word === 'am' || word === 'pm') return { pm: word === 'pm', to: at + 1 };
  if ((word !== 'a' && word !== 'p') || c.tokens.norm[at + 1] !== '.' || c.tokens.norm[at + 2] !== 'm')
    return undefined;
  return { pm: word === 'p', to: c.tokens.norm[at + 3] === '.' ? at + 4 : at + 3 };
}

const hoursWord = (c: Cursor, at: number): number => {
  const word = hitAt(c, at, 'unit');
  return word?.value === 'hour' ? word.to : at;
};

/** "local time", "по местному времени". */
function localTime(c: Cursor, at: number): number {
  const words = ['local', 'по', 'damascus', 'moscow', 'московскому', 'местному', 'gmt', 'utc'];
  let to = at;
  while (to - at < 3 && words.includes(c.tokens.norm[to] ?? '')) to++;
  const end = hitAt(c, to, 'time');
  return end ? end.to : to - at === 1 && (c.tokens.norm[at] === 'gmt' || c.tokens.norm[at] === 'utc') ? to : at;
}
