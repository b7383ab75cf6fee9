/**
 * Whether the words around a date speak of what happened or of what is to come: decides the year of a date without one
 * and the week of a bare weekday. Verbs of announcing decide nothing, because what they announce may lie on either side.
 */
import { ARABIC, CYRILLIC, LATIN } from '../language.ts';
import { normalise } from '../normalise.ts';
import { PUNCT, type Tokens, WORD } from '../tokens.ts';

export type Tense = 'past' | 'future' | null;

const words = (list: string): Set<string> => new Set(list.split(/[\s|]+/).map((word) => normalise(word)));

const FUTURE = words(
  `will would shall due scheduled planned expected set plans begins starts opens expires resumes
   سوف المقرر المزمع المرتقب المتوقع يعتزم تعتزم ينوي تنوي يبدأ تبدأ تنطلق ينطلق يعقد تعقد يسري تسري ينتهي تنتهي ستبدأ يستأنف تستأنف ينعقد تنعقد يزمع
   намеченной намеченную намеченный намеченные намеченных запланированной запланированную запланированный запланированные запланированных
   будет будут состоится состоятся пройдет пройдут начнется начнутся встретится встретятся планируется планируют намечен намечена намечено намечены намерен намерена намерены
   должен должна должно должны ожидается предстоит возобновится возобновятся вступит вступят прибудет прибудут выступит выступят вернется вернутся закончится завершится продлится
   истекает начинается вступает откроется откроются проведет проведут соберется соберутся`,
);
const PAST = words(
  `was were had killed hit fell died struck wounded injured shelled bombed attacked held happened took began started left destroyed
   fought seized fired raided went came visited spoke met signed entered opened
   قتل قتلت قتلوا قتلى سقط سقطت سقطوا قصف قصفت قصفوا أصيب أصيبت وقع وقعت استشهد استشهدت شنت شهدت شهد استهدف استهدفت هاجم هاجمت دمر دمرت سيطر سيطرت
   انفجر انفجرت كان كانت جرى جرت بدأ بدأت عقد عقدت زار دخل دخلت توفي نفذ نفذت احتلت احتل انسحب انسحبت انعقد وصل وصلت تعرض تعرضت اندلع اندلعت`,
);
/** Arabic words that begin like a future verb and are none. */
const NOT_FUTURE = new Set(
  `سيار سياره سيارات سيارتين سيارتان سياسه سياسي سياسيه سياسيا سياسيين سياسيون سياسات سياق سيطر سيطره سيطرت سيطروا سيطرته سيطرتها سيد سيده سيدات سيدي سيناء سينا
   سيناريو سيناريوهات سيف سيوف سير سيره سيل سيول سيما سيخ سيبيريا سينما سيرغي سيرجي سيئه سيي سيييه سيادته ستار ستاير ستوكهولم ستيفان ستيف ستراتيجيه ستراتيجي
   سنه سنوات سنوي سنويه سنويا سنين سني سنيه سنجار سند سنت سته ستين ستون ستمايه ستميه سيراميك سيجار سيلفي سياج سياده سيادي سياديه سياح سياحه سياحي سيستاني`
    .split(/\s+/)
    .map((word) => normalise(word)),
);
const RUSSIAN_ANNOUNCING =
  'заяв|сообщ|объяв|предлож|договор|назнач|намет|призва|подтверд|согласова|отмет|подчеркн|сказа|указа|обеща|пообеща|постав'.split(
    '|',
  );
const BACK = 24;
const AHEAD = 10;

/** "said on Tuesday": the day right behind a verb of saying is the day it was said. */
const SAID = words(
  'said told announced added warned stated wrote tweeted declared reported قال قالت أعلن أعلنت أكد أكدت صرح صرحت сказал сказала сообщил сообщила сообщили заявил заявила заявили',
);
/** "before the end of June", "by Friday": ahead, unless the verb says otherwise. */
const AHEAD_WORDS = words('by before قبل بحلول до к');

/** Tense told by the verb nearest before the tokens, else by the nearest after, within the sentence. */
export function tenseAround(tokens: Tokens, from: number, to: number): Tense {
  const sentence = tokens.sentence[from];
  const back = /^(on|в|во|يوم)$/.test(tokens.norm[from - 1] ?? '') ? from - 2 : from - 1;
  if (SAID.has(tokens.norm[back] ?? '') && tokens.sentence[back] === sentence) return 'past';
  for (let i = from - 1; i >= Math.max(0, from - BACK) && tokens.sentence[i] === sentence; i--) {
    const tense = tenseOf(tokens, i);
    if (tense) return tense === 'past' && isPassiveToCome(tokens, i) ? 'future' : tense;
  }
  if (AHEAD_WORDS.has(tokens.norm[from - 1] ?? '') && tokens.sentence[from - 1] === sentence) return 'future';
  for (let i = to; i < Math.min(tokens.count, to + AHEAD) && tokens.sentence[i] === sentence; i++) {
    const tense = tenseOf(tokens, i);
    if (tense) return tense;
  }
  return null;
}

/** "will be held", "is to be opened": the participle is not past. */
function isPassiveToCome(tokens: Tokens, at: number): boolean {
  if (tokens.script[at] !== LATIN) return false;
  for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
    const word = tokens.norm[i] ?? '';
    if (FUTURE.has(word) || word === 'be') return true;
  }
  return false;
}

function tenseOf(tokens: Tokens, at: number): Tense {
  if (tokens.kind[at] === PUNCT || tokens.kind[at] !== WORD) return null;
  const word = tokens.norm[at] ?? '';
  if (FUTURE.has(word)) return 'future';
  if (PAST.has(word)) return 'past';
  const script = tokens.script[at];
  if (script === ARABIC) return arabicTense(word);
  if (script === CYRILLIC) return russianTense(word);
  if (script === LATIN && word.length > 5 && word.endsWith('ed') && !ENGLISH_ANNOUNCING.has(word)) return 'past';
  return null;
}

const ENGLISH_ANNOUNCING = words(
  'agreed announced proposed offered pledged planned scheduled expected called demanded declared ordered invited required urged confirmed united besieged armed promised wanted asked needed intended dated named limited',
);

function arabicTense(word: string): Tense {
  const bare = word.startsWith('و') || word.startsWith('ف') ? word.slice(1) : word;
  if (bare !== word && (PAST.has(bare) || FUTURE.has(bare))) return PAST.has(bare) ? 'past' : 'future';
  if (bare.length < 4 || bare.charAt(0) !== 'س') return null;
  return 'يتن'.includes(bare.charAt(1)) && !NOT_FUTURE.has(bare) && !NOT_FUTURE.has(bare.slice(0, -1))
    ? 'future'
    : null;
}

function russianTense(word: string): Tense {
  if (word.length < 4 || RUSSIAN_ANNOUNCING.some((stem) => word.startsWith(stem))) return null;
  return /(?:[аеиоуыяю]л(?:а|о|и)?|[аеиоуыяю]л(?:ся|ась|ось|ись)|ибл[аио]?|шл[аио])$/.test(word) ? 'past' : null;
}
