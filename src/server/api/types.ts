/**
 * The JSON that the public API answers and the web app reads: one place, types only, so that both sides compile
 * against the same words. Everything here is the public projection: points are coarsened, words only of public reports.
 */

import type { Day, EventType, Instant, Lang, Point, Precision, Trilingual } from '../../core/index.ts';
import type { PublicIncident } from '../../publish/index.ts';

export type { ClaimField, ClaimSpan as ApiSpan, ClaimStanding } from '../../claims/index.ts';
export type { LinkStep as ApiLinkStep } from '../../incidents/index.ts';
/** What `publish` answers, by the names of the API. Points are coarsened there, and nowhere else. */
export type {
  DayView as ApiDay,
  IncidentStatus,
  IncidentView as ApiIncident,
  PartyAreaCount as ApiPartyAreaCount,
  PublicClaim as ApiClaim,
  PublicClaimValue as ApiClaimValue,
  PublicContradiction as ApiContradiction,
  PublicIncident as ApiIncidentLine,
  PublicLink as ApiLink,
  PublicPlace as ApiPlace,
  PublicReport as ApiReport,
  PublicTermsPosition as ApiTermsPosition,
  PublicToll as ApiToll,
  ReportLine as ApiReportLine,
  SourceHeard as ApiSourceHeard,
} from '../../publish/index.ts';
export type { InTerms as ApiInTerms, InTermsValue } from '../../terms/index.ts';

/** How an actor stands to the terms (as `TermsStanding` of the terms room). */
export type ApiStanding = 'party' | 'excluded' | 'outside';

export interface ApiActor {
  readonly id: string;
  readonly name: Trilingual;
  readonly kind: 'state' | 'organisation' | 'armed_group' | 'person';
  readonly standing: ApiStanding;
  /** Id of the actor it fights beside; null for none. */
  readonly side: string | null;
  readonly coChair: boolean;
}

/** GET /api/instrument: what every screen needs once. */
export interface ApiInstrument {
  readonly id: string;
  readonly name: Trilingual;
  readonly country: string;
  readonly timeZone: string;
  readonly start: Instant;
  /** The calendar day of `start` in the zone: marked on the timeline. */
  readonly startDay: Day;
  readonly actors: readonly ApiActor[];
  /** The day on which the app opens when its address names none. */
  readonly openDay: Day | null;
  /** First and last day with data; null when nothing was received yet. */
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  /** True when the data is the shipped sample: every screen says so. */
  readonly sample: boolean;
  /** The role switcher is offered: a demo, on this machine. */
  readonly demo: boolean;
  /** Screens that have data: the app hides the others. */
  readonly screens: { readonly register: boolean; readonly record: boolean; readonly report: boolean };
}

/** GET /api/terms */
export interface ApiTerms {
  readonly id: string;
  readonly name: Trilingual;
  readonly source: string;
  readonly timeZone: string;
  readonly start: Instant;
  readonly actors: readonly (ApiActor & {
    readonly aliases: Readonly<Record<Lang, readonly string[]>>;
    readonly acceptance: { readonly through: string | null; readonly at: string | null } | null;
    readonly designation: { readonly source: string; readonly from: Day; readonly until: Day | null } | null;
  })[];
  readonly clauses: readonly {
    readonly id: string;
    /** Actor ids; empty means every party. */
    readonly addressees: readonly string[];
    readonly text: Trilingual;
    readonly from: Day;
    readonly until: Day | null;
    readonly breachedBy: readonly string[];
  }[];
  readonly calmAreas: readonly {
    readonly id: string;
    readonly name: Trilingual;
    readonly from: Instant;
    readonly until: Instant | null;
  }[];
  /** Event types of this instrument that no clause covers; printed as such. */
  readonly typesWithoutClause: readonly EventType[];
}

/** GET /api/days: one row per calendar day from the first to the last day of data, days of nothing included. */
export interface ApiDays {
  readonly timeZone: string;
  readonly startDay: Day;
  readonly days: readonly ApiDayCount[];
}

export interface ApiDayCount {
  readonly day: Day;
  readonly incidents: number;
  readonly reports: number;
  /** Distinct sources heard. */
  readonly sources: number;
}

/** GET /api/incidents?from&to&area&type&party&cursor&limit */
export interface ApiIncidentPage {
  readonly items: readonly PublicIncident[];
  readonly total: number;
  /** Hand back as `cursor`; null on the last page. */
  readonly next: string | null;
}

export interface ApiAreaProperties {
  readonly id: string;
  /** `area`: a governorate of the instrument's country; `neighbour`: outline of a country around it. */
  readonly role: 'area' | 'neighbour';
  readonly name: Trilingual;
  /** Where the label stands. */
  readonly label: Point;
}

/** GET /api/areas: GeoJSON (RFC 7946), the governorates first. */
export interface ApiAreas {
  readonly type: 'FeatureCollection';
  /** West, south, east, north of the areas. */
  readonly bbox: readonly [number, number, number, number];
  readonly features: readonly {
    readonly type: 'Feature';
    readonly id: string;
    readonly properties: ApiAreaProperties;
    readonly geometry:
      | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly (readonly number[])[])[] }
      | {
          readonly type: 'MultiPolygon';
          readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[];
        };
  }[];
}

/** GET /api/places */
export interface ApiPlaces {
  readonly items: readonly ApiPlaceFound[];
}

export interface ApiPlaceFound {
  readonly id: string;
  readonly name: Trilingual;
  readonly class: string;
  readonly precision: Precision;
  readonly point: Point;
  /** Id of the governorate. */
  readonly area: string | null;
}

/** GET /api/intake: the door that is open to whoever asks. */
export interface ApiIntake {
  readonly door: 'public' | 'staff';
  readonly organisation: string;
  /** age public keys; empty while an identity cannot be sealed. */
  readonly recipients: readonly string[];
  readonly timeZone: string;
  readonly partsOfDay: readonly ApiPartOfDay[];
  readonly limits: {
    readonly text: number;
    readonly attachments: number;
    readonly attachment: number;
    /** Bytes of an identity before it is sealed, always. */
    readonly identity: number;
  };
}

export type ApiPartOfDay = 'night' | 'morning' | 'afternoon' | 'evening';

/** GET /api/record */
export interface ApiRecord {
  /** The log's name, first line of its checkpoint. */
  readonly origin: string | null;
  readonly size: number;
  /** The checkpoint as published; null until the log is sealed. */
  readonly checkpoint: string | null;
  readonly sealedAt: Instant | null;
  readonly cosigners: readonly { readonly name: string; readonly at: Instant | null; readonly signed: boolean }[];
  readonly policy: string | null;
  /** Changes of the log's key, oldest first. */
  readonly keyChanges: readonly ApiKeyChange[];
}

export interface ApiKeyChange {
  /** Entries of the checkpoint at which the key changed. */
  readonly size: number;
  /** vkeys. */
  readonly from: string;
  readonly to: string;
  /** False: the log was continued without the old key's signature. */
  readonly oldKeySigned: boolean;
  readonly reason: string;
  readonly by: readonly string[];
  readonly claimedAt: Instant;
}

/** GET /api/log-key */
export interface ApiLogKey {
  readonly prepared: {
    readonly origin: string;
    readonly from: string;
    readonly to: string;
    readonly oldKey: 'signs' | 'lost';
  } | null;
}

/** Every refusal: application/problem+json (RFC 9457). */
export interface ApiProblem {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}
