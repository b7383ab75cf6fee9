/** `hudna airspace …`: the flight channel on the command line. Shares nothing with the ceasefire's commands. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type CheckConflict,
  createToken,
  eachConflict,
  MODES,
  type Mode,
  newPartyKey,
  parseCheckInput,
  serveAirspace,
  signRules,
} from '../../airspace/index.ts';
import { type Log, MACHINE, systemClock, systemRandom } from '../../core/index.ts';
import { DEFAULT_PORT } from '../ports.ts';

const MOST_BYTES = 512 * 1024 * 1024;

export function command(): Command {
  const airspace = new Command('airspace').description('the flight-safety channel: check, serve').exitOverride();
  airspace
    .command('check')
    .description('prints every conflict between volumes of different parties; needs no database')
    .argument('<input>', 'JSON file: minima and volumes (docs/airspace.md), or - for standard input')
    .option('--json', 'print JSON (always so)')
    .action(check);
  airspace
    .command('serve')
    .description('runs the channel: a program of its own, with its own data folder')
    .option('--data <dir>', 'data folder', './hudna-airspace')
    .addOption(new Option('--mode <mode>', 'who learns what').choices(MODES).default('blind'))
    .option('--jwt-key <file...>', 'open mode: public keys (PEM, RSA) that may sign tokens')
    .option('--audience <name>', 'open mode: whom tokens must be made out to')
    .option('--rules <file>', 'rule set signed by both sides (without it a labelled example)')
    .option('--party <id>', 'private mode: whose site this is')
    .option('--peer <url>', 'private mode: address of the other site')
    .option('--peer-token <file>', 'private mode: file with the token that the other site gave us')
    .option('--port <n>', 'port, 0 for a free one', parsePort, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .action(serve);
  airspace
    .command('token')
    .description('makes a token for a desk and prints it, once')
    .requiredOption('--party <id>', 'a party of the rule set, or host')
    .option('--data <dir>', 'data folder', './hudna-airspace')
    .action(({ data, party }: { data: string; party: string }) => {
      process.stdout.write(`${createToken(data, party, systemRandom)}\n`);
    });
  airspace
    .command('keygen')
    .description('makes a party’s signing key: the private key goes to a file, the public one is printed')
    .requiredOption('--out <file>', 'file for the private key (must not exist)')
    .action(({ out }: { out: string }) => {
      const { privateKey, publicKey } = newPartyKey();
      writeFileSync(out, privateKey, { mode: 0o600, flag: 'wx' });
      process.stdout.write(`${publicKey}\n`);
    });
  airspace
    .command('sign-rules')
    .description('adds a party’s signature to a rule set and prints it')
    .argument('<rules>', 'rule set (docs/airspace.md)')
    .requiredOption('--party <id>', 'who signs')
    .requiredOption('--key <file>', 'the private key of that party')
    .action((rules: string, { party, key }: { party: string; key: string }) => {
      const signed = signRules(readFileSync(rules, 'utf8'), rules, party, readFileSync(key, 'utf8'));
      process.stdout.write(`${JSON.stringify(signed, null, 2)}\n`);
    });
  return airspace;
}

async function check(file: string): Promise<void> {
  const size = file === '-' ? 0 : statSync(file).size;
  if (size > MOST_BYTES) throw new Error(`${file}: larger than ${MOST_BYTES} bytes`);
  const input = parseCheckInput(readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, ''));
  const started = performance.now();
  const talks = process.stderr.isTTY === true;
  const conflicts = eachConflict(input, (done) => {
    if (talks && performance.now() - started > 1000) {
      process.stderr.write(`\r${done} of ${input.volumes.length} volumes`);
    }
  });
  await printConflicts(conflicts);
  if (talks && performance.now() - started > 1000) process.stderr.write('\n');
}

const CHUNK = 64 * 1024;

/** Written as they are found, and no faster than whoever reads. */
async function printConflicts(conflicts: Iterable<CheckConflict>): Promise<void> {
  let text = '{"conflicts": [';
  let comma = '';
  for (const conflict of conflicts) {
    text += `${comma}\n ${JSON.stringify(conflict)}`;
    comma = ',';
    if (text.length < CHUNK) continue;
    await written(text);
    text = '';
  }
  await written(`${text}${comma === '' ? '' : '\n'}]}\n`);
}

const written = (text: string): Promise<void> =>
  new Promise((done, failed) => process.stdout.write(text, (error) => (error ? failed(error) : done())));

interface ServeFlags {
  readonly data: string;
  readonly mode: Mode;
  readonly jwtKey?: string[];
  readonly audience?: string;
  readonly rules?: string;
  readonly party?: string;
  readonly peer?: string;
  readonly peerToken?: string;
  readonly port: number;
  readonly host: string;
}

const line = (fields: unknown, message: string): boolean =>
  process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
const log: Log = { info: () => {}, warn: line, error: line };

async function serve(flags: ServeFlags): Promise<void> {
  const world = { clock: systemClock, random: systemRandom, log, actor: MACHINE };
  const options = {
    dataDir: flags.data,
    mode: flags.mode,
    port: flags.port,
    host: flags.host,
    jwtKeys: flags.jwtKey ?? [],
    audience: flags.audience,
    rules: flags.rules,
    party: flags.party,
    peer: flags.peer ? { url: flags.peer, token: readFileSync(flags.peerToken ?? '', 'utf8').trim() } : undefined,
    databaseUrl: process.env.HUDNA_AIRSPACE_DATABASE_URL,
  };
  const running = await serveAirspace(world, options, () => process.exit(1));
  process.stdout.write(`listening on ${running.url} (${flags.mode})\n`);
  const stop = (): void => void running.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port is 0 to 65535');
  return port;
}
