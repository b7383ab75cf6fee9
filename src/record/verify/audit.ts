/**
 * Audits a whole log: every entry against its hash, every tile against what lies below it, the tree against the signed
 * root, earlier checkpoints against the tree. Streams: memory does not grow with the entries, only with their tiles.
 */
import type { PinnedAuthors } from './author.ts';
import { equalBytes } from './bytes.ts';
import type { SignedCheckpoint } from './checkpoint.ts';
import { type Crypto, HASH_SIZE } from './crypto.ts';
import { EntryJudge, sameBeacon } from './entry.ts';
import type { Beacon } from './envelope.ts';
import { type Finding, incomplete, invalid } from './finding.ts';
import { LOG_KEY_CHANGED } from './handover.ts';
import { bindingHandovers, knownKeys } from './key-times.ts';
import {
  BUNDLE_LIMIT,
  CHECKPOINT_LIMIT,
  type LogSource,
  MissingTile,
  readTile,
  SourceError,
  TILE_LIMIT,
  TileTree,
} from './source.ts';
import { Spine } from './spine.ts';
import { hashRun, levelCount, splitBundle, splitTile, TILE_WIDTH, type Tile, tilePath, tileWidth } from './tiles.ts';
import { hashLeaf } from './tree.ts';
import { type CheckedCheckpoint, checkCheckpoint, type Freshness, type Trust } from './trust.ts';

export interface AuditOptions {
  readonly crypto: Crypto;
  readonly source: LogSource;
  readonly trust: Trust;
  readonly fresh?: Freshness | undefined;
  /** Earlier checkpoints, their signatures already checked, that this log must extend. */
  readonly seen?: readonly SignedCheckpoint[];
  /** `hudna` judges each entry's envelope; `any` takes every C2SP log. */
  readonly entries?: 'hudna' | 'any';
  /** Keys that may sign open entries; any when not given. */
  readonly authors?: PinnedAuthors | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface AuditReport extends CheckedCheckpoint {
  /** Entries checked, from the first. */
  readonly checked: number;
}

/** Checks everything; the report carries the first fault found, in the order of the entries. */
export async function audit(options: AuditOptions): Promise<AuditReport> {
  const nothing: AuditReport = {
    finding: incomplete('missing-file', { path: 'checkpoint' }),
    checkpoint: null,
    cosigners: [],
    silent: [],
    checked: 0,
  };
  let head: CheckedCheckpoint | undefined;
  let walk: Walk | undefined;
  try {
    const raw = await options.source.read('checkpoint', CHECKPOINT_LIMIT);
    if (!raw) return nothing;
    head = checkCheckpoint(options.crypto, raw, options.trust, options.fresh);
    if (!head.checkpoint || head.finding.outcome === 'invalid') return { ...head, checked: 0 };
    walk = new Walk(options, head.checkpoint, head);
    const fault = await walk.run();
    return { ...head, finding: fault ?? head.finding, checked: walk.checked };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const checked = walk?.checked ?? 0;
    const finding = incomplete('unreadable', { path: error.path, reason: error.message }, walk ? checked : null);
    return { ...nothing, ...head, finding, checked };
  }
}

/** The hashes that a cut tile still holds whole. */
function wholeHashes(bytes: Uint8Array): readonly Uint8Array[] {
  const count = Math.floor(bytes.length / HASH_SIZE);
  return splitTile(bytes.subarray(0, count * HASH_SIZE), count) ?? [];
}

/** One pass over a log. */
class Walk {
  checked = 0;
  readonly #options: AuditOptions;
  readonly #checkpoint: SignedCheckpoint;
  readonly #spine: Spine;
  /** Earlier checkpoints of this log; those of other logs say nothing about it. */
  readonly #seen: readonly SignedCheckpoint[];
  readonly #judge: EntryJudge | undefined;
  readonly #tree: TileTree;
  /** Size of the newest handover of the log's key that came with it; an entry that announces one must lie below. */
  readonly #handedOverAt: number;
  /** The first entry that announces a handover which did not come with the log. */
  #unkept: Finding | undefined;
  readonly #upper = new Map<number, { n: number; hashes: readonly Uint8Array[] }>();

  constructor(options: AuditOptions, checkpoint: SignedCheckpoint, head: CheckedCheckpoint) {
    this.#options = options;
    this.#checkpoint = checkpoint;
    const { logs, handovers = [] } = options.trust;
    const known = knownKeys(logs, handovers, checkpoint.origin);
    const bound = bindingHandovers(known, handovers, checkpoint.origin);
    // A tree that a known key signed at a handover is as good as one that was seen.
    const signed = bound.flatMap((one) => [one.checkpoint, ...(one.last ? [one.last] : [])]);
    this.#seen = [...(options.seen ?? []), ...signed].filter((seen) => seen.origin === checkpoint.origin);
    this.#handedOverAt = Math.max(0, ...handovers.map((one) => one.checkpoint.size));
    this.#spine = new Spine(options.crypto);
    this.#tree = new TileTree(options.crypto, options.source, checkpoint.size);
    const newest = head.cosigners.length > 0 ? Math.max(...head.cosigners.map((cosigner) => cosigner.time)) : null;
    if (options.entries !== 'any') this.#judge = new EntryJudge(options.crypto, newest, options.authors);
  }

  async run(): Promise<Finding | undefined> {
    const { size, root } = this.#checkpoint;
    const shrunk = this.#seen.find((seen) => seen.size > size);
    if (shrunk) return invalid('rolled-back', { seen: shrunk.size, size }, size);
    let tail: readonly Uint8Array[] = [];
    for (let n = 0; n * TILE_WIDTH < size; n++) {
      const block = await this.#block(n, tileWidth(size, 0, n));
      if ('outcome' in block) return block;
      tail = block.leaves.length === TILE_WIDTH ? [] : block.leaves;
      this.checked = n * TILE_WIDTH + block.leaves.length;
      this.#options.onProgress?.(this.checked, size);
    }
    if (!equalBytes(this.#spine.root(size, tail), root)) return invalid('root-mismatch', { size });
    return this.#unkept;
  }

  /** Checks tile and bundle `n`; its leaf hashes when all is well. */
  async #block(n: number, width: number): Promise<Finding | { leaves: readonly Uint8Array[] }> {
    const { crypto, source } = this.#options;
    const first = n * TILE_WIDTH;
    const tile: Tile = { level: 0, n, width };
    const hashTile = await readTile(source, tile, TILE_LIMIT);
    if (!hashTile) return incomplete('missing-file', { path: tilePath(tile) }, first);
    const bundleTile: Tile = { level: 'entries', n, width };
    const bundle = await readTile(source, bundleTile, BUNDLE_LIMIT);
    if (!bundle) return incomplete('missing-file', { path: tilePath(bundleTile) }, first);

    const expected = splitTile(hashTile.bytes, width, hashTile.full);
    const present = expected ?? wholeHashes(hashTile.bytes);
    const { entries, broken } = splitBundle(bundle.bytes, width, bundle.full);
    const leaves: Uint8Array[] = [];
    for (const [i, entry] of entries.entries()) {
      const leaf = hashLeaf(crypto, entry);
      const hash = present?.[i];
      if (!hash) break;
      if (!equalBytes(leaf, hash)) return invalid('bad-entry-hash', { path: bundle.path, index: first + i }, first + i);
      leaves.push(leaf);
      const fault = await this.#judgeEntry(first + i, entry, leaves);
      if (fault) return fault;
    }
    if (broken) return invalid('bad-bundle', { path: bundle.path }, first + Math.min(entries.length, width - 1));
    if (!expected) return invalid('bad-tile', { path: hashTile.path }, first + Math.min(leaves.length, width - 1));
    const fault = this.#compareSeen(first, leaves) ?? (await this.#climb(n, leaves));
    return fault ?? { leaves };
  }

  async #judgeEntry(index: number, entry: Uint8Array, leaves: readonly Uint8Array[]): Promise<Finding | undefined> {
    if (!this.#judge) return undefined;
    const judged = this.#judge.judge(index, entry);
    if ('code' in judged) return invalid(judged.code, { ...judged.params, index }, index);
    if (judged.kind === LOG_KEY_CHANGED && index >= this.#handedOverAt)
      this.#unkept ??= incomplete('handover-missing', { index }, index);
    if (!judged.beacon || (await this.#beaconHolds(judged.beacon, leaves))) return undefined;
    return invalid('bad-beacon', { index, size: judged.beacon.size }, index);
  }

  #beacons = new Map<number, Uint8Array>();

  async #beaconHolds(beacon: Beacon, leaves: readonly Uint8Array[]): Promise<boolean> {
    let root = this.#beacons.get(beacon.size);
    if (!root) {
      const inBlock = beacon.size - this.#spine.blocks * TILE_WIDTH;
      try {
        root =
          inBlock >= 0 ? this.#spine.root(beacon.size, leaves.slice(0, inBlock)) : await this.#tree.root(beacon.size);
      } catch (error) {
        // Its tiles were checked already; one that is gone now cannot bear the beacon out.
        if (error instanceof MissingTile) return false;
        throw error;
      }
      if (this.#beacons.size > 4_096) this.#beacons.clear();
      this.#beacons.set(beacon.size, root);
    }
    return sameBeacon(beacon, root);
  }

  #compareSeen(first: number, leaves: readonly Uint8Array[]): Finding | undefined {
    for (const seen of this.#seen) {
      const inBlock = seen.size - first;
      if (inBlock < 1 || inBlock > leaves.length) continue;
      const spine = inBlock === TILE_WIDTH ? undefined : this.#spine.root(seen.size, leaves.slice(0, inBlock));
      const root = spine ?? this.#rootWith(leaves, seen.size);
      if (!equalBytes(root, seen.root)) return invalid('forked', { seen: seen.size });
    }
    return undefined;
  }

  /** The root at a block's end, before the block has gone into the spine. */
  #rootWith(leaves: readonly Uint8Array[], size: number): Uint8Array {
    const extended = this.#spine.with(hashRun(this.#options.crypto, leaves));
    return extended.root(size, []);
  }

  /** Takes a full block into the spine and compares the tiles above that hold its hash. */
  async #climb(n: number, leaves: readonly Uint8Array[]): Promise<Finding | undefined> {
    if (leaves.length === TILE_WIDTH) this.#spine.push(hashRun(this.#options.crypto, leaves));
    else return undefined;
    const { size } = this.#checkpoint;
    let number = n;
    for (let level = 1; level < levelCount(size); level++) {
      const hash = this.#spine.tileHash(level, number);
      if (!hash) return undefined;
      const above = Math.floor(number / TILE_WIDTH);
      const first = number * TILE_WIDTH ** level;
      const stored = await this.#upperTile(level, above, first);
      if ('outcome' in stored) return stored;
      const kept = stored.hashes[number % TILE_WIDTH];
      if (!kept || !equalBytes(kept, hash)) {
        const path = tilePath({ level, n: above, width: tileWidth(size, level, above) });
        return invalid('bad-tile', { path }, first);
      }
      if ((number + 1) % TILE_WIDTH !== 0) return undefined;
      number = above;
    }
    return undefined;
  }

  async #upperTile(level: number, n: number, first: number): Promise<Finding | { hashes: readonly Uint8Array[] }> {
    const known = this.#upper.get(level);
    if (known?.n === n) return known;
    const tile: Tile = { level, n, width: tileWidth(this.#checkpoint.size, level, n) };
    const found = await readTile(this.#options.source, tile, TILE_LIMIT);
    if (!found) return incomplete('missing-file', { path: tilePath(tile) }, first);
    const whole = splitTile(found.bytes, tile.width, found.full);
    if (!whole) return invalid('bad-tile', { path: found.path }, first);
    this.#upper.set(level, { n, hashes: whole });
    return { hashes: whole };
  }
}
