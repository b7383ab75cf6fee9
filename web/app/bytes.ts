/** Asks for bytes as the person who has signed in; a refusal is the server's sentence, as in desk.ts. */
import type { ApiProblem } from '../../src/server/api/types.ts';
import { ApiFailure } from './api.ts';

/** The answer's bytes. Throws an ApiFailure for a refusal. */
export async function askForBytes(path: string, body: object, csrf: string): Promise<Uint8Array> {
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    cache: 'no-store',
    headers: {
      accept: 'application/octet-stream, application/problem+json',
      'accept-language': document.documentElement.lang,
      'content-type': 'application/json',
      'x-csrf-token': csrf,
    },
    body: JSON.stringify(body),
  });
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const problem: Partial<ApiProblem> = await response.json().catch(() => ({}));
  throw new ApiFailure(
    response.status,
    problem.code ?? `http/${response.status}`,
    problem.title ?? problem.detail ?? response.statusText,
  );
}
