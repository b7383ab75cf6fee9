import { readFileSync } from 'node:fs';
import { createGazetteer, type Gazetteer, loadShippedGazetteer, type Place } from '../../src/places/index.ts';
export function withAdm4(path: string): Gazetteer {
  const shipped = loadShippedGazetteer();
  const rows: Place[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n').slice(1)) {
    const c = line.match(/("([^"]*)"|[^,]*)(,|$)/g)?.map((x) => x.replace(/,$/, '').replace(/^"|"$/g, '')) ?? [];
    const [id, en, , ar, , lat, lon] = c;
    if (!id || !lat || !lon) continue;
    const point = { lat: Number(lat), lon: Number(lon) };
    const area = shipped.governorateAt(point)?.id ?? null;
    const names = [ar ? { lang: 'ar' as const, form: ar } : null, en ? { lang: 'en' as const, form: en } : null].filter(
      (x) => x !== null,
    );
    rows.push({
      id: `pc:${id}`,
      class: 'village',
      name: { ar: ar || en || '', en: en || '', ru: en || '' },
      names,
      country: 'SY',
      area,
      parent: area,
      point,
      precision: 'town',
      population: 0,
    });
  }
  return createGazetteer([...shipped.places, ...rows]);
}
