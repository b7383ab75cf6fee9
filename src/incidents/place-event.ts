/**
 * An event that names its place and gives no point → the same event with the gazetteer's point and precision. What the
 * gazetteer does not know, or doubts, stays a name. A stated precision that is coarser is kept. Pure.
 */
import { isCoarser, isLang } from '../core/index.ts';
import { type Gazetteer, resolvePlace } from '../places/index.ts';
import type { LinkEvent } from './model.ts';

const SURE = 0.5;

export function placeEvent(event: LinkEvent, gazetteer: Gazetteer, lang: string): LinkEvent {
  if (event.lat !== null || event.placeText === null || event.precision === 'country') return event;
  const found = resolvePlace(gazetteer, event.placeText, isLang(lang) ? { lang } : {});
  const { point, precision, radiusMetres, confidence } = found;
  if (point === null || precision === null || precision === 'country' || confidence < SURE) return event;
  const stated = event.precision;
  // An unlisted name placed in the area around it is a name first: the area would make it neighbour to everything there.
  if (found.found === 'area' && stated !== null && isCoarser(precision, stated)) return event;
  const coarser = stated !== null && isCoarser(stated, precision) ? stated : precision;
  return {
    ...event,
    lat: point.lat,
    lon: point.lon,
    precision: coarser,
    radius: coarser === precision ? radiusMetres : event.radius,
  };
}
