/** Reads gold annotations of speech: the fixtures of the room, and the seed's (development data, outside the repository). */
import { readdirSync, readFileSync } from 'node:fs';
import type { Gold, Range } from './speech-score.ts';

export interface GoldText {
  readonly id: string;
  readonly half: 'dev' | 'held' | 'held2' | 'held3' | 'dev4' | 'held4' | 'held5' | 'seed';
  readonly lang: string;
  readonly published: string | null;
  readonly text: string;
  readonly gold: Gold;
}

interface Fixture {
  readonly id: string;
  readonly half: 'dev' | 'held';
  readonly lang: string;
  readonly published: string;
  readonly text: string;
  readonly gold: {
    readonly statements: readonly {
      cue: string;
      content: string[];
      speaker: string[];
      nameNull?: boolean;
      mode: string;
      act: string[];
      polarity: string;
      acceptPolarity?: boolean;
      optional?: boolean;
    }[];
    readonly proposals: readonly {
      by: string[];
      words: string[];
      standing: { value: string[]; by: string[] }[];
      optional?: boolean;
    }[];
    readonly agreements: readonly { text: string; status: string[]; optional?: boolean }[];
    readonly actors: readonly { text: string; actor?: string | null; optional?: boolean }[];
    readonly privateNames: readonly string[];
  };
}

const FOLDER = new URL('../../src/reading/fixtures/statements/', import.meta.url);

/** The fixtures of the room; strings become places in the text, in order of appearance where a string comes twice. */
export function fixtureTexts(): GoldText[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => fixtureText(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Fixture));
}

function fixtureText(fixture: Fixture): GoldText {
  const { text, gold } = fixture;
  const find = (needle: string, from = 0): Range => {
    const start = text.indexOf(needle, from);
    if (start < 0) throw new Error(`${fixture.id}: no "${needle}" after ${from}`);
    return { start, end: start + needle.length };
  };
  const inOrder = (): ((needle: string) => Range) => {
    const taken: Range[] = [];
    return (needle) => {
      let range = find(needle);
      const isTaken = (): boolean => taken.some((other) => other.start < range.end && range.start < other.end);
      // Alternatives of one mention (an optional longer or shorter form) may share their place.
      while (isTaken() && text.indexOf(needle, range.start + 1) >= 0) range = find(needle, range.start + 1);
      taken.push(range);
      return range;
    };
  };
  const actorAt = inOrder();
  const agreementAt = inOrder();
  return {
    ...fixture,
    gold: {
      statements: gold.statements.map((s) => {
        const content = s.content.map((piece) => find(piece));
        return {
          ...s,
          content,
          cue: nearest(text, s.cue, content),
          nameNull: s.nameNull === true,
          polarity: s.acceptPolarity ? null : s.polarity,
          optional: s.optional === true,
        };
      }),
      proposals: gold.proposals.map((p) => ({
        by: p.by,
        spans: p.words.map((words) => find(words)),
        standing: p.standing.map((s) => ({ ...s, span: null, optional: false })),
        optional: p.optional === true,
      })),
      agreements: gold.agreements.map((a) => ({
        spans: [agreementAt(a.text)],
        status: a.status,
        optional: a.optional === true,
      })),
      actors: gold.actors.map((a) => ({
        ...actorAt(a.text),
        actor: a.actor === undefined ? undefined : a.actor,
        optional: a.optional === true,
      })),
      privateNames: gold.privateNames,
    },
  };
}

/** The cue's place that is nearest to its content. */
function nearest(text: string, cue: string, content: readonly Range[]): Range {
  const target = content[0]?.start ?? 0;
  let best: Range | undefined;
  for (let at = text.indexOf(cue); at >= 0; at = text.indexOf(cue, at + 1)) {
    const range = { start: at, end: at + cue.length };
    const distance = (r: Range): number =>
      Math.min(
        ...content.map((c) => Math.min(Math.abs(c.start - r.end), Math.abs(r.start - c.end))),
        Math.abs(target - r.end),
      );
    if (!best || distance(range) < distance(best)) best = range;
  }
  if (!best) throw new Error(`no cue "${cue}"`);
  return best;
}

interface SeedGold {
  readonly published: string;
  readonly actors: readonly { span: Range; optional?: boolean }[];
  readonly statements: readonly {
    speaker: { name: string | null; aliases?: string[] };
    mode: string;
    cue: Range;
    content: Range[];
    act: string;
    polarity: string;
    optional?: boolean;
    accept?: string[];
  }[];
  readonly proposals: readonly {
    byAliases: string[];
    spans: Range[];
    standing: { value: string; by: string; span: Range; accept?: string[]; optional?: boolean }[];
    optional?: boolean;
  }[];
  readonly agreements: readonly {
    span: Range;
    spans?: Range[];
    status: string;
    acceptStatus?: string[];
    optional?: boolean;
  }[];
}

/** The seed article with its annotation, from a folder of development data. Standing counts by value and words. */
export function seedText(folder: URL): GoldText {
  const gold = JSON.parse(readFileSync(new URL('gold.json', folder), 'utf8')) as SeedGold;
  const name = readdirSync(folder).find((file) => file.endsWith('.txt')) ?? '';
  return {
    id: 'seed',
    half: 'seed',
    lang: 'ar',
    published: gold.published,
    text: readFileSync(new URL(name, folder), 'utf8'),
    gold: {
      actors: gold.actors.map((a) => ({ ...a.span, actor: undefined, optional: a.optional === true })),
      statements: gold.statements.map((s) => ({
        cue: s.cue,
        content: s.content,
        speaker: [...(s.speaker.name ? [s.speaker.name] : []), ...(s.speaker.aliases ?? [])],
        nameNull: false,
        mode: s.mode,
        act: [s.act, ...(s.accept ?? [])],
        polarity: s.polarity,
        optional: s.optional === true,
      })),
      proposals: gold.proposals.map((p) => ({
        by: p.byAliases,
        spans: p.spans,
        standing: p.standing.map((s) => ({
          value: [s.value, ...(s.accept ?? [])],
          by: [],
          span: s.span,
          optional: s.optional === true,
        })),
        optional: p.optional === true,
      })),
      agreements: gold.agreements.map((a) => ({
        spans: a.spans ?? [a.span],
        status: [a.status, ...(a.acceptStatus ?? [])],
        optional: a.optional === true,
      })),
      privateNames: [],
    },
  };
}
