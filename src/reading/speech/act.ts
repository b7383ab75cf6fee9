/**
 * What a statement does and whether it denies: the verb decides; where the verb only says, the first words of the
 * content may show a denial, a refusal, an offer, a reserved right. Never looks beyond the first clause.
 */

import type { Words } from '../actors/words.ts';
import type { StatementAct } from '../model.ts';
import { normalise } from '../normalise.ts';

export interface Judged {
  readonly act: StatementAct;
  readonly polarity: 'affirmed' | 'negated';
}

/** After غير these deny; before other adjectives it only makes their opposite (غير مباشرة). */
const ABLE =
  /^(عازم|قادر|مستعد|راض|معني|صحيح|ممكن|مقبول|وارد|مطروح|ملزم|ملتزم|موجود|مسوول|متاكد|جاد|كاف|راغب|مهتم|دقيق|واقعي|ضروري|مناسب|مبرر|مشمول|نيه)/;
const OPEN_ACTS: ReadonlySet<StatementAct> = new Set(['affirm', 'announce', 'report']);
const FIRST_WORDS = 9;
/** لا تزال, ما زال: still. */
const STILL = /^(ت|ي|ن)?(زال|زالت|زالوا)$/;
const RELATIVE = new Set(['التي', 'الذي', 'الذين', 'who', 'which', 'whom', 'который', 'которые', 'которая']);

const words = (forms: string): ReadonlySet<string> => new Set(forms.split(' ').map((form) => normalise(form)));
const OFFERS = words(
  'عرضت عرض اقترحت اقترح تقترح يقترح تعرض offered proposed proposes offers предложила предложил предложили предлагает предлагают',
);
const RESERVES = words('تحتفظ يحتفظ نحتفظ ويحتفظ تتعهد reserves reserved reserve оставляет оставляют');
const REFUSES = words(
  'لن ترفض يرفض رفضت رفض عازمة عازم تعتزم refuses refuse refused won reject rejects отказывается отказались отказалась',
);
/** جدد دعوته إلى …: a call told by a noun. */
const CALLS = /^(دعوته|دعوتها|دعوتهم|دعوه|الدعوه|مطالبته|مطالبتها|مطالبه)$/;
/** شدد على ضرورة …, stressed the need to …, «указал на необходимость …»: what ought to be done is called for. */
const NEEDS = /^(علي )?(ضروره|وجوب|انه يجب|the need (to|for)|на необходимост|о необходимост|необходимость)/;
const REFUSALS = /^(will not|would not|не будет|не будут|не намерен|не намерена|не намерены|غير عازمه|لا تعتزم)/;

/** `first` are the folded words of the content in order, signs left out except commas. */
export function judge(act: StatementAct, first: readonly string[], verbNegated: boolean, lexicon: Words): Judged {
  const clause = firstClause(first);
  const negation = clause.findIndex(
    (word, i) =>
      !(word === 'غير' && !ABLE.test(clause[i + 1] ?? '')) &&
      (lexicon.negation.has(word) || word === 'بعدم' || lexicon.negation.has(word.replace(/^[وف]/, ''))) &&
      !STILL.test(clause[i + 1] ?? ''),
  );
  const negated = negation >= 0;
  if (act === 'deny' || act === 'reject') return { act, polarity: 'negated' };
  if (CALLS.test(first.find((word) => word !== ',' && word !== '،') ?? '') && OPEN_ACTS.has(act))
    return { act: 'call', polarity: 'affirmed' };
  if (OPEN_ACTS.has(act) && !verbNegated && NEEDS.test(first.slice(0, 4).join(' ')))
    return { act: 'call', polarity: 'affirmed' };
  if (verbNegated) return { act: OPEN_ACTS.has(act) ? 'deny' : act, polarity: 'negated' };
  const polarity = negated ? 'negated' : 'affirmed';
  // A warning that talks "will not resume" warns all the same.
  if (act === 'warn') return { act, polarity: 'affirmed' };
  if (!OPEN_ACTS.has(act)) return { act, polarity };
  if (clause.some((word) => RESERVES.has(word)) && !negated) return { act: 'pledge', polarity };
  if (clause.some((word) => OFFERS.has(word)) && !negated) return { act: 'propose', polarity };
  if (negated)
    return {
      act: isRefusal(clause, negation) || clause.some((word) => REFUSES.has(word)) ? 'reject' : 'deny',
      polarity,
    };
  if (act !== 'report' && clause.some((word) => REFUSES.has(word))) return { act: 'reject', polarity: 'negated' };
  return { act, polarity };
}

function firstClause(first: readonly string[]): string[] {
  const clause: string[] = [];
  const conditional = /^(если|if|اذا|لو|when|когда|unless)$/.test(first[0] ?? '');
  const comma = conditional ? first.findIndex((word) => word === ',' || word === '،') : -1;
  for (const word of comma > 0 ? first.slice(comma + 1) : conditional ? [] : first) {
    if (clause.length >= FIRST_WORDS) break;
    if (word === ',' || word === '،') {
      if (clause.length >= 4) break;
      continue;
    }
    if (RELATIVE.has(word)) break;
    if (clause.length >= 3 && /^(لكن|لكنها|لكنه|ولكن|but|но|однако)$/.test(word)) break;
    clause.push(word);
  }
  return clause;
}

const isRefusal = (clause: readonly string[], at: number): boolean => {
  const rest = clause.slice(Math.max(0, at - 1), at + 3).join(' ');
  return (
    REFUSALS.test(rest) ||
    REFUSALS.test(clause.slice(at, at + 3).join(' ')) ||
    clause[at] === normalise('لن') ||
    clause[at] === 'won'
  );
};
