/**
 * Number words of Arabic, English and Russian with their folded inflected forms. Data only; how they add up is in
 * parse.ts. A form that is more often another word (Arabic أحد "one of") is left out.
 */
import { normalise } from '../normalise.ts';

/** unit 1–9, teen 10–19, ten 20–90, hundred 100–900, scale 1000 and more; `ordinal` first, second …; `dozen` 12. */
export type NumberClass = 'unit' | 'teen' | 'ten' | 'hundred' | 'scale' | 'dozen';

export interface NumberWord {
  readonly value: number;
  readonly class: NumberClass;
  readonly ordinal: boolean;
  /** Two of a scale in one word (ألفان): takes no number before it. */
  readonly dual: boolean;
}

const classOf = (value: number): NumberClass =>
  value < 10 ? 'unit' : value < 20 ? 'teen' : value < 100 ? 'ten' : value < 1000 ? 'hundred' : 'scale';

/** Forms by value; `=` before a form marks a dual. */
const CARDINALS: Readonly<Record<number, string>> = {
  1: 'واحد واحدا واحدة one один одного одному одним одном одна одну одной одно',
  2: 'اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي إثنان إثنين two два двух двум двумя две двое двоих двоим двоими',
  3: 'ثلاث ثلاثة three три трех трем тремя трое троих троим троими',
  4: 'أربع أربعة four четыре четырех четырем четырьмя четверо четверых четверым',
  5: 'خمس خمسة five пять пяти пятью пятеро пятерых пятерым',
  6: 'ست ستة six шесть шести шестью шестеро шестерых',
  7: 'سبع سبعة seven семь семи семью семеро семерых',
  8: 'ثمان ثماني ثمانية ثمانيا eight восемь восьми восемью восьмеро восьмерых',
  9: 'تسع تسعة nine девять девяти девятью девятеро девятерых',
  10: 'عشر عشرة ten десять десяти десятью десятеро десятерых',
  11: 'eleven одиннадцать одиннадцати',
  12: 'twelve двенадцать двенадцати',
  13: 'thirteen тринадцать тринадцати',
  14: 'fourteen четырнадцать четырнадцати',
  15: 'fifteen пятнадцать пятнадцати',
  16: 'sixteen шестнадцать шестнадцати',
  17: 'seventeen семнадцать семнадцати',
  18: 'eighteen восемнадцать восемнадцати',
  19: 'nineteen девятнадцать девятнадцати',
  20: 'عشرون عشرين twenty двадцать двадцати',
  30: 'ثلاثون ثلاثين thirty тридцать тридцати',
  40: 'أربعون أربعين forty сорок сорока',
  50: 'خمسون خمسين fifty пятьдесят пятидесяти',
  60: 'ستون ستين sixty шестьдесят шестидесяти',
  70: 'سبعون سبعين seventy семьдесят семидесяти',
  80: 'ثمانون ثمانين eighty восемьдесят восьмидесяти',
  90: 'تسعون تسعين ninety девяносто девяноста',
  100: 'مئة مائة مية hundred сто ста сотня сотню сотни',
  200: '=مئتان =مئتين =مئتا =مئتي =مائتان =مائتين =مائتا =مائتي =двести =двухсот =двумстам',
  300: 'ثلاثمئة ثلاثمائة =триста =трехсот',
  400: 'أربعمئة أربعمائة =четыреста =четырехсот',
  500: 'خمسمئة خمسمائة =пятьсот =пятисот',
  600: 'ستمئة ستمائة =шестьсот =шестисот',
  700: 'سبعمئة سبعمائة =семьсот =семисот',
  800: 'ثمانمئة ثمانمائة ثمانيمائة =восемьсот =восьмисот',
  900: 'تسعمئة تسعمائة =девятьсот =девятисот',
  1000: 'ألف ألفا آلاف thousand тысяча тысячи тысяч тысячу тысячам тыс',
  2000: '=ألفان =ألفين =ألفا =ألفي',
  1000000: 'مليون مليونا ملايين million миллион миллиона миллионов млн',
  2000000: '=مليونان =مليونين =مليوني',
  1000000000: 'مليار مليارات billion миллиард миллиарда миллиардов млрд',
};

const ORDINALS: Readonly<Record<number, string>> = {
  1: 'الأول أول الأولى الحادي الحادية first',
  2: 'الثاني الثانية second',
  3: 'الثالث الثالثة third',
  4: 'الرابع الرابعة fourth',
  5: 'الخامس الخامسة fifth',
  6: 'السادس السادسة sixth',
  7: 'السابع السابعة seventh',
  8: 'الثامن الثامنة eighth',
  9: 'التاسع التاسعة ninth',
  10: 'العاشر العاشرة tenth',
  11: 'eleventh',
  12: 'twelfth',
  13: 'thirteenth',
  14: 'fourteenth',
  15: 'fifteenth',
  16: 'sixteenth',
  17: 'seventeenth',
  18: 'eighteenth',
  19: 'nineteenth',
  20: 'العشرون العشرين twentieth',
  30: 'الثلاثون الثلاثين thirtieth',
};

/** Russian ordinals decline like adjectives: stem and endings. */
const RUSSIAN_ORDINALS: Readonly<Record<number, string>> = {
  1: 'перв',
  2: 'втор',
  4: 'четверт',
  5: 'пят',
  6: 'шест',
  7: 'седьм',
  8: 'восьм',
  9: 'девят',
  10: 'десят',
  11: 'одиннадцат',
  12: 'двенадцат',
  13: 'тринадцат',
  14: 'четырнадцат',
  15: 'пятнадцат',
  16: 'шестнадцат',
  17: 'семнадцат',
  18: 'восемнадцат',
  19: 'девятнадцат',
  20: 'двадцат',
  30: 'тридцат',
};
const ADJECTIVE = 'ый ой ое ого ому ым ом ая ую ые ых'.split(' ');

export const NUMBER_WORDS: ReadonlyMap<string, NumberWord> = buildWords();

function buildWords(): Map<string, NumberWord> {
  const words = new Map<string, NumberWord>();
  const add = (form: string, value: number, ordinal: boolean): void => {
    const dual = form.startsWith('=');
    const folded = normalise(dual ? form.slice(1) : form);
    if (!words.has(folded)) words.set(folded, { value, class: classOf(value), ordinal, dual });
  };
  for (const [value, forms] of Object.entries(CARDINALS)) {
    for (const form of forms.split(' ')) add(form, Number(value), false);
  }
  for (const [value, forms] of Object.entries(ORDINALS)) {
    for (const form of forms.split(' ')) add(form, Number(value), true);
  }
  for (const [value, stem] of Object.entries(RUSSIAN_ORDINALS)) {
    for (const ending of ADJECTIVE) add(stem + ending, Number(value), true);
  }
  for (const form of 'третий третье третьего третьему третьим третьем третья третью третьи третьих'.split(' ')) {
    add(form, 3, true);
  }
  words.set('dozen', { value: 12, class: 'dozen', ordinal: false, dual: false });
  words.set('десяток', { value: 10, class: 'dozen', ordinal: false, dual: false });
  return words;
}
