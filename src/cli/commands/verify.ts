/** `hudna verify`: hands its words to the verifier, which has exit codes of its own (1 for wrong usage, see --help). */
import { Command } from 'commander';
import { runVerify } from '../../record/verify/index.ts';

export function command(): Command {
  return new Command('verify')
    .description('check a record, a proof, a bulletin or a receipt without trusting the server')
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (words: string[]) => {
      const terminal = process.stderr.isTTY;
      process.exitCode = await runVerify(words, {
        out: (text) => process.stdout.write(text),
        err: (text) => process.stderr.write(text),
        now: () => Math.floor(Date.now() / 1_000),
        ...(terminal && { progress: (done: number, total: number) => process.stderr.write(`\r${done} / ${total}`) }),
      });
    });
}
