/** Does one checkpoint's tree begin with another's? And where do two trees part? Reads tiles, trusts only roots. */
import { equalBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Crypto } from './crypto.ts';
import { type Finding, incomplete, invalid } from './finding.ts';
import { checkConsistency, consistencyRanges } from './proof.ts';
import { type LogSource, MissingTile, SourceError, TileTree } from './source.ts';

/**
 * Undefined when `later` extends `earlier`. `source` holds the tiles of `later`; without it only trees of the same size
 * can be compared.
 */
export async function checkExtension(
  crypto: Crypto,
  earlier: Checkpoint,
  later: Checkpoint,
  source: LogSource | undefined,
): Promise<Finding | undefined> {
  if (earlier.size > later.size) {
    return invalid('rolled-back', { seen: earlier.size, size: later.size }, later.size);
  }
  if (earlier.size === later.size) {
    return equalBytes(earlier.root, later.root) ? undefined : invalid('forked', { seen: earlier.size });
  }
  if (earlier.size === 0) return undefined;
  if (!source) return incomplete('missing-file', { path: 'tile/' });
  try {
    const tree = new TileTree(crypto, source, later.size);
    const proof = await tree.hashes(consistencyRanges(earlier.size, later.size));
    if (checkConsistency(crypto, earlier, later, proof)) return undefined;
    const tilesFit = equalBytes(await tree.root(later.size), later.root);
    return tilesFit ? invalid('forked', { seen: earlier.size }) : invalid('root-mismatch', { size: later.size });
  } catch (error) {
    return sourceFinding(error);
  }
}

/** The finding for tiles that are missing or unreadable; rethrows anything else. */
export function sourceFinding(error: unknown): Finding {
  if (error instanceof MissingTile) return incomplete('missing-file', { path: error.path }, error.firstIndex);
  if (error instanceof SourceError) return incomplete('unreadable', { path: error.path, reason: error.message });
  throw error;
}

/** The first entry below `size` on which two trees differ; null when they agree or their tiles do not reach. */
export async function firstDifference(
  a: { tree: TileTree },
  b: { tree: TileTree },
  size: number,
): Promise<number | null> {
  const differ = async (start: number, end: number): Promise<boolean> => {
    const [[left], [right]] = await Promise.all([a.tree.hashes([{ start, end }]), b.tree.hashes([{ start, end }])]);
    return !left || !right || !equalBytes(left, right);
  };
  try {
    let [start, width] = [0, 1];
    while (width < size) width *= 2;
    if (size === 0 || !(await differ(0, size))) return null;
    while (width > 1) {
      width /= 2;
      const middle = Math.min(start + width, size);
      if (!(await differ(start, middle))) start = middle;
    }
    return start < size ? start : null;
  } catch (error) {
    if (error instanceof MissingTile || error instanceof SourceError) return null;
    throw error;
  }
}
