/**
 * The server's key for each author: Ed25519, derived from one seed that lies beside the log and in no database. It proves
 * that whoever wrote an entry held that seed, so that rows cannot be added or altered with the database alone. It does not
 * prove that the person acted: the server holds it. A person's own word is the passkey's signature of an approval.
 */
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, type RandomSource } from '../core/index.ts';
import { writeDurably } from './log/durable-files.ts';
import { KEY_UNUSABLE } from './problems.ts';
import { AUTHOR_SIGNATURE_TYPE, concat, fromBase64, toBase64, utf8 } from './verify/index.ts';

const FILE = 'authors.seed';
const SEED_SIZE = 32;
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const OWNER_ONLY = 0o600;
const KEPT = 1_000;

export interface AuthorKeys {
  /** True when the seed was made just now: earlier entries, if any, were signed with other keys or none. */
  readonly isNew: boolean;
  /** The author's signature over a statement, as an envelope carries it. */
  sign(author: string, statement: string): string;
}

/** The keys of a data folder's authors; the seed is made, readable by its owner only, when it is not there. */
export function openAuthorKeys(folder: string, agreement: string, random: RandomSource): AuthorKeys {
  const path = join(folder, FILE);
  const isNew = !existsSync(path);
  if (isNew) {
    writeDurably(folder, new Map([[FILE, utf8(`${toBase64(random.bytes(SEED_SIZE))}\n`)]]));
    chmodSync(path, OWNER_ONLY);
  }
  const seed = fromBase64(readFileSync(path, 'utf8').trim());
  if (seed?.length !== SEED_SIZE)
    throw new Problem(KEY_UNUSABLE, `${path} is not a seed of ${SEED_SIZE} bytes in base64`, { where: path });
  const keys = new Map<string, { readonly privateKey: KeyObject; readonly publicKey: Uint8Array }>();
  const keyOf = (author: string) => {
    const known = keys.get(author);
    if (known) return known;
    if (keys.size >= KEPT) keys.clear();
    const derived = hkdfSync('sha256', seed, '', `hudna/author/v1\n${agreement}\n${author}`, SEED_SIZE);
    const privateKey = createPrivateKey({
      key: Buffer.concat([PKCS8_PREFIX, Buffer.from(derived)]),
      format: 'der',
      type: 'pkcs8',
    });
    const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
    const made = { privateKey, publicKey: Uint8Array.from(Buffer.from(x ?? '', 'base64url')) };
    keys.set(author, made);
    return made;
  };
  return {
    isNew,
    sign(author, statement) {
      const { privateKey, publicKey } = keyOf(author);
      const signature = sign(null, utf8(statement), privateKey);
      return toBase64(concat(Uint8Array.of(AUTHOR_SIGNATURE_TYPE), publicKey, signature));
    },
  };
}
