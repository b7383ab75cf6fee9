/**
 * The public mirror: a checkpoint that stands still for an hour. Before it moves, the log is padded with sealed leaves
 * that nobody can tell from reports, so that neither the hour nor the number says when, or whether, a source spoke.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ctx } from '../../db/index.ts';
import type { NewEntry } from '../model.ts';
import { folderSource } from '../verify/command/sources.ts';
import {
  type LogSource,
  nodeCrypto,
  parseCheckpoint,
  readTile,
  TILE_WIDTH,
  type Tile,
  toBase64,
} from '../verify/index.ts';
import { writeDurably } from './durable-files.ts';

/** The public size is always a multiple of this. */
export const PAD_TO = 128;

export class PublicMirror {
  readonly #folder: string;
  readonly #log: LogSource;
  #size: number | undefined;
  #root: string | null = null;

  constructor(recordFolder: string) {
    this.#folder = join(recordFolder, 'public');
    this.#log = folderSource(join(recordFolder, 'log'));
  }

  exists(): boolean {
    return existsSync(join(this.#folder, 'checkpoint'));
  }

  /** Entries to append so that the log of `size` ends on a multiple of `PAD_TO`; at least one hour's worth is never none. */
  padding(ctx: Ctx, size: number): NewEntry[] {
    const missing = (PAD_TO - (size % PAD_TO)) % PAD_TO;
    return Array.from({ length: missing }, () => ({
      agreement: ctx.agreement,
      kind: 'record.padding-written',
      object: 'record:padding',
      visibility: 'sealed' as const,
      content: null,
    }));
  }

  /** Moves the public checkpoint. */
  publish(note: Uint8Array | undefined): void {
    if (!note) return;
    writeDurably(this.#folder, new Map([['checkpoint', note]]));
    this.#size = undefined;
  }

  /** For a demo without lag: the public checkpoint follows when the live one has moved. */
  follow(note: Uint8Array | undefined): void {
    const size = note && parseCheckpoint(nodeCrypto, note)?.size;
    if (size !== undefined && size > this.size()) this.publish(note);
  }

  checkpoint(): Uint8Array | undefined {
    return this.exists() ? readFileSync(join(this.#folder, 'checkpoint')) : undefined;
  }

  /** Entries that the public may see. */
  size(): number {
    if (this.#size === undefined) {
      const note = this.checkpoint();
      const checkpoint = note && parseCheckpoint(nodeCrypto, note);
      this.#size = checkpoint?.size ?? 0;
      this.#root = checkpoint ? toBase64(checkpoint.root) : null;
    }
    return this.#size;
  }

  /** Root of the public checkpoint in base64; null before the first. */
  root(): string | null {
    this.size();
    return this.#root;
  }

  /** A tile or bundle that lies wholly inside the public size; undefined otherwise. */
  async tile(tile: Tile): Promise<Uint8Array | undefined> {
    const level = tile.level === 'entries' ? 0 : tile.level;
    const reaches = (tile.n * TILE_WIDTH + tile.width) * TILE_WIDTH ** level;
    if (!(reaches <= this.size())) return undefined;
    const limit = tile.level === 'entries' ? TILE_WIDTH * 65_537 : 8_192;
    const found = await readTile(this.#log, tile, limit);
    // A full tile that stands in for a partial one holds entries that the public may not see yet.
    return found?.full ? cut(found.bytes, tile) : found?.bytes;
  }
}

function cut(bytes: Uint8Array, tile: Tile): Uint8Array {
  if (tile.level !== 'entries') return bytes.subarray(0, tile.width * 32);
  let at = 0;
  for (let i = 0; i < tile.width; i++) at += 2 + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  return bytes.subarray(0, at);
}
