/**
 * Examines word lists: rows that cannot be read, forms that can never match, doubles, and forms of one kind with two
 * values. Errors make a list unusable or a row dead; notes are for a person to judge.
 */
import { isProblem } from '../core/index.ts';
import { ARABIC, CYRILLIC, LATIN } from './language.ts';
import { LEXICON_COLUMNS, type LexiconEntry, parseLexicon } from './lexicon.ts';
import { LEXICON_KINDS } from './lexicon-kinds.ts';
import { formWords } from './matcher.ts';
import { normalise } from './normalise.ts';
import { tokenise, WORD } from './tokens.ts';

export interface LexiconFinding {
  readonly level: 'error' | 'note';
  /** File and line. */
  readonly where: string;
  readonly text: string;
}

const LONGEST_FORM = 12;
const SCRIPT: Readonly<Record<LexiconEntry['lang'], number>> = { ar: ARABIC, en: LATIN, ru: CYRILLIC };

/** Every row of a list that can be parsed, and a finding for each that cannot. */
export function parseTolerantly(text: string, file: string): { entries: LexiconEntry[]; findings: LexiconFinding[] } {
  const lines = text.split('\n');
  const header = (lines[0] ?? '').replace(/\r$/, '');
  const findings: LexiconFinding[] = [];
  if (header !== LEXICON_COLUMNS.join('\t')) {
    findings.push({
      level: 'error',
      where: `${file}:1`,
      text: `the columns are not ${LEXICON_COLUMNS.join(', ')} (tab between)`,
    });
  }
  const entries: LexiconEntry[] = [];
  lines.forEach((line, i) => {
    if (i === 0) return;
    try {
      // One row at a time, so that one bad row does not hide the next; the line number is put right.
      for (const entry of parseLexicon(`\n${line}`, file)) entries.push({ ...entry, where: `${file}:${i + 1}` });
    } catch (error) {
      if (!isProblem(error)) throw error;
      findings.push({ level: 'error', where: `${file}:${i + 1}`, text: error.message });
    }
  });
  return { entries, findings };
}

/** What is wrong or doubtful in lists that parse. Rows are compared across all files given. */
export function checkEntries(entries: readonly LexiconEntry[]): LexiconFinding[] {
  const findings: LexiconFinding[] = [];
  const seen = new Map<string, LexiconEntry>();
  for (const entry of entries) {
    const dead = whyDead(entry);
    if (!dead && !isOfItsScript(entry)) {
      const text = `${quoted(entry.form)} has no letter of its language (${entry.lang})`;
      findings.push({ level: 'note', where: entry.where, text });
    }
    if (dead)
      findings.push({ level: 'error', where: entry.where, text: `${quoted(entry.form)} can never match: ${dead}` });
    const key = `${entry.kind}\t${entry.lang}\t${normalise(entry.form).trim()}`;
    const before = seen.get(key);
    if (!before) seen.set(key, entry);
    else if (before.value === entry.value) {
      findings.push({
        level: 'note',
        where: entry.where,
        text: `${quoted(entry.form)} (${entry.kind}) is already in ${before.where}`,
      });
    } else {
      findings.push({
        level: 'note',
        where: entry.where,
        text: `${quoted(entry.form)} (${entry.kind}) means ${quoted(entry.value)} here and ${quoted(before.value)} in ${before.where}`,
      });
    }
  }
  return findings;
}

const quoted = (text: string): string => JSON.stringify(text);

function whyDead(entry: LexiconEntry): string | undefined {
  const plain = LEXICON_KINDS[entry.kind].inflected ? entry.form.replaceAll('*', '').replaceAll('/', ' ') : entry.form;
  const { words } = formWords(plain);
  if (words.length === 0) return 'it has no word';
  if (words.length > LONGEST_FORM)
    return `it has ${words.length} words, the longest that is looked for has ${LONGEST_FORM}`;
  return undefined;
}

/** A Latin name in a Russian list may be meant; a person should look. */
function isOfItsScript(entry: LexiconEntry): boolean {
  const tokens = tokenise(entry.form);
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kind[i] === WORD && tokens.script[i] === SCRIPT[entry.lang]) return true;
  }
  return false;
}
