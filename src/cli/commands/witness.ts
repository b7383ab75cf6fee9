/** `hudna witness`: a C2SP tlog-witness for one log, to run on a co-chair's own machine. Its key never leaves it. */
import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { startWitness } from '../../record/index.ts';
import { WITNESS_PORT } from '../ports.ts';

interface Options {
  readonly origin: string;
  readonly logKey: readonly string[];
  readonly key: string;
  readonly state: string;
  readonly name?: string;
  readonly port: number;
  readonly host?: string;
}

export function command(): Command {
  return new Command('witness')
    .description('co-sign the checkpoints of one log that only ever grows (C2SP tlog-witness)')
    .requiredOption('--origin <origin>', 'name of the log, as its checkpoints begin')
    .requiredOption(
      '--log-key <vkey>',
      'a verifier key of the log; before its key changes, the old one and then the new one',
      collect,
    )
    .requiredOption('--key <file>', 'signing key of this witness; made at the first start')
    .requiredOption('--state <file>', 'memory of this witness: the last checkpoint it co-signed')
    .option('--name <name>', 'name of a key that has to be made, e.g. chair-a.example/witness')
    .option('--port <n>', 'port; 0 takes a free one', parsePort, WITNESS_PORT)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--json', 'print one line of JSON once it listens')
    .action(async (options: Options & { json?: boolean }) => {
      const name = options.name ?? `${options.origin}/witness`;
      const running = await startWitness({
        ...options,
        logKeys: options.logKey,
        keyPath: options.key,
        statePath: options.state,
        name: existsSync(options.key) ? options.name : name,
      });
      const { vkey, url } = running;
      process.stdout.write(options.json ? `${JSON.stringify({ vkey, url })}\n` : `${vkey}\nlistening on ${url}\n`);
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => running.close());
    });
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

function parsePort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('not a port');
  return Number(text);
}
