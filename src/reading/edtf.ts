/** The part of the Extended Date/Time Format that a reading uses: day, month, year, an hour of a day, and intervals. */
import { isDay } from '../core/index.ts';

const YEAR = /^\d{4}$/;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const TIME = /^T(?:[01]\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d{2}:\d{2})?$/;

function isMoment(text: string): boolean {
  const day = text.slice(0, 10);
  const rest = text.slice(10);
  return YEAR.test(text) || MONTH.test(text) || (isDay(day) && (rest === '' || TIME.test(rest)));
}

/** `2016-05-20`, `2016-05`, `2016`, `a/b`, `a/..`, `../b`, or the marker PRESENT_REF. */
export function isEdtf(text: string): boolean {
  if (text === 'PRESENT_REF') return true;
  const [from = '', to, more] = text.split('/');
  if (more !== undefined) return false;
  if (to === undefined) return isMoment(from);
  if (from === '..') return isMoment(to);
  return isMoment(from) && (to === '..' || isMoment(to));
}
