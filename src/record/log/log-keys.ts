/**
 * The log's keys in the folder of the record: the one that signs (`keys/log.key`), the next one where it is prepared
 * (`keys/next.key`), and the handovers between keys that were (`log/handovers`). A handover counts from the moment its
 * file is durable; what is left to do after it (the new key in the old one's place) is done again at the next start.
 */
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, type RandomSource } from '../../core/index.ts';
import { fsyncPath } from '../../db/index.ts';
import { KEY_UNUSABLE } from '../problems.ts';
import {
  formatVkey,
  HANDOVERS_FILE,
  type Handover,
  type HandoverText,
  type Json,
  nodeCrypto,
  type OldKey,
  parseHandovers,
  parsePolicy,
  sameKey,
  signatureLine,
  TYPE_ED25519,
  utf8,
  utf8Text,
  type VerifierKey,
} from '../verify/index.ts';
import { writeDurably } from './durable-files.ts';
import { policyAfter } from './policy-file.ts';
import { openSigningKey, type SigningKey } from './signing-key.ts';

const CURRENT = 'keys/log.key';
const NEXT = 'keys/next.key';

/** A change of the log's key as two organisations decide it. */
export interface PreparedKeyChange {
  readonly origin: string;
  /** vkeys. */
  readonly from: string;
  readonly to: string;
  /** `lost` where the server has no old key to sign with. */
  readonly oldKey: OldKey;
}

export class LogKeys {
  readonly origin: string;
  readonly #folder: string;
  #current: SigningKey | null;
  #verifier: VerifierKey;
  #texts: HandoverText[] = [];
  #handovers: readonly Handover[] = [];

  private constructor(folder: string, origin: string, current: SigningKey | null, verifier: VerifierKey) {
    this.#folder = folder;
    this.origin = origin;
    this.#current = current;
    this.#verifier = verifier;
  }

  /**
   * The keys of a record's folder. `signedAs` is the name under which this log has signed before, if it has: then no key
   * is made, and without one the log signs nothing until two organisations name another. Throws KEY_UNUSABLE where not
   * even its public half is known, or a key lies there that was handed over.
   */
  static open(folder: string, wanted: string, signedAs: string | undefined, random: RandomSource): LogKeys {
    finishHandover(folder);
    const path = join(folder, CURRENT);
    const known = existsSync(path);
    if (!known && signedAs !== undefined) {
      const verifier = publicHalf(folder, signedAs);
      if (!verifier)
        throw new Problem(
          KEY_UNUSABLE,
          `${path} is missing, and this log has signed before; copy the folder record of the data folder that it came from`,
          { where: path },
        );
      const keyless = new LogKeys(folder, signedAs, null, verifier);
      keyless.#read();
      return keyless;
    }
    // The name was fixed when the key was made.
    const current = openSigningKey(path, known ? undefined : wanted, TYPE_ED25519, random);
    const keys = new LogKeys(folder, current.verifier.name, current, current.verifier);
    keys.#read();
    const last = keys.#handovers.at(-1);
    if (last && !sameKey(last.to, current.verifier))
      throw new Problem(
        KEY_UNUSABLE,
        `${path} is not the key to which this log was handed over at ${last.checkpoint.size} entries`,
        { where: path },
      );
    return keys;
  }

  #read(): void {
    const { texts, handovers } = readHandoverFile(this.#folder);
    this.#texts = texts;
    this.#handovers = handovers;
  }

  /** The key of the log, whose private half may be gone. */
  get verifier(): VerifierKey {
    return this.#verifier;
  }

  get current(): SigningKey | null {
    return this.#current;
  }

  get handovers(): readonly Handover[] {
    return this.#handovers;
  }

  /** The file `handovers` as it may be shown while the public has `size` entries. */
  publicText(size: number): string {
    const shown = this.#texts.filter((_, i) => (this.#handovers[i]?.checkpoint.size ?? 0) <= size);
    return `${JSON.stringify({ handovers: shown })}\n`;
  }

  signatures(text: string, size: number): string | null {
    const at = this.#handovers.find(({ checkpoint }) => checkpoint.size === size && checkpoint.note.text === text);
    if (at) {
      const own = at.checkpoint.note.signatures.filter(({ id }) => id === at.from.id || id === at.to.id);
      return own.map(({ name, id, signature }) => signatureLine(name, id, signature)).join('');
    }
    return this.#current?.signNote(text) ?? null;
  }

  trusted(): readonly VerifierKey[] {
    return [this.#verifier, ...this.#handovers.map(({ from }) => from)];
  }

  /** The key that lies prepared to follow; null for none. Read each time: a command puts it there. */
  next(): SigningKey | null {
    const path = join(this.#folder, NEXT);
    if (!existsSync(path)) return null;
    return openSigningKey(path, this.origin, TYPE_ED25519, NO_RANDOM);
  }

  prepared(): PreparedKeyChange | null {
    const next = this.next();
    if (!next || sameKey(next.verifier, this.#verifier)) return null;
    const { origin } = this;
    const oldKey = this.#current ? 'signs' : 'lost';
    return { origin, from: formatVkey(this.#verifier), to: formatVkey(next.verifier), oldKey };
  }

  /** Makes a handover count: from here on the next key signs. */
  handOver(text: HandoverText, next: SigningKey): void {
    this.#write([...this.#texts, text]);
    this.#current = next;
    this.#verifier = next.verifier;
  }

  /** Puts the co-signatures that its checkpoint has got meanwhile into the last handover. */
  addCosignatures(checkpoint: Uint8Array): void {
    const last = this.#texts.at(-1);
    if (!last) return;
    const proof = last.proof.slice(0, last.proof.indexOf('\n\n') + 2) + (utf8Text(checkpoint) ?? '');
    this.#write([...this.#texts.slice(0, -1), { ...last, proof }]);
  }

  /** What remains to be done after a handover. */
  settle(): void {
    finishHandover(this.#folder);
  }

  #write(texts: readonly HandoverText[]): void {
    const bytes = utf8(`${JSON.stringify({ handovers: texts })}\n`);
    const parsed = parseHandovers(nodeCrypto, bytes);
    if ('outcome' in parsed) throw new Error(`a handover does not hold: ${parsed.params.reason}`);
    writeDurably(join(this.#folder, 'log'), new Map([[HANDOVERS_FILE, bytes]]));
    this.#read();
  }
}

/** For a key file that is there: nothing is made. */
const NO_RANDOM: RandomSource = {
  bytes() {
    throw new Error('no key may be made here');
  },
};

/** Makes the next key of a log, or says which lies prepared. Its public half is what two organisations then decide about. */
export function prepareNextKey(folder: string, origin: string, random: RandomSource): string {
  return formatVkey(openSigningKey(join(folder, NEXT), origin, TYPE_ED25519, random).verifier);
}

function readHandoverFile(folder: string): { texts: HandoverText[]; handovers: readonly Handover[] } {
  const path = join(folder, 'log', HANDOVERS_FILE);
  if (!existsSync(path)) return { texts: [], handovers: [] };
  const bytes = readFileSync(path);
  const handovers = parseHandovers(nodeCrypto, bytes);
  if ('outcome' in handovers)
    throw new Problem(KEY_UNUSABLE, `handover ${handovers.params.n} does not hold: ${handovers.params.reason}`, {
      where: path,
    });
  const { handovers: texts } = JSON.parse(bytes.toString('utf8')) as { handovers: (HandoverText & Json)[] };
  return { texts, handovers };
}

/** Puts the new key in the old one's place and names it in the policy, as far as that has not been done. */
function finishHandover(folder: string): void {
  const last = readHandoverFile(folder).handovers.at(-1);
  if (!last) return;
  const [current, next] = [join(folder, CURRENT), join(folder, NEXT)];
  const isNext = (path: string): boolean =>
    existsSync(path) && sameKey(openSigningKey(path, undefined, TYPE_ED25519, NO_RANDOM).verifier, last.to);
  if (isNext(next)) {
    if (isNext(current)) rmSync(next);
    else renameSync(next, current);
    fsyncPath(join(folder, 'keys'));
  }
  const policy = join(folder, 'policy');
  if (!existsSync(policy)) return;
  const text = readFileSync(policy, 'utf8');
  const after = policyAfter(text, last);
  if (after !== text) writeDurably(folder, new Map([['policy', utf8(after)]]));
}

/** The public half of a key that is gone: the last handover names it, else the policy does. */
function publicHalf(folder: string, origin: string): VerifierKey | undefined {
  const last = readHandoverFile(folder).handovers.at(-1);
  if (last) return last.to;
  const path = join(folder, 'policy');
  const policy = existsSync(path) ? parsePolicy(nodeCrypto, readFileSync(path)) : undefined;
  return policy && 'logs' in policy ? policy.logs.find(({ key }) => key.name === origin)?.key : undefined;
}
