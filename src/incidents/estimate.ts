/**
 * Estimates a weight set from the reports themselves (Fellegi-Sunter by expectation-maximisation; Dempster, Laird and
 * Rubin 1977). u comes from pairs that cannot be one event: same place, weeks apart. Only m and the number of fellow
 * reports are iterated, held by a prior from the default set, so that a small collection cannot talk itself into
 * nonsense. How seldom a source tells one event twice is not estimated: twin events of one source would teach it
 * wrongly. Deterministic: the sample is drawn at even steps.
 */
import {
  BAND_COUNT,
  compareRows,
  FIELD_COUNT,
  FIELDS,
  isElsewhere,
  PLACE,
  PLACE_GROUP,
  SOURCE,
  TIME,
  TIME_GROUPS,
} from './levels.ts';
import type { Scorer } from './scorer.ts';
import type { SpaceIndex } from './space-index.ts';
import { sharesOf, type WeightSet, weightsFrom } from './weights.ts';

export interface EstimateOptions {
  /** Rows whose neighbourhoods are sampled. */
  readonly rows?: number;
  readonly iterations?: number;
  /** Pairs that the default shares count for. */
  readonly priorPairs?: number;
}

interface Sample {
  /** FIELD_COUNT levels a pair, each as its place among the levels of all fields; NOTHING_SAID where missing. */
  readonly levels: Int16Array;
  /** Reports expected by chance at the pair's place. */
  readonly chance: Float64Array;
  /** Source of the pair's other report, and the first pair of each row (one more entry at the end). */
  readonly source: Int32Array;
  readonly firstPair: readonly number[];
  readonly pairs: number;
  readonly rows: number;
}

/** Where each field's levels begin when all are put in one row; the last place stands for "says nothing". */
const OFFSETS: readonly number[] = FIELDS.map((_, f) =>
  FIELDS.slice(0, f).reduce((sum, field) => sum + field.levels.length, 0),
);
const NOTHING_SAID = FIELDS.reduce((sum, field) => sum + field.levels.length, 0);

function flat(fields: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(NOTHING_SAID + 1).fill(1);
  fields.forEach((field, f) => {
    out.set(field, OFFSETS[f] ?? 0);
  });
  return out;
}

const MAX_PAIRS = 200_000;

export function estimateWeights(
  scorer: Scorer,
  index: SpaceIndex,
  base: WeightSet,
  name: string,
  options: EstimateOptions = {},
): WeightSet {
  const rows = options.rows ?? 8_000;
  const u = chanceShares(scorer, index, base, rows, options.priorPairs ?? 100);
  // First with the company that a place keeps in the long run, then with the strangers met on the day itself.
  const first = maximise(samplePairs(scorer, index, rows), base, u, name, options);
  scorer.setWeights(first);
  for (const row of linkableRows(scorer, rows)) scorer.meetCompany(row, index.near(row));
  return maximise(samplePairs(scorer, index, rows), { ...base, fellows: first.fellows }, u, name, options);
}

function linkableRows(scorer: Scorer, wanted: number): number[] {
  const { size, linkable } = scorer.columns;
  const step = Math.max(1, Math.floor(size / wanted));
  const rows: number[] = [];
  for (let row = 0; row < size; row += step) if (linkable[row] === 1 && scorer.columns.isDated(row)) rows.push(row);
  return rows;
}

function samplePairs(scorer: Scorer, index: SpaceIndex, wanted: number): Sample {
  const levels = new Int16Array(MAX_PAIRS * FIELD_COUNT);
  const chance = new Float64Array(MAX_PAIRS);
  const source = new Int32Array(MAX_PAIRS);
  const firstPair: number[] = [];
  const one = new Int16Array(FIELD_COUNT);
  let pairs = 0;
  let rows = 0;
  for (const row of linkableRows(scorer, wanted)) {
    if (pairs >= MAX_PAIRS) break;
    rows++;
    firstPair.push(pairs);
    for (const other of index.near(row)) {
      if (pairs >= MAX_PAIRS) break;
      compareRows(scorer.columns, scorer.relations, row, other, one);
      for (let f = 0; f < FIELD_COUNT; f++) {
        const level = one[f] ?? -1;
        levels[pairs * FIELD_COUNT + f] = level < 0 ? NOTHING_SAID : (OFFSETS[f] ?? 0) + level;
      }
      const scale = Math.max(scorer.density.scaleOf(row), scorer.density.scaleOf(other));
      source[pairs] = scorer.columns.source[other] ?? 0;
      chance[pairs++] = scorer.chanceCompany(row, scale);
    }
  }
  firstPair.push(pairs);
  return { levels, chance, source, firstPair, pairs, rows };
}

/** Shares of each level among pairs of one place that are at least four weeks apart. */
function chanceShares(
  scorer: Scorer,
  index: SpaceIndex,
  base: WeightSet,
  wanted: number,
  prior: number,
): Float64Array[] {
  const shares = sharesOf(base, 'u');
  const counts = shares.map((field) => field.map((share) => share * prior));
  const one = new Int16Array(FIELD_COUNT);
  const { columns } = scorer;
  let pairs = 0;
  const shifts =
    scorer.density.days > 70 ? [28, -28, 35, -35, 56, -56] : scorer.density.days > 24 ? [9, -9, 14, -14] : [];
  const rows = linkableRows(scorer, wanted);
  for (const [i, row] of rows.entries()) {
    if (pairs >= MAX_PAIRS || shifts.length === 0) break;
    const shift = shifts[i % shifts.length] ?? 28;
    for (const other of index.near(row, shift)) {
      compareRows(columns, scorer.relations, row, other, one, shift);
      pairs++;
      for (let f = 0; f < FIELD_COUNT; f++) {
        const level = one[f] ?? -1;
        const field = counts[f];
        if (level >= 0 && field) field[level] = (field[level] ?? 0) + 1;
      }
    }
  }
  const u = counts.map((field, f) => normalised(field, f));
  // A source that repeats itself is no evidence either way: reposts are found as copies, updates by their other fields.
  const source = u[SOURCE];
  if (source) source[0] = base.fields.source?.same_repeats?.m ?? 1e-6;
  return u;
}

/** Place levels are shares within their own pair of precision classes; other fields over all levels. */
function normalised(field: Float64Array, f: number): Float64Array {
  const out = new Float64Array(field.length);
  for (const [from, to] of groupsOf(f)) {
    let sum = 0;
    for (let l = from; l < to; l++) sum += field[l] ?? 0;
    for (let l = from; l < to; l++) out[l] = Math.max(1e-6, (field[l] ?? 0) / sum);
  }
  return out;
}

/** Ranges of levels whose shares sum to one. */
export function groupsOf(f: number): readonly (readonly [number, number])[] {
  const count = FIELDS[f]?.levels.length ?? 0;
  if (f === TIME) return TIME_GROUPS;
  if (f !== 0) return [[0, count]];
  const groups: [number, number][] = [];
  for (let l = 0; l + PLACE_GROUP <= count; l += PLACE_GROUP) {
    groups.push([l, l + BAND_COUNT], [l + BAND_COUNT, l + PLACE_GROUP]);
  }
  groups.push([count - 2, count]);
  return groups;
}

function maximise(
  sample: Sample,
  base: WeightSet,
  u: Float64Array[],
  name: string,
  options: EstimateOptions,
): WeightSet {
  const prior = options.priorPairs ?? 100;
  const start = sharesOf(base, 'm');
  let m: Float64Array[] = start.map((field) => field.slice());
  let fellows = base.fellows;
  const posterior = new Float64Array(sample.pairs);
  const iterations = sample.pairs < 50 ? 0 : (options.iterations ?? 12);
  for (let i = 0; i < iterations; i++) {
    const counts = start.map((field) => field.map((share) => share * prior));
    const ratios = flat(m.map((field, f) => field.map((share, l) => share / (u[f]?.[l] ?? 1))));
    const found = new Float64Array(ratios.length);
    posteriors(sample, ratios, fellows, posterior);
    let matches = 0;
    for (let pair = 0; pair < sample.pairs; pair++) {
      const share = posterior[pair] ?? 0;
      if (share < 1e-4) continue;
      matches += share;
      const at = pair * FIELD_COUNT;
      for (let f = 0; f < FIELD_COUNT; f++) {
        const level = sample.levels[at + f] ?? 0;
        found[level] = (found[level] ?? 0) + share;
      }
    }
    m = counts.map((field, f) => {
      const offset = OFFSETS[f] ?? 0;
      const seen = field.map((count, l) => count + (found[offset + l] ?? 0));
      if (f === SOURCE) return start[f] ?? seen;
      const shares = normalised(seen, f);
      return f === PLACE
        ? firmPlaces(shares, u[f] ?? shares, start[f] ?? shares, sharesOf(base, 'u')[f] ?? shares)
        : shares;
    });
    fellows = Math.min(20, Math.max(0.05, (matches + 10 * base.fellows) / (sample.rows + 10)));
  }
  return weightsFrom(base, name, m, u, fellows);
}

/**
 * Two settlements, each named, that do not touch: how seldom an event is told of both is known beforehand. A collection in
 * which alike events happen in neighbouring towns on one day would talk itself out of it.
 */
function firmPlaces(m: Float64Array, u: Float64Array, m0: Float64Array, u0: Float64Array): Float64Array {
  return m.map((share, level) =>
    isElsewhere(level) ? Math.min(share, ((u[level] ?? 0) * (m0[level] ?? 0)) / (u0[level] || 1)) : share,
  );
}

/** Chance of each pair to be one event; reports of one source compete for a row, since a source tells an event once. */
function posteriors(sample: Sample, ratios: Float64Array, fellows: number, out: Float64Array): void {
  const rivals = new Map<number, number>();
  for (let r = 0; r + 1 < sample.firstPair.length; r++) {
    const from = sample.firstPair[r] ?? 0;
    const to = sample.firstPair[r + 1] ?? 0;
    rivals.clear();
    for (let pair = from; pair < to; pair++) {
      let odds = fellows / (sample.chance[pair] ?? 1);
      for (let f = 0; f < FIELD_COUNT; f++) {
        odds *= ratios[sample.levels[pair * FIELD_COUNT + f] ?? 0] ?? 1;
      }
      out[pair] = odds;
      const source = sample.source[pair] ?? 0;
      rivals.set(source, (rivals.get(source) ?? 0) + odds);
    }
    for (let pair = from; pair < to; pair++)
      out[pair] = (out[pair] ?? 0) / (1 + (rivals.get(sample.source[pair] ?? 0) ?? 0));
  }
}
