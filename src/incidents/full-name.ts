/**
 * A place's name with that of the city that holds it, where it is a part of one: «السكري حلب» and «حلب» may be one
 * place, «السكري» and «حلب» look like two. Pure.
 */
import type { Gazetteer } from '../places/index.ts';

const PARTS: ReadonlySet<string> = new Set(['neighbourhood', 'camp', 'site', 'street']);

/** `id` of the gazetteer and the name by which it is compared (Arabic where there is one); the name alone for what holds itself. */
export function fullName(gazetteer: Gazetteer | undefined, id: string | null, name: string | null): string | null {
  const place = id === null ? undefined : gazetteer?.byId(id);
  const holder = place && PARTS.has(place.class) && place.parent !== null ? gazetteer?.byId(place.parent) : undefined;
  const held = holder ? holder.name.ar || holder.name.en : null;
  return name === null || held === null ? name : `${name} ${held}`;
}
