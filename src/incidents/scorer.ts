/**
 * Evidence that a report belongs with the members of an incident: for each field the mean bits against all members,
 * where a precise place or a stated hour weighs more than a vague one. The prior says how many reports the place sees
 * by chance. Sums exactly to the score. Holds no clusters: the same call explains, links and repairs.
 */
import { type ReportColumns, UNTIMED } from './columns.ts';
import { Density } from './density.ts';
import {
  ACTOR,
  compareRows,
  FIELD_COUNT,
  FIELDS,
  OTHER_SOURCE,
  PLACE,
  type Relations,
  SOURCE,
  TARGET,
  TIME,
  TYPE,
} from './levels.ts';
import type { FieldBits } from './model.ts';
import { MAX_CANDIDATES } from './space-index.ts';
import { bitsOf, type WeightSet } from './weights.ts';

/** Members looked at in a large incident: the first ones and the latest. */
export const MEMBERS_SCORED = 8;
/** How much more a member's place weighs by its precision class, finest first. */
const PLACE_SAY = [64, 8, 4, 1, 0.25, 1] as const;
const TIMED_SAY = 4;
/** One report of this source among the members is enough: its say drowns the others. */
const SAME_SOURCE_SAY = 1e6;
const MAX_RARITY_BITS = 5;
const NOT_MET = -1;
/** Odds below which two reports are never in question: a hundred to one against, whatever else is found out. */
const HOPELESS = 1 / 128;
/** Fellows that a report is weighed against at most, the likeliest. */
const MAX_FELLOWS = 48;
/** Share of the strangers met on the day in what a place is expected to see; the rest is its long run. */
const MET_SHARE = 0.6;

export class Scorer {
  readonly columns: ReportColumns;
  readonly density: Density;
  readonly relations: Relations;
  #weights: WeightSet;
  #bits: Float64Array[];
  #ratios: Float64Array[];
  /** Bits added to an agreement by how rare the value is: type, actor, target. */
  readonly #rarity = new Map<number, Float64Array>();
  readonly #levels = new Int16Array(FIELD_COUNT);
  readonly #sum = new Float64Array(FIELD_COUNT);
  readonly #say = new Float64Array(FIELD_COUNT);
  /** Level shown in the explanation: that of the member with the largest say. */
  readonly #shown = new Int16Array(FIELD_COUNT);
  readonly #topSay = new Float64Array(FIELD_COUNT);
  #prior = 0;
  #keptRow = -1;
  #keptCount = -1;
  #keptFellows = 0;
  readonly #kept = new Float64Array(3);
  readonly #keptOdds = new Float64Array(MAX_CANDIDATES);
  readonly #bySource = new Map<number, number>();
  /** Strangers met around each row; NOT_MET before they were counted. */
  #company = new Float64Array(0);

  constructor(columns: ReportColumns, relations: Relations, weights: WeightSet) {
    this.columns = columns;
    this.density = new Density(columns);
    this.relations = relations;
    this.#weights = weights;
    this.#bits = bitsOf(weights);
    this.#ratios = this.#bits.map((bits) => bits.map((bit) => 2 ** bit));
  }

  get weights(): WeightSet {
    return this.#weights;
  }

  setWeights(weights: WeightSet): void {
    this.#weights = weights;
    this.#bits = bitsOf(weights);
    this.#ratios = this.#bits.map((bits) => bits.map((bit) => 2 ** bit));
  }

  /** Counts values of the reports seen so far, so that agreement on a rare one weighs more. */
  countRarity(): void {
    const { columns } = this;
    this.#rarity.set(TYPE, rarityBits(columns.type, columns.size));
    this.#rarity.set(ACTOR, rarityBits(columns.actor, columns.size));
    this.#rarity.set(TARGET, rarityBits(columns.target, columns.size));
  }

  /** Score of a row against members (itself not among them). */
  score(row: number, members: readonly number[]): number {
    this.#compare(row, members);
    let score = this.#prior;
    for (let f = 0; f < FIELD_COUNT; f++) {
      const say = this.#say[f] ?? 0;
      if (say > 0) score += (this.#sum[f] ?? 0) / say;
    }
    return score;
  }

  /** The same score with its parts; the bits sum to it. */
  explain(row: number, members: readonly number[]): { score: number; parts: FieldBits[] } {
    this.#compare(row, members);
    const parts: FieldBits[] = [{ field: 'prior', level: 'place_and_time', bits: this.#prior }];
    for (const [f, field] of FIELDS.entries()) {
      const say = this.#say[f] ?? 0;
      const level = field.levels[this.#shown[f] ?? 0];
      if (say > 0 && level) parts.push({ field: field.name, level, bits: (this.#sum[f] ?? 0) / say });
    }
    return { score: parts.reduce((sum, part) => sum + part.bits, 0), parts };
  }

  #compare(row: number, members: readonly number[]): void {
    this.#sum.fill(0);
    this.#say.fill(0);
    this.#topSay.fill(0);
    let scale = 2;
    const count = Math.min(members.length, MEMBERS_SCORED);
    for (let i = 0; i < count; i++) {
      const member = members[i < MEMBERS_SCORED / 2 ? i : members.length - count + i] ?? 0;
      compareRows(this.columns, this.relations, row, member, this.#levels);
      scale = Math.min(scale, this.density.scaleOf(member));
      for (let f = 0; f < FIELD_COUNT; f++) {
        const level = this.#levels[f] ?? -1;
        if (level >= 0) this.#weigh(f, level, row, member);
      }
    }
    scale = Math.max(scale, this.density.scaleOf(row));
    this.#prior = Math.log2(this.#weights.fellows / this.chanceCompany(row, scale));
  }

  #weigh(f: number, level: number, row: number, member: number): void {
    let say = 1;
    if (f === PLACE) say = PLACE_SAY[this.columns.placeClass[member] ?? 0] ?? 1;
    else if (f === TIME) say = this.columns.minute[member] === UNTIMED ? 1 : TIMED_SAY;
    else if (f === SOURCE && level !== OTHER_SOURCE) say = SAME_SOURCE_SAY;
    this.#sum[f] = (this.#sum[f] ?? 0) + say * this.#bitsFor(f, level, row);
    this.#say[f] = (this.#say[f] ?? 0) + say;
    if (say > (this.#topSay[f] ?? 0)) {
      this.#topSay[f] = say;
      this.#shown[f] = level;
    }
  }

  #bitsFor(f: number, level: number, row: number): number {
    const bits = this.#bits[f]?.[level] ?? 0;
    if (level !== 0) return bits;
    const rarity = this.#rarity.get(f);
    if (!rarity) return bits;
    const column = f === TYPE ? this.columns.type : f === ACTOR ? this.columns.actor : this.columns.target;
    return bits + (rarity[column[row] ?? 0] ?? 0);
  }

  /**
   * Counts the reports near a row that do not look like fellows of it: a town that sees twenty strikes in a day is
   * crowded on that day, however quiet it was before. Returns the rows of `near` that may be fellows at all, moved to
   * its front: the others need not be looked at again.
   */
  meetCompany(row: number, near: Int32Array): Int32Array {
    if (row >= this.#company.length) {
      const wider = new Float64Array(Math.max(1024, row * 2)).fill(NOT_MET);
      wider.set(this.#company);
      this.#company = wider;
    }
    const { fellows } = this.#weights;
    const own = this.columns.source[row] ?? 0;
    const fellowsBySource = this.#bySource;
    fellowsBySource.clear();
    let kept = 0;
    for (const other of near) {
      compareRows(this.columns, this.relations, row, other, this.#levels);
      const source = this.columns.source[other] ?? 0;
      const scale = Math.max(this.density.scaleOf(row), this.density.scaleOf(other));
      let odds = fellows / this.#longRun(row, scale);
      for (let f = 0; f < FIELD_COUNT; f++) {
        const level = this.#levels[f] ?? -1;
        if (level >= 0) odds *= this.#ratios[f]?.[level] ?? 1;
      }
      if (odds > HOPELESS) {
        this.#keptOdds[kept] = odds;
        near[kept++] = other;
      }
      if (source === own && this.#levels[SOURCE] !== 0) continue;
      fellowsBySource.set(source, (fellowsBySource.get(source) ?? 0) + odds / (1 + odds));
    }
    // A source tells an event once: however alike its reports are, at most one of them is a fellow.
    let strangers = near.length;
    for (const likely of fellowsBySource.values()) strangers -= Math.min(1, likely);
    this.#company[row] = strangers;
    return near.subarray(0, this.#likeliest(near, kept));
  }

  /** Moves the likeliest fellows to the front when there are too many; how many are left. */
  #likeliest(near: Int32Array, kept: number): number {
    if (kept <= MAX_FELLOWS) return kept;
    const odds = this.#keptOdds;
    const floor = odds.slice(0, kept).sort()[kept - MAX_FELLOWS] ?? 0;
    let left = 0;
    for (let i = 0; i < kept && left < MAX_FELLOWS; i++) if ((odds[i] ?? 0) >= floor) near[left++] = near[i] ?? 0;
    return left;
  }

  /** Reports expected by chance around a row: in the long run, and as met on the day. */
  chanceCompany(row: number, scale: number): number {
    const longRun = this.#longRun(row, scale);
    const met = this.#company[row] ?? NOT_MET;
    return met < 0 ? longRun : MET_SHARE * met + (1 - MET_SHARE) * longRun;
  }

  /** The density's answer, kept while the same row is asked about and no report came in between. */
  #longRun(row: number, scale: number): number {
    const { density } = this;
    const { fellows } = this.#weights;
    if (this.#keptRow !== row || this.#keptCount !== density.count || this.#keptFellows !== fellows) {
      this.#keptRow = row;
      this.#keptCount = density.count;
      this.#keptFellows = fellows;
      this.#kept.fill(0);
    }
    let kept = this.#kept[scale] ?? 0;
    if (kept === 0) {
      kept = density.expected(row, scale, fellows);
      this.#kept[scale] = kept;
    }
    return kept;
  }
}

function rarityBits(column: Int32Array, size: number): Float64Array {
  const counts: number[] = [];
  let known = 0;
  for (let row = 0; row < size; row++) {
    const value = column[row] ?? 0;
    if (value === 0) continue;
    counts[value] = (counts[value] ?? 0) + 1;
    known++;
  }
  let agree = 0;
  for (const count of counts) if (count) agree += (count / known) ** 2;
  return Float64Array.from({ length: counts.length }, (_, value) => {
    const share = (counts[value] ?? 0) / known;
    if (!(share > 0)) return 0;
    return Math.max(-MAX_RARITY_BITS, Math.min(MAX_RARITY_BITS, Math.log2(agree / share)));
  });
}
