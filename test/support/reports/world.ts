/**
 * The world that generated reports tell of: towns, kinds of event, actors, and incidents with known truth. Generated
 * from a seed; only tests and benchmarks use it, and the linker never sees the truth.
 */
import { cumulate, type Random } from './random.ts';

export interface Town {
  readonly name: string;
  readonly ar: string;
  readonly ru: string;
  readonly lat: number;
  readonly lon: number;
  /** A real town that a gazetteer knows, so that a text may name it. */
  readonly real: boolean;
}

/** Real Syrian towns: common knowledge, rounded to about a kilometre. */
const REAL: readonly (readonly [string, string, string, number, number])[] = [
  ['Aleppo', 'حلب', 'Алеппо', 36.2, 37.16],
  ['Idlib', 'إدلب', 'Идлиб', 35.93, 36.63],
  ['Homs', 'حمص', 'Хомс', 34.73, 36.71],
  ['Hama', 'حماة', 'Хама', 35.13, 36.75],
  ['Raqqa', 'الرقة', 'Ракка', 35.95, 39.01],
  ['Deir ez-Zor', 'دير الزور', 'Дейр-эз-Зор', 35.34, 40.14],
  ['Palmyra', 'تدمر', 'Пальмира', 34.56, 38.27],
  ['Jisr al-Shughur', 'جسر الشغور', 'Джиср-эш-Шугур', 35.81, 36.32],
  ['Maarrat al-Numan', 'معرة النعمان', 'Мааррат-эн-Нуман', 35.64, 36.67],
  ['Saraqib', 'سراقب', 'Саракиб', 35.86, 36.81],
  ['Manbij', 'منبج', 'Манбидж', 36.53, 37.95],
  ['Al-Bab', 'الباب', 'Эль-Баб', 36.37, 37.52],
  ['Azaz', 'اعزاز', 'Аазаз', 36.59, 37.05],
  ['Salamiyah', 'سلمية', 'Саламия', 35.01, 37.05],
  ['Al-Rastan', 'الرستن', 'Эр-Растан', 34.93, 36.73],
  ['Talbiseh', 'تلبيسة', 'Тальбиса', 34.84, 36.73],
];

const PARTS = ['ra', 'mel', 'ta', 'far', 'ha', 'sir', 'ka', 'bin', 'jo', 'lum', 'za', 'dir', 'ma', 'nus', 'wa', 'shi'];

export function makeTowns(random: Random, count: number, realShare = 0): { towns: Town[]; weights: number[] } {
  const towns: Town[] = [];
  for (let i = 0; i < count; i++) {
    const real = i < count * realShare ? REAL[i] : undefined;
    if (real) {
      towns.push({ name: real[0], ar: real[1], ru: real[2], lat: real[3], lon: real[4], real: true });
      continue;
    }
    const name = `${random.pick(PARTS)}${random.pick(PARTS)}${random.pick(PARTS)}-${i}`;
    const lat = 33 + 4 * random.next();
    towns.push({ name, ar: `قرية ${i}`, ru: `Село ${i}`, lat, lon: 36 + 5 * random.next(), real: false });
  }
  return { towns, weights: cumulate(towns.map((_, i) => 1 / (i + 1))) };
}

/** Twelve kinds of the contract's list in five classes. */
export const KIND_CLASSES: readonly (readonly string[])[] = [
  ['air_strike', 'chemical_allegation'],
  ['shelling', 'missile', 'ied'],
  ['ground_attack', 'small_arms', 'territory_change'],
  ['siege_or_access_denied', 'abduction_or_detention'],
  ['arms_transfer', 'protest_or_other'],
];
export const KINDS: readonly string[] = KIND_CLASSES.flat();
export const ACTORS: readonly string[] = ['government', 'opposition', 'russia', 'isis', 'nusra'];
export const TARGETS: readonly string[] = ['civilians', 'residential', 'hospital', 'school', 'market', 'combatants'];

export interface Incident {
  readonly id: number;
  readonly town: number;
  readonly lat: number;
  readonly lon: number;
  /** Whole days since 1970, and the minute of that day. */
  readonly day: number;
  readonly minute: number;
  readonly kind: string;
  readonly actor: string;
  readonly target: string;
  readonly killed: number;
  readonly injured: number;
  /** One of many strikes on one town in a day, or of two minutes and a kilometre apart. */
  readonly crowd?: 'burst' | 'twin';
}

export const KM_PER_DEGREE = 111.2;

/** A point scattered around another by a normal of `km` on each axis. */
export function scatter(random: Random, lat: number, lon: number, km: number): { lat: number; lon: number } {
  return {
    lat: lat + (km * random.normal()) / KM_PER_DEGREE,
    lon: lon + (km * random.normal()) / (KM_PER_DEGREE * Math.cos((lat * Math.PI) / 180)),
  };
}

/** Negative binomial (mean 3, dispersion 0.6): most strikes kill few, some kill many. */
export function deaths(random: Random): number {
  let rate = 0;
  // A gamma of shape 0.6 by rejection (Ahrens and Dieter), scaled to mean 3.
  for (;;) {
    const u = random.next() * (1 + 0.6 / Math.E);
    if (u <= 1) {
      rate = u ** (1 / 0.6);
      if (random.next() <= Math.exp(-rate)) break;
    } else {
      rate = -Math.log((1 + 0.6 / Math.E - u) / 0.6);
      if (random.next() <= rate ** (0.6 - 1)) break;
    }
  }
  return random.poisson(Math.min(rate * 5, 200));
}

export interface WorldSize {
  readonly incidents: number;
  readonly days: number;
}

/** Sizes of the research note: 1.6k, 8k, 100k and 1M reports. */
export const SIZES: Readonly<Record<string, WorldSize>> = {
  '1.6k': { incidents: 940, days: 60 },
  '8k': { incidents: 4_750, days: 180 },
  '100k': { incidents: 58_200, days: 1_500 },
  '1M': { incidents: 582_000, days: 15_000 },
};

export const FIRST_DAY = 16_858; // 2016-02-27

export function makeIncident(
  random: Random,
  id: number,
  place: { readonly towns: readonly Town[]; readonly weights: readonly number[] },
  day: number,
  town = random.byWeight(place.weights),
): Incident {
  const at = place.towns[town];
  if (!at) throw new Error('no such town');
  const killed = deaths(random);
  return {
    id,
    town,
    ...scatter(random, at.lat, at.lon, 2),
    day,
    minute: random.int(1440),
    kind: random.pick(KINDS),
    actor: random.pick(ACTORS),
    target: random.pick(TARGETS),
    killed,
    injured: killed + random.poisson(2 + killed),
  };
}
