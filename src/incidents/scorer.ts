/**
 * Evidence that a report belongs with the members of an incident. For each field the members' values are weighed by
 * how well the other members support them (all members have a say, never only the best one), and precise places weigh
 * more than vague ones. The prior says how many reports the place sees by chance. Sums exactly to the score.
 */
import type { ReportColumns } from './columns.ts';
import { Density } from './density.ts';
import {
  ACTOR,
  compareRows,
  FIELD_COUNT,
  FIELDS,
  PLACE,
  type Relations,
  SOURCE,
  TARGET,
  TIME,
  TYPE,
} from './levels.ts';
import type { FieldBits } from './model.ts';
import { bitsOf, type WeightSet } from './weights.ts';

/** Members looked at in a large incident: the first ones and the latest. */
export const MEMBERS_SCORED = 8;
/** How much more a member's place weighs by its precision class, finest first. */
const PLACE_SAY = [64, 8, 4, 1, 0.25, 1] as const;
const TIMED_SAY = 4;
const BLEND = Number(process.env.BL ?? 0.5);
const NOT_MET = -1;
const MET_SHARE = Number(process.env.MS ?? 0.6);
/** Members whose support a newcomer changes; beyond these a large incident is settled anyway. */
const MEMBERS_SUPPORTED = 24;
const MAX_RARITY_BITS = 5;

export class Scorer {
  readonly columns: ReportColumns;
  readonly density: Density;
  readonly #relations: Relations;
  #weights: WeightSet;
  /** Likelihood ratio m/u by field and level. */
  #ratios: Float64Array[] = [];
  /** Factors on agreement by how rare the value is: type, actor, target, source. */
  readonly #rarity = new Map<number, Float64Array>();
  /** Per row and field: product of the ratios to its fellow members. */
  #support = new Float64Array(0);
  readonly #levels = new Int16Array(FIELD_COUNT);
  readonly #sum = new Float64Array(FIELD_COUNT);
  readonly #say = new Float64Array(FIELD_COUNT);
  /** Level shown in the explanation: that of the member with the largest say. */
  readonly #shown = new Int16Array(FIELD_COUNT);
  readonly #topSay = new Float64Array(FIELD_COUNT);
  #mean = new Float64Array(FIELD_COUNT); #mn = new Float64Array(FIELD_COUNT);
  #prior = 0;
  /** Strangers met around each row; NOT_MET before they were counted. */
  #company = new Float32Array(0);

  constructor(columns: ReportColumns, relations: Relations, weights: WeightSet) {
    this.columns = columns;
    this.density = new Density(columns);
    this.#relations = relations;
    this.#weights = weights;
    this.setWeights(weights);
  }

  get weights(): WeightSet {
    return this.#weights;
  }

  get relations(): Relations {
    return this.#relations;
  }

  setWeights(weights: WeightSet): void {
    this.#weights = weights;
    this.#ratios = bitsOf(weights).map((bits) => bits.map((bit) => 2 ** bit));
  }

  /** Counts values of the reports seen so far, so that agreement on a rare one weighs more. */
  countRarity(): void {
    const { columns } = this;
    for (const [field, column] of [
      [TYPE, columns.type],
      [ACTOR, columns.actor],
      [TARGET, columns.target],
    ] as const) {
      this.#rarity.set(field, rarityFactors(column, columns.size));
    }
  }

  /** Score of a row against members; fills the explanation's parts. */
  score(row: number, members: readonly number[]): number {
    this.#compare(row, members);
    let score = this.#prior;
    for (let f = 0; f < FIELD_COUNT; f++) {
      const say = this.#say[f] ?? 0;
      if (say > 0) score += BLEND * Math.log2((this.#sum[f] ?? 0) / say) + (1-BLEND) * (this.#mean[f] ?? 0) / (this.#mn[f] ?? 1);
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
      if (say > 0 && level) parts.push({ field: field.name, level, bits: Math.log2((this.#sum[f] ?? 0) / say) });
    }
    return { score: parts.reduce((sum, part) => sum + part.bits, 0), parts };
  }

  #compare(row: number, members: readonly number[]): void {
    const { columns } = this;
    this.#sum.fill(0);
    this.#say.fill(0);
    this.#topSay.fill(0); this.#mean.fill(0); this.#mn.fill(0);
    let scale = 2;
    const count = Math.min(members.length, MEMBERS_SCORED);
    for (let i = 0; i < count; i++) {
      // The first half of the scored members are the earliest, the rest the latest.
      const member = members[i < MEMBERS_SCORED / 2 ? i : members.length - count + i] ?? 0;
      compareRows(columns, this.#relations, row, member, this.#levels);
      scale = Math.min(scale, this.density.scaleOf(member));
      for (let f = 0; f < FIELD_COUNT; f++) {
        const level = this.#levels[f] ?? -1;
        if (level >= 0) this.#weigh(f, level, row, member);
      }
    }
    scale = Math.max(scale, this.density.scaleOf(row));
    const { fellows } = this.#weights;
    this.#prior = Math.log2(fellows / this.chanceCompany(row, scale));
  }

  /**
   * Counts the reports near a row that do not look like fellows of it. A town that sees twenty strikes in a day is
   * crowded on that day, however quiet it was before.
   */
  meetCompany(row: number, near: Int32Array): void {
    if (row >= this.#company.length) {
      const wider = new Float32Array(Math.max(1024, row * 2)).fill(NOT_MET);
      wider.set(this.#company);
      this.#company = wider;
    }
    const { fellows } = this.#weights;
    const expected = [0, 1, 2].map((scale) => this.density.expected(row, scale, fellows));
    const own = this.columns.source[row] ?? 0;
    const fellowsBySource = new Map<number, number>();
    for (const other of near) {
      compareRows(this.columns, this.#relations, row, other, this.#levels);
      const scale = Math.max(this.density.scaleOf(row), this.density.scaleOf(other));
      let odds = fellows / (expected[scale] ?? 1);
      for (let f = 0; f < FIELD_COUNT; f++) {
        const level = this.#levels[f] ?? -1;
        if (level >= 0) odds *= this.#ratios[f]?.[level] ?? 1;
      }
      const source = this.columns.source[other] ?? 0;
      if (source === own && this.#levels[SOURCE] !== 0) continue;
      fellowsBySource.set(source, (fellowsBySource.get(source) ?? 0) + odds / (1 + odds));
    }
    // A source tells an event once: however alike its reports are, at most one of them is a fellow.
    let strangers = near.length;
    for (const likely of fellowsBySource.values()) strangers -= Math.min(1, likely);
    this.#company[row] = strangers;
  }

  /** Reports expected by chance around a row: in the long run, and as met on the day. */
  chanceCompany(row: number, scale: number): number {
    const longRun = this.density.expected(row, scale, this.#weights.fellows);
    const met = this.#company[row] ?? NOT_MET;
    return met < 0 ? longRun : MET_SHARE * met + (1 - MET_SHARE) * longRun;
  }

  #weigh(f: number, level: number, row: number, member: number): void {
    const { columns } = this;
    const ratio = this.ratio(f, level, row);
    let say = this.#support[member * FIELD_COUNT + f] ?? 1;
    if (f === SOURCE) {
      // One report of this source among the members is enough: a source seldom tells an event twice.
      if (level <= 1) say = 1e9;
    } else if (f === PLACE) say *= PLACE_SAY[columns.placeClass[member] ?? 0] ?? 1;
    else if (f === TIME && columns.minute[member] !== -2_147_483_648) say *= TIMED_SAY;
    this.#sum[f] = (this.#sum[f] ?? 0) + say * ratio;
    this.#say[f] = (this.#say[f] ?? 0) + say;
    const q = f === PLACE ? (PLACE_SAY[columns.placeClass[member] ?? 0] ?? 1) : say >= 1e9 ? 1e9 : f===TIME && columns.minute[member] !== -2147483648 ? TIMED_SAY : 1; this.#mean[f] = (this.#mean[f] ?? 0) + q*Math.log2(ratio); this.#mn[f] = (this.#mn[f] ?? 0) + q;
    if (say > (this.#topSay[f] ?? 0)) {
      this.#topSay[f] = say;
      this.#shown[f] = level;
    }
  }

  /** m/u of a level, with the rarity of the value on which they agree. */
  ratio(f: number, level: number, row: number): number {
    const ratio = this.#ratios[f]?.[level] ?? 1;
    if (level !== 0 || f === SOURCE) return ratio;
    const factors = this.#rarity.get(f);
    if (!factors) return ratio;
    const { columns } = this;
    const column =
      f === TYPE ? columns.type : f === ACTOR ? columns.actor : f === TARGET ? columns.target : columns.source;
    return ratio * (factors[column[row] ?? 0] ?? 1);
  }

  /** Keeps the members' support for each other right when a row joins (or leaves) them. */
  join(row: number, members: readonly number[]): void {
    this.#makeRoom(row);
    this.#support.fill(1, row * FIELD_COUNT, (row + 1) * FIELD_COUNT);
    this.#lend(row, members, 1, row * FIELD_COUNT);
  }

  /** Takes a row's support away from its fellows. */
  leave(row: number, fellows: readonly number[]): void {
    this.#lend(row, fellows, -1, -1);
  }

  /** Gives a row's support back to its fellows after `leave`; its own was kept. */
  rejoin(row: number, fellows: readonly number[]): void {
    this.#lend(row, fellows, 1, -1);
  }

  #lend(row: number, fellows: readonly number[], sign: 1 | -1, own: number): void {
    const count = Math.min(fellows.length, MEMBERS_SUPPORTED);
    for (let i = 0; i < count; i++) {
      const member = fellows[i] ?? 0;
      compareRows(this.columns, this.#relations, row, member, this.#levels);
      for (let f = 0; f < FIELD_COUNT; f++) {
        const level = this.#levels[f] ?? -1;
        if (level < 0 || f === SOURCE) continue;
        const ratio = this.#ratios[f]?.[level] ?? 1;
        const theirs = member * FIELD_COUNT + f;
        this.#support[theirs] = bounded((this.#support[theirs] ?? 1) * (sign < 0 ? 1 / ratio : ratio));
        if (own >= 0) this.#support[own + f] = bounded((this.#support[own + f] ?? 1) * ratio);
      }
    }
  }

  #makeRoom(row: number): void {
    if ((row + 1) * FIELD_COUNT <= this.#support.length) return;
    const wider = new Float64Array(Math.max(1024 * FIELD_COUNT, this.#support.length * 2)).fill(1);
    wider.set(this.#support);
    this.#support = wider;
  }
}

const bounded = (product: number): number => Math.min(1e120, Math.max(1e-120, product));

function rarityFactors(column: Int32Array, size: number): Float64Array {
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
    if (!(share > 0)) return 1;
    const bits = Math.log2(agree / share);
    return 2 ** Math.max(-MAX_RARITY_BITS, Math.min(MAX_RARITY_BITS, bits));
  });
}
