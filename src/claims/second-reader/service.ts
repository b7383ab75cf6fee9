/**
 * Goes through the reports that were read and asks the second reader about each, one after another, beside the follow-ups
 * and never in their way: a slow or dead endpoint holds nothing up. One transaction and one entry a report.
 */
import type { Ctx } from '../../db/index.ts';
import type { Gazetteer } from '../../places/index.ts';
import { append } from '../../record/index.ts';
import { documentOf, readReports } from '../../sources/index.ts';
import { claimsInForce } from '../facts.ts';
import { findReading, lockReading, readClaims } from '../store.ts';
import { type Asked, askSecondReader } from './ask.ts';
import { type Comparison, compareReaders } from './compare.ts';
import { PROMPT_SHA256, textToSend } from './prompt.ts';
import { type SecondClaims, secondClaims } from './second-claims.ts';
import type { SecondReaderSettings } from './settings.ts';
import { keepSecondReading, nextUnasked } from './store.ts';

/** Questions about one report before it is left with "unreachable". */
const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 600_000;
/** How often to look for new reports when nobody says that there are some. */
const LOOK_MS = 30_000;

export interface SecondReading {
  /** Goes on until `stop`. */
  start(): void;
  /** There may be something new. */
  wake(): void;
  stop(): Promise<void>;
  /** Asks about every report that waits, once; the number asked about. Stops where the endpoint cannot be reached. */
  runUntilIdle(): Promise<number>;
}

export function createSecondReading(
  ctx: () => Ctx,
  settings: SecondReaderSettings,
  gazetteer: Gazetteer,
): SecondReading {
  const tries = new Map<string, number>();
  let running: Promise<void> | undefined;
  const stopping = new AbortController();
  /** Ends the pause at hand; a call to look again ends only that of an idle loop, not one after a failure. */
  let endPause: () => void = () => {};
  let isIdle = false;
  let isWoken = false;

  /** Asks about the next report: 'none' waits, 'asked' is stored, 'later' will be tried again. */
  const step = async (): Promise<'none' | 'asked' | 'later'> => {
    const world = ctx();
    const report = await nextUnasked(world.db, world.agreement, settings.sealed);
    if (report === undefined) return 'none';
    const tried = (tries.get(report) ?? 0) + 1;
    const stored = await readAgain(world, settings, gazetteer, report, tried >= MOST_TRIES, stopping.signal);
    if (stored) tries.delete(report);
    else tries.set(report, tried);
    return stored ? 'asked' : 'later';
  };

  const pause = (ms: number): Promise<void> =>
    new Promise((done) => {
      const timer = setTimeout(done, ms);
      timer.unref();
      endPause = () => {
        clearTimeout(timer);
        done();
      };
    });

  const loop = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      let outcome: Awaited<ReturnType<typeof step>>;
      try {
        outcome = await step();
      } catch (error) {
        ctx().log.warn({ error }, 'asking the second reader failed');
        outcome = 'later';
      }
      if (stopping.signal.aborted) return;
      failures = outcome === 'later' ? failures + 1 : 0;
      if (outcome === 'later') await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)));
      else if (outcome === 'none') {
        isIdle = true;
        if (!isWoken) await pause(LOOK_MS);
        isIdle = false;
        isWoken = false;
      }
    }
  };

  return {
    start() {
      running ??= loop();
    },
    wake() {
      isWoken = true;
      if (isIdle) endPause();
    },
    async stop() {
      stopping.abort();
      endPause();
      await running;
    },
    async runUntilIdle() {
      let asked = 0;
      while ((await step()) === 'asked') asked++;
      return asked;
    },
  };
}

/** False when the endpoint could not be reached and it is not the last try. */
async function readAgain(
  ctx: Ctx,
  settings: SecondReaderSettings,
  gazetteer: Gazetteer,
  reportId: string,
  isLast: boolean,
  stop: AbortSignal,
): Promise<boolean> {
  const [report] = await readReports(ctx.db, ctx.agreement, [reportId]);
  const reading = await findReading(ctx.db, ctx.agreement, reportId);
  if (!report || !reading) return true;
  const document = documentOf(report);
  const asked = await askSecondReader(settings, textToSend(document, reading.document.dropped), stop);
  if (stop.aborted || (asked.outcome === 'unreachable' && !isLast)) return false;
  const told: SecondClaims =
    asked.outcome === 'read'
      ? secondClaims(document, reading.document, asked.answer, gazetteer)
      : { events: [], dropped: [] };
  await keep(ctx, settings, reportId, asked, told);
  return true;
}

async function keep(
  ctx: Ctx,
  settings: SecondReaderSettings,
  report: string,
  asked: Asked,
  told: SecondClaims,
): Promise<void> {
  const { host } = new URL(settings.url);
  await ctx.db.inTransaction(async (tx) => {
    // Decisions wait meanwhile: what is compared is what stands.
    await lockReading(tx, ctx.agreement, report);
    const inForce = claimsInForce(await readClaims(tx, ctx.agreement, [report]));
    const comparisons = compareReaders(inForce, told.events);
    await keepSecondReading(
      tx,
      ctx.agreement,
      report,
      {
        host,
        model: settings.model,
        promptSha256: PROMPT_SHA256,
        outcome: asked.outcome,
        detail: asked.outcome === 'read' ? null : asked.detail,
        rounds: asked.rounds,
        raw: asked.raw,
        dropped: told.dropped,
        askedAt: new Date(ctx.clock.now()).toISOString(),
      },
      comparisons,
    );
    const count = (outcome: Comparison['outcome']): number =>
      comparisons.filter((one) => one.outcome === outcome).length;
    await append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'report.seconded',
      object: `report:${report}`,
      visibility: 'sealed',
      content: {
        report,
        host,
        model: settings.model,
        prompt: PROMPT_SHA256,
        outcome: asked.outcome,
        rounds: asked.rounds,
        agreed: count('agreed'),
        differs: count('differs'),
        onlySecond: count('only_second'),
        dropped: told.dropped.length,
      },
    });
  });
}
