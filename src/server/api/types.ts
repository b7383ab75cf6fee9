/**
 * The JSON that the public API answers and the web app reads: one place, types only, so that both sides compile
 * against the same words. Everything here is the public projection: points are coarsened, words only of public reports.
 */
import type {
  Count,
  Day,
  EventType,
  Instant,
  Lang,
  Point,
  Precision,
  SourceKind,
  Target,
  Trilingual,
} from '../../core/index.ts';

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

export interface ApiPlace {
  /** Gazetteer id; null when only the words are known. */
  readonly id: string | null;
  /** The name in three languages; the words of a report in all three when the gazetteer does not know it. */
  readonly name: Trilingual;
  readonly precision: Precision;
  /** Id of the governorate (an `ApiAreas` feature); null where it spans several or is unknown. */
  readonly area: string | null;
}

/** A count with what each independent origin says. Never averaged, never summed across origins. */
export interface ApiToll extends Count {
  readonly byOrigin: readonly ApiOriginCount[];
}

export interface ApiOriginCount extends Count {
  readonly origin: string;
  /** Ids of the reports that carry this origin's figure. */
  readonly reports: readonly string[];
}

export type InTermsValue = 'yes' | 'no' | 'contested' | 'unknown';

/** Why an incident is inside the terms or not (as the terms room decides); words are messages `inTerms.reason.CODE`. */
export type InTermsReason =
  | 'before-start'
  | 'no-party-named'
  | 'excluded-attacker'
  | 'excluded-target'
  | 'outside-actor'
  | 'parties-named'
  | 'sources-disagree'
  | 'no-clause';

export interface ApiInTerms {
  readonly value: InTermsValue;
  /** Who says so: names of sources, or `terms` where the dates of the terms alone decide. */
  readonly by: readonly string[];
  readonly reason: InTermsReason;
  /** The actors on whom it turns. */
  readonly parties: readonly string[];
}

/** Shapes on screen. `verified` and `withdrawn` are only ever given by people. */
export const INCIDENT_STATUSES = ['reported', 'corroborated', 'verified', 'disputed', 'withdrawn'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** One incident as a line of a list, a bulletin or a map. */
export interface ApiIncidentLine {
  readonly id: string;
  readonly type: EventType;
  readonly place: ApiPlace;
  /** Coarsened for the public; null when it cannot be placed or must not be. */
  readonly point: Point | null;
  /** Calendar day in the instrument's zone on which it began. */
  readonly day: Day;
  /** EDTF day or RFC 3339 instant, as far as known. */
  readonly start: string | null;
  readonly killed: ApiToll;
  readonly injured: ApiToll;
  /** Actor ids that some report names; empty when nobody is named. */
  readonly allegedParties: readonly string[];
  /** True when the reports disagree on who did it or what it was. */
  readonly contested: boolean;
  readonly reports: readonly string[];
  /** Number of independent origins. */
  readonly origins: number;
  readonly inTerms: ApiInTerms;
  readonly status: IncidentStatus;
  /** True until a person confirmed it: the app draws it as a proposal. */
  readonly proposed: boolean;
}

/** One cell of a party × area table, with the day before beside it. `null` means not said. */
export interface ApiPartyAreaCount {
  readonly party: string | null;
  readonly area: string | null;
  readonly today: number;
  readonly before: number;
}

export interface ApiSourceHeard {
  readonly name: string;
  readonly kind: SourceKind;
  readonly camp: string | null;
  readonly reports: number;
}

/** A report as one line: the list behind every count of reports and sources. */
export interface ApiReportLine {
  readonly id: string;
  readonly source: string;
  /** Whom the source repeats; null when it reports on its own. */
  readonly origin: string | null;
  readonly published: string | null;
  readonly lang: Lang | 'other';
  /** Null for sealed reports. */
  readonly title: string | null;
  /** The incidents it tells of; empty when nothing in it could be placed in an incident. */
  readonly incidents: readonly string[];
}

/** GET /api/days/:day. A day outside the data is answered the same way, with zeroes. */
export interface ApiDay {
  readonly day: Day;
  readonly timeZone: string;
  /** The day as instants, end exclusive. */
  readonly from: Instant;
  readonly until: Instant;
  /** The data cut: what was known when this was counted. */
  readonly asOf: Instant;
  /** The released bulletin of the day; null while only a draft exists. */
  readonly release: { readonly number: number; readonly at: Instant } | null;
  readonly reports: number;
  readonly reportsBefore: number;
  readonly incidentsBefore: number;
  readonly incidents: readonly ApiIncidentLine[];
  readonly byPartyAndArea: readonly ApiPartyAreaCount[];
  readonly byType: readonly { readonly type: EventType; readonly today: number; readonly before: number }[];
  readonly sourcesHeard: readonly ApiSourceHeard[];
  /** The reports counted in `reports`: those that tell of the day. */
  readonly reportList: readonly ApiReportLine[];
  /** Sources heard within the seven days before, and silent on this one. */
  readonly sourcesSilent: readonly { readonly name: string; readonly lastHeard: Day }[];
}

/** GET /api/incidents?from&to&area&type&party&cursor&limit */
export interface ApiIncidentPage {
  readonly items: readonly ApiIncidentLine[];
  readonly total: number;
  /** Hand back as `cursor`; null on the last page. */
  readonly next: string | null;
}

/** 0-based UTF-16 code units into the report's `document`, end exclusive. */
export interface ApiSpan {
  readonly start: number;
  readonly end: number;
}

/** `stated` came with the report as a field, `read` was read from its words by the machine. */
export type ClaimBasis = 'stated' | 'read';
/** `proposed` until a person decides. */
export type ClaimStanding = 'proposed' | 'confirmed' | 'corrected' | 'rejected';

export type ApiClaimValue =
  | { readonly field: 'type'; readonly type: EventType }
  | { readonly field: 'start' | 'end'; readonly edtf: string | null }
  | { readonly field: 'place'; readonly place: ApiPlace }
  | { readonly field: 'actor'; readonly actor: string | null; readonly text: string | null }
  | { readonly field: 'target'; readonly target: Target }
  | { readonly field: 'weapon'; readonly text: string }
  | { readonly field: 'killed' | 'injured'; readonly count: Count };
export type ClaimField = ApiClaimValue['field'];

export interface ApiClaim {
  readonly value: ApiClaimValue;
  /** The words it was read from; empty for stated values and sealed reports. */
  readonly spans: readonly ApiSpan[];
  readonly basis: ClaimBasis;
  readonly standing: ClaimStanding;
  /** The report only passes it on as somebody's allegation. */
  readonly alleged: boolean;
  /** Who says so inside the report (`narrator`, an actor id or words). */
  readonly by: string | null;
}

/** One step of the explanation of a link, in bits of evidence; words are messages `link.FIELD.LEVEL`. */
export interface ApiLinkStep {
  readonly field: string;
  readonly level: string;
  readonly bits: number;
}

export interface ApiLink {
  /** The report that opened the incident has no score; its steps, if any, tell why it may belong to the runner-up. */
  readonly opened: boolean;
  /** Placed by the machine (`asked`: a person is asked about it), moved by its repair, or by a person. */
  readonly decision: 'opened' | 'linked' | 'asked' | 'person' | 'repaired';
  /** Sum of the bits; null for the opening report and where a person decided. */
  readonly score: number | null;
  readonly explanation: readonly ApiLinkStep[];
  /** The incident that came second, or the one that a report which asks may belong to. */
  readonly runnerUp: { readonly incident: string; readonly score: number } | null;
  readonly standing: ClaimStanding;
}

export interface ApiReport {
  readonly id: string;
  readonly source: {
    readonly name: string;
    readonly kind: SourceKind;
    readonly camp: string | null;
    readonly url: string | null;
  };
  /** Whom the source repeats; null when it reports on its own. */
  readonly origin: string | null;
  readonly published: string | null;
  readonly receivedAt: Instant;
  readonly lang: Lang | 'other';
  readonly visibility: 'public' | 'sealed';
  /** Null for sealed reports, as is `document`. */
  readonly title: string | null;
  /** Exactly the text that was read; spans index into it. It may begin with the title. */
  readonly document: string | null;
  readonly claims: readonly ApiClaim[];
  readonly link: ApiLink;
}

/** Values that do not agree, side by side, each with the reports that carry it. */
export interface ApiContradiction {
  readonly field: ClaimField;
  readonly values: readonly {
    readonly value: ApiClaimValue;
    readonly origins: readonly string[];
    readonly reports: readonly string[];
  }[];
}

/** What one report says that bears on the question "inside the terms?", as read from its words. */
export interface ApiTermsPosition {
  readonly value: InTermsValue;
  readonly reason: InTermsReason;
  /** The source's name. */
  readonly by: string;
  readonly report: string;
  /** Who did it and who was hit, as this report says; null is not said. */
  readonly actor: string | null;
  readonly victim: string | null;
}

/** GET /api/incidents/:id */
export interface ApiIncident extends ApiIncidentLine {
  readonly end: string | null;
  readonly target: Target | null;
  readonly weapon: string | null;
  /** Independent origins: who is behind the reports, and which reports only repeat. */
  readonly originList: readonly { readonly origin: string; readonly reports: readonly string[] }[];
  readonly reportList: readonly ApiReport[];
  readonly contradictions: readonly ApiContradiction[];
  readonly termsPositions: readonly ApiTermsPosition[];
  /** Ids of the clauses that it would breach, if inside the terms. */
  readonly clauses: readonly string[];
  /** Entries of the record that tell of it, newest first; empty when the record is not published yet. */
  readonly history: readonly { readonly index: number; readonly kind: string; readonly at: Instant }[];
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
}

/** Every refusal: application/problem+json (RFC 9457). */
export interface ApiProblem {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}
