/**
 * Which cells of a grid of nearly square cells a cap of the Earth touches. Rows follow latitude, each row has as many
 * columns as its girth allows, so that poles and the antimeridian are cells like any other. Pure.
 */
import type { Direction } from '../geometry/geodesic.ts';
import type { Cap } from '../geometry/prepare.ts';

export interface Grid {
  /** Radians from row to row. */
  readonly row: number;
  readonly rows: number;
  readonly columns: Int32Array;
  readonly first: Float64Array;
  readonly cells: number;
}

const MEAN_RADIUS = 6_371_008.8;

export function makeGrid(cellMetres: number): Grid {
  const rows = Math.ceil(Math.PI / (cellMetres / MEAN_RADIUS));
  const row = Math.PI / rows;
  const columns = new Int32Array(rows);
  const first = new Float64Array(rows);
  let cells = 0;
  for (let i = 0; i < rows; i++) {
    const girth = Math.max(Math.sin(i * row), Math.sin((i + 1) * row));
    columns[i] = Math.max(1, Math.floor((2 * Math.PI * girth) / row));
    first[i] = cells;
    cells += columns[i] ?? 1;
  }
  return { row, rows, columns, first, cells };
}

/** Rows touched, and the half width in longitude; `count` cells at most. */
export interface Cover {
  readonly lowRow: number;
  readonly highRow: number;
  readonly lon: number;
  /** Radians either side of `lon`; π or more is the whole row. */
  readonly half: number;
  readonly count: number;
}

const fromPoleOf = (direction: Direction): number => Math.acos(Math.max(-1, Math.min(1, direction[2])));
const lonOf = (direction: Direction): number => Math.atan2(direction[1], direction[0]) + Math.PI;
const rowAt = (grid: Grid, fromPole: number): number =>
  Math.max(0, Math.min(grid.rows - 1, Math.floor(fromPole / grid.row)));

/** The cell that a point lies in. */
export function cellOf(grid: Grid, point: Direction): number {
  const row = rowAt(grid, fromPoleOf(point));
  const columns = grid.columns[row] ?? 1;
  return (grid.first[row] ?? 0) + (Math.floor((lonOf(point) / 2 / Math.PI) * columns) % columns);
}

// Rounding of an angle near a pole, where the arc cosine is steep.
const ROUNDING = 3e-8;

/** The cells within `margin` radians of a cap. */
export function cover(grid: Grid, cap: Cap, margin: number): Cover {
  const reach = cap.reach + margin + ROUNDING;
  const fromPole = fromPoleOf(cap.centre);
  const lowRow = rowAt(grid, fromPole - reach);
  const highRow = rowAt(grid, fromPole + reach);
  const poleInside = fromPole - reach <= 0 || fromPole + reach >= Math.PI;
  const half = poleInside ? Math.PI : Math.asin(Math.min(1, Math.sin(reach) / Math.sin(fromPole))) + ROUNDING;
  const perRow = Math.min(2 * Math.PI, 2 * half) / grid.row + 2;
  return { lowRow, highRow, lon: lonOf(cap.centre), half, count: (highRow - lowRow + 1) * perRow };
}

/** Calls back with each cell of a cover. */
export function eachCell(grid: Grid, at: Cover, visit: (cell: number) => void): void {
  for (let row = at.lowRow; row <= at.highRow; row++) {
    const columns = grid.columns[row] ?? 1;
    const first = grid.first[row] ?? 0;
    const width = (2 * Math.PI) / columns;
    const low = Math.floor((at.lon - at.half) / width);
    const high = Math.min(low + columns - 1, Math.floor((at.lon + at.half) / width));
    for (let column = low; column <= high; column++) visit(first + (((column % columns) + columns) % columns));
  }
}
