/** Whether two values of a field say the same: places by id or point, actors by code, the rest letter by letter. Pure. */
import { z } from 'zod';
import { PRECISIONS } from '../core/index.ts';
import type { ClaimField } from './model.ts';

/** Two points for one place may differ by as much as a town's radius, in degrees of latitude. */
const SAME_POINT_DEGREES = 0.03;

const placeLike = z.object({
  id: z.string().nullable(),
  point: z.object({ lat: z.number(), lon: z.number() }).nullable(),
  precision: z.enum(PRECISIONS),
});
const codeLike = z.object({ code: z.string().nullable() });
const countLike = z.object({ low: z.number().nullable(), high: z.number().nullable() });

/** Null stands for no claim and equals only null. Values may come from a file: what has not the shape equals nothing. */
export function sameValue(field: ClaimField, one: unknown, other: unknown): boolean {
  if (one === null || other === null) return one === other;
  if (field === 'place') {
    const [a, b] = [placeLike.safeParse(one), placeLike.safeParse(other)];
    if (!a.success || !b.success) return false;
    if (a.data.id !== null && b.data.id !== null) return a.data.id === b.data.id;
    const [p, q] = [a.data.point, b.data.point];
    if (!p || !q) return p === q;
    return Math.abs(p.lat - q.lat) <= SAME_POINT_DEGREES && Math.abs(p.lon - q.lon) <= SAME_POINT_DEGREES;
  }
  if (field === 'actor' || field === 'victim') {
    const [a, b] = [codeLike.safeParse(one), codeLike.safeParse(other)];
    return a.success && b.success && a.data.code === b.data.code;
  }
  if (field === 'killed' || field === 'injured') {
    const [a, b] = [countLike.safeParse(one), countLike.safeParse(other)];
    return a.success && b.success && a.data.low === b.data.low && a.data.high === b.data.high;
  }
  return one === other;
}
