/** One incident with everything behind it: each report, the words of each value, who contradicts whom, and what it would breach. */

import type { Claim, ClaimSpan } from '../claims/index.ts';
import { claimsInForce } from '../claims/index.ts';
import type { Count, EventType, Instant, Lang, SourceKind, Target } from '../core/index.ts';
import { groupBy, Problem, SOURCE_KINDS } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import { type Contradiction, findIncident, type LinkStep, type MemberRow } from '../incidents/index.ts';
import { read } from '../record/index.ts';
import { documentOf, type Report, readReports } from '../sources/index.ts';
import { decideInTerms, type InTerms } from '../terms/index.ts';
import { type Assembled, assembleIncidents } from './assemble.ts';
import { isProtectedIncident, publishWhen } from './coarsen.ts';
import { heldBack } from './held-back.ts';
import type { PublicIncident, PublicPlace } from './model.ts';
import { INCIDENT_NOT_PUBLIC } from './problems.ts';
import { openPlace, type ProjectionTools, partyClaim, publicPlace } from './projection.ts';

export type PublicClaimValue =
  | { readonly field: 'type'; readonly type: EventType }
  | { readonly field: 'start' | 'end'; readonly edtf: string | null }
  | { readonly field: 'place'; readonly place: PublicPlace }
  | { readonly field: 'actor'; readonly actor: string | null; readonly text: string | null }
  | { readonly field: 'target'; readonly target: Target }
  | { readonly field: 'weapon'; readonly text: string }
  | { readonly field: 'killed' | 'injured'; readonly count: Count };

export interface PublicClaim {
  readonly value: PublicClaimValue;
  readonly spans: readonly ClaimSpan[];
  readonly basis: 'stated' | 'read';
  readonly standing: Claim['standing'];
  readonly alleged: boolean;
  readonly by: string | null;
}

export interface PublicLink {
  readonly opened: boolean;
  /** How it came here: placed by the machine, moved by its repair, or by a person. */
  readonly decision: MemberRow['decision'];
  readonly score: number | null;
  readonly explanation: readonly LinkStep[];
  /** The incident that came second, or (of a report that asks) the one that it may belong to. */
  readonly runnerUp: MemberRow['runnerUp'];
  readonly standing: Claim['standing'];
}

export interface PublicReport {
  readonly id: string;
  readonly source: {
    readonly name: string;
    readonly kind: SourceKind;
    readonly camp: string | null;
    readonly url: string | null;
  };
  readonly origin: string | null;
  readonly published: string | null;
  readonly receivedAt: Instant;
  readonly lang: Lang | 'other';
  readonly visibility: 'public' | 'sealed';
  readonly title: string | null;
  readonly document: string | null;
  readonly claims: readonly PublicClaim[];
  readonly link: PublicLink;
}

/** Values that do not agree, side by side, each with the reports that carry it. */
export interface PublicContradiction {
  readonly field: PublicClaimValue['field'];
  readonly values: readonly {
    readonly value: PublicClaimValue;
    readonly origins: readonly string[];
    readonly reports: readonly string[];
  }[];
}

/** What one report says that bears on the question "inside the terms?", as read from its words. */
export interface PublicTermsPosition {
  readonly value: InTerms['value'];
  readonly reason: InTerms['reason'];
  /** The source's name. */
  readonly by: string;
  readonly report: string;
  /** Who did it and who was hit, as this report says; null is not said. */
  readonly actor: string | null;
  readonly victim: string | null;
}

export interface IncidentView extends PublicIncident {
  readonly end: string | null;
  readonly target: Target | null;
  readonly weapon: string | null;
  readonly originList: readonly { readonly origin: string; readonly reports: readonly string[] }[];
  readonly reportList: readonly PublicReport[];
  readonly contradictions: readonly PublicContradiction[];
  readonly termsPositions: readonly PublicTermsPosition[];
  readonly clauses: readonly string[];
  readonly history: readonly { readonly index: number; readonly kind: string; readonly at: Instant }[];
}

/**
 * The public view of one incident; of one that was merged, the incident that it is now. Throws INCIDENT_NOT_PUBLIC when
 * there is none, it has no day yet, or the public may not know of it yet.
 */
export async function viewIncident(ctx: Ctx, tools: ProjectionTools, asked: string): Promise<IncidentView> {
  const first = await findIncident(ctx.db, ctx.agreement, asked);
  const id = first?.mergedInto ?? asked;
  const row = id === asked ? first : await findIncident(ctx.db, ctx.agreement, id);
  const held = row && (await heldBack(ctx, tools)).incidents.includes(row.id);
  const [found] = row && row.members > 0 && !held ? await assembleIncidents(ctx, tools, [row]) : [];
  if (!found) throw new Problem(INCIDENT_NOT_PUBLIC, `there is no public incident ${id}`, { params: { id } });
  const { shown, members } = found;
  const { folded } = found.row;
  const guarded = isProtectedIncident([folded.target, ...members.map(({ facts }) => facts.target)]);
  const sealed = new Set(members.filter(({ report }) => report.visibility === 'sealed').map(({ report }) => report.id));
  const present = (claim: Claim) => presentValue(claim, guarded, sealed.has(claim.report), tools);
  return {
    ...shown,
    end: folded.end && publishWhen(folded.end, tools.instrument.timeZone, guarded).day,
    target: folded.target,
    weapon: folded.weapon,
    originList: folded.origins,
    reportList: oncePerReport(members.map((one) => reportOf(one, present))),
    contradictions: folded.contradictions.flatMap((one) => contradictionOf(one, members, present) ?? []),
    termsPositions: members.map(({ report, source, facts }) => {
      const claim = partyClaim({ source, facts });
      const { value, reason } = decideInTerms(tools.instrument, tools.startDay, shown.day, [claim]);
      return { value, reason, by: source, report: report.id, actor: claim.actor, victim: claim.victim };
    }),
    clauses: clausesFor(tools, shown),
    history: await historyOf(ctx, id),
  };
}

type Member = Assembled['members'][number];

function reportOf(
  { member, report, source, claims }: Member,
  present: (claim: Claim) => PublicClaimValue | null,
): PublicReport {
  const open = report.visibility === 'public';
  return {
    id: report.id,
    source: {
      name: source,
      kind: SOURCE_KINDS.find((kind) => kind === report.source.kind) ?? 'other',
      camp: open ? report.source.camp : null,
      url: open ? report.url : null,
    },
    origin: open ? report.origin : null,
    published: open ? report.published : null,
    receivedAt: open ? report.receivedAt : report.receivedAt.slice(0, 10),
    lang: languageOf(report),
    visibility: report.visibility,
    title: open ? report.title : null,
    document: open ? documentOf(report) : null,
    claims: claimsInForce(claims).flatMap((claim) => {
      const value = present(claim);
      if (!value) return [];
      // The words of a sealed report stay sealed: neither the text nor where in it a value stands.
      const spans = open ? claim.spans : [];
      return [
        {
          value,
          spans,
          basis: claim.basis === 'read' ? 'read' : 'stated',
          standing: claim.standing,
          alleged: claim.alleged,
          by: open ? claim.by : null,
        },
      ];
    }),
    link: {
      opened: member.decision === 'opened' || member.decision === 'asked',
      decision: member.decision,
      score: member.score,
      explanation: member.explanation,
      runnerUp: member.runnerUp,
      standing: member.standing,
    },
  };
}

/** A report that tells of the incident in several of its events is one report: its claims together, linked by the best. */
function oncePerReport(reports: readonly PublicReport[]): PublicReport[] {
  return [...groupBy(reports, ({ id }) => id).values()].flatMap((same) => {
    const [first, ...others] = same;
    if (!first) return [];
    const link = others.reduce(
      (best, { link }) => (link.opened || (!best.opened && (link.score ?? 0) > (best.score ?? 0)) ? link : best),
      first.link,
    );
    const seen = new Set<string>();
    const claims = same
      .flatMap((one) => one.claims)
      .filter((claim) => {
        const key = JSON.stringify([claim.value, claim.spans, claim.standing]);
        return !seen.has(key) && seen.add(key);
      });
    return [{ ...first, claims, link }];
  });
}

const languageOf = ({ lang }: Report): Lang | 'other' =>
  lang === 'ar' || lang === 'en' || lang === 'ru' ? lang : 'other';

/** The claim's value as the public may see it; null for fields that are not shown one by one. */
function presentValue(
  claim: Claim,
  guarded: boolean,
  sealed: boolean,
  tools: ProjectionTools,
): PublicClaimValue | null {
  switch (claim.field) {
    case 'type':
      return { field: 'type', type: claim.value };
    case 'start':
    case 'end':
      return { field: claim.field, edtf: publicTime(claim.value, guarded, tools) };
    case 'place':
      return { field: 'place', place: publicPlace(sealed ? openPlace(claim.value, []) : claim.value, guarded, tools) };
    case 'actor':
      return { field: 'actor', actor: claim.value.code, text: sealed ? null : claim.value.words };
    case 'target':
      return { field: 'target', target: claim.value };
    case 'weapon':
      return sealed ? null : { field: 'weapon', text: claim.value };
    case 'killed':
    case 'injured':
      return { field: claim.field, count: claim.value };
    default:
      return null;
  }
}

/** A clock time is told as its day, in an interval too; other EDTF stays as it is. */
const publicTime = (edtf: string, guarded: boolean, { instrument }: ProjectionTools): string =>
  edtf
    .split('/')
    .map((end) => (end.includes('T') ? publishWhen(end, instrument.timeZone, guarded).day : end))
    .join('/');

function contradictionOf(
  { field, values }: Contradiction,
  members: readonly Member[],
  present: (claim: Claim) => PublicClaimValue | null,
): IncidentView['contradictions'][number] | null {
  const shown = values.flatMap(({ origins, reports }) => {
    const claims = members
      .filter(({ report }) => reports.includes(report.id))
      .flatMap((one) => claimsInForce(one.claims));
    const claim = claims.find((one) => one.field === field);
    const value = claim ? present(claim) : null;
    return value ? [{ value, origins, reports }] : [];
  });
  return shown.length < 2 ? null : { field, values: shown };
}

/** Clauses in force on the day, addressed to a party named, that this kind of event may breach. Only asked inside the terms. */
function clausesFor({ instrument }: ProjectionTools, incident: PublicIncident): string[] {
  if (incident.inTerms.value !== 'yes' && incident.inTerms.value !== 'contested') return [];
  return instrument.clauses
    .filter(
      (clause) =>
        clause.from <= incident.day &&
        (clause.until === null || incident.day <= clause.until) &&
        clause.breachedBy.includes(incident.type) &&
        (clause.addressees.length === 0 ||
          clause.addressees.some((addressee) => incident.allegedParties.includes(addressee))),
    )
    .map(({ id }) => id);
}

const HISTORY = 200;

async function historyOf(ctx: Ctx, id: string): Promise<IncidentView['history']> {
  const entries = await read(ctx.db, { agreement: ctx.agreement, object: `incident:${id}`, limit: HISTORY });
  const reportIn = (content: unknown): string[] => {
    const report = (content as { report?: unknown } | null)?.report;
    return typeof report === 'string' ? [report] : [];
  };
  const told = await readReports(ctx.db, ctx.agreement, [
    ...new Set(entries.flatMap(({ content }) => reportIn(content))),
  ]);
  // What was linked within this hour would say when its source spoke.
  const late = new Set(
    told.flatMap(({ id: report, shownFrom }) =>
      shownFrom !== null && Date.parse(shownFrom) > ctx.clock.now() ? [report] : [],
    ),
  );
  const shown = entries.filter(({ content }) => !reportIn(content).some((report) => late.has(report)));
  return shown.map(({ index, kind, claimedAt }) => ({ index, kind, at: claimedAt })).reverse();
}
