/** Sends one report. The token is used for this call and kept nowhere. A lost answer is safe: the same report again is no second one. */
import type { ApiProblem } from '../../../src/server/api/types.ts';

export interface Received {
  readonly kind: 'received';
  /** The report's id: the number that the caller is given. */
  readonly id: string;
  /** The log's signed promise for it (spec/record); null while no log runs. */
  readonly receipt: object | null;
  /** The same report was there before. */
  readonly again: boolean;
}

export interface Refused {
  readonly kind: 'refused';
  readonly reason: 'token' | 'role' | 'report' | 'busy' | 'unreachable';
  readonly detail: string | null;
}

export type Sent = Received | Refused;

export async function sendReport(report: object, token: string): Promise<Sent> {
  let response: Response;
  try {
    response = await fetch('/api/reports', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token.trim()}` },
      body: JSON.stringify(report),
    });
  } catch {
    return { kind: 'refused', reason: 'unreachable', detail: null };
  }
  if (response.ok) {
    const { id, receipt } = (await response.json()) as { id: string; receipt: object | null };
    return { kind: 'received', id, receipt, again: response.status === 200 };
  }
  const problem: Partial<ApiProblem> = await response.json().catch(() => ({}));
  return { kind: 'refused', reason: reasonOf(response.status), detail: problem.detail ?? null };
}

function reasonOf(status: number): Refused['reason'] {
  if (status === 401) return 'token';
  if (status === 403) return 'role';
  return status === 429 || status >= 500 ? 'busy' : 'report';
}
