/**
 * The hard preset: all that makes real reports hard to link, with known truth. Bursts, growing rumours, a wire story
 * copied 40 times, daily sum-ups, district-only reports, wrong dates, contradicting actors, twins a kilometre and
 * minutes apart, late arrivals, a source whose places are shifted, respelt names, text-only reports. Reports come out
 * in the order in which they arrive. Tests and benchmarks only.
 */
import { dayFromNumber } from '../../../src/core/index.ts';
import {
  type EventLine,
  type GeneratedReport,
  noisyActor,
  noisyDay,
  noisyKind,
  noisyPlace,
  noisyToll,
  type ReportLine,
} from './plain.ts';
import { cumulate, type Random, seededRandom } from './random.ts';
import { retouch, type TellingLang, tell } from './telling.ts';
import {
  ACTORS,
  FIRST_DAY,
  type Incident,
  makeIncident,
  makeTowns,
  scatter,
  type Town,
  type WorldSize,
} from './world.ts';

interface Source {
  readonly name: string;
  readonly lang: TellingLang;
  readonly reach: number;
  readonly habit: 'none' | 'shifted' | 'district' | 'wire' | 'precise' | 'exaggerates';
}

const SOURCES: readonly Source[] = [
  { name: 'Orient Wire', lang: 'ar', reach: 0.3, habit: 'wire' },
  { name: 'Local Council Feed', lang: 'ar', reach: 0.4, habit: 'precise' },
  { name: 'Monitor Network', lang: 'ar', reach: 0.35, habit: 'none' },
  { name: 'Daily North', lang: 'ar', reach: 0.2, habit: 'exaggerates' },
  { name: 'Euphrates Radio', lang: 'ar', reach: 0.12, habit: 'shifted' },
  { name: 'Press Desk', lang: 'en', reach: 0.2, habit: 'none' },
  { name: 'Field Bulletin', lang: 'en', reach: 0.15, habit: 'district' },
  { name: 'Вестник', lang: 'ru', reach: 0.15, habit: 'none' },
  { name: 'Центр сводок', lang: 'ru', reach: 0.12, habit: 'district' },
];

const COPIERS = Array.from({ length: 60 }, (_, i) => `site-${i + 1}`);

interface Draft extends GeneratedReport {
  readonly arrival: number;
}

export interface HardSet {
  readonly reports: readonly GeneratedReport[];
  readonly incidents: readonly Incident[];
  readonly towns: readonly Town[];
}

export function hardReports(seed: number, size: WorldSize): HardSet {
  const random = seededRandom(seed * 31 + 5);
  const place = makeTowns(random, 400, 0.04);
  const incidents = hardIncidents(random, size, place);
  const drafts: Draft[] = [];
  let n = 0;
  const id = (): string => `h${n++}`;
  const textOnly = { left: 300 };
  for (const incident of incidents) {
    const town = place.towns[incident.town];
    if (town) tellings(random, incident, town, id, textOnly, drafts);
  }
  sumUps(random, size, id, drafts);
  drafts.sort((a, b) => a.arrival - b.arrival || (a.line.id < b.line.id ? -1 : 1));
  return { reports: drafts, incidents, towns: place.towns };
}

function hardIncidents(
  random: Random,
  size: WorldSize,
  place: { readonly towns: readonly Town[]; readonly weights: readonly number[] },
): Incident[] {
  const incidents: Incident[] = [];
  const wanted = Math.round(size.incidents * 0.85);
  let burstEvery = 0;
  while (incidents.length < wanted) {
    const day = FIRST_DAY + random.int(size.days);
    const one = makeIncident(random, incidents.length, place, day);
    incidents.push(one);
    if (random.chance(0.08)) {
      incidents[incidents.length - 1] = { ...one, crowd: 'twin' };
      const near = scatter(random, one.lat, one.lon, 0.7);
      const minute = Math.min(1439, one.minute + 5 + random.int(25));
      const twin = makeIncident(random, incidents.length, place, day, one.town);
      incidents.push({ ...twin, ...near, minute, kind: one.kind, actor: one.actor, crowd: 'twin' });
    }
    if (incidents.length > (burstEvery + 1) * 400) {
      burstEvery++;
      const town = random.byWeight(place.weights);
      for (let i = 0; i < 20; i++) {
        const strike = makeIncident(random, incidents.length, place, day, town);
        incidents.push({ ...strike, kind: 'air_strike', actor: one.actor, crowd: 'burst' });
      }
    }
  }
  return incidents;
}

function tellings(
  random: Random,
  incident: Incident,
  town: Town,
  id: () => string,
  textOnly: { left: number },
  out: Draft[],
): void {
  const contested = random.chance(0.2) ? random.pick(ACTORS) : null;
  const rumour = random.chance(0.15);
  let told = 0;
  for (const source of SOURCES) {
    if (!random.chance(source.reach)) continue;
    const growth = rumour ? 1.5 ** told : source.habit === 'exaggerates' ? 1.4 : 1;
    const seen = { ...incident, killed: Math.round(incident.killed * growth) };
    if (contested && random.chance(0.5)) seen.actor = contested;
    told++;
    const late = random.chance(0.05) ? 10 + random.int(50) : 0;
    const arrival = incident.day + incident.minute / 1440 + 0.1 + random.next() * (late ? late : 1.2);
    const event = noisyEvent(random, source, seen, town, arrival);
    const day = Number.isNaN(Date.parse(event.start ?? ''))
      ? incident.day
      : Math.floor(Date.parse(event.start ?? '') / 864e5);
    const killed = event.killed?.low ?? null;
    const kind = event.type ?? incident.kind;
    const text = tell(random, source.lang, town, { kind, day, killed, injured: event.injured?.low ?? null });
    const bare = town.real && textOnly.left > 0 && random.chance(0.15);
    if (bare) textOnly.left--;
    const line: ReportLine = {
      id: id(),
      source: source.name,
      origin: null,
      lang: source.lang,
      published: stamp(arrival),
      text: bare || random.chance(0.6) ? text : null,
      event: bare ? null : event,
    };
    const noise = noiseOf(incident, source, seen, event, { bare, late: late > 0, rumour: rumour && told > 1 });
    out.push({ line, truth: incident.id, copy: false, arrival, told: event, noise });
    if (source.habit === 'wire') copies(random, line, event, text, incident.id, arrival, id, out);
  }
}

function noiseOf(
  incident: Incident,
  source: Source,
  seen: Incident,
  event: EventLine,
  { bare, late, rumour }: { readonly bare: boolean; readonly late: boolean; readonly rumour: boolean },
): string[] {
  const day = Math.floor(Date.parse(event.start ?? '') / 864e5);
  const noise: string[] = [];
  if (incident.crowd) noise.push(incident.crowd);
  if (source.habit === 'shifted') noise.push('shifted source');
  if (event.precision === 'district') noise.push('district only');
  if (Math.abs(day - incident.day) > 2) noise.push('wrong date');
  else if (day !== incident.day) noise.push('a day or two off');
  if (event.type !== incident.kind) noise.push('other kind');
  if (event.actor !== null && event.actor !== incident.actor)
    noise.push(seen.actor === incident.actor ? 'wrong actor' : 'contested actor');
  if (rumour || source.habit === 'exaggerates') noise.push('grown toll');
  if (bare) noise.push('text only');
  if (late) noise.push('late');
  return noise.length > 0 ? noise : ['none'];
}

function copies(
  random: Random,
  line: ReportLine,
  told: EventLine,
  text: string,
  truth: number,
  arrival: number,
  id: () => string,
  out: Draft[],
): void {
  const count = random.chance(1 / 60) ? 40 : random.poisson(0.25);
  const first = random.int(COPIERS.length);
  for (let i = 0; i < count; i++) {
    const at = arrival + 0.02 + 0.3 * random.next();
    const copy: ReportLine = {
      ...line,
      id: id(),
      source: COPIERS[(first + i) % COPIERS.length] ?? 'site',
      origin: random.chance(0.5) ? line.source : null,
      published: stamp(at),
      text: retouch(random, 'ar', text, line.source),
    };
    out.push({ line: copy, truth, copy: true, arrival: at, told });
  }
}

function noisyEvent(random: Random, source: Source, seen: Incident, town: Town, arrival: number): EventLine {
  const wrong = random.chance(0.04);
  const day = wrong
    ? Math.max(seen.day, Math.floor(arrival)) + (random.chance(0.5) ? 3 : -4)
    : seen.day + noisyDay(random);
  const timed = source.habit === 'precise' || random.chance(0.3);
  const minute = Math.min(1439, Math.max(0, seen.minute + Math.round(12 * random.normal())));
  const killed = noisyToll(random, seen.killed);
  return {
    type: noisyKind(random, seen.kind),
    start: timed && !wrong ? stamp(day + minute / 1440) : dayFromNumber(day),
    end: null,
    ...hardPlace(random, source, seen, town),
    place_text: respell(random, source.lang, town),
    actor: noisyActor(random, seen.actor),
    killed: killed && random.chance(0.2) ? { low: killed.low, high: null } : killed,
    injured: random.chance(0.4) ? noisyToll(random, seen.injured) : null,
    target: random.chance(0.5) ? (random.chance(0.8) ? seen.target : 'civilians') : null,
  };
}

function hardPlace(random: Random, source: Source, seen: Incident, town: Town) {
  const snap = (value: number): number => Math.round(value * 4) / 4;
  if (source.habit === 'district') return { lat: snap(town.lat), lon: snap(town.lon), precision: 'district' };
  if (source.habit === 'precise') return { ...scatter(random, seen.lat, seen.lon, 0.15), precision: 'street' };
  const place = noisyPlace(random, seen, town);
  if (source.habit === 'shifted') return { ...place, lat: place.lat + 0.03, lon: place.lon + 0.03 };
  return place;
}

function respell(random: Random, lang: TellingLang, town: Town): string {
  const name = lang === 'ar' ? town.ar : lang === 'ru' ? town.ru : town.name;
  if (!random.chance(0.3)) return name;
  if (lang === 'ar') return name.replace('ة', 'ه').replace('أ', 'ا');
  return lang === 'en' ? name.replace('al-', 'el-').replace('a', 'e') : name.replace('э', 'е');
}

function sumUps(random: Random, size: WorldSize, id: () => string, out: Draft[]): void {
  const words: readonly (readonly [TellingLang, string, (n: number) => string])[] = [
    ['ru', 'Центр сводок', (n) => `За минувшие сутки зафиксировано ${n} нарушений режима прекращения огня.`],
    ['en', 'Monitor Totals', (n) => `A total of ${n} violations of the truce were recorded in the past 24 hours.`],
    ['ar', 'لجنة الرصد', (n) => `تم تسجيل ${n} خرقا للهدنة خلال الساعات الأربع والعشرين الماضية.`],
  ];
  const kinds = cumulate([3, 1, 1]);
  for (let day = 0; day < size.days; day += 1 + random.int(4)) {
    const [lang, source, text] = words[random.byWeight(kinds)] ?? random.pick(words);
    const count = 5 + random.int(20);
    const arrival = FIRST_DAY + day + 1.3;
    const event: EventLine = {
      type: 'ceasefire_violation',
      start: dayFromNumber(FIRST_DAY + day),
      end: dayFromNumber(FIRST_DAY + day),
      lat: 35,
      lon: 38.5,
      precision: 'country',
      place_text: null,
      actor: null,
      killed: random.chance(0.3) ? { low: random.int(20), high: null } : null,
      injured: null,
      target: null,
    };
    const line = { id: id(), source, origin: null, lang, published: stamp(arrival), text: text(count), event };
    out.push({ line, truth: -1, copy: false, arrival });
  }
}

const stamp = (days: number): string => `${new Date(Math.round(days * 86_400) * 1000).toISOString().slice(0, 19)}Z`;
