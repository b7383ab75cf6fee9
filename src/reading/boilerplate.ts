/**
 * Blanks what is not the report: navigation and share lines of web pages, and text that tries to instruct the reader.
 * What it blanks is listed in `dropped`, never lost. It must never blank a line of news for one suspicious word.
 */
import type { Dropped } from './document.ts';
import { findInstruction, mayInstruct } from './instructions.ts';
import { isIgnorable, normalise } from './normalise.ts';

const LONGEST_KEPT = 400;

/** Whole lines, folded, without punctuation at either end. */
const WHOLE = new Set(
  [
    'next post|previous post|next article|previous article|read more|continue reading|load more|show more|see more',
    'share|share this|share this article|share on facebook|share on twitter|tweet|print|email|comments|leave a comment',
    'facebook|twitter|telegram|whatsapp|linkedin|youtube|instagram|vk|subscribe|follow us|sign up|related|related posts',
    'related articles|related news|advertisement|sponsored|skip to content|back to top|home|menu|tags|all rights reserved',
    'المقال التالي|المقال السابق|الخبر التالي|الخبر السابق|التالي|السابق|اقرا المزيد|المزيد|اقرا ايضا|شاهد ايضا',
    'شارك|شاركها|شارك الخبر|شارك هذا الموضوع|مشاركه|مشاركه عبر|تغريد|طباعه|ارسال|تعليقات|اترك تعليقا|اضف تعليقا|فيسبوك',
    'تويتر|تلغرام|تيليغرام|واتساب|واتس اب|تابعونا|اشترك|اشترك الان|اعلان|اعلانات|مواضيع ذات صله|اخبار ذات صله',
    'مقالات ذات صله|ذات صله|جميع الحقوق محفوظه|كل الحقوق محفوظه|الرئيسيه|العوده الي الاعلي|الوسوم|كلمات مفتاحيه',
    'читать далее|подробнее|далее|следующая запись|предыдущая запись|следующая статья|предыдущая статья|читайте также',
    'поделиться|поделиться в соцсетях|комментарии|оставить комментарий|распечатать|подписаться|подпишитесь|реклама',
    'похожие новости|похожие материалы|по теме|материалы по теме|новости по теме|все права защищены|главная|наверх',
    'вконтакте|одноклассники|фейсбук|твиттер|телеграм',
  ]
    .join('|')
    .split('|')
    .map((line) => normalise(line)),
);

/** Openings of a line that make the whole line boilerplate, when it is short. */
const OPENINGS = [
  'read more:|read also:|read also |also read|see also:|see also |related:|share this|follow us on|click here to|subscribe to our',
  'sign up for our|copyright ©|© 20|image source|all rights reserved|filed under|tags:|posted in',
  'اقرا ايضا|اقرا المزيد|شاهد ايضا|تابع ايضا|طالع ايضا|مواضيع ذات صله|اخبار ذات صله|شارك هذا|شارك الخبر|للمزيد|تابعونا علي',
  'اضغط هنا|انضم الي قناتنا|اشترك في|جميع الحقوق محفوظه|حقوق النشر|كلمات دلاليه|كلمات مفتاحيه',
  'читайте также|читать далее|смотрите также|подробнее:|подробности:|поделиться|подписывайтесь на|подпишитесь на|по теме:',
  'материалы по теме|все права защищены|теги:',
]
  .join('|')
  .split('|')
  .map((line) => normalise(line));
const LONGEST_LINE = 200;
const OPENING_LETTERS = new Set(OPENINGS.map((opening) => opening.charCodeAt(0)));

/** Returns `view` with boilerplate lines and instructions blanked; line breaks stay. */
export function blankBoilerplate(view: string, original: string, dropped: Dropped[]): string {
  const suspicious = mayInstruct(view);
  const parts: string[] = [];
  let plain = 0;
  const drop = (start: number, end: number, reason: string): void => {
    dropped.push({ reason, text: original.slice(start, Math.min(end, start + LONGEST_KEPT)).trim() });
    parts.push(view.slice(plain, start), ' '.repeat(end - start));
    plain = end;
  };
  for (let start = 0; start < view.length; ) {
    const end = endOfLine(view, start);
    if (end - start <= LONGEST_LINE && end > start && isBoilerplate(view, start, end)) drop(start, end, 'boilerplate');
    else if (suspicious) {
      const from = findInstruction(view, start, end);
      if (from !== undefined) drop(from, end, 'instruction');
    }
    start = end + 1;
  }
  if (parts.length === 0) return view;
  parts.push(view.slice(plain));
  return parts.join('');
}

function endOfLine(text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) return i;
  }
  return text.length;
}

const isEdge = (char: string): boolean => !/[\p{L}\p{N}©]/u.test(char);

/** First letters of every such line: a look at one letter spares most lines of a text. */
const FIRST_LETTERS = new Set([...OPENINGS, ...WHOLE].map((line) => line.charCodeAt(0)));

function mayBeBoilerplate(view: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (isIgnorable(view.charCodeAt(i))) continue;
    const letter = normalise(view, i, i + 1);
    if (!isEdge(letter.charAt(0))) return FIRST_LETTERS.has(letter.charCodeAt(0));
  }
  return false;
}

function isBoilerplate(view: string, start: number, end: number): boolean {
  if (!mayBeBoilerplate(view, start, end)) return false;
  const folded = normalise(view, start, end);
  let from = 0;
  let to = folded.length;
  while (from < to && isEdge(folded.charAt(from))) from++;
  while (to > from && isEdge(folded.charAt(to - 1))) to--;
  if (from === to) return false;
  const line = folded.slice(from, to);
  if (WHOLE.has(line)) return true;
  if (!OPENING_LETTERS.has(line.charCodeAt(0))) return false;
  return OPENINGS.some((opening) => line.startsWith(opening));
}
