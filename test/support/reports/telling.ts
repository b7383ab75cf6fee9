/** Words for generated reports: short tellings of one incident in Arabic, English and Russian, and edits of a copy. */
import { dayFromNumber } from '../../../src/core/index.ts';
import type { Random } from './random.ts';
import type { Town } from './world.ts';

export type TellingLang = 'ar' | 'en' | 'ru';

const KIND_WORDS: Readonly<Record<string, readonly [string, string, string]>> = {
  air_strike: ['غارات جوية', 'air strikes', 'авиаудары'],
  chemical_allegation: ['هجوم بغاز الكلور', 'a chlorine gas attack', 'атака с применением хлора'],
  shelling: ['قصف مدفعي', 'artillery shelling', 'артиллерийский обстрел'],
  missile: ['قصف صاروخي', 'missile fire', 'ракетный удар'],
  ied: ['انفجار عبوة ناسفة', 'a bomb blast', 'взрыв самодельной бомбы'],
  ground_attack: ['هجوم بري', 'a ground attack', 'наземная атака'],
  small_arms: ['إطلاق نار بالأسلحة الخفيفة', 'small-arms fire', 'стрельба из стрелкового оружия'],
  territory_change: ['السيطرة على مواقع', 'the capture of positions', 'захват позиций'],
  siege_or_access_denied: ['منع دخول قافلة مساعدات', 'the blocking of an aid convoy', 'недопуск гуманитарного конвоя'],
  abduction_or_detention: ['اعتقالات', 'detentions', 'задержания'],
  arms_transfer: ['دخول شاحنات أسلحة', 'the arrival of trucks with arms', 'прибытие грузовиков с оружием'],
  protest_or_other: ['مظاهرة', 'a protest', 'демонстрация'],
};

const MONTHS: Readonly<Record<TellingLang, readonly string[]>> = {
  ar: 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
};

const FILLERS: Readonly<Record<TellingLang, readonly string[]>> = {
  ar: [
    'وهرعت فرق الإسعاف إلى المكان ونقلت المصابين إلى المراكز الطبية القريبة.',
    'ولم يصدر أي تعليق رسمي على ما جرى حتى الآن.',
    'وقال ناشطون إن الأضرار المادية كبيرة وإن عددا من المنازل تهدم.',
    'وتشهد المنطقة توترا منذ أيام رغم سريان الهدنة.',
    'وأفاد سكان بأن أصوات الانفجارات سمعت في القرى المجاورة.',
  ],
  en: [
    'Rescue teams reached the site and took the wounded to clinics nearby.',
    'There was no official comment on what happened.',
    'Activists said the damage was heavy and several houses had collapsed.',
    'The area has been tense for days although the truce is in force.',
    'Residents said explosions were heard in neighbouring villages.',
  ],
  ru: [
    'Спасатели прибыли на место и доставили раненых в ближайшие медпункты.',
    'Официальных комментариев о случившемся не поступало.',
    'По словам активистов, ущерб значительный, несколько домов разрушены.',
    'Обстановка в районе напряжённая, хотя режим прекращения огня действует.',
    'Жители рассказали, что взрывы были слышны в соседних деревнях.',
  ],
};

export interface Told {
  readonly kind: string;
  readonly day: number;
  readonly killed: number | null;
  readonly injured: number | null;
}

/** One telling; sources word it in their own way. */
export function tell(random: Random, lang: TellingLang, town: Town, told: Told): string {
  const date = new Date(`${dayFromNumber(told.day)}T00:00:00Z`);
  const when = `${date.getUTCDate()} ${MONTHS[lang][date.getUTCMonth()]}`;
  const words = KIND_WORDS[told.kind] ?? ['حادث', 'an incident', 'инцидент'];
  const filler = random.pick(FILLERS[lang]);
  const { killed, injured } = told;
  if (lang === 'ar') {
    const toll = killed ? ` ما أسفر عن مقتل ${killed} أشخاص وإصابة ${injured ?? killed} آخرين` : '';
    return random.pick([
      `أفاد مراسلنا بوقوع ${words[0]} في ${town.ar} يوم ${when}${toll}. ${filler}`,
      `شهدت ${town.ar} في ${when} ${words[0]}${toll}، بحسب مصادر محلية. ${filler}`,
      `قالت مصادر ميدانية إن ${words[0]} استهدف ${town.ar} يوم ${when}${toll}. ${filler}`,
    ]);
  }
  if (lang === 'ru') {
    const toll = killed ? `. Погибли ${killed} человек, ранены ${injured ?? killed}` : '';
    return random.pick([
      `В городе ${town.ru} ${when}: ${words[2]}${toll}. ${filler}`,
      `${words[2]} — ${when}, ${town.ru}, сообщают местные источники${toll}. ${filler}`,
      `Местные СМИ сообщили: ${when} в ${town.ru} — ${words[2]}${toll}. ${filler}`,
    ]);
  }
  const toll = killed ? `, killing ${killed} people and wounding ${injured ?? killed}` : '';
  return random.pick([
    `Activists reported ${words[1]} in ${town.name} on ${when}${toll}. ${filler}`,
    `On ${when} ${words[1]} hit ${town.name}${toll}, local sources said. ${filler}`,
    `${town.name} saw ${words[1]} on ${when}${toll}. ${filler}`,
  ]);
}

/** What a desk does to a wire story before it runs it: a credit, a cut, a comma, a word. */
export function retouch(random: Random, lang: TellingLang, text: string, wire: string): string {
  let copy = text;
  if (random.chance(0.3)) copy = `${copy.split('. ')[0]}.`;
  if (random.chance(0.4)) copy = `${wire}: ${copy}`;
  if (random.chance(0.3)) copy = copy.replace(',', ' –').replace('،', ' -');
  if (random.chance(0.3)) copy = `${copy} ${random.pick(FILLERS[lang])}`;
  if (lang === 'ar' && random.chance(0.3)) copy = copy.replace(/أ/g, 'ا').replace(/ة /g, 'ه ');
  return copy;
}
