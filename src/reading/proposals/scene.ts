/**
 * The text as proposals see it: which statement covers a token, who is meant by a party, how far a clause goes. Shared
 * by the finders of assertions.
 */
import type { Party } from '../actors/parties.ts';
import type { PhraseEnv } from '../actors/phrase.ts';
import { trimmedSpan } from '../document.ts';
import type { Mark } from '../lexicon.ts';
import type { Span, Statement } from '../model.ts';
import { PUNCT } from '../tokens.ts';
import type { Named } from './assertion.ts';
import type { TopicOf } from './topic.ts';

export interface Scene {
  readonly env: PhraseEnv;
  readonly parties: readonly Party[];
  readonly partyAt: ReadonlyMap<number, Party>;
  readonly partyEnding: ReadonlyMap<number, Party>;
  readonly statements: readonly SceneStatement[];
  readonly topicOf: TopicOf;
  readonly proposalWords: readonly Mark[];
  readonly standingWords: readonly Mark[];
  /** Index of the innermost statement whose words hold a token, and of the one whose cue it is; -1 for none. */
  readonly innermost: Int32Array;
  readonly cueOf: Int32Array;
  readonly bodyOfState: ReadonlyMap<string, Party>;
  readonly bodyOfActor: ReadonlyMap<string, Party>;
  readonly personNames: ReadonlySet<string>;
}

export interface SceneStatement {
  readonly statement: Statement;
  readonly cueFrom: number;
  readonly cueTo: number;
  /** Token ranges of the content. */
  readonly content: readonly { readonly from: number; readonly to: number }[];
}

/** The token that holds or follows an offset. */
export function tokenAt(env: PhraseEnv, offset: number): number {
  const { end, count } = env.ctx.tokens;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((end[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function openScene(
  env: PhraseEnv,
  parties: readonly Party[],
  statements: readonly Statement[],
  topicOf: TopicOf,
): Scene {
  const range = (span: Span): { from: number; to: number } => ({
    from: tokenAt(env, span.start),
    to: tokenAt(env, span.end - 1) + 1,
  });
  const partyAt = new Map<number, Party>();
  const partyEnding = new Map<number, Party>();
  for (const party of parties) {
    const here = partyAt.get(party.from);
    if (!here || party.to > here.to) partyAt.set(party.from, party);
    const there = partyEnding.get(party.to);
    if (!there || party.from < there.from) partyEnding.set(party.to, party);
  }
  const bodyOfState = new Map<string, Party>();
  const bodyOfActor = new Map<string, Party>();
  const personNames = new Set<string>();
  for (const party of parties) {
    const { entity, actorKind } = party;
    if (entity.kind === 'person' && entity.name !== null) personNames.add(entity.name);
    if (entity.kind !== 'body' || actorKind !== 'state') continue;
    const state = env.actorAt.get(party.from)?.value.state;
    if (state && !bodyOfState.has(state)) bodyOfState.set(state, party);
    if (entity.actor !== null && !bodyOfActor.has(entity.actor)) bodyOfActor.set(entity.actor, party);
  }
  const placed = statements.map((statement): SceneStatement => {
    const cue = range(statement.cue);
    return { statement, cueFrom: cue.from, cueTo: cue.to, content: statement.content.map(range) };
  });
  const innermost = new Int32Array(env.ctx.tokens.count + 1).fill(-1);
  const cueOf = new Int32Array(env.ctx.tokens.count + 1).fill(-1);
  const ranges = placed.flatMap(({ content }, index) => content.map(({ from, to }) => ({ from, to, index })));
  ranges.sort((a, b) => b.to - b.from - (a.to - a.from));
  for (const { from, to, index } of ranges) innermost.fill(index, from, to);
  placed.forEach(({ cueFrom, cueTo }, index) => {
    cueOf.fill(index, cueFrom, cueTo);
  });
  return {
    env,
    parties,
    partyAt,
    partyEnding,
    topicOf,
    proposalWords: unique(env.ctx.marks('proposal_word')),
    standingWords: unique(env.ctx.marks('standing_word')),
    statements: placed,
    innermost,
    cueOf,
    bodyOfState,
    bodyOfActor,
    personNames,
  };
}

/** Two listed forms of one stem mark the same words once. */
function unique(marks: readonly Mark[]): Mark[] {
  const seen = new Set<string>();
  return marks.filter((mark) => {
    const key = `${mark.from} ${mark.to} ${mark.value.value}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The innermost statement whose words hold a token. */
export function statementAt(scene: Scene, token: number): SceneStatement | undefined {
  return scene.statements[scene.innermost[token] ?? -1];
}

export function statementOfCue(
  scene: Scene,
  mark: { readonly from: number; readonly to: number },
): SceneStatement | undefined {
  for (let at = mark.from; at < mark.to; at++) {
    const one = scene.statements[scene.cueOf[at] ?? -1];
    if (one) return one;
  }
  return undefined;
}

/** Tokens; a clause that goes on longer is cut, so that work stays linear in hostile texts. */
export const LONGEST_CLAUSE = 160;

/** End of the clause that a token stands in: of the statement's words, else of the sentence. */
export function clauseEnd(scene: Scene, token: number): number {
  const { tokens } = scene.env.ctx;
  const covering = statementAt(scene, token)?.content.find(({ from, to }) => token >= from && token < to);
  let end = covering?.to ?? tokens.sentenceStarts[(tokens.sentence[token] ?? 0) + 1] ?? tokens.count;
  const sentenceEnd = tokens.sentenceStarts[(tokens.sentence[token] ?? 0) + 1] ?? tokens.count;
  end = Math.min(end, sentenceEnd, token + LONGEST_CLAUSE);
  for (let at = token + 1; at < end - 1; at++) {
    if (
      !covering &&
      tokens.kind[at] === PUNCT &&
      /[“”"«]/.test(tokens.norm[at] ?? '') &&
      !scene.env.actorAt.has(at + 1)
    )
      return at;
    if (tokens.kind[at] !== PUNCT || !/[،,;؛]/.test(tokens.norm[at] ?? '')) continue;
    const next = tokens.norm[at + 1] ?? '';
    if (
      /^(لكن|لكنها|لكنه|ولكن|الا|but|however|но|однако|and|а|وهو|وهي|which|بحسب|وفق|according)$/.test(next) ||
      scene.env.isCue(at + 1)
    )
      return at;
  }
  return end;
}

export function spanOf(scene: Scene, from: number, to: number): Span | null {
  const { tokens, doc } = scene.env.ctx;
  let start = from;
  let end = to;
  while (start < end && tokens.kind[start] === PUNCT) start++;
  while (end > start && tokens.kind[end - 1] === PUNCT) end--;
  return end > start ? trimmedSpan(doc, tokens.start[start] ?? 0, tokens.end[end - 1] ?? 0) : null;
}

/** A party by the text's words, and the key that its other names share. */
export const named = (party: Party): Named => ({
  text: party.entity.name ?? party.entity.office ?? party.span.text,
  key: party.entity.actor ?? party.entity.belongs ?? party.entity.name ?? party.entity.office ?? party.span.text,
});

export function speakerOf(statement: Statement): Named {
  const { name, office, actor, span } = statement.speaker;
  const text = name ?? office ?? span?.text ?? 'unknown';
  return { text, key: actor ?? text };
}

/** Whom a statement's speaker means by "my country": the state, where the text names it. */
export function stateOf(scene: Scene, statement: Statement): Named {
  const speaker = speakerOf(statement);
  const { actor } = statement.speaker;
  if (actor === null) return speaker;
  const body = scene.bodyOfActor.get(actor);
  return body ? { text: body.entity.name ?? speaker.text, key: actor } : speaker;
}
