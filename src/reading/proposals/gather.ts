/**
 * Puts the assertions that speak of one proposal together, in the order of the text. Two meet when their proposers do not
 * contradict and their subjects share enough; one without a subject joins the proposal it follows. Nothing is settled.
 */
import type { Assertion, Named } from './assertion.ts';
import { sharedStems } from './topic.ts';

export interface Gathered {
  readonly assertions: Assertion[];
  proposer: Named | null;
  topic: Set<string>;
}

/** Groups looked back at; a longer text is no single report. */
const MOST_COMPARED = 50;
const MOST_ASSERTIONS = 400;
const MOST_READ = 5_000;
const ALIKE = 0.5;
const SAME = 0.6;

export function gather(assertions: readonly Assertion[]): Gathered[] {
  const groups: Gathered[] = [];
  const waiting: Assertion[] = [];
  for (const assertion of [...assertions].sort((a, b) => a.at - b.at).slice(0, MOST_READ)) {
    const group = assertion.needsOther && assertion.topic.size === 0 ? undefined : bestGroup(groups, assertion);
    if (group) join(group, assertion);
    else if (assertion.needsOther && assertion.action === null) waiting.push(assertion);
    else groups.push({ assertions: [assertion], proposer: assertion.proposer, topic: new Set(assertion.topic) });
  }
  for (const assertion of waiting) {
    const group =
      bestGroup(groups, assertion) ?? (assertion.topic.size > 1 ? undefined : nearestOffer(groups, assertion));
    if (group) join(group, assertion);
  }
  return groups;
}

function join(group: Gathered, assertion: Assertion): void {
  if (group.assertions.length >= MOST_ASSERTIONS || group.assertions.some((known) => isSame(known, assertion))) return;
  group.assertions.push(assertion);
  group.proposer ??= assertion.proposer;
  for (const stem of assertion.topic) group.topic.add(stem);
}

/** The same standing by the same asserter in overlapping words. */
const isSame = (a: Assertion, b: Assertion): boolean =>
  a.value === b.value && a.by === b.by && a.span.start < b.span.end && b.span.start < a.span.end;

function bestGroup(groups: readonly Gathered[], assertion: Assertion): Gathered | undefined {
  let best: Gathered | undefined;
  let most = 0;
  for (const group of groups.slice(-MOST_COMPARED)) {
    const { family } = group.assertions[0] ?? assertion;
    if (family !== assertion.family || !compatible(group.proposer, assertion)) continue;
    const shared = sharedStems(group.topic, assertion.topic);
    const smaller = Math.min(group.topic.size, assertion.topic.size);
    const share = smaller === 0 ? 0 : shared / smaller;
    const enough =
      assertion.family === 'offer'
        ? (shared >= 2 && share >= 0.3) || (shared >= 1 && smaller <= 2 && share >= ALIKE)
        : share >= SAME && shared >= 2;
    if (enough && shared > most) {
      best = group;
      most = shared;
    }
  }
  return best;
}

const compatible = (proposer: Named | null, assertion: Assertion): boolean =>
  proposer === null || assertion.proposer === null || proposer.key === assertion.proposer.key;

/** The offer that stands nearest before, of the same proposer where one is told; else the nearest behind. */
function nearestOffer(groups: readonly Gathered[], assertion: Assertion): Gathered | undefined {
  const offers = groups
    .slice(-MOST_COMPARED)
    .filter((group) => group.assertions[0]?.family === 'offer' && compatible(group.proposer, assertion));
  const told = offers.filter((group) => group.assertions.some((a) => a.proposer !== null));
  const among = told.length > 0 ? told : offers;
  const distance = (group: Gathered): number =>
    Math.min(...group.assertions.map((a) => (a.at <= assertion.at ? assertion.at - a.at : 2 * (a.at - assertion.at))));
  return [...among].sort((a, b) => distance(a) - distance(b))[0];
}
