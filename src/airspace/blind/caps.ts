/** What one declaration may ask for, and what it costs: its cells. A refusal names the cap. Pure. */
import { Problem } from '../../core/index.ts';
import { signedArea } from '../geometry/geodesic.ts';
import type { Volume4D } from '../model.ts';
import { OVER_CAP } from '../problems.ts';
import type { RuleSet } from '../rules/model.ts';
import { type Cell, cellsOf, type Raster } from './cells.ts';

const refuse = (field: string, detail: string): never => {
  throw new Problem(OVER_CAP, detail, { where: field, params: { field } });
};

/** The cells of a declaration within the caps; throws airspace/over-cap. */
export function capped(rules: RuleSet, raster: Raster, volumes: readonly Volume4D[], now: number): Cell[] {
  const { caps } = rules;
  if (volumes.length === 0) refuse('volumes', 'a declaration has at least one volume');
  if (volumes.length > caps.volumes) refuse('volumes', `at most ${caps.volumes} volumes`);
  const corners = volumes.reduce((sum, { outline }) => sum + (outline.polygon?.length ?? 1), 0);
  if (corners > caps.corners) refuse('volumes', `at most ${caps.corners} corners`);
  const area = volumes.reduce((sum, { outline }) => sum + squareKilometres(outline), 0);
  if (area > caps.squareKilometres) refuse('volumes', `at most ${caps.squareKilometres} square kilometres in all`);
  for (const [i, volume] of volumes.entries()) {
    const height = volume.altitudeUpperMetres - volume.altitudeLowerMetres;
    if (height > caps.heightMetres) refuse(`volumes[${i}]`, `at most ${caps.heightMetres} metres of height`);
    if (volume.end - volume.start > caps.durationMinutes * 60_000) {
      refuse(`volumes[${i}]`, `at most ${caps.durationMinutes} minutes long`);
    }
    if (volume.end > now + caps.horizonHours * 3_600_000)
      refuse(`volumes[${i}]`, `at most ${caps.horizonHours} hours ahead`);
    if (volume.end <= now) refuse(`volumes[${i}]`, 'is already over');
  }
  const cells = cellsOf(raster, volumes, caps.cellsPerDay);
  return cells ?? refuse('volumes', `more than the day's ${caps.cellsPerDay} cells`);
}

const squareKilometres = (outline: Volume4D['outline']): number =>
  (outline.circle ? Math.PI * outline.circle.radiusMetres ** 2 : Math.abs(signedArea(outline.polygon))) / 1e6;
