/**
 * The one place that talks to the server: same origin, GET only, typed by src/server/api/types.ts. A refusal becomes
 * an `ApiFailure` with the problem's code; a person sees words, never a stack.
 */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Day, Lang } from '../../src/core/index.ts';
import type {
  ApiAreas,
  ApiDay,
  ApiDays,
  ApiIncident,
  ApiIncidentLine,
  ApiIncidentPage,
  ApiInstrument,
  ApiIntake,
  ApiPlaces,
  ApiProblem,
  ApiRecord,
  ApiTerms,
} from '../../src/server/api/types.ts';
import type { Filters } from './search.ts';

const PAGE_LIMIT = 200;
/** The map never asks for more pages than this; what is left out is said on the screen. */
const MAX_PAGES = 10;

export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
  }
}

export const isNotFound = (error: unknown): boolean => error instanceof ApiFailure && error.status === 404;

async function get<Answer>(
  path: string,
  signal?: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(path, { headers: { accept: 'application/json', ...headers }, signal });
  if (response.ok) return (await response.json()) as Answer;
  const problem: Partial<ApiProblem> = await response.json().catch(() => ({}));
  throw new ApiFailure(
    response.status,
    problem.code ?? `http/${response.status}`,
    problem.detail ?? response.statusText,
  );
}

const forever = { staleTime: Number.POSITIVE_INFINITY };

export const instrumentQuery = queryOptions({
  queryKey: ['instrument'],
  queryFn: ({ signal }) => get<ApiInstrument>('/api/instrument', signal),
  staleTime: 60_000,
});

export const daysQuery = queryOptions({
  queryKey: ['days'],
  queryFn: ({ signal }) => get<ApiDays>('/api/days', signal),
});

export const dayQuery = (day: Day) =>
  queryOptions({
    queryKey: ['day', day],
    queryFn: ({ signal }) => get<ApiDay>(`/api/days/${day}`, signal),
    placeholderData: keepPreviousData,
  });

export const areasQuery = queryOptions({
  queryKey: ['areas'],
  queryFn: ({ signal }) => get<ApiAreas>('/api/areas', signal),
  ...forever,
});

export const termsQuery = queryOptions({
  queryKey: ['terms'],
  queryFn: ({ signal }) => get<ApiTerms>('/api/terms', signal),
  staleTime: 60_000,
});

export const recordQuery = queryOptions({
  queryKey: ['record'],
  queryFn: ({ signal }) => get<ApiRecord>('/api/record', signal),
});

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: ['incident', id],
    queryFn: ({ signal }) => get<ApiIncident>(`/api/incidents/${encodeURIComponent(id)}`, signal),
  });

/** The door of the intake form that is open to whoever looks at it; null when it needs a token. A session speaks only with `csrf`. */
export const intakeQuery = queryOptions({
  queryKey: ['intake'],
  queryFn: async ({ signal }): Promise<{ open: ApiIntake | null; csrf: string | null }> => {
    const { signedIn } = await get<{ signedIn: { csrf: string } | null }>('/api/session', signal);
    const csrf = signedIn?.csrf ?? null;
    try {
      return { csrf, open: await get<ApiIntake>('/api/intake', signal, csrf === null ? {} : { 'x-csrf-token': csrf }) };
    } catch (error) {
      if (error instanceof ApiFailure && (error.status === 401 || error.status === 403)) return { csrf, open: null };
      throw error;
    }
  },
  staleTime: 60_000,
  // A form that is being filled in must not be built anew.
  refetchOnWindowFocus: false,
});

export const placesQuery = (name: string, lang: Lang) =>
  queryOptions({
    queryKey: ['places', name, lang],
    queryFn: ({ signal }) => get<ApiPlaces>(`/api/places?${new URLSearchParams({ name, lang })}`, signal),
    ...forever,
  });

export const townsQuery = queryOptions({
  queryKey: ['towns'],
  queryFn: ({ signal }) => get<ApiPlaces>('/api/places', signal),
  ...forever,
});

/** All incidents of a range of days that the filters keep, page by page, up to a bound. */
export const incidentsQuery = (from: Day, to: Day, filters: Filters) =>
  queryOptions({
    queryKey: ['incidents', from, to, filters.type ?? '', filters.area ?? '', filters.party ?? ''],
    queryFn: async ({ signal }) => {
      const items: ApiIncidentLine[] = [];
      let cursor: string | null = null;
      let total = 0;
      for (let page = 0; page < MAX_PAGES; page++) {
        const parameters = new URLSearchParams({ from, to, limit: String(PAGE_LIMIT) });
        for (const name of ['type', 'area', 'party'] as const) {
          const value = filters[name];
          if (value) parameters.set(name, value);
        }
        if (cursor) parameters.set('cursor', cursor);
        const answer: ApiIncidentPage = await get<ApiIncidentPage>(`/api/incidents?${parameters}`, signal);
        items.push(...answer.items);
        total = answer.total;
        cursor = answer.next;
        if (!cursor) break;
      }
      return { items, total, cut: cursor !== null };
    },
    placeholderData: keepPreviousData,
  });
