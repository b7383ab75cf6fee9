/**
 * Writes files so that a power loss leaves the old content or the new, never half of one, and never a name without its
 * content: temporary file, fsync, rename, fsync of the folder.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fsyncPath } from '../../db/index.ts';

/** Writes every file below `folder`, then flushes each folder touched once. All are durable when this returns. */
export function writeDurably(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  const touched = new Set<string>();
  for (const [path, bytes] of files) {
    const target = join(folder, path);
    makeFolders(dirname(target), touched);
    writeOne(target, bytes);
    touched.add(dirname(target));
  }
  for (const each of touched) fsyncPath(each);
}

/** Makes missing folders from the top down; a new name must be flushed in the folder above it too. */
function makeFolders(folder: string, touched: Set<string>): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made === undefined) return;
  for (let each = folder; each !== dirname(made); each = dirname(each)) touched.add(each);
  touched.add(dirname(made));
}

function writeOne(target: string, bytes: Uint8Array): void {
  const temporary = `${target}.new`;
  const descriptor = openSync(temporary, 'w', 0o644);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    rmSync(temporary, { force: true });
    throw error;
  }
  closeSync(descriptor);
  renameSync(temporary, target);
}
