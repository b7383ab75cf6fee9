/**
 * The labelled example. The separation agreed in 2015 was never published; nothing here is it, and nobody signed this.
 * It exists so that the program can be tried, and says so on every page.
 */
import type { RuleSet } from './model.ts';

export const EXAMPLE_RULES: RuleSet = {
  rules: 1,
  name: 'EXAMPLE - agreed by nobody',
  version: 1,
  example: true,
  validFrom: '2016-01-01T00:00:00Z',
  parties: [
    { id: 'alpha', name: 'Alpha', publicKey: '' },
    { id: 'bravo', name: 'Bravo', publicKey: '' },
  ],
  minima: [
    { between: ['manned', 'manned'], horizontalMetres: 9_260, verticalMetres: 300, timeSeconds: 300 },
    { between: ['manned', 'unmanned'], horizontalMetres: 9_260, verticalMetres: 600, timeSeconds: 300 },
    { between: ['unmanned', 'unmanned'], horizontalMetres: 5_000, verticalMetres: 300, timeSeconds: 300 },
    { between: ['manned', 'tanker_track'], horizontalMetres: 18_520, verticalMetres: 600, timeSeconds: 600 },
  ],
  grid: { cellMetres: 20_000, bandMetres: 300, slotMinutes: 30 },
  caps: {
    squareKilometres: 5_000,
    heightMetres: 3_000,
    durationMinutes: 360,
    horizonHours: 72,
    volumes: 50,
    corners: 500,
    minimumLifetimeMinutes: 30,
    cellsPerDay: 20_000,
  },
  levels: { cautionMinutes: 120, warningMinutes: 20 },
  escalateSeconds: 60,
  staleSeconds: 15,
  eraseAfterHours: 24,
  epochMinutes: 15,
  testCallMinutes: 480,
  radio: [
    { use: 'common', frequencyMhz: 123.1, fallback: false },
    { use: 'guard', frequencyMhz: 121.5, fallback: true },
  ],
  signatures: [],
};
