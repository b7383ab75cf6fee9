/**
 * Volumes drawn along a track of positions: a disc and a height band for each short stretch. A track whose clock or
 * positions cannot be true (time that stands still or runs back, a speed that nothing flies) is flagged, leg by leg,
 * and such a leg is never drawn: it would hide the aircraft, not show it. Pure.
 */
import type { Point } from '../../core/index.ts';
import { bearing, metresBetween, pointAlong } from '../geometry/geodesic.ts';
import type { Volume4D } from '../model.ts';

export interface Position extends Point {
  /** UTC milliseconds. */
  readonly at: number;
  readonly altitudeMetres: number;
}

export interface Flag {
  /** Index of the position at which the leg ends. */
  readonly index: number;
  readonly reason: 'clock' | 'speed' | 'climb';
}

/** What no aircraft of today keeps up over a leg. */
const FASTEST_METRES_PER_SECOND = 1_000;
const STEEPEST_METRES_PER_SECOND = 400;
/** Readings are rounded: a leg shorter than this may seem to jump. */
const ROUNDING_METRES = 500;
/** A stretch without a position for longer is not drawn. */
const LONGEST_GAP_MS = 300_000;

/** Volumes of stretches of at most `stretchMs`, and the legs that cannot be true. */
export function volumesAlong(track: readonly Position[], stretchMs: number): { volumes: Volume4D[]; flags: Flag[] } {
  const flags: Flag[] = [];
  const volumes: Volume4D[] = [];
  let open: Position[] = [];
  const close = (): void => {
    if (open.length > 0) volumes.push(around(open));
    open = [];
  };
  for (const [index, position] of track.entries()) {
    const last = track[index - 1];
    const reason = last && implausible(last, position);
    if (reason) flags.push({ index, reason });
    if (last && (reason || position.at - last.at > LONGEST_GAP_MS)) close();
    const first = open[0];
    if (first && position.at - first.at > stretchMs) {
      close();
      // Stretches meet at a position, so that nothing flies between two of them.
      if (last && !reason && position.at - last.at <= LONGEST_GAP_MS) open.push(last);
    }
    open.push(position);
  }
  close();
  return { volumes, flags };
}

function implausible(a: Position, b: Position): Flag['reason'] | undefined {
  const seconds = (b.at - a.at) / 1000;
  if (seconds <= 0) return 'clock';
  if (metresBetween(a, b) - ROUNDING_METRES > FASTEST_METRES_PER_SECOND * seconds) return 'speed';
  const climb = Math.abs(b.altitudeMetres - a.altitudeMetres) - ROUNDING_METRES;
  return climb > STEEPEST_METRES_PER_SECOND * seconds ? 'climb' : undefined;
}

/** The disc about the middle of the first and last position that holds them all. */
function around(positions: readonly Position[]): Volume4D {
  const [first] = positions;
  const last = positions.at(-1);
  if (!first || !last) throw new Error('a stretch has a position');
  const way = bearing(first, last);
  const centre = pointAlong(first, way.leaving, way.metres / 2);
  const heights = positions.map((position) => position.altitudeMetres);
  return {
    outline: { circle: { ...centre, radiusMetres: Math.max(...positions.map((at) => metresBetween(centre, at))) + 1 } },
    altitudeLowerMetres: Math.min(...heights),
    altitudeUpperMetres: Math.max(...heights),
    start: first.at,
    end: last.at,
  };
}
