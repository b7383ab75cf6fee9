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
  return {
    env,
    parties,
    partyAt,
    partyEnding,
    topicOf,
    proposalWords: unique(env.ctx.marks('proposal_word')),
    standingWords: unique(env.ctx.marks('standing_word')),
    statements: statements.map((statement) => {
      const cue = range(statement.cue);
      return { statement, cueFrom: cue.from, cueTo: cue.to, content: statement.content.map(range) };
    }),
  };
}

/** Two listed forms of one stem mark the same words once. */
const unique = (marks: readonly Mark[]): Mark[] =>
  marks.filter(
    (mark, i) =>
      marks.findIndex((m) => m.from === mark.from && m.to === mark.to && m.value.value === mark.value.value) === i,
  );

/** The innermost statement whose words hold a token. */
export function statementAt(scene: Scene, token: number): SceneStatement | undefined {
  let best: SceneStatement | undefined;
  let size = Number.POSITIVE_INFINITY;
  for (const one of scene.statements) {
    for (const { from, to } of one.content) {
      if (token >= from && token < to && to - from < size) {
        best = one;
        size = to - from;
      }
    }
  }
  return best;
}

export const statementOfCue = (
  scene: Scene,
  mark: { readonly from: number; readonly to: number },
): SceneStatement | undefined => scene.statements.find((one) => one.cueFrom < mark.to && mark.from < one.cueTo);

/** End of the clause that a token stands in: of the statement's words, else of the sentence. */
export function clauseEnd(scene: Scene, token: number): number {
  const { tokens } = scene.env.ctx;
  const covering = statementAt(scene, token)?.content.find(({ from, to }) => token >= from && token < to);
  let end = covering?.to ?? tokens.sentenceStarts[(tokens.sentence[token] ?? 0) + 1] ?? tokens.count;
  const sentenceEnd = tokens.sentenceStarts[(tokens.sentence[token] ?? 0) + 1] ?? tokens.count;
  end = Math.min(end, sentenceEnd);
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
  const body = scene.parties.find(
    (p) => p.entity.kind === 'body' && p.actorKind === 'state' && p.entity.actor === actor,
  );
  return body ? { text: body.entity.name ?? speaker.text, key: actor } : speaker;
}
