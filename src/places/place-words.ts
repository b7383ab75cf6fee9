/**
 * Words that say what kind of place a name is, where it lies, or join a place to the area that holds it, in three
 * languages. Kept folded (fold.ts); Russian words are kept as stems. A word list, no rules.
 */
import { foldLetters } from './fold.ts';
import type { PlaceClass } from './model.ts';
import { russianStem } from './russian.ts';

const SETTLEMENT: readonly PlaceClass[] = ['city', 'town', 'village'];
const QUARTER: readonly PlaceClass[] = ['neighbourhood', 'camp'];
const PROVINCE: readonly PlaceClass[] = ['governorate', 'region'];

const KINDS: readonly (readonly [readonly PlaceClass[], string])[] = [
  [SETTLEMENT, 'بلدة بلدات بلدتي البلدة مدينة مدن مدينتي المدينة قرية قريتي قرى القرية مزرعة مزارع ضيعة'],
  [SETTLEMENT, 'village villages town towns city suburb hamlet settlement farms'],
  [SETTLEMENT, 'село селение деревня поселок посёлок посёлка город городок пункт селения села пос нп'],
  [QUARTER, 'حي أحياء الحي حارة ضاحية'],
  [QUARTER, 'neighbourhood neighborhood neighbourhoods neighborhoods quarter quarters'],
  [QUARTER, 'квартал кварталы микрорайон'],
  [['camp'], 'مخيم مخيمات المخيم camp camps лагерь лагеря'],
  [['crossing'], 'معبر المعبر crossing кпп погранпереход'],
  [['road'], 'طريق أوتوستراد اوتستراد road highway motorway трасса шоссе дорога'],
  [['subdistrict'], 'ناحية subdistrict nahiya nahiyah нахия'],
  [['district'], 'district mintaqat mantiqa'],
  [['governorate'], 'محافظة governorate province muhafazah провинция мухафаза губернаторство'],
  [PROVINCE, 'ريف countryside'],
  [['facility'], 'مطار airport airbase аэропорт аэродром авиабаза'],
  [['water'], 'سد dam плотина'],
];

/** Words for a piece of ground that leave the kind open. */
const OPEN_WORDS =
  'منطقة مناطق تلة تلال محور جبهة جبهات حاجز محيط area region zone hill hills plain plains mountain mountains range base army military complex checkpoint junction pocket front castle район населенный зона высота';

/** Not at the place itself but about it. */
const NEAR_WORDS =
  'قرب بالقرب محيط أطراف ضواحي جوار حول بين near outside around outskirts vicinity between beside towards возле около близ вблизи окрестности пригород пригороды между недалеко рядом под';

/** Words after which the area that holds the place is named. */
const JOINTS = 'في ضمن التابعة التابع من داخل in of at inside within в во на из от';

const DIRECTIONS: readonly (readonly [Direction, string])[] = [
  ['north', 'شمال شمالي الشمالي الشمالية شمالا north northern север северный северная северной северного северо'],
  ['south', 'جنوب جنوبي الجنوبي الجنوبية جنوبا south southern юг южный южная южной южного юго'],
  ['east', 'شرق شرقي الشرقي الشرقية شرقا east eastern восток восточный восточная восточной восточного'],
  ['west', 'غرب غربي الغربي الغربية غربا west western запад западный западная западной западного'],
  ['northeast', 'northeast northeastern'],
  ['northwest', 'northwest northwestern'],
  ['southeast', 'southeast southeastern'],
  ['southwest', 'southwest southwestern'],
  ['centre', 'وسط centre center central центр центральный центральная'],
];

export type Direction =
  | 'north'
  | 'south'
  | 'east'
  | 'west'
  | 'northeast'
  | 'northwest'
  | 'southeast'
  | 'southwest'
  | 'centre';

const isCyrillic = (word: string): boolean => /^[а-я]/.test(word);
/** The key of a word in the tables: its letters, or its stem in Russian. */
const keyOf = (letters: string): string => (isCyrillic(letters) ? russianStem(letters) : letters);
const keys = (words: string): string[] => words.split(' ').map((word) => keyOf(foldLetters(word)));

const kinds = new Map(KINDS.flatMap(([kind, words]) => keys(words).map((key) => [key, kind] as const)));
const directions = new Map(
  DIRECTIONS.flatMap(([direction, words]) => keys(words).map((key) => [key, direction] as const)),
);
const open = new Set(keys(OPEN_WORDS));
const near = new Set(keys(NEAR_WORDS));
const joints = new Set(JOINTS.split(' ').map(foldLetters));
const fillers = new Set(['the', 'a', 'an', 'ال', 'г', 'н п']);

export type WordRole =
  | { readonly role: 'kind'; readonly kind: readonly PlaceClass[] }
  | { readonly role: 'direction'; readonly direction: Direction }
  | { readonly role: 'open' | 'near' | 'joint' | 'filler' | 'name' };

/** What a word (letters folded) does in the description of a place; `name` when nothing here knows it. */
export function roleOf(letters: string): WordRole {
  const bare = bareWord(letters);
  const key = keyOf(bare);
  if (joints.has(bare)) return { role: 'joint' };
  const kind = kinds.get(key);
  if (kind !== undefined) return { role: 'kind', kind };
  const direction = directions.get(key);
  if (direction !== undefined) return { role: 'direction', direction };
  if (near.has(key)) return { role: 'near' };
  if (open.has(key)) return { role: 'open' };
  return { role: fillers.has(bare) ? 'filler' : 'name' };
}

/** A known word without the proclitic that clings to it (بريف, بمدينة, لناحية); other words unchanged. */
export function bareWord(letters: string): string {
  if (!/^[بلوف]/.test(letters) || letters.length < 3) return letters;
  const rest = letters.slice(1);
  return kinds.has(rest) || open.has(rest) || directions.has(rest) ? rest : letters;
}
