/**
 * Delivers one report through a bad connection: asks whose keys hold, seals, sends, then sends each file, and tries again
 * until the server has answered. Everything under one id, so that a lost answer makes no second report. Lives in memory
 * only and ends with the page.
 */
import type { Lang } from '../../../src/core/index.ts';
import type { ApiIntake, ApiProblem } from '../../../src/server/api/types.ts';
import { type Draft, identityOf, receiptOf, testimonyOf } from './draft.ts';
import { sealIdentity } from './seal.ts';

export interface Enclosed {
  readonly file: Blob;
  readonly name: string;
  readonly sha256: string;
}

export interface Parcel {
  readonly id: string;
  readonly draft: Draft;
  readonly files: readonly Enclosed[];
  /** Language of the page, in which a refusal is worded. */
  readonly lang: Lang;
  /** Empty at the public door. */
  readonly token: string;
  /** What lets a session speak; null for nobody signed in. */
  readonly csrf: string | null;
}

export type RefusalReason = 'token' | 'role' | 'closed' | 'noKeys' | 'report';

export type Delivery =
  | { readonly state: 'sending'; readonly filesDone: number }
  /** No answer: tried again by itself. `received` once the testimony itself is safe. */
  | { readonly state: 'waiting'; readonly filesDone: number; readonly received: boolean }
  | { readonly state: 'refused'; readonly reason: RefusalReason; readonly detail: string | null }
  | {
      readonly state: 'received';
      readonly receipt: string;
      readonly proof: object | null;
      /** Names of files that were not taken, with the server's words. */
      readonly notTaken: readonly { readonly name: string; readonly detail: string }[];
    };

/** What of the world a delivery needs. */
export interface Carrier {
  fetch(path: string, init: RequestInit): Promise<Response>;
  /** Resolves after about this long, or sooner when the connection is back. */
  pause(ms: number): Promise<void>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Delivers a parcel; tells each change. Resolves with what became of it, and never gives up by itself. */
export async function deliver(parcel: Parcel, carrier: Carrier, tell: (delivery: Delivery) => void): Promise<Delivery> {
  const auth: Record<string, string> =
    parcel.token.trim() !== ''
      ? { authorization: `Bearer ${parcel.token.trim()}` }
      : parcel.csrf !== null
        ? { 'x-csrf-token': parcel.csrf }
        : {};
  let filesDone = 0;
  let received = false;
  /** Asks until there is an answer that is not "later". */
  const insist = async (path: string, init: RequestInit): Promise<Response> => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      tell({ state: 'sending', filesDone });
      const response = await carrier.fetch(`${path}?lang=${parcel.lang}`, init).catch(() => null);
      if (response && response.status < 500 && response.status !== 429 && response.status !== 408) return response;
      tell({ state: 'waiting', filesDone, received });
      await carrier.pause(pause);
    }
  };

  const door = await insist('/api/intake', { headers: auth });
  if (!door.ok) return refusal(door);
  const { recipients, limits } = (await door.json()) as ApiIntake;
  const identity = identityOf(parcel.draft);
  if (identity && recipients.length === 0) return { state: 'refused', reason: 'noKeys', detail: null };
  const answer = await insist('/api/intake/submissions', {
    method: 'POST',
    headers: { ...auth, 'content-type': 'application/json' },
    body: JSON.stringify({
      id: parcel.id,
      testimony: testimonyOf(parcel.draft),
      earlier: receiptOf(parcel.draft.earlier),
      identity: identity && (await sealIdentity(identity, recipients, limits.identity)),
      attachments: parcel.files.map(({ sha256 }) => sha256),
    }),
  });
  if (!answer.ok) return refusal(answer);
  const { receipt, proof } = (await answer.json()) as { receipt: string; proof: object | null };
  received = true;
  const notTaken: { name: string; detail: string }[] = [];
  for (const { file, name, sha256 } of parcel.files) {
    const taken = await insist(`/api/intake/submissions/${parcel.id}/attachments/${sha256}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    if (!taken.ok) notTaken.push({ name, detail: (await problemOf(taken)).title ?? '' });
    filesDone += 1;
  }
  return { state: 'received', receipt, proof, notTaken };
}

const problemOf = (response: Response): Promise<Partial<ApiProblem>> => response.json().catch(() => ({}));

async function refusal(response: Response): Promise<Delivery> {
  const { code, title, detail } = await problemOf(response);
  const reason: RefusalReason =
    response.status === 401
      ? 'token'
      : code === 'intake/closed'
        ? 'closed'
        : response.status === 403
          ? 'role'
          : code === 'intake/no-recipients'
            ? 'noKeys'
            : 'report';
  return { state: 'refused', reason, detail: title ?? detail ?? null };
}

/** The browser's own: comes back at once when the connection does. */
export const browserCarrier: Carrier = {
  fetch: (path, init) => fetch(path, { ...init, cache: 'no-store', referrerPolicy: 'no-referrer' }),
  pause: (ms) =>
    new Promise((done) => {
      const end = () => {
        clearTimeout(timer);
        removeEventListener('online', end);
        done();
      };
      const timer = setTimeout(end, ms);
      addEventListener('online', end);
    }),
};
