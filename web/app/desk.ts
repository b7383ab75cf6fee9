/**
 * What the desk asks of the server: everything that acts. Same origin, with the session's cookie and its token; a
 * refusal becomes an `ApiFailure` whose message is the server's sentence in the reader's language.
 */
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type {
  ApiOpenSession,
  ApiPasskeys,
  ApiPeople,
  ApiProposal,
  ApiProposalLine,
  ApiSession,
} from '../../src/server/api/people.ts';
import type { ApiLogKey, ApiProblem } from '../../src/server/api/types.ts';
import { ApiFailure } from './api.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Asks; with `csrf`, as the person who has signed in. Answers undefined where there is nothing to answer. */
export async function ask<Answer>(method: Method, path: string, body?: object, csrf?: string): Promise<Answer> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    headers: {
      accept: 'application/json',
      'accept-language': document.documentElement.lang,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(csrf ? { 'x-csrf-token': csrf } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (response.status === 204) return undefined as Answer;
  if (response.ok) return (await response.json()) as Answer;
  const problem: Partial<ApiProblem> = await response.json().catch(() => ({}));
  throw new ApiFailure(
    response.status,
    problem.code ?? `http/${response.status}`,
    problem.title ?? problem.detail ?? response.statusText,
  );
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => ask<ApiSession>('GET', '/api/session'),
  staleTime: 30_000,
  refetchOnWindowFocus: true,
});

export const sessionsQuery = queryOptions({
  queryKey: ['desk', 'sessions'],
  queryFn: async () => (await ask<{ items: readonly ApiOpenSession[] }>('GET', '/api/sessions')).items,
});

export const passkeysQuery = queryOptions({
  queryKey: ['desk', 'passkeys'],
  queryFn: () => ask<ApiPasskeys>('GET', '/api/passkeys'),
});

export const peopleQuery = queryOptions({
  queryKey: ['desk', 'people'],
  queryFn: () => ask<ApiPeople>('GET', '/api/people'),
});

export const approvalsQuery = queryOptions({
  queryKey: ['desk', 'approvals'],
  queryFn: async () => (await ask<{ items: readonly ApiProposalLine[] }>('GET', '/api/approvals')).items,
});

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'approval', id],
    queryFn: () => ask<ApiProposal>('GET', `/api/approvals/${encodeURIComponent(id)}`),
  });

export const logKeyQuery = queryOptions({
  queryKey: ['desk', 'log-key'],
  queryFn: () => ask<ApiLogKey>('GET', '/api/log-key'),
});

/** A session's rest, as the server counts it (src/access/session.ts). */
export const IDLE_MS = 15 * 60_000;

/** After somebody came or left: nothing of the desk that was seen before counts. */
export async function forgetDesk(client: QueryClient): Promise<void> {
  client.removeQueries({ queryKey: ['desk'] });
  // At once, also where the server cannot be reached any more.
  client.setQueryData(sessionQuery.queryKey, (was) => was && { ...was, signedIn: null });
  await client.invalidateQueries({ queryKey: ['session'] });
}
