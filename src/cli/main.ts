/**
 * The command line. Each command is a file of its own in commands/, loaded only when it is asked for, so that
 * `hudna read` or `hudna verify` never pays for the database. Exit codes: 0 done, 1 refused or invalid input,
 * 64 wrong usage (commands may define more, see their help).
 */
import { Command, CommanderError } from 'commander';
import { isProblem } from '../core/index.ts';
import { COMMANDS } from './commands.ts';

const WRONG_USAGE = 64;

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('hudna')
    .description('هدنة · the instrument that watches a ceasefire')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  const asked = argv.find((word) => !word.startsWith('-'));
  for (const [name, entry] of Object.entries(COMMANDS)) {
    if (name === asked) program.addCommand((await entry.load()).exitOverride());
    else program.command(name).description(entry.summary).allowUnknownOption();
  }
  await program.parseAsync([...argv], { from: 'user' });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  if (isProblem(error)) {
    process.stderr.write(`hudna: ${error.where ? `${error.where}: ` : ''}${error.message}\n`);
    return 1;
  }
  process.stderr.write(`hudna: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env.HUDNA_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return 1;
}
