/**
 * A map under a fixed cross: whoever cannot name a place moves the map until the cross stands on it. Moved by mouse,
 * finger or arrow keys. How far one has zoomed in says how exactly the place is meant.
 */
import type { GeoJSONSource } from 'maplibre-gl';
import { useEffect, useId, useRef, useState } from 'react';
import { type Point, PRECISION_RADIUS_METRES, type Precision } from '../../src/core/index.ts';
import type { ApiAreas, ApiPlaces } from '../../src/server/api/types.ts';
import { useLocale } from '../app/locale.tsx';
import { useMap } from './base-map.ts';
import styles from './place-picker.module.css';
import { precisionCircle, townLayer } from './style.ts';

export interface Picked {
  readonly point: Point;
  readonly precision: Precision;
}

interface PlacePickerProps {
  readonly areas: ApiAreas;
  readonly towns: ApiPlaces;
  readonly at: Picked | null;
  readonly onPick: (picked: Picked) => void;
}

const CLOSE_ZOOM = 11;
const DECIMALS = 1e4;

/** What a zoom is good for: nobody points at a house on a map of the country. */
const precisionAt = (zoom: number): Precision =>
  zoom < 7 ? 'district' : zoom < 9 ? 'subdistrict' : zoom < 11 ? 'town' : 'neighbourhood';

const round = (degrees: number): number => Math.round(degrees * DECIMALS) / DECIMALS;

export function PlacePicker({ areas, towns, at, onPick }: PlacePickerProps) {
  const locale = useLocale();
  const { t, lang, formats } = locale;
  const help = useId();
  const host = useRef<HTMLDivElement>(null);
  const { map, failed } = useMap(host, areas, locale);
  const [middle, setMiddle] = useState<Picked | null>(null);

  useEffect(() => {
    if (!map) return;
    const look = () => {
      const { lat, lng } = map.getCenter();
      setMiddle({ point: { lat: round(lat), lon: round(lng) }, precision: precisionAt(map.getZoom()) });
    };
    const draw = () => {
      if (map.getSource('towns')) return;
      const { source, layers } = townLayer(towns, lang, host.current);
      map.addSource('towns', source);
      for (const layer of layers) map.addLayer(layer);
    };
    // A style that is still loading takes no source; once it rests it does, and a change of theme asks again.
    if (map.isStyleLoaded()) draw();
    map.on('idle', draw);
    map.on('moveend', look);
    look();
    return () => {
      map.off('idle', draw);
      map.off('moveend', look);
    };
  }, [map, towns, lang]);

  // Shows what was chosen from the list, or taken here before.
  useEffect(() => {
    if (!map) return;
    const show = () =>
      map.getSource<GeoJSONSource>('radius')?.setData(precisionCircle(at?.point ?? null, at?.precision ?? 'region'));
    if (map.isStyleLoaded()) show();
    else map.once('idle', show);
    map.on('styledata', show);
    if (at) map.jumpTo({ center: [at.point.lon, at.point.lat], zoom: Math.max(map.getZoom(), CLOSE_ZOOM) });
    return () => {
      map.off('styledata', show);
      map.off('idle', show);
    };
  }, [map, at]);

  return (
    <div className={styles.picker}>
      <div className={styles.frame} dir="ltr">
        {failed ? <p className={styles.failed}>{t('web.map.cannotDraw')}</p> : null}
        <div ref={host} className={styles.host} aria-describedby={help} />
        <span className={styles.cross} aria-hidden="true" />
      </div>
      <p id={help} className={styles.help}>
        {t('web.report.map.help')}
      </p>
      {middle && !failed ? (
        <button type="button" className={styles.take} onClick={() => onPick(middle)}>
          {t('web.report.map.take', {
            km: formats.number(Math.max(1, Math.round(PRECISION_RADIUS_METRES[middle.precision] / 1_000))),
          })}
        </button>
      ) : null}
    </div>
  );
}
