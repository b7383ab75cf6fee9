/**
 * The text of a release: the bulletin of a day in all languages, as composed at one moment, with what changed against the
 * release before it. Pure. A released text is only ever read back, never composed again.
 */
import { createHash } from 'node:crypto';
import { type Day, type Instant, LANGS, type Lang } from '../core/index.ts';
import { canonicalJson, type Json } from '../record/verify/index.ts';
import type { IncidentAct } from './acts.ts';
import type { Approved, Bulletin, BulletinIncident, BulletinRecord, Erratum } from './bulletin.ts';

/** A bulletin as it stands in the text: who released it is not known when it is proposed. */
export type ProposedBulletin = Omit<Bulletin, 'release' | 'proposedBy' | 'approved' | 'record'>;

export interface ReleaseText {
  readonly release: 1;
  readonly day: Day;
  readonly number: number;
  /** SHA-256 of the text of the release before; null for the first. */
  readonly previous: string | null;
  readonly bulletins: Readonly<Record<Lang, ProposedBulletin>>;
}

export interface LastRelease {
  readonly number: number;
  readonly sha256: string;
  readonly text: ReleaseText;
}

/** The text that follows the last release: its number, what it follows, and its errata in each language. */
export function nextRelease(day: Day, drafts: Readonly<Record<Lang, Bulletin>>, last: LastRelease | null): ReleaseText {
  const next = (lang: Lang): ProposedBulletin => {
    const {
      release: _release,
      proposedBy: _proposedBy,
      approved: _approved,
      record: _record,
      ...bulletin
    } = drafts[lang];
    return { ...bulletin, errata: last ? errataOf(last.text.bulletins[lang], bulletin) : [] };
  };
  return {
    release: 1,
    day,
    number: (last?.number ?? 0) + 1,
    previous: last?.sha256 ?? null,
    bulletins: { ar: next('ar'), en: next('en'), ru: next('ru') },
  };
}

/** True when the text says nothing that the last release did not say. */
export const saysNothingNew = (text: ReleaseText): boolean =>
  text.previous !== null && LANGS.every((lang) => text.bulletins[lang].errata.length === 0);

/** The canonical text (RFC 8785), whose SHA-256 people approve. */
export const canonicalRelease = (text: ReleaseText): string => canonicalJson(plain(text));

export const parseRelease = (text: string): ReleaseText => JSON.parse(text) as ReleaseText;

/** The released bulletin in a language, with the mark of its release. */
export const releasedBulletin = (
  text: ReleaseText,
  lang: Lang,
  release: { readonly number: number; readonly at: Instant },
  approved: Approved,
  record: BulletinRecord | null,
): Bulletin => ({ ...text.bulletins[lang], release, proposedBy: null, approved, record });

/** SHA-256 in hex of each language's bulletin as proposed: what the entry of its release names it by. */
export const bulletinHashes = (text: ReleaseText): Record<Lang, string> => {
  const hashOf = (lang: Lang): string =>
    createHash('sha256')
      .update(canonicalJson(plain(text.bulletins[lang])))
      .digest('hex');
  return { ar: hashOf('ar'), en: hashOf('en'), ru: hashOf('ru') };
};

/** A released bulletin without what was withdrawn from publication since; that, and why, is said in its place. */
export function withhold(bulletin: Bulletin, withdrawn: ReadonlyMap<string, IncidentAct>): Bulletin {
  if (withdrawn.size === 0) return bulletin;
  const incidents = bulletin.incidents.map((incident): BulletinIncident => {
    const act = withdrawn.get(incident.id);
    if (!act) return incident;
    const unknown = { low: null, high: null, byOrigin: [] };
    return {
      id: incident.id,
      type: incident.type,
      place: { name: '', precision: 'country', area: null },
      start: null,
      killed: unknown,
      injured: unknown,
      allegedParties: [],
      contested: false,
      reports: [],
      origins: 0,
      inTerms: { value: 'unknown', by: [], reason: '' },
      status: 'withdrawn',
      acts: [act],
    };
  });
  const kept = (id: string) => !withdrawn.has(id);
  return {
    ...bulletin,
    incidents,
    errata: bulletin.errata.filter(({ incident }) => incident === null || kept(incident)),
    contested: bulletin.contested.filter(kept),
    outsideTerms: bulletin.outsideTerms.filter(kept),
    // The proof is of the text as released, which this no longer is.
    record: null,
  };
}

/** Not figures of the day: the moment of composing, and what was itself said about an earlier change. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['asOf', 'errata', 'incidents']);

/** What changed between two bulletins of one day in one language, incident by incident and figure by figure. */
export function errataOf(was: ProposedBulletin, is: ProposedBulletin): Erratum[] {
  const before = new Map(was.incidents.map((incident) => [incident.id, incident]));
  const after = new Map(is.incidents.map((incident) => [incident.id, incident]));
  const added = is.incidents.filter(({ id }) => !before.has(id));
  const removed = was.incidents.filter(({ id }) => !after.has(id));
  const changed = is.incidents.flatMap((incident) => {
    const old = before.get(incident.id);
    return old ? differences(incident.id, asJson(old), asJson(incident), new Set()) : [];
  });
  return [
    ...removed.map(
      ({ id, ...rest }): Erratum => ({ incident: id, change: 'removed', field: null, was: plain(rest), is: null }),
    ),
    ...added.map(
      ({ id, ...rest }): Erratum => ({ incident: id, change: 'added', field: null, was: null, is: plain(rest) }),
    ),
    ...changed,
    ...differences(null, asJson(was), asJson(is), NOT_COMPARED),
  ];
}

type JsonObject = Readonly<Record<string, Json>>;

function differences(
  incident: string | null,
  was: JsonObject,
  is: JsonObject,
  without: ReadonlySet<string>,
): Erratum[] {
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((field) => !without.has(field)).sort();
  return fields.flatMap((field): Erratum[] => {
    const [old, now] = [was[field] ?? null, is[field] ?? null];
    return canonicalJson(old) === canonicalJson(now) ? [] : [{ incident, change: 'changed', field, was: old, is: now }];
  });
}

/** As JSON has it: no undefined members, plain objects only. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
const asJson = (value: object): JsonObject => plain(value) as JsonObject;
