/**
 * Says what is wrong with a reading/1 document beside its text: the invariants of spec/reading.md that a program can
 * check. Used by tests and by whoever takes readings from elsewhere; the reader's own output must always pass.
 */
import { EVENT_TYPES, TARGETS } from '../core/index.ts';
import { isEdtf } from './edtf.ts';
import { type Reading, type Span, STANDING_VALUES, STATEMENT_ACTS } from './model.ts';

const USES = ['literal', 'metonym', 'dateline', 'adjectival'];
const MODS = [null, 'start', 'mid', 'end', 'since', 'until', 'approx'];
const COMPARATORS = ['=', '>', '>=', '<', '<=', '~'];
const LISTS = [
  'places',
  'dates',
  'actors',
  'statements',
  'proposals',
  'agreements',
  'figures',
  'events',
  'dropped',
] as const;

/** Complaints, each with the path of the value; [] for a sound document. `text` is the text as received. */
export function checkReading(reading: Reading, text: string): string[] {
  const wrong: string[] = [];
  const say = (path: string, what: string): void => {
    wrong.push(`${path}: ${what}`);
  };
  if (reading.reading !== 1) say('reading', 'is not 1');
  for (const list of LISTS) if (!Array.isArray(reading[list])) say(list, 'is not a list');
  if (wrong.length > 0) return wrong;
  spansOf(reading, (path, span) => {
    if (!isSpan(span, text)) say(path, 'the words are not those of the text at these offsets');
  });
  const oneOf = (path: string, value: unknown, list: readonly unknown[]): void => {
    if (!list.includes(value)) say(path, `${JSON.stringify(value)} is not a known code`);
  };
  const edtf = (path: string, value: string | null): void => {
    if (value !== null && !isEdtf(value)) say(path, `${JSON.stringify(value)} is no EDTF value`);
  };
  reading.places.forEach((place, i) => {
    oneOf(`places.${i}.use`, place.use, USES);
    if (!(place.confidence >= 0 && place.confidence <= 1)) say(`places.${i}.confidence`, 'is not between 0 and 1');
  });
  reading.dates.forEach((date, i) => {
    edtf(`dates.${i}.value`, date.value);
    oneOf(`dates.${i}.mod`, date.mod, MODS);
  });
  reading.statements.forEach((statement, i) => {
    oneOf(`statements.${i}.act`, statement.act, STATEMENT_ACTS);
  });
  reading.proposals.forEach((proposal, i) => {
    edtf(`proposals.${i}.from`, proposal.from);
    proposal.standing.forEach((one, k) => {
      oneOf(`proposals.${i}.standing.${k}`, one.value, STANDING_VALUES);
    });
  });
  reading.figures.forEach((figure, i) => {
    oneOf(`figures.${i}.comparator`, figure.comparator, COMPARATORS);
    if (!Number.isFinite(figure.value) || figure.value < 0) say(`figures.${i}.value`, 'is no count');
    edtf(`figures.${i}.since`, figure.since);
  });
  reading.events.forEach((event, i) => {
    oneOf(`events.${i}.type`, event.type, EVENT_TYPES);
    if (event.target !== null) oneOf(`events.${i}.target`, event.target, TARGETS);
    for (const index of event.places)
      if (!reading.places[index]) say(`events.${i}.places`, `${index} is no place of this document`);
    for (const unit of ['killed', 'injured'] as const) {
      const { low, high } = event[unit];
      if (low !== null && high !== null && low > high) say(`events.${i}.${unit}`, 'low is above high');
    }
  });
  return wrong;
}

const isSpan = (span: Span, text: string): boolean =>
  Number.isInteger(span.start) &&
  Number.isInteger(span.end) &&
  span.start >= 0 &&
  span.end >= span.start &&
  span.text === text.slice(span.start, span.end);

/** Every span of a document with its path. */
function spansOf(reading: Reading, each: (path: string, span: Span) => void): void {
  for (const list of ['places', 'dates', 'actors', 'agreements', 'figures'] as const) {
    reading[list].forEach((item, i) => {
      each(`${list}.${i}.span`, item.span);
    });
  }
  reading.agreements.forEach((one, i) => {
    if (one.statusSpan) each(`agreements.${i}.statusSpan`, one.statusSpan);
  });
  reading.statements.forEach((one, i) => {
    each(`statements.${i}.cue`, one.cue);
    one.content.forEach((span, k) => {
      each(`statements.${i}.content.${k}`, span);
    });
    if (one.speaker.span) each(`statements.${i}.speaker`, one.speaker.span);
  });
  reading.proposals.forEach((one, i) => {
    one.spans.forEach((span, k) => {
      each(`proposals.${i}.spans.${k}`, span);
    });
    one.standing.forEach((standing, k) => {
      each(`proposals.${i}.standing.${k}`, standing.span);
    });
  });
  reading.events.forEach((one, i) => {
    one.spans.forEach((span, k) => {
      each(`events.${i}.spans.${k}`, span);
    });
  });
}
