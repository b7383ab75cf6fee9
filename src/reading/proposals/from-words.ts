/**
 * All assertions that are told in words: by verbs, by nouns, by standing alone ("nothing official received"), by an
 * agreement that is denied. Contradictions stay.
 */
import type { Mark } from '../lexicon.ts';
import type { AgreementMention, StandingValue } from '../model.ts';
import type { Assertion } from './assertion.ts';
import { noun } from './from-nouns.ts';
import { expected, offer, reserve } from './from-verbs.ts';
import { clauseEnd, type Scene, spanOf, tokenAt } from './scene.ts';
import { isInsideLonger, isNegated, isStanding, marksWithin, nextWords, norm, where } from './wording.ts';

export function assertionsFromWords(scene: Scene, agreements: readonly AgreementMention[]): Assertion[] {
  const found: Assertion[] = [];
  const used = new Set<Mark>();
  for (const mark of scene.proposalWords) {
    if (mark.value.value === 'offer') found.push(...offer(scene, mark, used));
    else if (mark.value.value === 'reserve') found.push(...reserve(scene, mark));
    else if (mark.value.value === 'expect') found.push(...expected(scene, mark, used));
  }
  for (const mark of scene.proposalWords) if (mark.value.value === 'noun') found.push(...noun(scene, mark, used));
  for (const mark of scene.standingWords) if (!used.has(mark)) found.push(...bare(scene, mark));
  for (const agreement of agreements) if (agreement.status === 'denied') found.push(noAgreement(scene, agreement));
  return found;
}

/** Standing without a proposal named beside it. */
function bare(scene: Scene, mark: Mark): Assertion[] {
  const value = mark.value.value;
  if (!isStanding(value) || isNegatedFor(scene, mark, value)) return [];
  const wider = isInsideLonger(scene.standingWords, mark);
  if (wider) return [];
  const here = where(scene, mark.from);
  const span = spanOf(scene, mark.from, mark.to);
  // سنبحث هنا: an author who says "we" is no party to anything.
  if (!span || (here.by === 'narrator' && /^[وف]?س?ن/.test(norm(scene, mark.from)) && mark.value.lang === 'ar'))
    return [];
  const base = { value, by: here.by, span, family: 'offer' as const, to: [], at: mark.from };
  if (value === 'not_formal' || value === 'press_only') {
    if (!here.speaker) return [];
    return [{ ...base, proposer: null, action: null, topic: new Set<string>(), needsOther: true }];
  }
  if ((value === 'rejected' || value === 'accepted') && followsOffer(scene, mark)) {
    return [{ ...base, proposer: null, action: null, topic: new Set<string>(), needsOther: true }];
  }
  if (value === 'accepted' && /^(من حيث المبدا|in principle|в принципе)/.test(nextWords(scene, mark.to, 3))) {
    return [{ ...base, proposer: null, action: null, topic: new Set<string>(), needsOther: true }];
  }
  if (value !== 'under_discussion') return [];
  const end = clauseEnd(scene, mark.from);
  let at = mark.to;
  for (let steps = 0; steps < 6; steps++) {
    const party = scene.partyAt.get(at);
    if (party) at = party.to;
    else if (/^(مع|with|с|а|the|شركاينا|حول|بشان|سبل|our|about|on|о|об|ways|to|,)$/.test(norm(scene, at))) at++;
    else break;
  }
  const topic = scene.topicOf(scene.env, at, end);
  const action = topic.size >= 2 ? spanOf(scene, at, end) : null;
  return action ? [{ ...base, proposer: null, action, topic, needsOther: false }] : [];
}

/** In one sentence: … offered …, but the other side refused. */
const followsOffer = (scene: Scene, mark: Mark): boolean =>
  marksWithin(scene.proposalWords, mark.from - 26, mark.from).some(
    (offer) =>
      offer.value.value === 'offer' &&
      offer.to <= mark.from &&
      mark.from - offer.to < 24 &&
      scene.env.ctx.tokens.sentence[offer.from] === scene.env.ctx.tokens.sentence[mark.from],
  ) && /^(\.|,|،|;|)$/.test(norm(scene, mark.to));

const isNegatedFor = (scene: Scene, mark: Mark, value: StandingValue): boolean =>
  value !== 'not_formal' && value !== 'press_only' && isNegated(scene, mark.from);

function noAgreement(scene: Scene, agreement: AgreementMention): Assertion {
  const from = tokenAt(scene.env, agreement.span.start);
  const to = tokenAt(scene.env, agreement.span.end - 1) + 1;
  const topic = withoutNouns(scene.topicOf(scene.env, from, to));
  return {
    value: 'no_agreement',
    by: where(scene, from).by,
    span: agreement.span,
    family: 'offer',
    proposer: null,
    to: [],
    action: topic.size > 0 ? agreement.span : null,
    topic,
    at: from,
    needsOther: topic.size === 0,
  };
}

const NOUNS =
  /^(اتفاق|تفاهم|agreement|deal|accord|understanding|договоренност|соглашен|достигнут|توصل|يوجد|توجد|هناك|there|reached)/;
const withoutNouns = (topic: ReadonlySet<string>): Set<string> =>
  new Set([...topic].filter((stem) => !NOUNS.test(stem)));
