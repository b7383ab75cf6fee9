/**
 * Answers and alerts leave on whole beats after the arrival of what caused them, so that how long the work took tells
 * nothing: a conflict with one and a conflict with fifty come at the same moment.
 */
const FIRST_BEAT_MS = 80;
/** Every later one. The first is long, so that work seldom outlasts it, however many are met and busy the machine. */
const BEAT_MS = 40;
/** What left on a beat a moment ago is not made to wait for the next one. */
const JUST_NOW_MS = 3;

/** Resolves on the next beat after `arrived` (a `performance.now()`). */
export async function nextBeat(arrived: number): Promise<void> {
  const beats = Math.ceil((performance.now() - arrived - JUST_NOW_MS) / BEAT_MS);
  await waitUntil(arrived + Math.max(FIRST_BEAT_MS, beats * BEAT_MS));
}

export async function onTheBeat<Result>(work: () => Promise<Result>): Promise<Result> {
  const arrived = performance.now();
  try {
    return await work();
  } finally {
    await nextBeat(arrived);
  }
}

async function waitUntil(at: number): Promise<void> {
  for (let left = at - performance.now(); left > 0; left = at - performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, left));
  }
}
