/** Making folders and files last: what is fsynced here survives a power loss, names included. */
import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Flushes one file or one directory (its names) to the disk. */
export function fsyncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Flushes every file and directory below `root`, then `root`, then the name of `root` in its parent. */
export function fsyncTree(root: string): void {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) fsyncBelow(path);
    else if (entry.isFile()) fsyncPath(path);
  }
  fsyncPath(root);
  fsyncPath(dirname(root));
}

function fsyncBelow(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) fsyncBelow(path);
    else if (entry.isFile()) fsyncPath(path);
  }
  fsyncPath(folder);
}
