/**
 * C2SP tlog-policy: which logs and witnesses are known, and which of the witnesses must have co-signed. Handles the file
 * as octets; a file with any fault is refused whole, with the line named.
 */
import { equalBytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import { parseVkey, TYPE_COSIGNATURE, TYPE_ED25519, TYPE_ML_DSA_44, type VerifierKey } from './keys.ts';

const MAX_POLICY_BYTES = 262_144;
const MAX_NAMED = 1_024;
const LOG_TYPES = [TYPE_ED25519, TYPE_COSIGNATURE, TYPE_ML_DSA_44];
const WITNESS_TYPES = [TYPE_COSIGNATURE, TYPE_ML_DSA_44];

export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url: string | null;
}

/** A quorum as a tree: a witness, or at least k of some members. `none` asks for nothing. */
export type Quorum =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly name: string; readonly key: VerifierKey; readonly url: string | null }
  | { readonly kind: 'group'; readonly name: string; readonly k: number; readonly members: readonly Quorum[] };

export type PolicyWitness = Extract<Quorum, { kind: 'witness' }>;

export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly quorum: Quorum;
}

export interface PolicyFault {
  /** Line number from 1; 0 for the file as a whole. */
  readonly line: number;
  readonly fault: string;
}

/** The policy of a file's bytes, or its first fault. */
export function parsePolicy(crypto: Crypto, bytes: Uint8Array): Policy | PolicyFault {
  if (bytes.length > MAX_POLICY_BYTES) return { line: 0, fault: 'the file is too large' };
  const text = latin1(bytes);
  const draft = new PolicyDraft(crypto);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [i, line] of lines.entries()) {
    const fault = /[^\t\u0020-\u007e\u0080-\u00ff]/.test(line) ? 'a control character' : draft.take(line);
    if (fault !== undefined) return { line: i + 1, fault };
  }
  return draft.finish();
}

/** One character an octet: names are opaque octets, whatever their encoding. */
const latin1 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** The vkeys in a policy are UTF-8 even where the rest is opaque. */
const asUtf8 = (octets: string): string =>
  new TextDecoder().decode(Uint8Array.from(octets, (char) => char.charCodeAt(0)));

/** A name for people: its octets as UTF-8 where they are that. Names are compared as octets. */
function readable(octets: string): string {
  const text = asUtf8(octets);
  return text.includes('\ufffd') ? octets : text;
}

/** Takes a policy line by line. Every method returns the fault, or undefined when the line is good. */
class PolicyDraft {
  readonly #crypto: Crypto;
  readonly #logs: PolicyLog[] = [];
  readonly #witnesses: PolicyWitness[] = [];
  readonly #named = new Map<string, Quorum>();
  readonly #members = new Set<string>();
  #quorum: Quorum | undefined;

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  take(line: string): string | undefined {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    const [keyword, ...rest] = words;
    if (keyword === undefined || keyword.startsWith('#')) return undefined;
    if (keyword === 'log') return this.#log(rest);
    if (keyword === 'witness') return this.#witness(rest);
    if (keyword === 'group') return this.#group(rest);
    if (keyword === 'quorum') return this.#quorumLine(rest);
    return `unknown word "${keyword}"`;
  }

  finish(): Policy | PolicyFault {
    if (!this.#quorum) return { line: 0, fault: 'there is no quorum line' };
    return { logs: this.#logs, witnesses: this.#witnesses, quorum: this.#quorum };
  }

  #key(text: string, types: readonly number[], others: readonly { key: VerifierKey }[]): VerifierKey | string {
    const key = parseVkey(this.#crypto, asUtf8(text));
    if ('fault' in key) return `the key is not a vkey (${key.fault})`;
    if (!types.includes(key.type)) return `a key of type ${key.type} cannot stand here`;
    if (others.some((other) => equalBytes(other.key.publicKey, key.publicKey))) return 'the same key twice';
    return key;
  }

  #log(words: readonly string[]): string | undefined {
    const [vkey, url, more] = words;
    if (vkey === undefined || more !== undefined) return 'a log line is: log <vkey> [<url>]';
    const key = this.#key(vkey, LOG_TYPES, this.#logs);
    if (typeof key === 'string') return key;
    this.#logs.push({ key, url: url ?? null });
    return undefined;
  }

  #witness(words: readonly string[]): string | undefined {
    const [name, vkey, url, more] = words;
    if (name === undefined || vkey === undefined || more !== undefined) {
      return 'a witness line is: witness <name> <vkey> [<url>]';
    }
    const key = this.#key(vkey, WITNESS_TYPES, this.#witnesses);
    if (typeof key === 'string') return key;
    const witness: PolicyWitness = { kind: 'witness', name: readable(name), key, url: url ?? null };
    const fault = this.#define(name, witness);
    if (fault === undefined) this.#witnesses.push(witness);
    return fault;
  }

  #group(words: readonly string[]): string | undefined {
    const [name, threshold, ...names] = words;
    if (name === undefined || threshold === undefined || names.length === 0) {
      return 'a group line is: group <name> all|any|<k> <name>...';
    }
    const members: Quorum[] = [];
    for (const each of names) {
      const member = this.#named.get(each);
      if (!member) return `"${each}" is not defined on a line before`;
      if (this.#members.has(each)) return `"${each}" is a member twice`;
      this.#members.add(each);
      members.push(member);
    }
    const k = threshold === 'all' ? members.length : threshold === 'any' ? 1 : decimal(threshold);
    if (k === undefined || k < 1 || k > members.length) return `"${threshold}" of ${members.length} is no threshold`;
    return this.#define(name, { kind: 'group', name, k, members });
  }

  #quorumLine(words: readonly string[]): string | undefined {
    const [name, more] = words;
    if (name === undefined || more !== undefined) return 'a quorum line is: quorum <name>';
    if (this.#quorum) return 'a second quorum line';
    const quorum: Quorum | undefined = name === 'none' ? { kind: 'none' } : this.#named.get(name);
    if (!quorum) return `"${name}" is not defined on a line before`;
    this.#quorum = quorum;
    return undefined;
  }

  #define(name: string, what: Quorum): string | undefined {
    if (name === 'none') return '"none" cannot be defined';
    if (this.#named.has(name)) return `"${name}" is defined twice`;
    if (this.#named.size >= MAX_NAMED) return 'too many witnesses and groups';
    this.#named.set(name, what);
    return undefined;
  }
}

const decimal = (text: string): number | undefined => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined);

/** True when the witnesses that co-signed satisfy the quorum. `cosigned` answers for one witness. */
export function quorumHolds(quorum: Quorum, cosigned: (witness: PolicyWitness) => boolean): boolean {
  if (quorum.kind === 'none') return true;
  if (quorum.kind === 'witness') return cosigned(quorum);
  return quorum.members.filter((member) => quorumHolds(member, cosigned)).length >= quorum.k;
}
