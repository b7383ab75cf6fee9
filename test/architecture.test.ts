/**
 * Keeps the house in order: reads the ordered list of rooms from ARCHITECTURE.md and every import under src/ and web/,
 * and fails on an import that goes round a door or against the order.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRepository } from './support/needs.ts';

const root = inRepository('');
const rooms = readRooms();

/** Rooms that may import fewer doors than the order allows. `null` means: nobody but cli may import it. */
const TIGHTER: Readonly<Record<string, readonly string[]>> = {
  reading: ['core', 'terms', 'places'],
  airspace: ['core', 'db', 'record', 'access', 'jobs'],
};
const IMPORTED_BY: Readonly<Record<string, readonly string[]>> = { airspace: ['cli'], server: ['cli'], cli: [] };

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function readRooms(): string[] {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const line = /<!-- rooms -->\s*```\s*([^`]+?)\s*```/.exec(text)?.[1];
  if (!line) throw new Error('ARCHITECTURE.md has no list of rooms behind <!-- rooms -->');
  return line.split('·').map((room) => room.trim());
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sourceFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = [
    ...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/gm),
  ];
  return found.map((match) => ({
    from: relative(root, file),
    to: relative(root, resolve(dirname(file), match[2] ?? match[3] ?? '')),
    typeOnly: match[1] !== undefined,
  }));
}

const roomOf = (path: string): string | undefined =>
  path.startsWith('src/') ? path.split('/')[1] : path.startsWith('web/') ? 'web' : undefined;

const isDoor = (path: string): boolean => /^src\/[a-z]+\/index\.ts$/.test(path);
const isVerifier = (path: string): boolean => path.startsWith('src/record/verify/');
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

function complaint(edge: Import): string | undefined {
  const from = roomOf(edge.from);
  const to = roomOf(edge.to);
  if (isTest(edge.from) || !from) return undefined;
  if (isVerifier(edge.from) && !isVerifier(edge.to) && to !== 'core') return 'record/verify imports core only';
  if (from === to) return undefined;
  if (edge.to.startsWith('locales/')) return undefined;
  if (!to || to === 'web') return `only src/ and files beside it may be imported from ${from}`;
  if (from === 'web') {
    const allowed = to === 'core' || isVerifier(edge.to) || edge.to.startsWith('src/server/api/');
    return allowed ? undefined : 'web imports core, record/verify and the generated API types only';
  }
  if (!isDoor(edge.to) && !(isVerifier(edge.to) && edge.to.endsWith('verify/index.ts'))) {
    return `${edge.to} is not a door`;
  }
  const by = IMPORTED_BY[to];
  if (by && !by.includes(from)) return `${to} is imported by ${by.join(', ') || 'nobody'} only`;
  const tighter = TIGHTER[from];
  if (tighter) return tighter.includes(to) ? undefined : `${from} imports ${tighter.join(', ')} only`;
  if (to === 'airspace' && from === 'cli') return undefined;
  return rooms.indexOf(to) < rooms.indexOf(from) ? undefined : `${to} stands below ${from} in the order of rooms`;
}

const files = ['src', 'web'].flatMap((folder) =>
  existsSync(join(root, folder)) ? sourceFiles(join(root, folder)) : [],
);

describe('the house', () => {
  it('has only rooms that ARCHITECTURE.md lists', () => {
    const present = readdirSync(join(root, 'src')).filter((name) => statSync(join(root, 'src', name)).isDirectory());
    expect(present.filter((room) => !rooms.includes(room) && room !== 'airspace')).toEqual([]);
  });

  it('has a door in each room', () => {
    const present = readdirSync(join(root, 'src')).filter((name) => name !== 'cli' && name !== 'server');
    const doors = files.map((file) => relative(root, file)).filter(isDoor);
    expect(present.filter((room) => !doors.includes(`src/${room}/index.ts`))).toEqual([]);
  });

  it('imports through doors and upwards only', () => {
    const wrong = files
      .flatMap(importsOf)
      .map((edge) => ({ edge, why: complaint(edge) }))
      .filter(({ why }) => why !== undefined)
      .map(({ edge, why }) => `${edge.from} → ${edge.to}: ${why}`);
    expect(wrong).toEqual([]);
  });

  it('keeps files short: none over 500 lines', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 501);
    expect(long.map((file) => relative(root, file))).toEqual([]);
  });

  it('opens each file with what it is for', () => {
    const bare = files.filter((file) => !isTest(file) && !/^(#![^\n]*\n)?\/(\*\*|\/)/.test(readFileSync(file, 'utf8')));
    expect(bare.map((file) => relative(root, file))).toEqual([]);
  });
});
