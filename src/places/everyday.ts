/**
 * Spellings of listed places that a text nearly always means otherwise (صور "pictures", the town of Tyre; الثورة "the
 * revolution", the town of Tabqa). Bare, they are no names here; with the word for town before them they are. Found by
 * counting the listed names in running Arabic text that is not about those places.
 */
import { foldLetters } from './fold.ts';
import type { Place, PlaceName } from './model.ts';

const ARABIC =
  'صور الصور الصورة الثورة طبقة المدينة وان عنه الحي السجن الإشارة الأشارة الجديدة القصر سما عالية زيارة مالي روم الدور حديثة العمارة القائم ميادين كسوة برقية عدوان علما الخريطة كبير بلد قنوات قصير';
const OTHERS =
  'tell tall tal van of hit hole sur bab khan cham sham seen as-seen al-sham sarin sirin mara hara bala ana ад ван хит ана';

const everyday = new Set(`${ARABIC} ${OTHERS}`.split(' ').map((word) => foldLetters(word)));

export const isEveryday = (spelling: string): boolean => everyday.has(foldLetters(spelling));

const isArabic = ({ lang }: PlaceName): boolean => lang === 'ar';

/** The place with its everyday spellings put behind the word for town; others unchanged. */
export function withoutEveryday(place: Place): Place {
  if (!place.names.some(({ form }) => isEveryday(form))) return place;
  const names = place.names.flatMap((name) => {
    if (!isEveryday(name.form)) return [name];
    return isArabic(name)
      ? [
          { ...name, form: `مدينة ${name.form}` },
          { ...name, form: `بلدة ${name.form}` },
        ]
      : [];
  });
  return names.length === 0 ? place : { ...place, names };
}
