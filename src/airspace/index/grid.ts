/**
 * Which cells of a grid of nearly square cells × time buckets a cap of the Earth touches. Rows follow latitude, each
 * row has as many columns as its girth allows, so that poles and the antimeridian are cells like any other. Pure.
 */
import type { Cap } from '../geometry/prepare.ts';

export interface Grid {
  /** Radians from row to row. */
  readonly row: number;
  readonly rows: number;
  readonly columns: Int32Array;
  readonly first: Float64Array;
  readonly cells: number;
  readonly bucketMs: number;
}

const MEAN_RADIUS = 6_371_008.8;

export function makeGrid(cellMetres: number, bucketMs: number): Grid {
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
  return { row, rows, columns, first, cells, bucketMs };
}

/** Rows and buckets touched, and the half width in longitude; `count` cells at most. */
export interface Cover {
  readonly lowRow: number;
  readonly highRow: number;
  readonly lon: number;
  /** Radians either side of `lon`; π or more is the whole row. */
  readonly half: number;
  readonly lowBucket: number;
  readonly highBucket: number;
  readonly count: number;
}

/** The cells within `margin` radians of a cap and between two instants. */
export function cover(grid: Grid, cap: Cap, margin: number, start: number, end: number): Cover {
  const reach = cap.reach + margin;
  const fromPole = Math.acos(Math.max(-1, Math.min(1, cap.centre[2])));
  const clampRow = (angle: number): number => Math.max(0, Math.min(grid.rows - 1, Math.floor(angle / grid.row)));
  const lowRow = clampRow(fromPole - reach);
  const highRow = clampRow(fromPole + reach);
  const poleInside = fromPole - reach <= 0 || fromPole + reach >= Math.PI;
  const half = poleInside ? Math.PI : Math.asin(Math.min(1, Math.sin(reach) / Math.sin(fromPole))) + 1e-9;
  const lowBucket = Math.floor(start / grid.bucketMs);
  const highBucket = Math.floor(end / grid.bucketMs);
  const perRow = Math.min(2 * Math.PI, 2 * half) / grid.row + 2;
  const count = (highRow - lowRow + 1) * perRow * (highBucket - lowBucket + 1);
  return {
    lowRow,
    highRow,
    lon: Math.atan2(cap.centre[1], cap.centre[0]) + Math.PI,
    half,
    lowBucket,
    highBucket,
    count,
  };
}

/** Calls back with the key of each cell × bucket of a cover. */
export function eachCell(grid: Grid, at: Cover, visit: (key: number) => void): void {
  for (let row = at.lowRow; row <= at.highRow; row++) {
    const columns = grid.columns[row] ?? 1;
    const width = (2 * Math.PI) / columns;
    const low = Math.floor((at.lon - at.half) / width);
    const high = Math.min(low + columns - 1, Math.floor((at.lon + at.half) / width));
    for (let column = low; column <= high; column++) {
      const cell = (grid.first[row] ?? 0) + (((column % columns) + columns) % columns);
      for (let bucket = at.lowBucket; bucket <= at.highBucket; bucket++) visit(bucket * grid.cells + cell);
    }
  }
}
