/**
 * Proposals told by a verb: offers ("Moscow had offered the coalition to …"), reserved rights, expected refusals. Says
 * what is written there; a negated offer is none.
 */
import type { Mark } from '../lexicon.ts';
import type { Assertion, Named } from './assertion.ts';
import {
  clauseEnd,
  LONGEST_CLAUSE,
  named,
  type Scene,
  spanOf,
  speakerOf,
  statementAt,
  statementOfCue,
} from './scene.ts';
import {
  addressees,
  isInsideLonger,
  isNegated,
  marksWithin,
  nextWords,
  norm,
  stateAdjective,
  subjectBefore,
  TO,
  where,
} from './wording.ts';

const NEAR = 8;

export function offer(scene: Scene, mark: Mark, used: Set<Mark>): Assertion[] {
  if (
    isNegated(scene, mark.from) ||
    /^(ال|an?$|the$|of$)/.test(norm(scene, mark.from - 1)) ||
    isInsideLonger(scene.proposalWords, mark) ||
    isNounThere(scene, mark)
  )
    return [];
  const cueOf = statementOfCue(scene, mark);
  const here = where(scene, mark.from);
  let proposer: Named | null = null;
  let at = mark.to;
  if (cueOf) {
    proposer = speakerOf(cueOf.statement);
    const start = cueOf.content[0]?.from ?? at;
    at = Math.max(at, start);
  } else {
    const before = subjectBefore(scene, mark.from);
    if (before === 'country') proposer = here.state;
    else if (before) proposer = named(before);
    else {
      const after = scene.partyAt.get(at);
      if (after && !TO.has(norm(scene, at))) {
        proposer = named(after);
        at = after.to;
      }
    }
    proposer ??= here.speaker;
  }
  if (!proposer) return [];
  const { to, next } = addressees(scene, at);
  const end = Math.max(next + 1, clauseEnd(scene, mark.from));
  const action = spanOf(scene, mark.from, end);
  const standing = spanOf(scene, mark.from, to.length > 0 ? next : mark.to);
  if (!action || !standing) return [];
  const isBody = cueOf !== undefined && cueOf.statement.speaker.office === null;
  const by = cueOf ? (isBody ? 'narrator' : proposer.text) : here.by;
  const formal = marksWithin(scene.standingWords, mark.from - 2, mark.to + 6).find(
    (s) => s.value.value === 'formal' && s.from >= mark.from - 2 && s.from < mark.to + 3,
  );
  if (formal) used.add(formal);
  return [
    {
      value: formal ? 'formal' : 'offered',
      by,
      span: standing,
      family: 'offer',
      proposer,
      to,
      action,
      topic: scene.topicOf(scene.env, next, end),
      at: mark.from,
      needsOther: false,
    },
  ];
}

/** "a Russian offer to …": the noun, not the verb. */
const isNounThere = (scene: Scene, mark: Mark): boolean =>
  stateAdjective(scene, mark.from - 1) !== null ||
  /^(s|his|her|their|its|our|new|this|that|any|no)$/.test(norm(scene, mark.from - 1));

export function reserve(scene: Scene, mark: Mark): Assertion[] {
  const longer = isInsideLonger(scene.proposalWords, mark);
  const end = clauseEnd(scene, mark.from);
  const next = nextWords(scene, mark.to, 10);
  const complete = /حق|right|право/.test(mark.value.form) || /(^| )(بحق|بالحق|حق|بحقه|بحقها|الرد)( |$)/.test(next);
  if (longer || !complete || isNegated(scene, mark.from)) return [];
  const here = where(scene, mark.from);
  const subject = subjectBefore(scene, mark.from);
  const after = scene.partyAt.get(mark.to);
  const proposer =
    subject && subject !== 'country' ? named(subject) : after ? named(after) : (here.state ?? here.speaker);
  const standing = spanOf(scene, mark.from, mark.to);
  const rights = /حق|right|право/.test(mark.value.form) ? mark.to : mark.to + offsetOfRight(scene, mark.to);
  const stop = Math.min(Math.max(end, lastContentEnd(scene, mark.from)), mark.from + LONGEST_CLAUSE);
  const action = spanOf(scene, rights, stop) ?? spanOf(scene, mark.from, stop);
  if (!standing || !action) return [];
  return [
    {
      value: 'right_reserved',
      by: here.by,
      span: standing,
      family: 'right',
      proposer,
      to: [],
      action,
      topic: scene.topicOf(scene.env, rights, stop),
      at: mark.from,
      needsOther: false,
    },
  ];
}

function offsetOfRight(scene: Scene, from: number): number {
  for (let i = 0; i < 10; i++) if (/^(بحق|بالحق|بحقه|بحقها|حق)$/.test(norm(scene, from + i))) return i;
  return 0;
}

/** A quotation that goes on with the same statement belongs to the right as well. */
function lastContentEnd(scene: Scene, token: number): number {
  const one = statementAt(scene, token);
  return one?.content.at(-1)?.to ?? 0;
}

export function expected(scene: Scene, mark: Mark, used: Set<Mark>): Assertion[] {
  const rejecting = marksWithin(scene.standingWords, mark.from - 2, mark.to + 6).find(
    (s) => s.value.value === 'rejected' && s.from >= mark.from && s.from < mark.to + 4,
  );
  if (rejecting) used.add(rejecting);
  if (/مبدئيا/.test(mark.value.form) && !rejecting) return [];
  const at = rejecting ? Math.max(rejecting.to, mark.to) : mark.to;
  const party = scene.partyAt.get(at) ?? scene.partyEnding.get(mark.from);
  const end = clauseEnd(scene, mark.from);
  const span = spanOf(scene, mark.from, Math.min(end, at + NEAR * 3));
  if (!span) return [];
  return [
    {
      value: 'expected_to_refuse',
      by: where(scene, mark.from).by,
      span,
      family: 'offer',
      proposer: null,
      to: party ? [named(party)] : [],
      action: null,
      topic: scene.topicOf(scene.env, party?.to ?? at, end),
      at: mark.from,
      needsOther: true,
    },
  ];
}
