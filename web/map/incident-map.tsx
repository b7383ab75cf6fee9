/**
 * The map of the areas with one mark an incident. Everything on it stands in the list beside it too: the map is never
 * the only way to anything.
 */
import { type GeoJSONSource, type Map as MapLibre, Marker } from 'maplibre-gl';
import { useEffect, useId, useRef } from 'react';
import type { ApiAreas, ApiIncidentLine } from '../../src/server/api/types.ts';
import { useLocale } from '../app/locale.tsx';
import { useMap } from './base-map.ts';
import styles from './incident-map.module.css';
import { markFor, spotMark } from './marks.ts';
import { groupBySpot, spread } from './spread.ts';
import { precisionCircle } from './style.ts';

const MARK_SIZE = 24;
/** Above this many marks the map shows one counted mark for each spot that has several. */
const MOST_SINGLE_MARKS = 80;

export interface IncidentMapProps {
  readonly areas: ApiAreas;
  readonly incidents: readonly ApiIncidentLine[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  /** A counted mark was opened: the ids on that spot. */
  readonly onSpot: (spot: string) => void;
  readonly colorOf: (incident: ApiIncidentLine) => string;
  readonly titleOf: (incident: ApiIncidentLine) => string;
}

export function IncidentMap({ areas, incidents, selected, onSelect, onSpot, colorOf, titleOf }: IncidentMapProps) {
  const locale = useLocale();
  const { t, formats } = locale;
  const help = useId();
  const host = useRef<HTMLDivElement>(null);
  const { map, failed } = useMap(host, areas, locale);

  useEffect(() => {
    if (!map) return;
    const many = incidents.length > MOST_SINGLE_MARKS;
    const markers = many
      ? [...groupBySpot(incidents)].map(([spot, group]) => {
          const [only] = group;
          if (group.length === 1 && only) {
            const single = markFor(only, colorOf(only), titleOf(only), only.id === selected);
            single.addEventListener('click', () => onSelect(only.id));
            return marker(map, single, only, [0, 0]);
          }
          const element = spotMark(
            formats.number(group.length),
            t('count.incidents', { n: group.length }),
            group.length,
          );
          element.addEventListener('click', () => onSpot(spot));
          return marker(map, element, only, [0, 0]);
        })
      : spread(incidents, MARK_SIZE).map(({ item, offset }) => {
          const element = markFor(item, colorOf(item), titleOf(item), item.id === selected);
          element.addEventListener('click', () => onSelect(item.id));
          return marker(map, element, item, offset);
        });
    return () => {
      for (const one of markers) one.remove();
    };
  }, [map, incidents, selected, onSelect, onSpot, colorOf, titleOf, formats, t]);

  useEffect(() => {
    if (!map) return;
    const chosen = incidents.find((incident) => incident.id === selected);
    const show = () => {
      const source = map.getSource<GeoJSONSource>('radius');
      source?.setData(precisionCircle(chosen?.point ?? null, chosen?.place.precision ?? 'region'));
    };
    if (map.isStyleLoaded()) show();
    map.on('styledata', show);
    return () => {
      map.off('styledata', show);
    };
  }, [map, incidents, selected]);

  return (
    <div className={styles.map}>
      {failed ? <p className={styles.failed}>{t('web.map.cannotDraw')}</p> : null}
      <div ref={host} className={styles.host} aria-describedby={help} dir="ltr" />
      <p id={help} className={styles.help}>
        {t('web.map.help')}
      </p>
    </div>
  );
}

function marker(
  map: MapLibre,
  element: HTMLElement,
  at: ApiIncidentLine | undefined,
  offset: readonly [number, number],
) {
  const point = at?.point ?? { lat: 0, lon: 0 };
  return new Marker({ element, offset: [offset[0], offset[1]] }).setLngLat([point.lon, point.lat]).addTo(map);
}
