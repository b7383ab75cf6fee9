import { describe, expect, it } from 'vitest';
import { tableOf } from './party-area.ts';

const cell = (party: string | null, area: string | null, today: number, before: number) => ({
  party,
  area,
  today,
  before,
});

describe('the table of parties and areas', () => {
  it('keeps what only the day before had, and drops what neither day had', () => {
    const table = tableOf(
      [
        cell('south', 'east', 0, 2),
        cell('north', 'west', 3, 1),
        cell('raiders', 'west', 0, 0),
        cell(null, 'west', 1, 0),
      ],
      ['north', 'south', 'raiders'],
      ['east', 'west'],
    );
    expect(table.parties).toEqual(['north', 'south', null]);
    expect(table.rows.map((row) => row.area)).toEqual(['west', 'east']);
    expect(table.rows[0]?.cells).toEqual([
      cell('north', 'west', 3, 1),
      cell('south', 'west', 0, 0),
      cell(null, 'west', 1, 0),
    ]);
  });

  it('puts what has no area last, and an unknown party before "not said"', () => {
    const table = tableOf([cell(null, null, 9, 0), cell('stranger', 'west', 1, 0)], ['north'], ['west']);
    expect(table.parties).toEqual(['stranger', null]);
    expect(table.rows.map((row) => row.area)).toEqual(['west', null]);
  });
});
