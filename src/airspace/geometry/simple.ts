/**
 * Is a small ring surely free of crossings and touches? Told on the plane of quick.ts with its proved margins: a yes
 * is proof, a no only means that prepare.ts must look at the geodesics themselves.
 */
import { type Flattenable, planeOf, toSegment } from './quick.ts';

/** True when no two edges come within `metres` of each other but at the corner they share. */
export function surelySimple(ring: Flattenable, metres: number): boolean {
  const plane = planeOf(ring, ring);
  if (!plane || plane.n < 3) return false;
  const { p, n, bend } = plane;
  const least = (bend + metres) ** 2;
  for (let i = 0; i < n; i++) {
    const [ax, ay, dx, dy] = edge(p, n, i);
    for (let k = i + 1; k < n; k++) {
      const [bx, by, ex, ey] = edge(p, n, k);
      // Of neighbours, the far end of each must keep clear of the other edge; they meet at their corner alone.
      if (k === i + 1 || (i === 0 && k === n - 1)) {
        const [fromX, fromY, toX, toY] = k === i + 1 ? [ax, ay, bx + ex, by + ey] : [ax + dx, ay + dy, bx, by];
        if (toSegment(toX, toY, ax, ay, dx, dy) <= least || toSegment(fromX, fromY, bx, by, ex, ey) <= least) {
          return false;
        }
        continue;
      }
      if (crosses(ax, ay, dx, dy, bx, by, ex, ey)) return false;
      if (
        toSegment(bx, by, ax, ay, dx, dy) <= least ||
        toSegment(bx + ex, by + ey, ax, ay, dx, dy) <= least ||
        toSegment(ax, ay, bx, by, ex, ey) <= least ||
        toSegment(ax + dx, ay + dy, bx, by, ex, ey) <= least
      ) {
        return false;
      }
    }
  }
  return true;
}

/** 1 when a ring surely runs anticlockwise, -1 when clockwise, 0 when the plane cannot tell. */
export function surelyTurns(ring: Flattenable): 1 | -1 | 0 {
  const plane = planeOf(ring, ring);
  if (!plane || plane.n < 3) return 0;
  const { p, n, bend } = plane;
  let area = 0;
  let girth = 0;
  for (let i = 0; i < n; i++) {
    const [x, y, dx, dy] = edge(p, n, i);
    area += (x * dy - y * dx) / 2;
    girth += Math.sqrt(dx * dx + dy * dy);
  }
  return Math.abs(area) <= 2 * bend * girth ? 0 : area > 0 ? 1 : -1;
}

function edge(p: Float64Array, n: number, i: number): [number, number, number, number] {
  const k = (i + 1) % n;
  const x = p[2 * i] as number;
  const y = p[2 * i + 1] as number;
  return [x, y, (p[2 * k] as number) - x, (p[2 * k + 1] as number) - y];
}

function crosses(
  ax: number,
  ay: number,
  dx: number,
  dy: number,
  bx: number,
  by: number,
  ex: number,
  ey: number,
): boolean {
  const one = dx * (by - ay) - dy * (bx - ax);
  const two = dx * (by + ey - ay) - dy * (bx + ex - ax);
  if (one > 0 === two > 0) return false;
  const three = ex * (ay - by) - ey * (ax - bx);
  const four = ex * (ay + dy - by) - ey * (ax + dx - bx);
  return three > 0 !== four > 0;
}
