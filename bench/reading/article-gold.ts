/**
 * Reads the marked articles of `src/reading/fixtures/articles` (format: README there): text without its marks, and the
 * gold of every kind of mention with offsets into that text. Benchmarks and tests import this.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { GoldText } from './speech-gold.ts';
import type { GoldProposal, GoldStatement, Range } from './speech-score.ts';

export interface GoldPlace extends Range {
  readonly use: string;
  readonly optional: boolean;
}
export interface GoldDate extends Range {
  readonly values: readonly string[];
  readonly mod: string | null;
  readonly optional: boolean;
}
export interface GoldFigure extends Range {
  readonly value: number;
  readonly comparator: string;
  readonly units: readonly string[];
  readonly optional: boolean;
}
export interface GoldArticle extends GoldText {
  readonly places: readonly GoldPlace[];
  readonly dates: readonly GoldDate[];
  readonly figures: readonly GoldFigure[];
}

const FOLDER = new URL('../../src/reading/fixtures/articles/', import.meta.url);
const USES: Readonly<Record<string, string>> = { p: 'literal', pd: 'dateline', pm: 'metonym', pj: 'adjectival' };

export function articles(): GoldArticle[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => article(name, readFileSync(new URL(name, FOLDER), 'utf8')));
}

interface Marked extends Range {
  readonly tag: string;
  readonly parts: readonly string[];
  readonly optional: boolean;
}

/** Takes the marks out of a text; offsets are those of the text without marks. */
export function unmark(id: string, marked: string): { text: string; marks: Marked[] } {
  let text = '';
  const marks: Marked[] = [];
  const open: { tags: string; start: number }[] = [];
  for (let at = 0; at < marked.length; at++) {
    const char = marked[at] as string;
    if (char === '{') {
      const bar = marked.indexOf('|', at);
      open.push({ tags: marked.slice(at + 1, bar), start: text.length });
      at = bar;
    } else if (char === '}') {
      const { tags, start } = open.pop() ?? fail(id, `a mark ends that never began, near "${text.slice(-30)}"`);
      for (const written of tags.split(',')) {
        const [name = '', ...parts] = written.split(':');
        const tag = name.replace('?', '');
        // An English article is no part of a name.
        const article = /^[pag]/.test(tag) ? (/^(the|an?) /i.exec(text.slice(start))?.[0].length ?? 0) : 0;
        marks.push({ tag, parts, optional: name.endsWith('?'), start: start + article, end: text.length });
      }
    } else text += char;
  }
  if (open.length > 0) fail(id, `a mark does not end: ${open.map((one) => one.tags).join()}`);
  return { text, marks: marks.sort((a, b) => a.start - b.start || b.end - a.end) };
}

function fail(id: string, why: string): never {
  throw new Error(`${id}: ${why}`);
}

function article(file: string, source: string): GoldArticle {
  const [head = '', marked = '', tail = ''] = source.split('===\n');
  const field = (name: string): string =>
    head
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? fail(file, `no ${name}`);
  const id = field('id');
  const { text, marks } = unmark(id, marked);
  const of = (tag: string): Marked[] => marks.filter((mark) => mark.tag === tag);
  const lines = tail.split('\n').filter((line) => line.includes('|'));
  const places = marks.filter((mark) => mark.tag in USES).map((mark) => ({ ...mark, use: USES[mark.tag] as string }));
  const actors = of('a').map((mark) => ({ ...mark, actor: mark.parts[0] }));
  return {
    id,
    half: field('half') as GoldText['half'],
    lang: field('lang'),
    published: field('published'),
    text,
    places,
    dates: of('d').map((mark) => ({
      ...mark,
      values: mark.parts[0]?.split(';') ?? [],
      mod: mark.parts[1] ?? null,
    })),
    figures: of('f').map((mark) => ({
      ...mark,
      value: Number(mark.parts[0]),
      comparator: mark.parts[1] ?? '=',
      units: mark.parts[2]?.split(';') ?? [],
    })),
    gold: {
      actors: [
        ...actors,
        ...places
          .filter((place) => !actors.some((actor) => actor.start === place.start && actor.end === place.end))
          .map((place) => ({ ...place, actor: undefined, optional: true })),
      ],
      statements: lines.filter((line) => line.startsWith('s')).map((line) => statement(id, line, of)),
      proposals: lines.filter((line) => line.startsWith('q')).map((line) => proposal(id, line, of)),
      agreements: of('g').map((mark) => ({
        spans: [mark],
        status: mark.parts[0]?.split(';') ?? [],
        optional: mark.optional,
      })),
      privateNames: tail.startsWith('private: ') ? (tail.split('\n')[0]?.slice(9).split(';') ?? []) : [],
    },
  };
}

const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim());
const choices = (cell: string | undefined): string[] => (cell ?? '').split(';').map((one) => one.trim());

function statement(id: string, line: string, of: (tag: string) => Marked[]): GoldStatement {
  const [tag = '', mode = '', acts, polarity = '', speakers, name] = cells(line);
  const content = of(tag.replace('?', ''));
  const cue = of(tag.replace('?', '').replace('s', 'c'))[0];
  if (!cue || content.length === 0) fail(id, `${tag}: no cue or no content`);
  return {
    cue,
    content,
    speaker: choices(speakers),
    nameNull: name === 'null',
    mode,
    act: choices(acts),
    polarity: polarity === '*' ? null : polarity,
    optional: cue.optional || content[0]?.optional === true,
  };
}

function proposal(id: string, line: string, of: (tag: string) => Marked[]): GoldProposal {
  const [tag = '', by, standing = ''] = cells(line);
  const spans = of(tag.replace('?', ''));
  if (spans.length === 0) fail(id, `${tag}: no words`);
  return {
    by: choices(by),
    spans,
    standing: standing.split(',').map((one) => {
      const [value, who] = one.trim().split('@');
      return { value: choices(value), by: choices(who), span: null, optional: false };
    }),
    optional: tag.endsWith('?') || spans[0]?.optional === true,
  };
}
