/**
 * Proposals made by speaking: calls and demands, pledges. What follows the verb is the action; whom it is put to stands
 * first. One pledge may hold several actions ("to intensify … and to widen …").
 */
import type { Span } from '../model.ts';
import { PUNCT } from '../tokens.ts';
import type { Assertion, Family, Named } from './assertion.ts';
import { named, type Scene, type SceneStatement, spanOf, speakerOf } from './scene.ts';
import { marksWithin } from './wording.ts';

const LINKS = new Set([
  'الي',
  'علي',
  'ب',
  'ان',
  'بان',
  'to',
  'that',
  'on',
  'for',
  'a',
  'the',
  'all',
  'ل',
  'на',
  'от',
  'к',
  'за',
  'чтобы',
  'у',
  ',',
  'ضروره',
  'وجوب',
  'need',
  'необходимость',
  'необходимости',
]);

export function assertionsFromActs(scene: Scene): Assertion[] {
  return scene.statements.flatMap((one) => {
    const { act } = one.statement;
    if (act === 'call' || act === 'demand') return actions(scene, one, 'called_for', 'call');
    if (act === 'propose' && !isToldByWords(scene, one)) return actions(scene, one, 'offered', 'offer');
    if (act === 'pledge' && !hasReserve(scene, one)) return actions(scene, one, 'pledged', 'pledge');
    return [];
  });
}

/** Offers that a listed word tells are read from that word. */
const isToldByWords = (scene: Scene, one: SceneStatement): boolean =>
  marksWithin(scene.proposalWords, one.cueFrom - 1, one.cueFrom + 4).length > 0 ||
  one.content.some(({ from, to }) => marksWithin(scene.proposalWords, from, to).length > 0);

const hasReserve = (scene: Scene, one: SceneStatement): boolean =>
  one.content.some(({ from, to }) =>
    marksWithin(scene.proposalWords, from - 3, to).some((mark) => mark.value.value === 'reserve'),
  );

function actions(
  scene: Scene,
  one: SceneStatement,
  value: 'called_for' | 'pledged' | 'offered',
  family: Family,
): Assertion[] {
  const { env } = scene;
  const first = one.content[0];
  const last = one.content.at(-1);
  if (!first || !last) return [];
  const to: Named[] = [];
  let from = first.from;
  const end = last.to;
  for (let steps = 0; steps < 8 && from < end; steps++) {
    const party = scene.partyAt.get(from);
    if (family === 'call' && party && party.to < end) {
      to.push(named(party));
      from = party.to;
      continue;
    }
    if (
      to.length > 0 &&
      /^(and|и)$/.test(env.ctx.tokens.norm[from] ?? '') &&
      (scene.partyAt.has(from + 1) || scene.partyAt.has(from + 2))
    ) {
      from++;
      continue;
    }
    if (LINKS.has(env.ctx.tokens.norm[from] ?? '') || env.skipAt.has(from)) from = env.skipAt.get(from) ?? from + 1;
    else break;
  }
  if (/^(دعوت|مطالبت|دعوه|الدعوه)/.test(env.ctx.tokens.norm[from] ?? '') && from + 2 < end) from += 2;
  const takesAddressee = one.statement.act === 'call' || env.ctx.language !== 'en';
  const link =
    takesAddressee && from === first.from && to.length === 0 && family === 'call'
      ? addresseeLink(scene, first.from, end)
      : 0;
  if (link > 0) {
    const text = spanOf(scene, first.from, link)?.text;
    if (text) to.push({ text, key: text });
    from = /^(الي|to|علي)$/.test(env.ctx.tokens.norm[link] ?? '') ? link + 1 : link;
  }
  if (from >= end) from = first.from;
  const speaker = speakerOf(one.statement);
  const isBody = one.statement.speaker.office === null && one.statement.speaker.name !== null && !isPerson(scene, one);
  const by = family !== 'call' && isBody ? 'narrator' : speaker.text;
  const cue: Span = one.statement.cue;
  return splitActions(scene, from, end).flatMap(([start, stop]) => {
    const action = spanOf(scene, start, stop);
    if (!action) return [];
    return [
      {
        value,
        by,
        span: cue,
        family,
        proposer: speaker,
        to,
        action,
        topic: scene.topicOf(env, start, stop),
        at: one.cueFrom,
        needsOther: false,
      },
    ];
  });
}

/** Where the action begins behind an addressee that is no known party: جميع الأطراف إلى …, all sides to …, стороны возобновить. */
function addresseeLink(scene: Scene, from: number, to: number): number {
  const { tokens } = scene.env.ctx;
  // بوقف القصف على …: the action itself, nobody it is put to.
  if (/^ب.../.test(tokens.norm[from] ?? '')) return 0;
  for (let at = from + 1; at < Math.min(to - 1, from + 6); at++) {
    const word = tokens.norm[at] ?? '';
    if (tokens.kind[at] === PUNCT) return 0;
    if (
      word === 'الي' ||
      word === 'to' ||
      (word === 'علي' && at > from) ||
      /^ب(ا..ا.|ت..ي.|عدم|وقف|فتح|رفع)/.test(word)
    )
      return at;
    if (/[а-я]{2}(ть|ти|ться)$/.test(word)) {
      const verb = tokens.norm[at - 1] === 'не' ? at - 1 : at;
      return verb > from ? verb : 0;
    }
  }
  return 0;
}

const isPerson = (scene: Scene, one: SceneStatement): boolean =>
  scene.personNames.has(one.statement.speaker.name ?? '');

/** A coordinated verbal noun (وتوسيع), infinitive (и открыть) or "and to" begins another action. */
function splitActions(scene: Scene, from: number, to: number): [number, number][] {
  const { tokens } = scene.env.ctx;
  const cuts: number[] = [from];
  for (let at = from + 2; at < to - 1; at++) {
    if (tokens.kind[at] === PUNCT) continue;
    const word = tokens.norm[at] ?? '';
    const next = tokens.norm[at + 1] ?? '';
    const masdar = /^و(ت..ي.|ا..ا.|ان.ا.|است..ا.)$/.test(word) && !scene.env.words.given.has(word);
    const infinitive = word === 'и' && /(ть|ти|ться)$/.test(next);
    const english = word === 'and' && next === 'to';
    if (masdar || infinitive || english) cuts.push(at);
  }
  return cuts.map((start, i) => [start, cuts[i + 1] ?? to]);
}
