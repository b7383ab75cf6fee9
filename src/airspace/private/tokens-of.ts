/**
 * A declaration as a set of cells for the private mode: every cell within half of each minimum. Two volumes nearer
 * than the minima then share the cell of the point midway between them, so none is missed. Pure.
 */

import { type Cell, cellsNear, type Raster } from '../blind/cells.ts';
import type { Volume4D } from '../model.ts';
import { largestMinima, type RuleSet } from '../rules/model.ts';

export const tokenOf = ({ square, band, slot }: Cell): string => `${square}/${band}/${slot}`;

/** Cells of the volumes widened by half the largest minima; undefined when they are more than `most`. */
export function tokensOf(
  rules: RuleSet,
  raster: Raster,
  volumes: readonly Volume4D[],
  most: number,
): string[] | undefined {
  const minima = largestMinima(rules);
  const half = {
    horizontalMetres: minima.horizontalMetres / 2,
    verticalMetres: minima.verticalMetres / 2,
    timeSeconds: minima.timeSeconds / 2,
  };
  return cellsNear(raster, volumes, half, most)?.map(tokenOf);
}
