/**
 * The word lists: rows of form, language, kind, value and source in lexicon/*.tsv, editable without touching code. The
 * reader gets them parsed and indexed; a file that cannot be read is a Problem that names file and line.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isLang, type Lang, Problem } from '../core/index.ts';
import { isLexiconKind, LEXICON_KINDS, type LexiconKind } from './lexicon-kinds.ts';
import { buildMatcher, leftmostLongest, type Match, type Matcher, type Pattern } from './matcher.ts';
import { badLexicon } from './problems.ts';
import type { Tokens } from './tokens.ts';

export interface LexiconEntry {
  readonly form: string;
  readonly lang: Lang;
  readonly kind: LexiconKind;
  /** What the form stands for; its meaning belongs to the kind. */
  readonly value: string;
  readonly source: string;
  /** File and line, for messages. */
  readonly where: string;
}

export type Mark = Match<LexiconEntry>;

export interface Lexicon {
  readonly entries: readonly LexiconEntry[];
  ofKind(kind: LexiconKind): readonly LexiconEntry[];
  /** All marks of a text, by kind; within a kind leftmost-longest, except kinds that may overlap. */
  mark(view: string, tokens: Tokens): ReadonlyMap<LexiconKind, readonly Mark[]>;
}

export const LEXICON_COLUMNS = ['form', 'language', 'kind', 'value', 'source'] as const;

/** Parses one list. Lines that begin with # and empty lines are skipped; the first line names the columns. */
export function parseLexicon(text: string, file: string): LexiconEntry[] {
  const entries: LexiconEntry[] = [];
  const lines = text.split('\n');
  lines.forEach((raw, i) => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (i === 0 || line === '' || line.startsWith('#')) return;
    const where = `${file}:${i + 1}`;
    const [form = '', lang = '', kind = '', value = '', source = ''] = line.split('\t');
    if (form.trim() === '') throw new Problem(badLexicon, 'the form is empty', { where });
    if (!isLang(lang))
      throw new Problem(badLexicon, `language is ${JSON.stringify(lang)}; use ar, en or ru`, { where });
    if (!isLexiconKind(kind)) throw new Problem(badLexicon, `kind ${JSON.stringify(kind)} is not known`, { where });
    if (source === '') throw new Problem(badLexicon, 'the source (fifth column) is missing', { where });
    entries.push({ form, lang, kind, value, source, where });
  });
  return entries;
}

/** Indexes entries for matching. */
export function buildLexicon(entries: readonly LexiconEntry[]): Lexicon {
  const byKind = new Map<LexiconKind, LexiconEntry[]>();
  for (const entry of entries) {
    const list = byKind.get(entry.kind);
    if (list) list.push(entry);
    else byKind.set(entry.kind, [entry]);
  }
  const matcher: Matcher<LexiconEntry> = buildMatcher(
    entries.filter((entry) => !LEXICON_KINDS[entry.kind].inflected).map(patternOf),
  );
  return {
    entries,
    ofKind: (kind) => byKind.get(kind) ?? [],
    mark: (view, tokens) => {
      const marks = new Map<LexiconKind, Mark[]>();
      for (const match of matcher.scan(view, tokens)) {
        const list = marks.get(match.value.kind);
        if (list) list.push(match);
        else marks.set(match.value.kind, [match]);
      }
      for (const [kind, list] of marks) if (!LEXICON_KINDS[kind].overlaps) marks.set(kind, leftmostLongest(list));
      return marks;
    },
  };
}

const patternOf = (entry: LexiconEntry): Pattern<LexiconEntry> => ({
  form: entry.form,
  value: entry,
  suffixes: LEXICON_KINDS[entry.kind].suffixes === true,
  exact: LEXICON_KINDS[entry.kind].exact === true,
});

const SHIPPED = new URL('./lexicon/', import.meta.url);
let shipped: Lexicon | undefined;

export interface LexiconFile {
  readonly name: string;
  readonly text: string;
}

/** The lists that ship, as text, in the order of file names. */
export function shippedLexiconFiles(): LexiconFile[] {
  return readdirSync(SHIPPED)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, SHIPPED), 'utf8') }));
}

/** The lists that ship with the reader, parsed once for the process. */
export function shippedLexicon(): Lexicon {
  shipped ??= buildLexicon(shippedLexiconFiles().flatMap(({ name, text }) => parseLexicon(text, name)));
  return shipped;
}
