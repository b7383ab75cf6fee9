import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeWith, shared, sharedPath } from '../../../test/support/needs.ts';
import { prepared } from '../dss/registry.ts';
import { metresBetween } from '../geometry/geodesic.ts';
import { HotIndex } from '../index/hot-index.ts';
import { type Position, volumesAlong } from './along.ts';

const FOOT = 0.3048;
const MINIMA = { horizontalMetres: 5 * 1852, verticalMetres: 1_000 * FOOT, timeSeconds: 1 };

type Row = Record<string, unknown>;
function rowsOf(file: string): Row[] {
  const data = JSON.parse(gunzipSync(readFileSync(sharedPath(`data/flight/${file}`))).toString('utf8')) as
    | Row[]
    | Record<string, Row>;
  if (Array.isArray(data)) return data;
  return Object.keys(data.timestamp ?? {}).map((i) =>
    Object.fromEntries(Object.entries(data).map(([name, column]) => [name, column[i]])),
  );
}
const isPosition = (row: Row): boolean =>
  ['timestamp', 'latitude', 'longitude', 'altitude'].every((name) => typeof row[name] === 'number');
const position = (row: Row): Position => ({
  at: Number(row.timestamp),
  lat: Number(row.latitude),
  lon: Number(row.longitude),
  altitudeMetres: Number(row.altitude) * FOOT,
});

describe('a track', () => {
  const straight = Array.from({ length: 20 }, (_, i) => ({
    at: i * 10_000,
    lat: 47 + i * 0.02,
    lon: 8,
    altitudeMetres: 10_000,
  }));

  it('is held by its volumes, each position in one', () => {
    const { volumes, flags } = volumesAlong(straight, 60_000);
    expect(flags).toEqual([]);
    for (const at of straight) {
      const held = volumes.some(
        ({ outline, start, end }) =>
          at.at >= start &&
          at.at <= end &&
          outline.circle &&
          metresBetween(outline.circle, at) <= outline.circle.radiusMetres,
      );
      expect(held).toBe(true);
    }
    expect(Math.max(...volumes.map((volume) => volume.end - volume.start))).toBeLessThanOrEqual(60_000);
  });

  it('is flagged where its clock stands still or it flies what nothing flies', () => {
    const broken = straight.map((at, i) => (i === 9 ? { ...at, at: 80_000 } : i === 15 ? { ...at, lat: 50 } : at));
    const { flags } = volumesAlong(broken, 60_000);
    expect(flags.map(({ index, reason }) => `${index} ${reason}`)).toEqual(['9 clock', '15 speed', '16 speed']);
  });
});

describeWith([shared('data/flight')], 'real tracks', () => {
  it('the close pairs over Switzerland are all found from volumes drawn along the tracks', () => {
    const flights = new Map<string, Position[]>();
    const byTime = new Map<number, { aircraft: string; at: Position }[]>();
    for (const row of rowsOf('traffic_switzerland.json.gz').filter(isPosition)) {
      const aircraft = String(row.icao24);
      const flight = `${aircraft} ${row.callsign}`;
      const at = position(row);
      flights.set(flight, [...(flights.get(flight) ?? []), at]);
      if (at.altitudeMetres > 10_000 * FOOT)
        byTime.set(at.at, [...(byTime.get(at.at) ?? []), { aircraft: flight, at }]);
    }
    const close = new Set<string>();
    for (const together of byTime.values()) {
      together.forEach((a, i) => {
        for (const b of together.slice(i + 1)) {
          if (a.aircraft.slice(0, 6) === b.aircraft.slice(0, 6)) continue;
          // In feet, as they were given: in metres 1,000 ft apart may round to less.
          if (Math.abs(Math.round(a.at.altitudeMetres / FOOT) - Math.round(b.at.altitudeMetres / FOOT)) >= 1_000)
            continue;
          if (metresBetween(a.at, b.at) < MINIMA.horizontalMetres)
            close.add([a.aircraft, b.aircraft].sort().join(' / '));
        }
      });
    }
    const index = new HotIndex(MINIMA);
    const flightOf = new Map<number, string>();
    const all = [...flights].flatMap(([flight, track]) => {
      const sorted = track.sort((a, b) => a.at - b.at);
      return volumesAlong(sorted, 60_000).volumes.map((volume) => ({ flight, volume: prepared(volume) }));
    });
    const found = new Set<string>();
    for (const { flight, volume } of all) {
      for (const { slot } of index.near(volume, () => MINIMA))
        found.add([flight, flightOf.get(slot) ?? ''].sort().join(' / '));
      flightOf.set(index.add(volume), flight);
    }
    expect(close.size).toBeGreaterThanOrEqual(141);
    expect([...close].filter((pair) => !found.has(pair))).toEqual([]);
    console.log(`close pairs ${close.size}, all found; pairs of volumes ${found.size}, ${all.length} volumes`);
  });

  it.each(['traffic_noisy_spoofing.json.gz', 'traffic_noisy_time_issue.json.gz'])('%s is flagged', (file) => {
    const byAircraft = new Map<string, Position[]>();
    for (const row of rowsOf(file).filter(isPosition)) {
      const aircraft = String(row.icao24);
      byAircraft.set(aircraft, [...(byAircraft.get(aircraft) ?? []), position(row)]);
    }
    const flags = [...byAircraft.values()].flatMap((track) => volumesAlong(track, 60_000).flags);
    expect(flags.filter(({ reason }) => reason === 'speed' || reason === 'clock').length).toBeGreaterThan(10);
  });
});
