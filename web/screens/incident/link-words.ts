/**
 * Words for a step of a link's explanation. The linker's place levels name two precision classes and a band of
 * distance (`town_district_within_1`): the person needs the band. Levels without words are shown as they are.
 */
import type { ApiLinkStep } from '../../../src/server/api/types.ts';

const PLACE_BANDS = ['same_point', 'within_quarter', 'within_half', 'within_1', 'within_2', 'within_3', 'beyond'];

const NAMED = ['same_name', 'other_name'];
const NEWS = ['same_news', 'other_news'];

/** The message keys of a step, without the check that they exist; a place tells of point and name, a day of the news too. */
export function linkKeys({ field, level }: Pick<ApiLinkStep, 'field' | 'level'>): string[] {
  const news = field === 'time' ? NEWS.find((one) => level.endsWith(`_${one}`)) : undefined;
  if (news) return [`link.time.${level.slice(0, -news.length - 1)}`, `link.time.${news}`];
  if (field !== 'place') return [`link.${field}.${level}`];
  const name = NAMED.find((one) => level === one || level.endsWith(`_${one}`));
  const point = name ? level.slice(0, -name.length - 1) : level;
  const band = PLACE_BANDS.find((one) => point === one || point.endsWith(`_${one}`));
  const keys = [band, name].flatMap((one) => (one ? [`link.place.${one}`] : []));
  return keys.length > 0 ? keys : [`link.place.${level}`];
}

export interface WaterfallRow extends ApiLinkStep {
  /** Sum of the bits before and after this step. */
  readonly from: number;
  readonly to: number;
}

/** Running sums of the bits, in the order given; steps of no weight are left out. */
export function waterfallOf(steps: readonly ApiLinkStep[]): WaterfallRow[] {
  const rows: WaterfallRow[] = [];
  let sum = 0;
  for (const step of steps) {
    if (!Number.isFinite(step.bits) || step.bits === 0) continue;
    rows.push({ ...step, from: sum, to: sum + step.bits });
    sum += step.bits;
  }
  return rows;
}
