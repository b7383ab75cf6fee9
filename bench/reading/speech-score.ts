/**
 * Scores actors, statements, proposals and agreements of a reading against a gold annotation. A statement is found when
 * cue and content overlap the gold's; each reading counts once. Optional items cost nothing when missed and nothing when
 * found. Only benchmarks and tests import this.
 */
import type { Reading, Span, Statement } from '../../src/reading/index.ts';

export interface GoldStatement {
  readonly cue: Range;
  readonly content: readonly Range[];
  /** Names and offices that are right for the speaker. */
  readonly speaker: readonly string[];
  readonly nameNull: boolean;
  readonly mode: string;
  readonly act: readonly string[];
  readonly polarity: string | null;
  readonly optional: boolean;
}

export interface GoldProposal {
  readonly by: readonly string[];
  readonly spans: readonly Range[];
  readonly standing: readonly {
    readonly value: readonly string[];
    readonly by: readonly string[];
    readonly span: Range | null;
    readonly optional: boolean;
  }[];
  readonly optional: boolean;
}

export interface GoldAgreement {
  readonly spans: readonly Range[];
  readonly status: readonly string[];
  readonly optional: boolean;
}

export interface GoldActor {
  readonly start: number;
  readonly end: number;
  readonly actor: string | null | undefined;
  readonly optional: boolean;
}

export interface Gold {
  readonly actors: readonly GoldActor[];
  readonly statements: readonly GoldStatement[];
  readonly proposals: readonly GoldProposal[];
  readonly agreements: readonly GoldAgreement[];
  readonly privateNames: readonly string[];
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Counts that add up over texts. */
export interface Tally {
  hit: number;
  missed: number;
  extra: number;
}

export interface SpeechScore {
  readonly actors: Tally;
  readonly actorCodes: Tally;
  readonly statements: Tally;
  readonly speaker: Tally;
  readonly mode: Tally;
  readonly act: Tally;
  readonly polarity: Tally;
  readonly content: Tally;
  readonly proposals: Tally;
  readonly standing: Tally;
  readonly agreements: Tally;
  readonly privateNames: Tally;
  readonly notes: string[];
}

const tally = (): Tally => ({ hit: 0, missed: 0, extra: 0 });
export const emptyScore = (): SpeechScore => ({
  actors: tally(),
  actorCodes: tally(),
  statements: tally(),
  speaker: tally(),
  mode: tally(),
  act: tally(),
  polarity: tally(),
  content: tally(),
  proposals: tally(),
  standing: tally(),
  agreements: tally(),
  privateNames: tally(),
  notes: [],
});

export const f1 = ({ hit, missed, extra }: Tally): number => (hit === 0 ? 0 : (2 * hit) / (2 * hit + missed + extra));
export const rate = ({ hit, missed }: Tally): number => (hit + missed === 0 ? 1 : hit / (hit + missed));

const overlap = (a: Range, b: Range): number => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
const total = (ranges: readonly Range[]): number => ranges.reduce((sum, r) => sum + r.end - r.start, 0);
const shared = (a: readonly Range[], b: readonly Range[]): number =>
  a.reduce((sum, x) => sum + b.reduce((inner, y) => inner + overlap(x, y), 0), 0);
const folded = (text: string | null | undefined): string =>
  (text ?? '')
    .toLowerCase()
    .replace(/[أإآ]/g, 'ا')
    .replace(/ة/g, 'ه')
    .replace(/ى/g, 'ي')
    .replace(/ё/g, 'е')
    .replace(/^(the|an?) /, '')
    .trim();
const says = (accepted: readonly string[], said: string | null | undefined): boolean =>
  accepted.includes('*') ||
  (said !== null && said !== undefined && said !== '' && accepted.some((a) => folded(a) === folded(said)));

/** Two proposers named together: each is one of those accepted. */
const isJoint = (accepted: readonly string[], by: string): boolean =>
  / (?:و|and |и )/.test(by) && by.split(/ (?:و|and |и )/).every((one) => says(accepted, one));

/** Adds one text's marks to a score. */
export function scoreText(score: SpeechScore, id: string, reading: Reading, gold: Gold): void {
  const note = (text: string): void => void score.notes.push(`${id}: ${text}`);
  scoreActors(score, reading, gold, note);
  scoreStatements(score, reading, gold, note);
  scoreProposals(score, reading, gold, note);
  scoreAgreements(score, reading, gold, note);
  const names = [
    ...reading.actors.flatMap((a) => [a.span.text, a.name.ar, a.name.en]),
    ...reading.statements.flatMap((s) => [s.speaker.name, s.speaker.office, s.speaker.span?.text]),
  ];
  for (const name of gold.privateNames) {
    const leaked = names.some((text) => text?.includes(name));
    if (leaked) note(`PRIVATE NAME ${name}`);
    score.privateNames[leaked ? 'missed' : 'hit']++;
  }
}

type Note = (text: string) => void;

function scoreActors(score: SpeechScore, reading: Reading, gold: Gold, note: Note): void {
  const left = [...reading.actors];
  for (const want of gold.actors) {
    const at = left.findIndex((a) => a.span.start === want.start && a.span.end === want.end);
    const got = at >= 0 ? left.splice(at, 1)[0] : undefined;
    if (want.optional) continue;
    // A longer name round it that the gold lists as well will do.
    const round = (a: Range): boolean => a.start <= want.start && a.end >= want.end;
    const other = gold.actors.filter((one) => one.optional && round(one));
    if (!got && reading.actors.some(({ span }) => other.some((o) => o.start === span.start && o.end === span.end)))
      continue;
    if (!got) {
      score.actors.missed++;
      note(
        `actor missed at ${want.start}: ${JSON.stringify(reading.actors.filter((a) => overlap(a.span, want) > 0).map((a) => a.span.text))}`,
      );
      continue;
    }
    score.actors.hit++;
    if (want.actor === undefined) continue;
    score.actorCodes[got.actor === want.actor ? 'hit' : 'missed']++;
    if (got.actor !== want.actor) note(`actor code of ${got.span.text}: ${got.actor}, not ${want.actor}`);
  }
  for (const extra of left) {
    if (gold.actors.some((want) => want.optional && overlap(want, extra.span) > 0)) continue;
    score.actors.extra++;
    note(`actor extra: ${extra.span.text}`);
  }
}

function scoreStatements(score: SpeechScore, reading: Reading, gold: Gold, note: Note): void {
  const left = new Set<Statement>(reading.statements);
  const pairs = gold.statements
    .flatMap((want) => reading.statements.map((got) => ({ want, got, share: agreement(want, got) })))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
  const done = new Set<GoldStatement>();
  for (const { want, got, share } of pairs) {
    if (done.has(want) || !left.has(got)) continue;
    done.add(want);
    left.delete(got);
    if (want.optional) continue;
    score.statements.hit++;
    const right =
      (says(want.speaker, got.speaker.name) || (got.speaker.name === null && says(want.speaker, got.speaker.office))) &&
      !(want.nameNull && got.speaker.name !== null && !says(want.speaker, got.speaker.name));
    mark(score.speaker, right, () =>
      note(`speaker of "${got.cue.text}": ${got.speaker.name} / ${got.speaker.office}, not ${want.speaker[0]}`),
    );
    mark(score.mode, want.mode === '*' || got.mode === want.mode, () =>
      note(`mode of "${got.cue.text}": ${got.mode}, not ${want.mode}`),
    );
    mark(score.act, want.act.includes('*') || want.act.includes(got.act), () =>
      note(`act of "${got.cue.text}": ${got.act}, not ${want.act.join('/')}`),
    );
    mark(score.polarity, want.polarity === null || got.polarity === want.polarity, () =>
      note(`polarity of "${got.cue.text}": ${got.polarity}`),
    );
    mark(score.content, share >= 0.8, () =>
      note(
        `content of "${got.cue.text}" ${share.toFixed(2)}: ${got.content
          .map((c) => c.text)
          .join(' | ')
          .slice(0, 160)}`,
      ),
    );
  }
  for (const want of gold.statements) {
    if (done.has(want) || want.optional) continue;
    score.statements.missed++;
    note(`statement missed: cue at ${want.cue.start}, ${want.speaker[0]}`);
  }
  for (const extra of left) {
    score.statements.extra++;
    note(
      `statement extra: "${extra.cue.text}" ${extra.speaker.name ?? extra.speaker.office}: ${extra.content
        .map((c) => c.text)
        .join(' | ')
        .slice(0, 100)}`,
    );
  }
}

const mark = (counts: Tally, right: boolean, otherwise: () => void): void => {
  counts[right ? 'hit' : 'missed']++;
  if (!right) otherwise();
};

/** 0 unless the cues overlap and at least half of the content (F1 of characters) is shared. */
function agreement(want: GoldStatement, got: Statement): number {
  if (overlap(want.cue, got.cue) === 0) return 0;
  const both = shared(want.content, got.content);
  const share = (2 * both) / (total(want.content) + total(got.content));
  return share >= 0.5 ? share : 0;
}

function scoreProposals(score: SpeechScore, reading: Reading, gold: Gold, note: Note): void {
  const left = new Set(reading.proposals);
  for (const want of gold.proposals) {
    const best = [...left]
      .map((got) => ({ got, share: shared(want.spans, got.spans) + (says(want.by, got.by) ? 0.5 : 0) }))
      .filter(({ got }) => shared(want.spans, got.spans) > 0)
      .sort((a, b) => b.share - a.share)[0]?.got;
    if (best) left.delete(best);
    if (want.optional) continue;
    const found =
      best !== undefined &&
      (want.by.length === 0 || says(want.by, best.by) || best.by === null || isJoint(want.by, best.by));
    mark(score.proposals, found, () =>
      note(`proposal missed: ${want.by[0]} at ${want.spans[0]?.start}${best ? ` (by ${best.by})` : ''}`),
    );
    const rest = new Set(best?.standing ?? []);
    for (const stand of want.standing) {
      if (stand.optional) continue;
      const hit = [...rest].find(
        (got) =>
          stand.value.includes(got.value) &&
          (stand.span === null || overlap(stand.span, got.span) > 0) &&
          (says(stand.by, got.by) || stand.by.length === 0),
      );
      if (hit) rest.delete(hit);
      mark(score.standing, hit !== undefined, () =>
        note(
          `standing missed: ${stand.value.join('/')} by ${stand.by[0]} (got ${[...(best?.standing ?? [])].map((s) => `${s.value} by ${s.by}`).join(', ')})`,
        ),
      );
    }
    score.standing.extra += [...rest].filter((got) => !want.standing.some((s) => s.value.includes(got.value))).length;
  }
  for (const extra of left) {
    score.proposals.extra++;
    note(
      `proposal extra: ${extra.by}: ${extra.action.slice(0, 90)} (${extra.standing.map((s) => s.value).join(', ')})`,
    );
  }
}

function scoreAgreements(score: SpeechScore, reading: Reading, gold: Gold, note: Note): void {
  const left = new Set(reading.agreements);
  for (const want of gold.agreements) {
    const near = [...left].filter((got) => want.spans.some((span) => overlap(span, got.span) > 0));
    for (const got of near) left.delete(got);
    if (want.optional) continue;
    const right = near.some((got) => want.status.includes(got.status));
    mark(score.agreements, right, () =>
      note(
        `agreement at ${want.spans[0]?.start}: ${near.map((g) => g.status).join() || 'missed'}, not ${want.status.join('/')}`,
      ),
    );
  }
  for (const extra of left) {
    score.agreements.extra++;
    note(`agreement extra: ${extra.span.text} (${extra.status})`);
  }
}

export type { Span };
