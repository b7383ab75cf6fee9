/** Secret keys of age in a file of their holder, as `age-keygen` and `hudna custody keygen` write it. */
import { readFile } from 'node:fs/promises';
import { declareProblem, Problem } from '../core/index.ts';

const NO_SECRET_KEY = declareProblem('cli/no-secret-key', 422);

/** The keys (AGE-SECRET-KEY-1…) of a file; throws a Problem when it holds none. */
export async function secretKeysIn(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new Problem(NO_SECRET_KEY, 'it cannot be read', { where: path, cause });
  });
  const keys = text.split('\n').map((line) => line.trim());
  const secret = keys.filter((line) => line.startsWith('AGE-SECRET-KEY-1'));
  if (secret.length === 0)
    throw new Problem(NO_SECRET_KEY, 'no secret key (AGE-SECRET-KEY-1…) in this file', { where: path });
  return secret;
}
