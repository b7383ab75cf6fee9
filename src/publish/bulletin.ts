/**
 * The bulletin of a day as data (spec/bulletin): what happened from 00:00 to 24:00 in the instrument's zone, from all that
 * is known at its data cut. Until people release it, it is a draft and says so. It is made from the public view only.
 * In which order its blocks stand on the page is said in bulletin-page.ts.
 */
import { type Day, type EventType, groupBy, type Instant, type Lang, type Trilingual } from '../core/index.ts';
import type { Gazetteer } from '../places/index.ts';
import type { Json, RecordEvidence } from '../record/index.ts';
import { actorById, type Instrument } from '../terms/index.ts';
import type { IncidentAct } from './acts.ts';
import type { Translate } from './messages.ts';
import type { DayView, PublicIncident, PublicToll, SourceHeard } from './model.ts';

/** The entry of the release, with its proof (spec/record, "Published documents"). */
export interface BulletinRecord extends RecordEvidence {
  readonly content: Json;
}

export interface BulletinIncident {
  readonly id: string;
  readonly type: EventType;
  readonly place: { readonly name: string; readonly precision: string; readonly area: string | null };
  readonly start: string | null;
  readonly killed: PublicToll;
  readonly injured: PublicToll;
  readonly allegedParties: readonly string[];
  readonly contested: boolean;
  readonly reports: readonly string[];
  readonly origins: number;
  readonly inTerms: { readonly value: string; readonly by: readonly string[]; readonly reason: string };
  readonly status: string;
  /** Acts of two persons in force; absent where there are none. */
  readonly acts?: readonly IncidentAct[];
}

export interface BulletinCount {
  readonly key: string | null;
  readonly name: string;
  readonly today: number;
  readonly before: number;
}

/** One thing that is not as the release before had it. */
export interface Erratum {
  /** Null: a figure of the whole day. */
  readonly incident: string | null;
  readonly change: 'added' | 'removed' | 'changed';
  /** What changed; null where the whole incident came or went. */
  readonly field: string | null;
  readonly was: Json;
  readonly is: Json;
}

/** Who released it: the hash of the text they all saw, one person of each organisation, and the chairs passed over as silent. */
export interface Approved {
  readonly sha256: string;
  readonly by: readonly { readonly organisation: string; readonly role: string }[];
  readonly silent: readonly string[];
}

export interface Bulletin {
  readonly bulletin: 1;
  readonly instrument: { readonly id: string; readonly name: string };
  readonly day: Day;
  readonly lang: Lang;
  readonly timeZone: string;
  readonly from: Instant;
  readonly until: Instant;
  /** The data cut. */
  readonly asOf: Instant;
  /** Null: a draft, proposed by the machine and released by nobody. */
  readonly release: DayView['release'];
  readonly proposedBy: 'machine' | null;
  /** Null for a draft. */
  readonly approved: Approved | null;
  /** What proves the release; null for a draft, and until the public log holds it. */
  readonly record: BulletinRecord | null;
  /** What changed against the release before; empty in a first release and in a draft. */
  readonly errata: readonly Erratum[];
  readonly reports: number;
  readonly reportsBefore: number;
  readonly incidentsBefore: number;
  /** What zero means, in words; null when something was reported. */
  readonly zero: string | null;
  readonly byArea: readonly BulletinCount[];
  readonly byType: readonly BulletinCount[];
  readonly byParty: readonly BulletinCount[];
  readonly incidents: readonly BulletinIncident[];
  /** Ids of incidents on which reports disagree, and of those that some report puts outside the terms. */
  readonly contested: readonly string[];
  readonly outsideTerms: readonly string[];
  /** Said on every page that says "outside the terms". */
  readonly protection: string;
  readonly sourcesHeard: readonly SourceHeard[];
  readonly sourcesSilent: DayView['sourcesSilent'];
}

/** Composes the bulletin from the public view of a day, in one language. */
export function composeBulletin(
  view: DayView,
  instrument: Instrument,
  gazetteer: Gazetteer,
  lang: Lang,
  t: Translate,
): Bulletin {
  const incidents = view.incidents.map((incident) => lineOf(incident, lang, t));
  return {
    bulletin: 1,
    instrument: { id: instrument.id, name: instrument.name[lang] },
    day: view.day,
    lang,
    timeZone: view.timeZone,
    from: view.from,
    until: view.until,
    asOf: view.asOf,
    release: view.release,
    proposedBy: view.release === null ? 'machine' : null,
    approved: null,
    record: null,
    errata: [],
    reports: view.reports,
    reportsBefore: view.reportsBefore,
    incidentsBefore: view.incidentsBefore,
    zero:
      view.incidents.length > 0
        ? null
        : t('bulletin.zero', { reports: view.reports, sources: view.sourcesHeard.length }),
    byArea: view.byArea.map(({ area, today, before }) => ({
      key: area,
      name: area === null ? t('bulletin.area.unknown') : (gazetteer.byId(area)?.name[lang] ?? area),
      today,
      before,
    })),
    byType: view.byType.map(({ type, today, before }) => ({ key: type, name: t(`code.type.${type}`), today, before })),
    byParty: byParty(view, (party) => actorById(instrument, party)?.name[lang] ?? party, t('bulletin.party.unknown')),
    incidents,
    contested: view.incidents.filter(({ contested }) => contested).map(({ id }) => id),
    outsideTerms: view.incidents
      .filter(({ inTerms }) => inTerms.value === 'no' || inTerms.value === 'contested')
      .map(({ id }) => id),
    protection: t('bulletin.protection'),
    sourcesHeard: view.sourcesHeard,
    sourcesSilent: view.sourcesSilent,
  };
}

function lineOf(incident: PublicIncident, lang: Lang, t: Translate): BulletinIncident {
  const { id, type, start, killed, injured, allegedParties, contested, reports, origins, inTerms, status } = incident;
  return {
    id,
    type,
    place: {
      name: nameOf(incident.place.name, lang, t),
      precision: incident.place.precision,
      area: incident.place.area,
    },
    start,
    killed,
    injured,
    allegedParties,
    contested,
    reports,
    origins,
    inTerms: { value: inTerms.value, by: inTerms.by, reason: t(`inTerms.reason.${inTerms.reason}`) },
    status,
    ...(incident.acts.length > 0 ? { acts: incident.acts } : {}),
  };
}

const nameOf = (name: Trilingual, lang: Lang, t: Translate): string =>
  name[lang] || name.ar || name.en || t('bulletin.place.unknown');

/** Incidents by alleged party: one with two alleged parties stands in both rows. */
function byParty(view: DayView, nameFor: (id: string) => string, unknown: string): BulletinCount[] {
  return [...groupBy(view.byPartyAndArea, ({ party }) => party)]
    .map(([party, cells]) => ({
      key: party,
      name: party === null ? unknown : nameFor(party),
      today: cells.reduce((sum, cell) => sum + cell.today, 0),
      before: cells.reduce((sum, cell) => sum + cell.before, 0),
    }))
    .sort((a, b) => b.today - a.today || b.before - a.before);
}
