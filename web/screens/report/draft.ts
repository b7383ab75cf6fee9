/**
 * What somebody writes down, and how it becomes a submission (spec/intake). Pure. Nothing of it is ever kept in the
 * browser: a testimony left on a shared machine can cost a life.
 */
import { type Count, isDay, type Lang, type Point, type Precision, type Target } from '../../../src/core/index.ts';
import type { ApiPartOfDay } from '../../../src/server/api/types.ts';

/** Where it happened as it was chosen from the list or on the map. */
export interface ChosenPlace {
  readonly point: Point;
  readonly precision: Precision;
}

export interface Draft {
  readonly text: string;
  readonly lang: Lang;
  readonly place: string;
  readonly chosen: ChosenPlace | null;
  /** YYYY-MM-DD, or empty. */
  readonly day: string;
  readonly part: ApiPartOfDay | '';
  readonly target: Target | '';
  readonly killedLow: string;
  readonly killedHigh: string;
  readonly injuredLow: string;
  readonly injuredHigh: string;
  /** Receipt number of an earlier report of the same caller, or empty. */
  readonly earlier: string;
  /** Apart from all above: sealed before it leaves this page. */
  readonly name: string;
  readonly phone: string;
  readonly reach: string;
}

export const EMPTY_DRAFT: Draft = {
  text: '',
  lang: 'ar',
  place: '',
  chosen: null,
  day: '',
  part: '',
  target: '',
  killedLow: '',
  killedHigh: '',
  injuredLow: '',
  injuredHigh: '',
  earlier: '',
  name: '',
  phone: '',
  reach: '',
};

export const MAX_TEXT = 20_000;
const RECEIPT = /^\d{4}-\d{4}-\d{4}$/;

export type DraftFault = 'text' | 'day' | 'killed' | 'injured' | 'earlier' | 'identity';

/** What still stands in the way of sending, in the order of the form. `identityBytes`: room for the identity. */
export function faultsOf(draft: Draft, identityBytes = 1_024): DraftFault[] {
  const faults: DraftFault[] = [];
  if (draft.text.trim() === '' || draft.text.trim().length > MAX_TEXT) faults.push('text');
  if (draft.day !== '' && !isDay(draft.day)) faults.push('day');
  if (draft.day === '' && draft.part !== '') faults.push('day');
  if (countOf(draft.killedLow, draft.killedHigh) === null) faults.push('killed');
  if (countOf(draft.injuredLow, draft.injuredHigh) === null) faults.push('injured');
  if (draft.earlier.trim() !== '' && receiptOf(draft.earlier) === null) faults.push('earlier');
  const identity = identityOf(draft);
  if (identity && new TextEncoder().encode(JSON.stringify(identity)).length > identityBytes) faults.push('identity');
  return faults;
}

/** A receipt number as people type it: with spaces, without dashes, in either kind of digits. Null when it is none. */
export function receiptOf(text: string): string | null {
  const digits = toWesternDigits(text).replace(/[\s\u2010-\u2015-]/g, '');
  const receipt = `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`;
  return RECEIPT.test(receipt) ? receipt : null;
}

/** Two fields as a count; one alone leaves the other end open. Null when they are no count. */
export function countOf(low: string, high: string): Count | null {
  const number = (text: string): number | null => (text.trim() === '' ? null : Number(toWesternDigits(text.trim())));
  const count = { low: number(low), high: number(high) };
  const bad = (value: number | null) =>
    value !== null && !(Number.isInteger(value) && value >= 0 && value <= 10_000_000);
  if (bad(count.low) || bad(count.high)) return null;
  if (count.low !== null && count.high !== null && count.low > count.high) return null;
  return count;
}

/** Arabic-Indic and extended digits as an Arabic keyboard types them. */
const toWesternDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) % 16));

export interface Identity {
  readonly name: string;
  readonly phone: string;
  readonly reach: string;
}

/** Who spoke, as far as it was told; null when nothing was. */
export function identityOf({ name, phone, reach }: Draft): Identity | null {
  const identity = { name: name.trim(), phone: phone.trim(), reach: reach.trim() };
  return Object.values(identity).every((one) => one === '') ? null : identity;
}

/** The testimony to send: everything but who spoke. Call only without faults. */
export function testimonyOf(draft: Draft): object {
  return {
    text: draft.text.trim(),
    lang: draft.lang,
    place: draft.place.trim() || null,
    point: draft.chosen?.point ?? null,
    precision: draft.chosen?.precision ?? null,
    day: draft.day || null,
    part: draft.part || null,
    target: draft.target || null,
    killed: countOf(draft.killedLow, draft.killedHigh),
    injured: countOf(draft.injuredLow, draft.injuredHigh),
  };
}
