/**
 * The opened house: database, terms, gazetteer, reader, linker and jobs of one data folder, wired together once. The
 * server and every command that needs data stand on this. Only one process holds a data folder at a time.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSecondReading,
  type ReadingTools,
  type SecondReaderSettings,
  type SecondReading,
} from '../claims/index.ts';
import {
  type Actor,
  type Clock,
  dayInZone,
  type Log,
  MACHINE,
  type RandomSource,
  systemClock,
  systemRandom,
} from '../core/index.ts';
import { type Ctx, type Db, openDatabase } from '../db/index.ts';
import { createIncidents, type Incidents } from '../incidents/index.ts';
import { onTheHour } from '../intake/index.ts';
import type { Jobs } from '../jobs/index.ts';
import { type Gazetteer, loadGazetteer } from '../places/index.ts';
import { censusOf, type ProjectionTools } from '../publish/index.ts';
import { append, logSize, openAuthorKeys, publicEvidence, type RecordEvidence } from '../record/index.ts';
import type { Plausible } from '../sources/index.ts';
import type { Instrument } from '../terms/index.ts';
import { type FollowUpListener, followUps } from './follow-ups.ts';
import { ReaderThread } from './reader/thread.ts';
import { settleTerms } from './settle-terms.ts';

export interface HouseOptions {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  /** Where the data key lies; absent: in the data folder. */
  readonly dataKeyFile?: string | undefined;
  /** A terms file; absent means the one that the data folder has, else the shipped instrument. */
  readonly termsFile?: string | undefined;
  readonly log: Log;
  readonly clock?: Clock;
  readonly random?: RandomSource;
  readonly gazetteer?: Gazetteer;
  /** Where a second reader is asked; absent or null: nothing is ever asked. */
  readonly secondReader?: SecondReaderSettings | null;
}

export interface House {
  readonly dataDir: string;
  readonly db: Db;
  readonly instrument: Instrument;
  /** The calendar day on which the terms take effect. */
  readonly startDay: string;
  readonly gazetteer: Gazetteer;
  readonly reading: ReadingTools;
  readonly incidents: Incidents;
  readonly projection: ProjectionTools;
  readonly jobs: Jobs;
  /** Null unless the operator named a second reader. */
  readonly secondReading: SecondReading | null;
  /** Replace `done` to hear of each finished follow-up. */
  readonly followUps: { done: FollowUpListener };
  readonly log: Log;
  /** What proves an entry under the checkpoint that the public has; undefined until it holds the entry. */
  evidence(index: number): Promise<RecordEvidence | undefined>;
  /** Makes the reader ahead of the first report. */
  warmReader(): void;
  /** A context for one verb, on behalf of an actor; the machine when none is given. */
  ctx(actor?: Actor): Ctx;
  plausible(): Plausible;
  close(): Promise<void>;
}

/** Opens a data folder. Throws a Problem when another process holds it, the terms are bad, or the disk is not durable. */
export async function openHouse(options: HouseOptions): Promise<House> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const instrument = settleTerms(options.dataDir, options.termsFile);
  const { dataDir, databaseUrl, dataKeyFile, log } = options;
  const opening = openDatabase({ dataDir, databaseUrl, dataKeyFile, log });
  // The engine starts in a thread of its own: the gazetteer is read meanwhile.
  const gazetteer = loadGazetteer(options.dataDir);
  const db = await opening;
  try {
    return await furnishHouse(db, instrument, { ...options, gazetteer });
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Wires a house over an open database; `openHouse` does this for a data folder. Closing the house closes the database. */
export async function furnishHouse(db: Db, instrument: Instrument, options: HouseOptions): Promise<House> {
  const { log } = options;
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const authors = openAuthorKeys(join(options.dataDir, 'record'), instrument.id, random);
  const { sign } = authors;
  const ctx = (actor: Actor = MACHINE): Ctx => ({ db, clock, random, log, actor, agreement: instrument.id, sign });
  if (authors.isNew) await tellOfNewKeys(ctx());
  const gazetteer = options.gazetteer ?? loadGazetteer(options.dataDir);
  const startDay = dayInZone(instrument.start, instrument.timeZone);
  const reader = new ReaderThread({ dataDir: options.dataDir, instrument, gazetteer: gazetteer.version });
  const reading: ReadingTools = {
    read: (text, options) => reader.read(text, options),
    version: readerVersion(gazetteer, instrument),
    gazetteer,
  };
  const incidents = createIncidents(instrument, gazetteer);
  const listener = { done: () => {} };
  const secondReading = options.secondReader
    ? createSecondReading(() => onTheHour(ctx()), options.secondReader, gazetteer)
    : null;
  const jobs = followUps(ctx(), reading, incidents, listener, () => secondReading?.wake());
  const box = boxOf(gazetteer, instrument.country);
  return {
    dataDir: options.dataDir,
    db,
    instrument,
    startDay,
    gazetteer,
    reading,
    incidents,
    projection: { instrument, startDay, gazetteer, census: censusOf(settlementsOf(gazetteer)) },
    jobs,
    secondReading,
    followUps: listener,
    log,
    ctx,
    evidence: (index) => publicEvidence(db, instrument.id, join(options.dataDir, 'record'), index),
    warmReader: () => reader.start(),
    plausible: () => ({ today: dayInZone(clock.now(), instrument.timeZone), box }),
    async close() {
      await jobs.stop();
      await reader.close();
      await secondReading?.stop();
      await db.close();
    },
  };
}

/** Entries that were signed with other keys, or with none, stand before this one; an audit would refuse it unsaid. */
async function tellOfNewKeys(ctx: Ctx): Promise<void> {
  if ((await logSize(ctx.db, ctx.agreement)) === 0) return;
  await ctx.db.inTransaction((tx) =>
    append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'author-keys.changed',
      object: 'record:authors',
      visibility: 'open',
      content: { reason: 'the seed of the author keys was not there and was made anew' },
    }),
  );
}

/** What was read says with what: a changed gazetteer or terms file is another reader; who must agree reads nothing. */
function readerVersion(
  gazetteer: Gazetteer,
  { quorum: _quorum, publication: _publication, ...read }: Instrument,
): string {
  const terms = createHash('sha256').update(JSON.stringify(read)).digest('hex').slice(0, 8);
  return `rules-1+places-${gazetteer.version}+terms-${terms}`;
}

/** Places where people live, each of which may hold a place of protection. */
const settlementsOf = (gazetteer: Gazetteer) =>
  gazetteer.places.filter((place) => SETTLEMENTS.has(place.class)).map(({ point }) => point);

const SETTLEMENTS: ReadonlySet<string> = new Set(['city', 'town', 'village', 'neighbourhood', 'camp']);

const MARGIN_DEGREES = 0.5;

/** The box around the places of a country, to notice swapped coordinates; null where the gazetteer has none. */
function boxOf(gazetteer: Gazetteer, country: string): Plausible['box'] {
  const points = gazetteer.places
    .filter((place) => place.country === country && place.class !== 'country')
    .map(({ point }) => point);
  if (points.length === 0) return null;
  const lats = points.map(({ lat }) => lat);
  const lons = points.map(({ lon }) => lon);
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b)) - MARGIN_DEGREES;
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b)) + MARGIN_DEGREES;
  return { south: least(lats), north: most(lats), west: least(lons), east: most(lons) };
}
