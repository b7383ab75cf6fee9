import { describe, expect, it } from 'vitest';
import { parseCoordinate } from './coordinates.ts';

describe('a coordinate', () => {
  it.each([
    ['36.2021, 37.1343', 36.2021, 37.1343],
    ['36.2021 37.1343', 36.2021, 37.1343],
    ['-33.5; 151.2', -33.5, 151.2],
    ['36.2021N 37.1343E', 36.2021, 37.1343],
    ['33.5 S, 70.6 W', -33.5, -70.6],
    ['36°12\'07.56"N 37°08\'03.48"E', 36.2021, 37.1343],
    ['36° 12′ 07.56″ N, 37° 08′ 03.48″ E', 36.2021, 37.1343],
    ['37S CA 32269 07977', 36.2021, 37.1343],
    ['37SCA3226907977', 36.2021, 37.1343],
  ])('%s', (text, lat, lon) => {
    const point = parseCoordinate(text);
    expect(point?.lat).toBeCloseTo(lat, 4);
    expect(point?.lon).toBeCloseTo(lon, 4);
  });

  it.each(['', 'Aleppo', '91, 10', '36, 181', '36°61\'00"N 37°00\'00"E', '99ZZZ1234', '1,2,3'])(
    '%j is none',
    (text) => {
      expect(parseCoordinate(text)).toBeUndefined();
    },
  );
});
