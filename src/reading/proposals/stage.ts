/**
 * The proposals of a text with the history of what is said about their standing: who asserts it, in which words. Calls,
 * demands, pledges and reserved rights count as proposals. Contradictions stay side by side.
 */
import { prepareAnalysis } from '../actors/analysis.ts';
import type { DateMention, Proposal, Span } from '../model.ts';
import type { PrepareStage } from '../stages.ts';
import { assertionsFromActs } from './from-acts.ts';
import { assertionsFromWords } from './from-words.ts';
import { type Gathered, gather } from './gather.ts';
import { openScene } from './scene.ts';
import { prepareTopics } from './topic.ts';

export const prepareProposals: PrepareStage<Proposal> = (sources) => {
  const analyse = prepareAnalysis(sources);
  const topicOf = prepareTopics(sources.lexicon);
  return (ctx, found) => {
    const { env, parties } = analyse(ctx, found);
    const scene = openScene(env, parties, found.statements, topicOf);
    if (scene.proposalWords.length === 0 && scene.standingWords.length === 0 && found.statements.length === 0)
      return [];
    const assertions = [...assertionsFromActs(scene), ...assertionsFromWords(scene, found.agreements)];
    return gather(assertions).flatMap((group) => {
      const proposal = proposalOf(group, found.dates);
      return proposal ? [proposal] : [];
    });
  };
};

function proposalOf(group: Gathered, dates: readonly DateMention[]): Proposal | null {
  const spans: Span[] = [];
  for (const { action } of group.assertions)
    if (action && !spans.some((span) => span.start === action.start)) spans.push(action);
  const first = group.assertions[0];
  if (!first || spans.length === 0) return null;
  const fullest = group.assertions.find((a) => a.action && (a.value === 'offered' || a.value === 'formal')) ?? first;
  const to = new Map(group.assertions.flatMap((a) => a.to.map((named) => [named.key, named.text])));
  if (group.proposer) to.delete(group.proposer.key);
  return {
    by: group.proposer?.text ?? null,
    to: [...to.values()],
    action: (fullest.action ?? spans[0])?.text ?? '',
    spans,
    from: startOf(spans, dates),
    standing: group.assertions.map(({ value, by, span }) => ({ value, by, span })),
  };
}

/** The first date inside the words of the action. Dates come in text order. */
function startOf(spans: readonly Span[], dates: readonly DateMention[]): string | null {
  for (const span of spans) {
    let low = 0;
    let high = dates.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((dates[middle]?.span.start ?? 0) < span.start) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < dates.length; i++) {
      const date = dates[i];
      if (!date || date.span.end > span.end) break;
      if (date.value !== null && date.value !== 'PRESENT_REF') return date.value;
    }
  }
  return null;
}
