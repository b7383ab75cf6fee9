/**
 * A declaration on the coarse grid: the list of cells (place × band × slot) that its own volumes touch, in a fixed
 * order that both the party and the arbiter can work out. Conflicts are told as bits over that list. Pure.
 */
import type { Point } from '../../core/index.ts';
import { metresOfHeight, millisecondsBetween, type Prepared } from '../conflict.ts';
import { metresBetweenShapes } from '../geometry/distance.ts';
import { INNER_RADIUS } from '../geometry/geodesic.ts';
import { isFault, prepareShape, type Shape } from '../geometry/prepare.ts';
import { boundDistance } from '../geometry/quick.ts';
import { cover, eachCell, type Grid, makeGrid } from '../index/grid.ts';
import { type Minima, TOUCHING_METRES, type Volume4D } from '../model.ts';
import type { CoarseGrid } from '../rules/model.ts';

export interface Cell {
  /** Number of the square on the grid's map. */
  readonly square: number;
  readonly band: number;
  readonly slot: number;
}

export interface Raster {
  readonly rule: CoarseGrid;
  readonly grid: Grid;
  readonly slotMs: number;
  /** Squares met so far, as shapes. */
  readonly shapes: Map<number, Shape>;
}

export function makeRaster(rule: CoarseGrid): Raster {
  const slotMs = rule.slotMinutes * 60_000;
  return { rule, grid: makeGrid(rule.cellMetres), slotMs, shapes: new Map() };
}

const POLAR_COLUMNS = 8;
const FLATTENED = (1 - 1 / 298.257223563) ** 2;
const DEGREES = 180 / Math.PI;

/** The outline of a square: four corners and the middles of its sides; a disc where the rows close round a pole. */
export function shapeOfSquare(raster: Raster, square: number): Shape {
  const known = raster.shapes.get(square);
  if (known) return known;
  const { grid } = raster;
  let row = 0;
  while (row + 1 < grid.rows && (grid.first[row + 1] ?? Number.POSITIVE_INFINITY) <= square) row += 1;
  const columns = grid.columns[row] ?? 1;
  const shape = columns <= POLAR_COLUMNS ? polarDisc(grid, row) : ringOfSquare(grid, row, square, columns);
  raster.shapes.set(square, shape);
  return shape;
}

function polarDisc(grid: Grid, row: number): Shape {
  const north = row * 2 < grid.rows;
  const rows = north ? row + 1 : grid.rows - row;
  const circle = { lat: north ? 90 : -90, lon: 0, radiusMetres: rows * grid.row * 6_378_137 };
  return solid(prepareShape({ circle }));
}

function ringOfSquare(grid: Grid, row: number, square: number, columns: number): Shape {
  const column = square - (grid.first[row] ?? 0);
  const lon = (steps: number): number => ((column + steps) / columns) * 360 - 180;
  const lat = (steps: number): number => {
    const fromPole = Math.min(Math.PI - 1e-9, Math.max(1e-9, (row + steps) * grid.row));
    return Math.atan(Math.tan(Math.PI / 2 - fromPole) / FLATTENED) * DEGREES;
  };
  const corners: Point[] = [
    [0, 0],
    [0, 0.5],
    [0, 1],
    [0.5, 1],
    [1, 1],
    [1, 0.5],
    [1, 0],
    [0.5, 0],
  ].map(([down = 0, across = 0]) => ({ lat: lat(down), lon: lon(across) }));
  return solid(prepareShape({ polygon: corners }));
}

function solid(shape: ReturnType<typeof prepareShape>): Shape {
  if (isFault(shape)) throw new Error(`a square of the grid is no outline: ${shape.reason}`);
  return shape;
}

/** The cells that volumes touch, without repetitions, in order of square, band and slot; at most `most` of them. */
export const cellsOf = (raster: Raster, volumes: readonly Volume4D[], most: number): Cell[] | undefined =>
  cellsNear(raster, volumes, { horizontalMetres: 1, verticalMetres: 0, timeSeconds: 0 }, most);

/** The cells within a margin of volumes. Undefined when there are more than `most`. */
export function cellsNear(
  raster: Raster,
  volumes: readonly Volume4D[],
  margin: Minima,
  most: number,
): Cell[] | undefined {
  const found = new Map<string, Cell>();
  const reach = (margin.horizontalMetres + 1) / INNER_RADIUS;
  for (const volume of volumes) {
    const shape = solid(prepareShape(volume.outline));
    const at = cover(raster.grid, shape.cap, reach);
    if (at.count > 4 * most) return undefined;
    const squares: number[] = [];
    eachCell(raster.grid, at, (square) => {
      if (isNearer(shapeOfSquare(raster, square), shape, margin.horizontalMetres)) squares.push(square);
    });
    const [low, high] = bandsOf(raster, volume, margin.verticalMetres);
    const [first, last] = slotsOf(raster, volume, margin.timeSeconds * 1000);
    if (squares.length * (high - low + 1) * (last - first + 1) > most) return undefined;
    for (const square of squares) {
      for (let band = low; band <= high; band++) {
        for (let slot = first; slot <= last; slot++) found.set(`${square}/${band}/${slot}`, { square, band, slot });
      }
    }
    if (found.size > most) return undefined;
  }
  return [...found.values()].sort((a, b) => a.square - b.square || a.band - b.band || a.slot - b.slot);
}

const bandsOf = ({ rule }: Raster, volume: Volume4D, margin: number): [number, number] => [
  Math.floor((volume.altitudeLowerMetres - margin) / rule.bandMetres),
  Math.floor((volume.altitudeUpperMetres + margin) / rule.bandMetres),
];
const slotsOf = ({ slotMs }: Raster, volume: Volume4D, margin: number): [number, number] => [
  Math.floor((volume.start - margin) / slotMs),
  Math.floor((volume.end + margin) / slotMs),
];

/** Which of its own cells another's volumes come too near to: indices into `cells`. Never leaves one out. */
export function touchedCells(
  raster: Raster,
  cells: readonly Cell[],
  own: readonly Volume4D[],
  others: readonly Prepared[],
  minima: Minima,
): number[] {
  const nearBySquare = new Map<number, readonly Volume4D[]>();
  const nearTo = (square: number): readonly Volume4D[] => {
    const known = nearBySquare.get(square);
    if (known) return known;
    const near = others
      .filter(({ shape }) => isNearer(shapeOfSquare(raster, square), shape, minima.horizontalMetres))
      .map(({ volume }) => volume);
    nearBySquare.set(square, near);
    return near;
  };
  const isNear = (cell: Cell): boolean => {
    const box = boxOf(raster, cell);
    return nearTo(cell.square).some(
      (other) =>
        metresOfHeight(box, other) < minima.verticalMetres - TOUCHING_METRES &&
        millisecondsBetween(box, other) < minima.timeSeconds * 1000 &&
        own.some((volume) => metresOfHeight(box, volume) === 0 && millisecondsBetween(box, volume) === 0),
    );
  };
  return cells.flatMap((cell, i) => (isNear(cell) ? [i] : []));
}

/** Nearer than a limit: by the proved bounds where they suffice, else exactly. */
function isNearer(cell: Shape, shape: Shape, limit: number): boolean {
  const bounds = cell.flat && shape.flat && boundDistance(cell.flat, shape.flat);
  if (bounds && bounds.high < limit) return true;
  if (bounds && bounds.low >= limit) return false;
  return metresBetweenShapes(cell, shape, limit) < limit;
}

/** The height and time of a cell. */
export function boxOf({ rule, slotMs }: Raster, { band, slot }: Cell) {
  return {
    altitudeLowerMetres: band * rule.bandMetres,
    altitudeUpperMetres: (band + 1) * rule.bandMetres,
    start: slot * slotMs,
    end: (slot + 1) * slotMs,
  };
}

/** Bits over a list of cells, base64: as long as the list asks for, whatever is set. */
export function bitmap(length: number, set: Iterable<number>): string {
  const bytes = new Uint8Array(Math.ceil(length / 8));
  for (const i of set) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  return Buffer.from(bytes).toString('base64');
}
