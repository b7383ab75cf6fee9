/**
 * Bare numbers that go on counting what was counted before: "53 killed in Jableh and 48 in Tartus", "Aleppo 3, Idlib 3".
 * A number goes on only when it is joined to the count before it and a place or a group stands beside it.
 */
import type { Quantity } from '../numbers/model.ts';
import { numberAt } from '../numbers/parse.ts';
import { PUNCT, type Tokens } from '../tokens.ts';

export interface BareNumber {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

const REACH = 6;
const MOST_PARTS = 20;
const LARGEST_PART = 1_000_000;
const JOINS = new Set(['و', 'and', 'и', ',', '،', 'ثم', 'then', 'а']);
/** What follows a number that counts hours, kilometres or per cent, not people. */
const MEASURE =
  /^(ساع|يوم|ايام|شهر|اشهر|سنه|عام|كيلو|كم|متر|دقيق|%|hour|day|week|month|year|km|kilo|metre|meter|minute|percent|час|сут|дн|день|меся|год|лет|км|килом|метр|минут|процент)/;
const PART = new Set(['من', 'في', 'عند', 'in', 'of', 'at', 'в', 'во', 'из', 'у']);

/** The numbers that go on after a quantity, up to `until`; `counts` are those told, whose tokens are taken. */
export function goingOn(quantity: Quantity, until: number, counts: readonly Quantity[], tokens: Tokens): BareNumber[] {
  const parts: BareNumber[] = [];
  let last = quantity.to;
  for (let i = last; i < until && i - last <= REACH && parts.length < MOST_PARTS; ) {
    const isTaken = holds(counts, i);
    const number = isTaken ? undefined : numberAt(tokens, i);
    if (!number || number.ordinal) {
      if (isTaken) break;
      i++;
      continue;
    }
    if (
      number.value > LARGEST_PART ||
      MEASURE.test(tokens.norm[number.to] ?? '') ||
      !isPart(tokens, last, i, number.to)
    )
      break;
    parts.push({ from: i, to: number.to, value: number.value });
    last = number.to;
    i = number.to;
  }
  return parts;
}

function holds(counts: readonly Quantity[], token: number): boolean {
  for (const { from, to } of counts) if (from <= token && token < to) return true;
  return false;
}

function isPart(tokens: Tokens, last: number, from: number, to: number): boolean {
  let isJoined = (tokens.norm[from] ?? '').startsWith('و');
  let hasPart = startsPart(tokens, to);
  for (let i = last; i < from; i++) {
    const word = tokens.norm[i] ?? '';
    if (JOINS.has(word)) isJoined = true;
    else if (word.startsWith('و') && i === from - 2) isJoined = true;
    if (PART.has(word)) hasPart = true;
  }
  return isJoined && hasPart;
}

const startsPart = (tokens: Tokens, at: number): boolean =>
  tokens.kind[at] !== PUNCT &&
  (PART.has(tokens.norm[at] ?? '') || (tokens.script[at] === 1 && (tokens.norm[at] ?? '').startsWith('ب')));
