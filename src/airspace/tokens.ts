/**
 * Who may use the channel's own desk and API: bearer tokens, kept as SHA-256 in one file of the data folder. A token
 * belongs to a party of the rule set, or to the host, who may draw keep-clear volumes and sees no declaration here.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { RandomSource } from '../core/index.ts';

const schema = z.array(z.strictObject({ party: z.string(), sha256: z.string() })).max(10_000);
type TokenRow = z.infer<typeof schema>[number];

export const HOST = 'host';
const fileIn = (dataDir: string): string => join(dataDir, 'tokens.json');
const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

const readRows = (file: string): TokenRow[] =>
  existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];

/** Makes a token for a party; printed once, never kept. */
export function createToken(dataDir: string, party: string, random: RandomSource): string {
  const token = `hft_${Buffer.from(random.bytes(24)).toString('base64url')}`;
  mkdirSync(dataDir, { recursive: true });
  const file = fileIn(dataDir);
  writeFileSync(`${file}.new`, JSON.stringify([...readRows(file), { party, sha256: digest(token) }]), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return token;
}

export class Tokens {
  private readonly file: string;
  private rows = new Map<string, string>();
  private readAt = -1;

  constructor(dataDir: string) {
    this.file = fileIn(dataDir);
  }

  /** The party a token belongs to. Tokens made while the program runs are found at once. */
  partyOf(token: string): string | undefined {
    const key = digest(token);
    const known = this.rows.get(key);
    if (known) return known;
    const changed = existsSync(this.file) ? statSync(this.file).mtimeMs : -1;
    if (changed !== this.readAt) {
      this.rows = new Map(readRows(this.file).map(({ sha256, party }) => [sha256, party]));
      this.readAt = changed;
    }
    return this.rows.get(key);
  }
}
