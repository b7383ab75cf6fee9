/**
 * The map of the areas with one mark an incident. The only file that knows MapLibre. Everything on it stands in the
 * list beside it too: the map is never the only way to anything.
 */
import {
  AttributionControl,
  type GeoJSONSource,
  LngLatBounds,
  Map as MapLibre,
  Marker,
  NavigationControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { useEffect, useId, useRef, useState } from 'react';
import type { Lang } from '../../src/core/index.ts';
import type { ApiAreas, ApiIncidentLine } from '../../src/server/api/types.ts';
import { type Locale, useLocale } from '../app/locale.tsx';
import type { Translate } from '../app/messages.ts';
import styles from './incident-map.module.css';
import { markFor, spotMark } from './marks.ts';
import { groupBySpot, spread } from './spread.ts';
import { type Colours, mapFont, mapStyle, precisionCircle, readColours } from './style.ts';

setWorkerUrl(workerUrl);

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

/** How long the map waits for the page's font before it draws names with another. */
const FONT_WAIT_MS = 2_000;

/** The names are drawn from the font once and kept, so the font must be there first. */
async function fontReady(lang: Lang): Promise<void> {
  const loaded = document.fonts.load(`16px "${mapFont(lang)}"`, lang === 'ar' ? 'حلب' : 'Aa Яя');
  await Promise.race([loaded, new Promise((done) => setTimeout(done, FONT_WAIT_MS))]).catch(() => {});
}

/** Makes the map once per language and areas; follows the theme. */
function useMap(host: React.RefObject<HTMLDivElement | null>, areas: ApiAreas, locale: Locale) {
  const [map, setMap] = useState<MapLibre | null>(null);
  const [failed, setFailed] = useState(false);
  const { lang, t } = locale;
  useEffect(() => {
    const container = host.current;
    if (!container) return;
    const colours = readColours(container);
    let made: MapLibre | undefined;
    let gone = false;
    const restyle = () => made?.setStyle(mapStyle(areas, lang, colours));
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const theme = new MutationObserver(restyle);
    fontReady(lang).then(() => {
      if (gone) return;
      try {
        made = makeMap(container, areas, lang, t, colours);
      } catch {
        // No WebGL here: the list holds everything, and the page says so.
        setFailed(true);
        return;
      }
      scheme.addEventListener('change', restyle);
      theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
      setMap(made);
    });
    return () => {
      gone = true;
      scheme.removeEventListener('change', restyle);
      theme.disconnect();
      setMap(null);
      made?.remove();
    };
  }, [host, areas, lang, t]);
  return { map, failed };
}

function makeMap(container: HTMLElement, areas: ApiAreas, lang: Lang, t: Translate, colours: Colours): MapLibre {
  const [west, south, east, north] = areas.bbox;
  const map = new MapLibre({
    container,
    style: mapStyle(areas, lang, colours),
    bounds: new LngLatBounds([west, south], [east, north]),
    fitBoundsOptions: { padding: 26 },
    maxBounds: [west - 4, south - 3, east + 4, north + 3],
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: true,
    attributionControl: false,
    locale: {
      'Map.Title': t('web.map.label'),
      'NavigationControl.ZoomIn': t('web.map.zoomIn'),
      'NavigationControl.ZoomOut': t('web.map.zoomOut'),
      'CooperativeGesturesHandler.WindowsHelpText': t('web.map.gesture'),
      'CooperativeGesturesHandler.MacHelpText': t('web.map.gesture'),
      'CooperativeGesturesHandler.MobileHelpText': t('web.map.gestureTouch'),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  const source = `<span dir="auto">${t('web.map.source')}</span>`;
  map.addControl(new AttributionControl({ compact: false, customAttribution: source }), 'bottom-left');
  return map;
}
