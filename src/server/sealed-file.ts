/**
 * A file sealed with age as it is written, and opened as it is read: what lies on a shelf for years, or travels, is worth
 * nothing to who finds it. Streams only, so that the size does not matter.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';
import { declareProblem, Problem } from '../core/index.ts';

export const SEALED_FILE = declareProblem('server/sealed-file', 422);

const MAGIC = 'age-encryption.org/v1';

/** What of web streams the two type libraries name differently. */
type AgeStream = Parameters<Encrypter['encrypt']>[0] & object;

/** The bytes sealed to every one of the keys (age1…); as they are where there are none. Throws a Problem for what is no key. */
export async function sealStream(plain: Readable, recipients: readonly string[]): Promise<Readable> {
  if (recipients.length === 0) return plain;
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (cause) {
      throw new Problem(SEALED_FILE, `${recipient.slice(0, 80)} is no age public key (age1…)`, { cause });
    }
  }
  const sealed = await encrypter.encrypt(
    Readable.toWeb(plain) as unknown as globalThis.ReadableStream<Uint8Array> & AgeStream,
  );
  return Readable.fromWeb(sealed as unknown as ReadableStream);
}

/** The bytes of a file, opened with the secret keys (AGE-SECRET-KEY-1…) when it is sealed. */
export async function openStream(path: string, keys: readonly string[]): Promise<Readable> {
  const file = await open(path, 'r');
  const head = Buffer.alloc(MAGIC.length);
  await file.read(head, 0, head.length, 0).finally(() => file.close());
  const source = createReadStream(path);
  if (head.toString('latin1') !== MAGIC) return source;
  if (keys.length === 0)
    throw new Problem(SEALED_FILE, 'it is sealed: give the file of a key that opens it with --identity', {
      where: path,
    });
  const decrypter = new Decrypter();
  try {
    for (const key of keys) decrypter.addIdentity(key);
    const opened = await decrypter.decrypt(
      Readable.toWeb(source) as unknown as globalThis.ReadableStream<Uint8Array> & AgeStream,
    );
    return Readable.fromWeb(opened as unknown as ReadableStream);
  } catch (cause) {
    source.destroy();
    throw new Problem(SEALED_FILE, 'it is not sealed to this key', { where: path, cause });
  }
}
