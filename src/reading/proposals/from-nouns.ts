/**
 * Proposals named by a noun ("Russia's proposal", "any offer from Moscow") and the words beside them that state how they
 * stand: received, discussed, rejected, nothing formal.
 */
import type { Party } from '../actors/parties.ts';
import type { Mark } from '../lexicon.ts';
import type { Assertion, Named } from './assertion.ts';
import { clauseEnd, named, type Scene, spanOf, speakerOf, statementAt, statementOfCue } from './scene.ts';
import {
  addressees,
  isNegatedBefore,
  isStanding,
  marksWithin,
  norm,
  stateAdjective,
  subjectBefore,
  TO,
  where,
} from './wording.ts';

const ABOUT = new Set('حول بشان بخصوص في ل علي for to on about of о об по что ان بان'.split(' '));

export function noun(scene: Scene, mark: Mark, used: Set<Mark>): Assertion[] {
  const { env } = scene;
  const end = clauseEnd(scene, mark.from);
  let at = mark.to;
  let proposer: Named | null = stateAdjective(scene, mark.from - 1) ?? stateAdjective(scene, at);
  if (stateAdjective(scene, at)) at++;
  const owner = scene.partyAt.get(at) ?? possessor(scene, mark.from);
  if (owner && !proposer) {
    proposer = named(owner);
    at = Math.max(at, owner.from >= mark.to ? owner.to : at);
  }
  if (!proposer) proposer = byPronoun(scene, mark);
  let to: Named[] = [];
  const given = /^(المقدم|المقدمه|الموجه|المطروح|المطروحه|made|submitted|sent|put)$/.test(norm(scene, at));
  if (given || TO.has(norm(scene, at))) {
    const found = addressees(scene, given ? at + 1 : at);
    if (found.to.length > 0) ({ to } = found);
    if (found.to.length > 0) at = found.next;
  }
  if (!proposer && /^(от|from|من)$/.test(norm(scene, at))) {
    const source = scene.partyAt.get(at + 1);
    if (source) {
      proposer = named(source);
      at = source.to;
    }
  }
  const phraseEnd = at;
  if (ABOUT.has(norm(scene, at))) at++;
  const topic =
    env.words.stop.has(norm(scene, at)) || env.isCue(at) ? scene.topicOf(env, at, at) : scene.topicOf(env, at, end);
  const isLink = at > phraseEnd || !/^(و|in|at|в|from|من|,|\.|هذا)$/.test(norm(scene, at));
  const action = topic.size >= 1 && isLink ? spanOf(scene, mark.from, end) : null;
  const standings = standingsNear(scene, mark, end);
  const { by } = where(scene, mark.from);
  const base = { family: 'offer' as const, to, action, topic: action ? topic : new Set<string>(), at: mark.from };
  const phrase = spanOf(scene, mark.from, Math.max(phraseEnd, mark.to));
  if (standings.length === 0 && isAny(scene, mark.from) && phrase) {
    const denied = statementAt(scene, mark.from)?.statement.act === 'deny';
    return denied ? [{ ...base, value: 'not_formal', by, span: phrase, proposer, needsOther: action === null }] : [];
  }
  if (standings.length === 0) {
    const definite = /^(ال|هذا)/.test(mark.value.form);
    if (!proposer || !phrase || (definite && !action)) return [];
    return [{ ...base, value: 'offered', by, span: phrase, proposer, needsOther: action === null }];
  }
  return standings.flatMap((standing) => {
    used.add(standing);
    const value = standing.value.value;
    const span = spanOf(scene, Math.min(standing.from, standing.to), standing.to);
    if (!isStanding(value) || !span) return [];
    const subject = subjectBefore(scene, standing.from);
    const cueOf = statementOfCue(scene, standing);
    const actor = cueOf ? speakerOf(cueOf.statement).text : subject && subject !== 'country' ? named(subject).text : by;
    const decides = value === 'rejected' || value === 'accepted';
    const giver =
      value === 'offered' && !proposer
        ? subject && subject !== 'country'
          ? named(subject)
          : where(scene, mark.from).speaker
        : null;
    if (value === 'offered' && !proposer && !giver) return [];
    const own =
      (giver ?? (value === 'not_formal' || value === 'formal'))
        ? subject && subject !== 'country'
          ? named(subject)
          : proposer
        : proposer;
    return [
      {
        ...base,
        value,
        by: decides && (cueOf || !statementAt(scene, standing.from)) ? actor : by,
        span,
        proposer: own,
        needsOther: action === null,
      },
    ];
  });
}

const isAny = (scene: Scene, at: number): boolean =>
  [at - 1, at - 2].some((before) => /^(اي|any|никаких|никакого|никакой)$/.test(norm(scene, before)));

/** Moscow's proposal. */
const possessor = (scene: Scene, from: number): Party | undefined =>
  norm(scene, from - 1) === 's' ? scene.partyEnding.get(from - 2) : undefined;

const OWNED = /^(اقتراح|مقترح|مبادرت|عرض|خطت)(ها|ه|هم)$/;
const OURS = /^(اقتراح|مقترح|مبادرت|عرض|خطت)نا$/;
const OWNER_REACH = 12;

/** اقتراحها, its proposal, our plan: whoever is named before it in the sentence; "ours" is the speaker's. */
function byPronoun(scene: Scene, mark: Mark): Named | null {
  const word = norm(scene, mark.from).replace(/^[وفبلك](?=[امخع])/, '');
  const before = norm(scene, mark.from - 1);
  const speaker = where(scene, mark.from).speaker;
  if (OURS.test(word) || /^(our|my|наше|наши|наш)$/.test(before)) return speaker;
  if (!OWNED.test(word) && !/^(its|their|his|her|его|их|ее|свое|свои)$/.test(before)) return null;
  const { tokens } = scene.env.ctx;
  for (let at = mark.from - 1; at > mark.from - OWNER_REACH && at > 0; at--) {
    if (tokens.sentence[at - 1] !== tokens.sentence[mark.from]) break;
    const party = scene.partyEnding.get(at);
    if (party && party.entity.kind !== 'role') return named(party);
  }
  return speaker;
}

/** Words of standing in the clause, not farther than the next proposal; those inside the noun's own phrase too. */
function standingsNear(scene: Scene, mark: Mark, end: number): Mark[] {
  const { tokens } = scene.env.ctx;
  const one = statementAt(scene, mark.from);
  const inQuote = one?.content.find(({ from, to }) => mark.from >= from && mark.from < to);
  const start = inQuote ? Math.max(inQuote.from - 6, 0) : (tokens.sentenceStarts[tokens.sentence[mark.from] ?? 0] ?? 0);
  const nouns = marksWithin(scene.proposalWords, start, mark.from).filter(
    (word) => word.value.value === 'noun' && word !== mark && word.from < mark.from && word.from >= start,
  );
  const from = nouns.at(-1)?.to ?? start;
  const near = marksWithin(scene.standingWords, Math.max(from, mark.from - 40), Math.min(end, mark.to + 40)).filter(
    (s) => {
      if (s.from < from || s.from >= end || tokens.sentence[s.from] !== tokens.sentence[mark.from]) return false;
      const value = s.value.value;
      if (value === 'rejected' || value === 'accepted')
        return s.to <= mark.from ? mark.from - s.to <= 5 : s.from - mark.to <= 3;
      return s.to <= mark.from ? mark.from - s.to <= 22 : s.from < mark.to + 8;
    },
  );
  const widest = near.filter(
    (s) =>
      !near.some(
        (other) => other !== s && other.from <= s.from && other.to >= s.to && other.to - other.from > s.to - s.from,
      ),
  );
  const values = new Set<string>();
  return widest.filter((s) => {
    if (s.value.value === 'formal' && isNegatedBefore(scene, s.from)) return false;
    if (values.has(s.value.value)) return false;
    values.add(s.value.value);
    return true;
  });
}
