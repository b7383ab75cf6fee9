/** `hudna lexicon check`: examines the reader's word lists, the shipped ones or given files. Changes nothing. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { declareProblem, Problem } from '../../core/index.ts';
import { checkEntries, type LexiconFinding, parseTolerantly, shippedLexiconFiles } from '../../reading/index.ts';

const UNREADABLE_LEXICON = declareProblem('cli/unreadable-lexicon', 422);
const MOST_SHOWN = 200;

interface CheckFlags {
  readonly json?: boolean;
}

export function command(): Command {
  const lexicon = new Command('lexicon').description("the reader's word lists");
  lexicon
    .command('check')
    .description('examines the word lists: bad rows, forms that can never match, doubles, forms with two values')
    .argument('[files...]', 'lists (form, language, kind, value, source; tab between); default: the shipped ones')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nExit codes: 0 no error (notes may be printed), 1 an error, 64 wrong usage.')
    .action(check);
  return lexicon;
}

function check(files: readonly string[], flags: CheckFlags): void {
  const lists =
    files.length > 0 ? files.map((path) => ({ name: basename(path), text: textOf(path) })) : shippedLexiconFiles();
  const parsed = lists.map(({ name, text }) => parseTolerantly(text, name));
  const entries = parsed.flatMap((list) => list.entries);
  const findings = [...parsed.flatMap((list) => list.findings), ...checkEntries(entries)];
  const errors = findings.filter((finding) => finding.level === 'error').length;
  if (errors > 0) process.exitCode = 1;
  if (flags.json) {
    process.stdout.write(
      `${JSON.stringify({ entries: entries.length, errors, notes: findings.length - errors, findings })}\n`,
    );
    return;
  }
  for (const finding of findings.slice(0, MOST_SHOWN)) process.stderr.write(`${lineOf(finding)}\n`);
  if (findings.length > MOST_SHOWN)
    process.stderr.write(`… and ${findings.length - MOST_SHOWN} more (--json lists all)\n`);
  process.stdout.write(
    `${lists.length} lists, ${entries.length} rows: ${errors} errors, ${findings.length - errors} notes\n`,
  );
}

const lineOf = ({ level, where, text }: LexiconFinding): string => `${where}: ${level}: ${text}`;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Problem(UNREADABLE_LEXICON, 'cannot be read', { where: path, cause });
  }
}
