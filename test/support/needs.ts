/**
 * What a test may need beyond Node 20. A test that lacks it is skipped with the reason in its name:
 * `describeWith([shared("data/geo")], title, …)` reads `title [needs ../shared/data/geo]`.
 */
import { accessSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Absolute path of a file of the repository. */
export const inRepository = (path: string): string => `${ROOT}${path}`;

/** Absolute path of development data that is never committed; it may be absent. */
export const sharedPath = (path: string): string => fileURLToPath(new URL(`../shared/${path}`, `file://${ROOT}`));

export interface Need {
  readonly name: string;
  readonly present: boolean;
}

export const shared = (path: string): Need => ({ name: `../shared/${path}`, present: existsSync(sharedPath(path)) });

/** A program on the PATH or at one of the given places. */
export function program(name: string, ...places: string[]): Need {
  const candidates = [...places, ...(process.env.PATH ?? '').split(':').map((folder) => `${folder}/${name}`)];
  return { name: `the program ${name}`, present: candidates.some(isExecutable) };
}

export const environment = (variable: string): Need => ({
  name: `${variable} in the environment`,
  present: (process.env[variable] ?? '') !== '',
});

function isExecutable(path: string): boolean {
  try {
    accessSync(path, 1);
    return true;
  } catch {
    return false;
  }
}

/** A `describe` that is skipped, by name, when something it needs is absent. */
export function describeWith(needs: readonly Need[], title: string, body: () => void): void {
  const absent = needs.filter((need) => !need.present);
  if (absent.length === 0) describe(title, body);
  else describe.skip(`${title} [needs ${absent.map((need) => need.name).join(', ')}]`, body);
}
