/** The map that others draw on: areas, names, no outside host. Made once per language; follows the theme. Only this folder knows MapLibre. */
import { AttributionControl, LngLatBounds, Map as MapLibre, NavigationControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { useEffect, useState } from 'react';
import type { Lang } from '../../src/core/index.ts';
import type { ApiAreas } from '../../src/server/api/types.ts';
import type { Locale } from '../app/locale.tsx';
import type { Translate } from '../app/messages.ts';
import { type Colours, mapFont, mapStyle, readColours } from './style.ts';

setWorkerUrl(workerUrl);

/** How long the map waits for the page's font before it draws names with another. */
const FONT_WAIT_MS = 2_000;

/** The names are drawn from the font once and kept, so the font must be there first. */
async function fontReady(lang: Lang): Promise<void> {
  const loaded = document.fonts.load(`16px "${mapFont(lang)}"`, lang === 'ar' ? 'حلب' : 'Aa Яя');
  await Promise.race([loaded, new Promise((done) => setTimeout(done, FONT_WAIT_MS))]).catch(() => {});
}

/** Makes the map once per language and areas; follows the theme. */
export function useMap(host: React.RefObject<HTMLDivElement | null>, areas: ApiAreas, locale: Locale) {
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
