/** The verbs of releasing: propose the bulletin of a day as it stands, and release it once its quorum approved that text. */
import { type Performer, proposeAct, readProposal } from '../access/index.ts';
import { addDays, type Day, dayStart, groupBy, isDay, LANGS, type Lang, Problem } from '../core/index.ts';
import type { Ctx, Queryable } from '../db/index.ts';
import { append, type RecordEvidence, read } from '../record/index.ts';
import { readActs } from './act-store.ts';
import { actsInForce, type IncidentAct } from './acts.ts';
import { type Bulletin, composeBulletin } from './bulletin.ts';
import { viewDay } from './day.ts';
import { translator } from './messages.ts';
import type { PublicIncident } from './model.ts';
import { BAD_DAY, DAY_NOT_OVER, NOTHING_NEW, PROPOSAL_STALE, RELEASE_NOT_FOUND, RELEASE_WITHHELD } from './problems.ts';
import type { ProjectionTools } from './projection.ts';
import {
  bulletinHashes,
  canonicalRelease,
  type LastRelease,
  nextRelease,
  parseRelease,
  type ReleaseText,
  releasedBulletin,
  saysNothingNew,
  withhold,
} from './release.ts';
import { byGovernorate, toCoarsen } from './release-differences.ts';
import { findRelease, insertRelease } from './release-store.ts';
import { guardedAmong } from './store.ts';

export const dayOf = (wanted: string): Day => {
  if (!isDay(wanted)) throw new Problem(BAD_DAY, `${wanted} is not a day (YYYY-MM-DD)`, { params: { day: wanted } });
  return wanted;
};

/** Proposes the bulletin of a day that is over, in all languages, as composed now. Throws NOTHING_NEW after an equal release. */
export async function proposeRelease(ctx: Ctx, tools: ProjectionTools, wanted: string) {
  const day = dayOf(wanted);
  if (ctx.clock.now() < dayStart(addDays(day, 1), tools.instrument.timeZone))
    throw new Problem(DAY_NOT_OVER, `${day} is not over in ${tools.instrument.timeZone}`, { params: { day } });
  const earlier = await earlierReleases(ctx.db, ctx.agreement, day);
  const text = nextRelease(day, await composeDrafts(ctx, tools, day, LANGS, earlier), earlier.at(-1) ?? null);
  if (saysNothingNew(text))
    throw new Problem(NOTHING_NEW, `nothing changed since release ${text.number - 1} of ${day}`, { params: { day } });
  const proposal = await proposeAct(ctx, {
    act: 'bulletin.release',
    object: `bulletin:${day}`,
    text: canonicalRelease(text),
  });
  return { id: proposal.id, sha256: proposal.sha256, number: text.number, errata: text.bulletins.en.errata.length };
}

/** The draft of a day in a language, from all that is known now, whatever was released. */
export async function composeDraft(ctx: Ctx, tools: ProjectionTools, day: Day, lang: Lang): Promise<Bulletin> {
  return (await composeDrafts(ctx, tools, day, [lang]))[lang];
}

async function composeDrafts(
  ctx: Ctx,
  tools: ProjectionTools,
  day: Day,
  langs: readonly Lang[] = LANGS,
  earlier: readonly LastRelease[] = [],
): Promise<Record<Lang, Bulletin>> {
  const seen = await viewDay(ctx, tools, day);
  const incidents = await besideEarlier(ctx, tools, seen.incidents, earlier);
  const view = { ...seen, incidents, release: null };
  const { instrument, gazetteer } = tools;
  return Object.fromEntries(
    langs.map((lang) => [lang, composeBulletin(view, instrument, gazetteer, lang, translator(lang))]),
  ) as Record<Lang, Bulletin>;
}

/** The incidents as a release after the earlier ones may tell of them. */
async function besideEarlier(
  ctx: Ctx,
  tools: ProjectionTools,
  incidents: readonly PublicIncident[],
  earlier: readonly LastRelease[],
): Promise<readonly PublicIncident[]> {
  if (earlier.length === 0) return incidents;
  const guarded = await guardedAmong(
    ctx.db,
    ctx.agreement,
    incidents.map(({ id }) => id),
  );
  const coarse = toCoarsen(
    earlier.map(({ text }) => text),
    incidents,
    guarded,
  );
  const nameOf = (area: string | null) => (area && tools.gazetteer.byId(area)?.name) || { ar: '', en: '', ru: '' };
  return incidents.map((one) => (coarse.has(one.id) ? byGovernorate(one, nameOf(one.place.area)) : one));
}

/** All releases of a day, oldest first. */
async function earlierReleases(db: Queryable, agreement: string, day: Day): Promise<LastRelease[]> {
  const last = await lastRelease(db, agreement, day);
  const releases: LastRelease[] = [];
  for (let number = 1; last && number < last.number; number++) {
    const row = await findRelease(db, agreement, day, number);
    if (!row) continue;
    const { file } = await readProposal(db, agreement, row.proposal);
    releases.push({ number, sha256: file.proposal.sha256, text: parseRelease(file.text) });
  }
  return last ? [...releases, last] : [];
}

async function lastRelease(db: Queryable, agreement: string, day: Day): Promise<LastRelease | null> {
  const row = await findRelease(db, agreement, day, null);
  if (!row) return null;
  const { file } = await readProposal(db, agreement, row.proposal);
  return { number: row.number, sha256: file.proposal.sha256, text: parseRelease(file.text) };
}

/** Carries out `bulletin.release`. A text that does not follow the release in force is refused: it must be proposed anew. */
export const releaseBulletin: Performer = async (tx, ctx, proposal, text) => {
  const release = parseRelease(text);
  const { day, number, previous } = release;
  const last = await lastRelease(tx, ctx.agreement, day);
  if ((last?.sha256 ?? null) !== previous || number !== (last?.number ?? 0) + 1)
    throw new Problem(PROPOSAL_STALE, `${day} was released again since this was proposed: propose it anew`, {
      params: { day },
    });
  await insertRelease(tx, ctx.agreement, day, { number, at: new Date(ctx.clock.now()), proposal: proposal.id });
  await append(tx, ctx, {
    agreement: ctx.agreement,
    kind: 'bulletin.released',
    object: `bulletin:${day}`,
    visibility: 'open',
    content: {
      day,
      number,
      proposal: proposal.id,
      sha256: proposal.sha256,
      previous,
      bulletins: bulletinHashes(release),
    },
  });
};

/** The released bulletin of a day: that release, else the last; null where nothing was released and none was asked for. */
export async function readReleased(
  db: Queryable,
  agreement: string,
  day: Day,
  lang: Lang,
  number: number | null,
  evidence: EvidenceOf,
): Promise<Bulletin | null> {
  const row = await findRelease(db, agreement, day, number);
  if (!row) {
    if (number === null) return null;
    throw new Problem(RELEASE_NOT_FOUND, `${day} has no release ${number}`);
  }
  const { proposal, file } = await readProposal(db, agreement, row.proposal);
  const text = parseRelease(file.text);
  const released = releasedBulletin(
    text,
    lang,
    { number: row.number, at: row.at },
    {
      sha256: proposal.sha256,
      // All that were given: each counted under the terms of its day, which a later change of the terms must not rewrite.
      by: file.approvals.map(({ organisation, role }) => ({ organisation, role })),
      silent: proposal.silent,
    },
    await recordOf(db, agreement, day, row.number, evidence),
  );
  return withhold(released, await withdrawnOf(db, agreement, text));
}

/** Evidence of an entry as the public may have it; undefined while the public log does not hold it. */
export type EvidenceOf = (index: number) => Promise<RecordEvidence | undefined>;

async function recordOf(db: Queryable, agreement: string, day: Day, number: number, evidence: EvidenceOf) {
  const entries = await read(db, { agreement, kinds: ['bulletin.released'], object: `bulletin:${day}` });
  const entry = entries.find(({ content }) => (content as { number?: number } | null)?.number === number);
  const found = entry && (await evidence(entry.index));
  return entry && found ? { ...found, content: entry.content } : null;
}

/** The acts in force on those incidents of a release that were withdrawn from publication since. */
async function withdrawnOf(db: Queryable, agreement: string, text: ReleaseText): Promise<Map<string, IncidentAct>> {
  const ids = text.bulletins.ar.incidents.map(({ id }) => id);
  const rows = groupBy(await readActs(db, agreement, ids), ({ incident }) => incident);
  const found = [...rows].flatMap(([id, all]): [string, IncidentAct][] => {
    const act = actsInForce(all).find((one) => one.act === 'publication.withdraw');
    return act ? [[id, act]] : [];
  });
  return new Map(found);
}

/** Everything to check a release offline (spec/approval). Throws RELEASE_NOT_FOUND, and RELEASE_WITHHELD while an incident in it is withdrawn. */
export async function readReleaseFile(db: Queryable, agreement: string, day: Day, number: number) {
  const row = await findRelease(db, agreement, day, number);
  if (!row) throw new Problem(RELEASE_NOT_FOUND, `${day} has no release ${number}`);
  const { file } = await readProposal(db, agreement, row.proposal);
  const withdrawn = await withdrawnOf(db, agreement, parseRelease(file.text));
  if (withdrawn.size > 0)
    throw new Problem(
      RELEASE_WITHHELD,
      `the exact text tells of ${[...withdrawn.keys()].join(', ')}, withdrawn from publication by two organisations`,
    );
  return file;
}
