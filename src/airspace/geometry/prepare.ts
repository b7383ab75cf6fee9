/**
 * From an outline to a shape that can be measured. Everything that is not an outline is refused here, before any
 * covering or distance is computed: empty, self-crossing or self-touching rings, edges with no one shortest way.
 */
import type { Point } from '../../core/index.ts';
import { LIMITS, type Outline, type Ring, TOUCHING_METRES } from '../model.ts';
import {
  type Bearing,
  bearing,
  type Direction,
  directionOf,
  INNER_RADIUS,
  type Line,
  leastMetres,
  lineBetween,
  metresBetween,
  signedArea,
  UNIQUE_BELOW,
} from './geodesic.ts';
import { makePiece, nearestOnPiece, PIECE_METRES, type Piece, piecesCross, surelyApart } from './piece.ts';
import { type Ball, ballOver, type Polygon } from './polygon.ts';
import { type Flattenable, flattenable } from './quick.ts';
import { surelySimple, surelyTurns } from './simple.ts';

/** A cap of the Earth that holds the whole shape: its middle and its radius in radians. */
export interface Cap {
  readonly centre: Direction;
  readonly reach: number;
}

export interface Disc {
  readonly kind: 'circle';
  readonly centre: Point;
  readonly radius: number;
}

export type Unflattened = (Disc | Polygon) & { readonly cap: Cap };

/** A shape that can be measured. `flat` is how the plane sees it, where a plane can (see quick.ts). */
export type Shape = Unflattened & { readonly flat: Flattenable | undefined };

/** Why an outline is none. `field` is relative to the outline. */
export interface Fault {
  readonly field: string;
  readonly reason: string;
}

export const isFault = (shape: Shape | Fault): shape is Fault => 'reason' in shape;

/** Prepares an outline whose numbers are already known to be finite and in range. */
export function prepareShape(outline: Outline): Shape | Fault {
  if (outline.polygon) return preparePolygon(outline.polygon);
  const { lat, lon, radiusMetres } = outline.circle;
  if (!(radiusMetres > 0))
    return { field: 'circle.radiusMetres', reason: 'the outline is empty: the radius must be above 0' };
  const reach = Math.min(Math.PI, (radiusMetres / INNER_RADIUS) * (1 + 1e-9));
  const centre = { lat, lon };
  return withFlat({ kind: 'circle', centre, radius: radiusMetres, cap: { centre: directionOf(centre), reach } });
}

function withFlat(shape: Unflattened): Shape {
  const flat = flattenable(shape);
  return shape.kind === 'circle'
    ? { kind: 'circle', centre: shape.centre, radius: shape.radius, cap: shape.cap, flat }
    : {
        kind: 'polygon',
        pieces: shape.pieces,
        tree: shape.tree,
        insideIsLeft: shape.insideIsLeft,
        cap: shape.cap,
        flat,
      };
}

function preparePolygon(ring: Ring): Shape | Fault {
  const corners = distinctCorners(ring);
  if (corners.length < 3) return empty('fewer than three different corners');
  if (corners.length > LIMITS.corners) return { field: 'polygon', reason: `more than ${LIMITS.corners} corners` };
  const pieces: Piece[] = [];
  for (const [index, corner] of corners.entries()) {
    const next = corners[(index + 1) % corners.length] ?? corner;
    const way = bearing(corner, next);
    if (way.metres >= UNIQUE_BELOW) {
      const reason = 'an edge runs half round the Earth, so there is no one shortest way; add a corner between';
      return { field: `polygon[${index}]`, reason };
    }
    pieces.push(...cut(index, corner, next, way));
  }
  const tree = ballOver(pieces);
  const cap = capOver(tree);
  const flat = flattenable({ kind: 'polygon', pieces, tree, insideIsLeft: true, cap });
  const simple = flat && surelySimple(flat, 2 * TOUCHING_METRES);
  const clash = simple ? undefined : selfContact(pieces, tree, corners.length);
  if (clash) {
    const [a, b] = clash;
    return {
      field: 'polygon',
      reason: `the outline crosses or touches itself (edges ${a.edge} and ${b.edge}, from 0)`,
    };
  }
  const turns = simple ? surelyTurns(flat) : 0;
  const area = turns === 0 ? areaOf(corners, tree) : turns;
  if (Math.abs(area) < LEAST_AREA) return empty('it has no inside');
  return { kind: 'polygon', pieces, tree, insideIsLeft: area > 0, cap, flat };
}

const LEAST_AREA = 1e-6;
const empty = (why: string): Fault => ({ field: 'polygon', reason: `the outline is empty: ${why}` });

/** Corners without repetitions in a row, and without the closing one. */
function distinctCorners(ring: Ring): Point[] {
  const corners: Point[] = [];
  for (const corner of ring) {
    const last = corners.at(-1);
    if (!last || !samePlace(last, corner)) corners.push(corner);
  }
  const first = corners[0];
  while (corners.length > 1 && first && samePlace(first, corners.at(-1) ?? first)) corners.pop();
  return corners;
}

const samePlace = (a: Point, b: Point): boolean =>
  (a.lat === b.lat && a.lon === b.lon) ||
  (leastMetres(directionOf(a), directionOf(b)) < 1 && metresBetween(a, b) < TOUCHING_METRES);

function cut(edge: number, start: Point, finish: Point, { metres, leaving, arriving }: Bearing): Piece[] {
  let walk: Line | undefined;
  const line = (): Line => {
    walk ??= lineBetween(start, finish);
    return walk;
  };
  const whole = { edge, start, finish, leaving, arriving, startsAtCorner: true, endsAtCorner: true };
  if (metres <= PIECE_METRES) return [makePiece(line, 0, metres, whole)];
  const { length } = line();
  const count = Math.max(1, Math.ceil(length / PIECE_METRES));
  const pieces: Piece[] = [];
  let from = { s: 0, at: start, azimuth: leaving };
  for (let i = 1; i <= count; i++) {
    const last = i === count;
    const s = last ? length : (length * i) / count;
    const position = last ? undefined : line().at(s);
    const to = { s, at: position ?? finish, azimuth: position?.azimuth ?? arriving };
    pieces.push(
      makePiece(line, from.s, to.s, {
        edge,
        start: from.at,
        finish: to.at,
        leaving: from.azimuth,
        arriving: to.azimuth,
        startsAtCorner: i === 1,
        endsAtCorner: last,
      }),
    );
    from = to;
  }
  return pieces;
}

/** Two edges of the ring that meet where they should not. Neighbours meet at their corner and nowhere else. */
function selfContact(pieces: readonly Piece[], tree: Ball, edges: number): readonly [Piece, Piece] | undefined {
  const stack: [Ball, Ball][] = [[tree, tree]];
  for (let pair = stack.pop(); pair; pair = stack.pop()) {
    const [a, b] = pair;
    if (a !== b && leastMetres(a.centre, b.centre) - INNER_RADIUS * (a.reach + b.reach) > TOUCHING_METRES) continue;
    if (a === b) {
      if (a.left && a.right) stack.push([a.left, a.left], [a.right, a.right], [a.left, a.right]);
      else {
        const found = leafContact(pieces, a, a, edges);
        if (found) return found;
      }
    } else if (a.left && a.right && (a.reach >= b.reach || !b.left)) stack.push([a.left, b], [a.right, b]);
    else if (b.left && b.right) stack.push([a, b.left], [a, b.right]);
    else {
      const found = leafContact(pieces, a, b, edges);
      if (found) return found;
    }
  }
  return undefined;
}

function leafContact(pieces: readonly Piece[], a: Ball, b: Ball, edges: number): readonly [Piece, Piece] | undefined {
  for (let i = a.low; i < a.high; i++) {
    for (let k = a === b ? i + 1 : b.low; k < b.high; k++) {
      const p = pieces[i];
      const q = pieces[k];
      if (p && q && clash(p, q, edges)) return [p, q];
    }
  }
  return undefined;
}

function clash(p: Piece, q: Piece, edges: number): boolean {
  if (p.edge === q.edge) return false;
  const pThenQ = q.edge === (p.edge + 1) % edges;
  const qThenP = p.edge === (q.edge + 1) % edges;
  if (pThenQ && p.endsAtCorner && q.startsAtCorner) return folds(p, q);
  if (qThenP && q.endsAtCorner && p.startsAtCorner) return folds(q, p);
  if (surelyApart(p, q, 2 * TOUCHING_METRES)) return false;
  return (
    piecesCross(p, q) || touches(p.start, q) || touches(p.finish, q) || touches(q.start, p) || touches(q.finish, p)
  );
}

/** Two pieces that share a corner: true when the second runs back over the first. */
const folds = (p: Piece, q: Piece): boolean => touches(q.finish, p) || touches(p.start, q);

const touches = (point: Point, piece: Piece): boolean =>
  nearestOnPiece(point, piece, TOUCHING_METRES).metres < TOUCHING_METRES;

/** Small rings in the plane, where a walk's area of a few square metres would drown in the ellipsoid's. */
function areaOf(corners: readonly Point[], tree: Ball): number {
  if (tree.reach > 0.01) return signedArea(corners);
  const origin = corners[0] ?? { lat: 0, lon: 0 };
  const flat = corners.map((corner) => {
    const to = bearing(origin, corner);
    const angle = (to.leaving * Math.PI) / 180;
    return { x: to.metres * Math.sin(angle), y: to.metres * Math.cos(angle) };
  });
  return flat.reduce((sum, p, i) => {
    const q = flat[(i + 1) % flat.length] ?? p;
    return sum + (p.x * q.y - q.x * p.y) / 2;
  }, 0);
}

/** The boundary's ball holds the inside as well while it is clearly less than half the Earth; else the whole Earth. */
const capOver = (tree: Ball): Cap => ({ centre: tree.centre, reach: tree.reach < 1.4 ? tree.reach : Math.PI });
