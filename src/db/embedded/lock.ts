/**
 * One opener per data folder. The embedded engine has no lock of its own: two openers once lost each other's commits.
 * The lock is a socket name that the kernel frees when the process dies, however it dies.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../core/index.ts';
import { FOLDER_IN_USE } from '../problems.ts';

export interface FolderLock {
  release(): Promise<void>;
}

/** Takes the folder (made when absent). Throws the problem db/folder-in-use, naming it, when someone else has it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true });
  const lock = await lockPath(realpathSync(folder));
  if (!lock) {
    throw new Problem(FOLDER_IN_USE, `the data folder ${folder} is in use by another process; stop it first`, {
      params: { folder },
      where: folder,
    });
  }
  return lock;
}

/** Takes a lock named by an absolute path; undefined when another process (or this one) has it. */
export async function lockPath(path: string): Promise<FolderLock | undefined> {
  const name = socketName(path);
  return (await bind(name)) ?? (await removeIfStale(name));
}

function socketName(path: string): string {
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 32);
  return process.platform === 'linux' ? `\0hudna-${digest}` : join(tmpdir(), `hudna-${digest}.sock`);
}

function bind(name: string): Promise<FolderLock | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(name, () => {
      server.unref();
      resolve({ release: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

/** Outside Linux a socket file outlives a killed process: when nobody answers there, take it over. */
async function removeIfStale(name: string): Promise<FolderLock | undefined> {
  if (name.startsWith('\0')) return undefined;
  const answered = await new Promise<boolean>((resolve) => {
    const socket = connect(name);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
  if (answered) return undefined;
  rmSync(name, { force: true });
  return bind(name);
}
