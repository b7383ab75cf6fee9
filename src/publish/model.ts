/**
 * What the public sees. Everything here has passed the projection: points are coarsened, places of protection have no
 * point and no site's name, words come from public reports only, and nothing is a verdict that no person gave.
 */
import type { Count, Day, EventType, Instant, Lang, Point, Precision, SourceKind, Trilingual } from '../core/index.ts';
import type { InTerms } from '../terms/index.ts';
import type { IncidentAct } from './acts.ts';

export interface PublicPlace {
  readonly id: string | null;
  readonly name: Trilingual;
  readonly precision: Precision;
  readonly area: string | null;
}

export interface PublicToll extends Count {
  readonly byOrigin: readonly (Count & { readonly origin: string; readonly reports: readonly string[] })[];
}

/** `verified` and `withdrawn` are only ever given by people. */
export type IncidentStatus = 'reported' | 'corroborated' | 'verified' | 'disputed' | 'dismissed' | 'withdrawn';

export interface PublicIncident {
  readonly id: string;
  readonly type: EventType;
  readonly place: PublicPlace;
  readonly point: Point | null;
  readonly day: Day;
  readonly start: string | null;
  /** Quarter of the day, 0 from midnight to 3 from 18:00, in the instrument's zone; null when not known or not told. */
  readonly slot: 0 | 1 | 2 | 3 | null;
  readonly killed: PublicToll;
  readonly injured: PublicToll;
  readonly allegedParties: readonly string[];
  readonly contested: boolean;
  readonly reports: readonly string[];
  readonly origins: number;
  readonly inTerms: InTerms;
  readonly status: IncidentStatus;
  readonly proposed: boolean;
  /** What two persons of two organisations decided about it, in force now. */
  readonly acts: readonly IncidentAct[];
}

export interface PartyAreaCount {
  readonly party: string | null;
  readonly area: string | null;
  readonly today: number;
  readonly before: number;
}

export interface SourceHeard {
  readonly name: string;
  readonly kind: SourceKind;
  readonly camp: string | null;
  readonly reports: number;
}

export interface ReportLine {
  readonly id: string;
  readonly source: string;
  readonly origin: string | null;
  readonly published: string | null;
  readonly lang: Lang | 'other';
  readonly title: string | null;
  readonly incidents: readonly string[];
}

/** A calendar day of the instrument's zone, from all that is known at the data cut. */
export interface DayView {
  readonly day: Day;
  readonly timeZone: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly asOf: Instant;
  readonly release: { readonly number: number; readonly at: Instant } | null;
  readonly reports: number;
  readonly reportsBefore: number;
  readonly incidentsBefore: number;
  readonly incidents: readonly PublicIncident[];
  readonly byPartyAndArea: readonly PartyAreaCount[];
  readonly byArea: readonly { readonly area: string | null; readonly today: number; readonly before: number }[];
  readonly byType: readonly { readonly type: EventType; readonly today: number; readonly before: number }[];
  readonly sourcesHeard: readonly SourceHeard[];
  readonly reportList: readonly ReportLine[];
  readonly sourcesSilent: readonly { readonly name: string; readonly lastHeard: Day }[];
}
