/** The JSON of links for people: what waits for them, and what they decided. Types only. */
import type { Instant } from '../../core/index.ts';
import type { ApiLink } from './types.ts';

/** An item of GET /api/incidents/queue */
export interface ApiAskedReport extends ApiLink {
  readonly report: string;
  readonly event: number;
  readonly incident: string;
  readonly source: string | null;
  readonly lang: string | null;
  readonly published: string | null;
  readonly title: string | null;
  readonly text: string | null;
}

/** An item of GET /api/incidents/proposals */
export interface ApiRepair {
  readonly id: string;
  readonly decision: { readonly kind: string };
  readonly incidents: readonly string[];
  readonly score: number;
  readonly explanation: ApiLink['explanation'];
  readonly proposedAt: Instant;
}

/** POST /api/incidents/decisions and /api/incidents/proposals/:id */
export interface ApiDecided {
  readonly decision: string;
  readonly kind: string;
  readonly incidents: readonly string[];
}
