/** The verifier as a program of its own (scripts/build-verifier.ts bundles it): words in, exit code out. */
import { runVerify } from './run.ts';

const terminal = process.stderr.isTTY;

process.exitCode = await runVerify(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  now: () => Math.floor(Date.now() / 1_000),
  ...(terminal && { progress: (done: number, total: number) => process.stderr.write(`\r${done} / ${total}`) }),
});
