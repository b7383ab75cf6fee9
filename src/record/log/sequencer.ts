/**
 * Puts entries into the tree and signs. The order is the point: entries are durable in the database first, then tiles
 * are durable as files, then the head moves in the database by compare-and-swap, and only then is anything signed. What
 * does not follow from what was signed before is never signed: the log refuses, and names both checkpoints.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../core/index.ts';
import type { Db } from '../../db/index.ts';
import { LOG_REFUSES } from '../problems.ts';
import {
  checkCheckpoint,
  checkpointText,
  emptyRoot,
  equalBytes,
  type Head,
  hashLeaf,
  type LogSource,
  nodeCrypto,
  readTile,
  splitTile,
  TILE_LIMIT,
  TILE_WIDTH,
  TileTree,
  tileWidth,
  toBase64,
  trustInKeys,
  utf8,
  type VerifierKey,
} from '../verify/index.ts';
import { writeDurably } from './durable-files.ts';
import { moveHead, readHead, readLeaves } from './head-store.ts';
import { TreeEdge } from './tree-edge.ts';

const BATCH = 4_096;
/** Entries compared with their rows at a start; all of them in a log of up to this size. */
const COMPARED_AT_START = 5_000;

/** What signs a head, and whose signature one in the folder may carry. */
export interface HeadKeys {
  /** Signature lines of the log over a head's text; null while there is no key to sign with. */
  signatures(text: string, size: number): string | null;
  trusted(): readonly VerifierKey[];
}

export interface SequencerOptions {
  readonly db: Db;
  readonly agreement: string;
  readonly origin: string;
  readonly keys: HeadKeys;
  /** Holds `checkpoint` and `tile/`. */
  readonly folder: string;
  readonly source: LogSource;
}

export interface SignedHead extends Head {
  /** The note text. */
  readonly text: string;
  /** Text and the log's own signature. */
  readonly note: Uint8Array;
}

const hashOf = (leaf: Uint8Array): Uint8Array => hashLeaf(nodeCrypto, leaf);

export class Sequencer {
  readonly #options: SequencerOptions;
  #edge: TreeEdge | undefined;
  #head: Head | undefined;

  constructor(options: SequencerOptions) {
    this.#options = options;
  }

  /** The tree signed last; undefined before the first. */
  get head(): Head | undefined {
    return this.#head;
  }

  tree(size: number): TileTree {
    return new TileTree(nodeCrypto, this.#options.source, size);
  }

  /**
   * Compares the two places and the entries. Throws record/log-refuses when the database is behind the signed
   * checkpoint or holds other entries: an old backup, a second server, a hand in the tables.
   */
  async recover(): Promise<void> {
    const { db, agreement, origin } = this.#options;
    const signed = await this.#signedHead();
    const stored = await readHead(db, agreement);
    if (stored && stored.origin !== origin) refuse(`the log is called ${stored.origin}, not ${origin}`, signed, stored);
    if (signed && (!stored || stored.size < signed.size)) {
      refuse('the database is behind the signed checkpoint (an old backup was restored)', signed, stored);
    }
    if (signed && stored && stored.size === signed.size && !equalBytes(stored.root, signed.root)) {
      refuse('the database holds another tree than the signed checkpoint', signed, stored);
    }
    await this.#catchUp(signed, stored);
    this.#head = stored;
    await this.#compareRows(signed, stored);
    if (stored && (!signed || signed.size < stored.size)) this.publish();
  }

  /** Brings the tiles to the stored head, from the entries, and checks that they give its root. */
  async #catchUp(signed: Head | undefined, stored: Head | undefined): Promise<void> {
    const { source } = this.#options;
    const wanted = stored ?? { size: 0, root: emptyRoot(nodeCrypto) };
    const direct = await TreeEdge.load(nodeCrypto, source, wanted.size);
    if (direct && equalBytes(direct.root(), wanted.root)) {
      this.#edge = direct;
      return;
    }
    const from = signed && signed.size <= wanted.size ? signed : { size: 0, root: emptyRoot(nodeCrypto) };
    const loaded = await TreeEdge.load(nodeCrypto, source, from.size);
    const edge = loaded && equalBytes(loaded.root(), from.root) ? loaded : new TreeEdge(nodeCrypto);
    while (edge.size < wanted.size) {
      const leaves = await this.#leaves(edge.size, Math.min(BATCH, wanted.size - edge.size));
      if (leaves.length === 0) refuse(`the database holds only ${edge.size} entries`, signed, stored);
      writeDurably(this.#options.folder, edge.append(leaves));
    }
    if (!equalBytes(edge.root(), wanted.root)) {
      refuse('the entries in the database do not give the tree that was signed', signed, stored);
    }
    this.#edge = edge;
  }

  async #compareRows(signed: Head | undefined, stored: Head | undefined): Promise<void> {
    const size = stored?.size ?? 0;
    const { db, agreement, source } = this.#options;
    let at = Math.floor(Math.max(0, size - COMPARED_AT_START) / TILE_WIDTH) * TILE_WIDTH;
    while (at < size) {
      const n = at / TILE_WIDTH;
      const width = tileWidth(size, 0, n);
      const tile = await readTile(source, { level: 0, n, width }, TILE_LIMIT);
      const hashes = tile && splitTile(tile.bytes, width, tile.full);
      const rows = await readLeaves(db, agreement, at, width, hashOf);
      const differs = rows.findIndex((row, i) => !row.sound || !equalBytes(row.leafHash, hashes?.[i] ?? row.leaf));
      if (rows.length < width) refuse(`the database holds only ${at + rows.length} entries`, signed, stored);
      if (differs >= 0) refuse(`entry ${at + differs} in the database is not the one that was signed`, signed, stored);
      at += width;
    }
  }

  /** Takes what the database has beyond the tree and signs it, where there is a key; false when there is nothing new. */
  async advance(): Promise<boolean> {
    const { db, agreement, origin, folder } = this.#options;
    const edge = this.#edge ?? (await this.#reload());
    const leaves = await this.#leaves(edge.size, BATCH);
    if (leaves.length === 0 && this.#head) return false;
    // If a step below fails, the edge in memory is ahead of the files: it is read again next time.
    this.#edge = undefined;
    const files = edge.append(leaves);
    writeDurably(folder, files);
    const next: Head = { size: edge.size, root: edge.root() };
    if (!(await moveHead(db, agreement, origin, this.#head, next))) {
      refuse('the head in the database is not where this log left it', this.#head, await readHead(db, agreement));
    }
    this.#head = next;
    this.#edge = edge;
    this.publish();
    this.#dropPartials(files.keys());
    return true;
  }

  /**
   * The head as a signed note; undefined where there is none, or no key. Ed25519 is deterministic, so the same head always
   * gives the same bytes.
   */
  signedHead(): SignedHead | undefined {
    if (!this.#head) return undefined;
    const text = checkpointText(this.#options.origin, this.#head.size, this.#head.root);
    const lines = this.#options.keys.signatures(text, this.#head.size);
    return lines === null ? undefined : { ...this.#head, text, note: utf8(`${text}\n${lines}`) };
  }

  /** Puts the signed head beside its tiles. */
  publish(): void {
    const signed = this.signedHead();
    if (signed) writeDurably(this.#options.folder, new Map([['checkpoint', signed.note]]));
  }

  /** A tile that is full now has no more use for its partial ones: readers may take the full one instead. */
  #dropPartials(written: Iterable<string>): void {
    for (const path of written) {
      if (!path.includes('.p/')) rmSync(join(this.#options.folder, `${path}.p`), { recursive: true, force: true });
    }
  }

  async #reload(): Promise<TreeEdge> {
    const size = this.#head?.size ?? 0;
    const edge = await TreeEdge.load(nodeCrypto, this.#options.source, size);
    if (!edge) throw new Error(`the tiles of ${size} entries cannot be read in ${join(this.#options.folder, 'tile')}`);
    return edge;
  }

  async #leaves(from: number, limit: number): Promise<Uint8Array[]> {
    const rows = await readLeaves(this.#options.db, this.#options.agreement, from, limit, hashOf);
    const altered = rows.find((row) => !row.sound);
    if (altered) refuse(`entry ${altered.index} was altered in the database`, this.#head, this.#head);
    return rows.map((row) => row.leaf);
  }

  /** The checkpoint in the folder, if a key of this log signed it. */
  async #signedHead(): Promise<Head | undefined> {
    const raw = await this.#options.source.read('checkpoint', 1_000_000);
    if (!raw) return undefined;
    const { checkpoint, finding } = checkCheckpoint(nodeCrypto, raw, trustInKeys(this.#options.keys.trusted()));
    if (!checkpoint || finding.outcome !== 'valid') {
      throw new Problem(LOG_REFUSES, `the checkpoint in ${this.#options.folder} is not one that this log signed`, {
        where: join(this.#options.folder, 'checkpoint'),
      });
    }
    return checkpoint;
  }
}

const named = (head: Head | undefined): string => (head ? `size ${head.size}, root ${toBase64(head.root)}` : 'none');

function refuse(reason: string, signed: Head | undefined, stored: Head | undefined): never {
  throw new Problem(
    LOG_REFUSES,
    `refusing to sign: ${reason}. Signed checkpoint: ${named(signed)}. Database: ${named(stored)}.`,
    { params: { reason, signed: named(signed), stored: named(stored) } },
  );
}
