/**
 * hudna custody: a custodian's own side of sealed identities. The secret key stays on the custodian's machine; the server
 * hands out what is sealed to it, and records who asked and why before it does.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Command } from 'commander';
import { declareProblem, Problem } from '../../core/index.ts';
import { secretKeysIn } from '../secret-keys.ts';

const NOT_OPENED = declareProblem('cli/not-opened', 400);
const KEY_FILE_EXISTS = declareProblem('cli/key-file-exists', 409);

interface OpenOptions {
  readonly server: string;
  readonly tokenFile: string;
  readonly identity: string;
  readonly reason: string;
  readonly attachment?: string;
  readonly out?: string;
}

export function command(): Command {
  const custody = new Command('custody').description('sealed identities, for the custodians who may open them');
  custody
    .command('keygen')
    .description('make a key pair (age); the public key is printed, for `hudna intake add-key`')
    .requiredOption('--out <file>', 'file for the secret key; must not exist')
    .exitOverride()
    .action(async ({ out }: { out: string }) => {
      const secret = await generateX25519Identity();
      const recipient = await identityToRecipient(secret);
      await writeFile(out, `# public key: ${recipient}\n${secret}\n`, { mode: 0o600, flag: 'wx' }).catch((error) => {
        if (error.code === 'EEXIST') throw new Problem(KEY_FILE_EXISTS, 'there is a file of that name', { where: out });
        throw error;
      });
      process.stdout.write(`${recipient}\n`);
    });
  custody
    .command('open')
    .description(
      'open the identity behind a receipt number, or an attachment’s original; the reason goes into the record',
    )
    .argument('<receipt>', 'receipt number, 0000-0000-0000')
    .requiredOption('--server <url>', 'address of the server')
    .requiredOption('--token-file <file>', 'file with the custodian’s token')
    .requiredOption('--identity <file>', 'file with the custodian’s secret key (age)')
    .requiredOption('--reason <words>', 'why it must be known who spoke')
    .option('--attachment <sha256>', 'the original of this attachment instead of the identity')
    .option('--out <file>', 'file to write to instead of standard output (needed for an attachment)')
    .exitOverride()
    .action(openSealed);
  return custody;
}

async function openSealed(receipt: string, options: OpenOptions): Promise<void> {
  const keys = await secretKeysIn(options.identity);
  const token = (await readFile(options.tokenFile, 'utf8')).trim();
  const sealed = await askFor(receipt, token, options);
  const opened = await decrypt(sealed, keys, options.identity);
  const content = options.attachment === undefined ? unpadded(opened) : opened;
  if (options.out === undefined) process.stdout.write(content);
  else await writeFile(options.out, content, { mode: 0o600, flag: 'wx' });
}

async function askFor(receipt: string, token: string, options: OpenOptions): Promise<Uint8Array> {
  const url = new URL(`/api/custody/${encodeURIComponent(receipt)}/openings`, options.server);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ reason: options.reason, attachment: options.attachment }),
  });
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const problem = (await response.json().catch(() => ({}))) as { detail?: string };
  throw new Problem(NOT_OPENED, problem.detail ?? `the server answered ${response.status}`, { where: receipt });
}

async function decrypt(sealed: Uint8Array, keys: readonly string[], where: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  for (const key of keys) decrypter.addIdentity(key);
  try {
    return await decrypter.decrypt(sealed);
  } catch (cause) {
    throw new Problem(NOT_OPENED, 'it is not sealed to this key', { where, cause });
  }
}

/** Short identities are filled up with spaces to one length. */
const unpadded = (bytes: Uint8Array): string => `${new TextDecoder().decode(bytes).trimEnd()}\n`;
