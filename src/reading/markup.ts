/**
 * Blanks HTML: tags become gaps (or a line break for a block), entities become their character plus filler, scripts,
 * styles and comments vanish. Keeps the length. A hand scanner: no pattern here can backtrack.
 */
import type { Dropped } from './document.ts';
import { CONTINUED, GAP } from './normalise.ts';

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  laquo: '«',
  raquo: '»',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  bdquo: '„',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  middot: '·',
  bull: '•',
  shy: '\u00ad',
  zwnj: '\u200c',
  zwj: '\u200d',
  lrm: '\u200e',
  rlm: '\u200f',
  copy: '©',
  deg: '°',
};
const LONGEST_ENTITY = 12;
const LONGEST_TAG = 2_000;
const BLOCKS = new Set(
  'p div br li ul ol h1 h2 h3 h4 h5 h6 tr td th table section article header footer blockquote hr figure figcaption title'.split(
    ' ',
  ),
);
const LONGEST_SCHEME = 8;
const SILENT = ['script', 'style', 'noscript', 'template'];

export function needsMarkupPass(text: string): boolean {
  return text.includes('&') || text.includes('<') || text.includes(GAP) || text.includes(CONTINUED);
}

const ADDRESS_ENDS = /[\s)\]>"'«»<،]/;

/** Web addresses are no words: blanked, so that nobody is found in them. One pass. */
export function blankAddresses(text: string): string {
  let at = text.indexOf('://');
  if (at < 0) return text;
  const out: string[] = [];
  let plain = 0;
  for (; at >= 0; at = text.indexOf('://', at)) {
    let start = at;
    while (start > plain && at - start < LONGEST_SCHEME && isAsciiLetter(text.charCodeAt(start - 1))) start--;
    let end = at + 3;
    while (end < text.length && !ADDRESS_ENDS.test(text.charAt(end))) end++;
    if (start < at) {
      out.push(text.slice(plain, start), GAP.repeat(end - start));
      plain = end;
    }
    at = end;
  }
  out.push(text.slice(plain));
  return out.join('');
}

export function blankMarkup(text: string, dropped: Dropped[]): string {
  const out: string[] = [];
  let plain = 0;
  let i = 0;
  const lower = text.includes('<') ? text.toLowerCase() : '';
  const sameLength = lower.length === text.length;
  const replace = (end: number, by: string): void => {
    out.push(text.slice(plain, i), by);
    plain = end;
    i = end;
  };
  /** Next place of each closing mark, so that a text full of opening marks is still read in one pass. */
  const closers = new Map<string, number>();
  const nextOf = (mark: string, from: number): number => {
    const known = closers.get(mark);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const found = (mark.startsWith('</') ? lower : text).indexOf(mark, from);
    closers.set(mark, found);
    return found;
  };
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 38) {
      const entity = entityAt(text, i);
      if (entity) replace(i + entity.length, entity.char + CONTINUED.repeat(entity.length - entity.char.length));
      else i++;
    } else if (code === 60) {
      if (text.startsWith('<!--', i)) {
        const close = nextOf('-->', i + 4);
        const end = close === -1 ? i + 4 : close + 3;
        replace(end, GAP.repeat(end - i));
        continue;
      }
      const tag = tagAt(text, i);
      if (!tag) {
        i++;
        continue;
      }
      let end = tag.end;
      if (sameLength && !tag.closing && SILENT.includes(tag.name)) {
        const close = nextOf(`</${tag.name}`, end);
        const closed = close === -1 ? -1 : text.indexOf('>', close);
        if (closed !== -1) {
          dropped.push({ reason: 'markup', text: text.slice(end, Math.min(close, end + 200)) });
          end = closed + 1;
        }
      }
      replace(end, BLOCKS.has(tag.name) ? `\n${GAP.repeat(end - i - 1)}` : GAP.repeat(end - i));
    } else if (code <= 1) replace(i + 1, ' ');
    else i++;
  }
  out.push(text.slice(plain));
  return out.join('');
}

function tagAt(text: string, start: number): { name: string; closing: boolean; end: number } | undefined {
  let i = start + 1;
  const closing = text.charCodeAt(i) === 47;
  if (closing) i++;
  const nameStart = i;
  while (i < text.length && i - nameStart < 12 && isNameChar(text.charCodeAt(i))) i++;
  if (i === nameStart || !isAsciiLetter(text.charCodeAt(nameStart))) return undefined;
  const name = text.slice(nameStart, i).toLowerCase();
  const limit = Math.min(text.length, start + LONGEST_TAG);
  let quote = 0;
  for (; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return { name, closing, end: i + 1 };
    else if (code === 60) return undefined;
    else if ((code === 34 || code === 39) && text.charCodeAt(i - 1) === 61) quote = code;
  }
  return undefined;
}

const isAsciiLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const isNameChar = (code: number): boolean => isAsciiLetter(code) || (code >= 48 && code <= 57);

function entityAt(text: string, start: number): { char: string; length: number } | undefined {
  const semicolon = text.slice(start, start + LONGEST_ENTITY).indexOf(';');
  if (semicolon < 2) return undefined;
  const body = text.slice(start + 1, start + semicolon);
  const char = body.startsWith('#') ? numericEntity(body.slice(1)) : NAMED[body];
  return char === undefined ? undefined : { char, length: semicolon + 1 };
}

function numericEntity(body: string): string | undefined {
  const hex = body.startsWith('x') || body.startsWith('X');
  const digits = hex ? body.slice(1) : body;
  if (digits === '' || !(hex ? /^[0-9a-fA-F]+$/ : /^[0-9]+$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, hex ? 16 : 10);
  return code < 2 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? ' ' : String.fromCodePoint(code);
}
