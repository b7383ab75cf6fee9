/** Opens a text for the stages: cleans, cuts, tells languages, marks the lexicon. The first half of reading. */
import { type Day, dayInZone, isDay, isInstant } from '../core/index.ts';
import type { ReaderContext, ReaderSources } from './context.ts';
import { openDocument } from './document.ts';
import { languageOf, type ReadLang } from './language.ts';
import type { Mark } from './lexicon.ts';
import { tokenise } from './tokens.ts';

export interface ReadOptions {
  /** Day of publication, `YYYY-MM-DD`, or an RFC 3339 time whose day counts. */
  readonly published?: string | null;
  /** Language if known; otherwise it is told from the text. */
  readonly lang?: string | null;
}

const NO_MARKS: readonly Mark[] = [];
/** Paragraphs shorter than this take the language of the text unless their script says otherwise. */
const SHORT_PARAGRAPH = 40;

export function openText(sources: ReaderSources, text: string, options: ReadOptions = {}): ReaderContext {
  const doc = openDocument(text);
  const { view } = doc;
  const tokens = tokenise(view);
  const told = languageOf(view);
  const language = options.lang === 'ar' || options.lang === 'en' || options.lang === 'ru' ? options.lang : told;
  const paragraphLanguage: ReadLang[] = [];
  for (let p = 0; p + 1 < tokens.paragraphStarts.length; p++) {
    const first = tokens.paragraphStarts[p] ?? 0;
    const last = (tokens.paragraphStarts[p + 1] ?? first + 1) - 1;
    const start = tokens.start[first] ?? 0;
    const end = tokens.end[last] ?? start;
    const own = languageOf(view, start, end);
    paragraphLanguage.push(own === 'other' && end - start < SHORT_PARAGRAPH ? language : own);
  }
  const marks = sources.lexicon.mark(view, tokens);
  return {
    gazetteer: sources.gazetteer,
    instrument: sources.instrument,
    lexicon: sources.lexicon,
    doc,
    view,
    tokens,
    language,
    paragraphLanguage,
    published: publishedDay(options.published, sources.instrument?.timeZone ?? 'UTC'),
    marks: (kind) => marks.get(kind) ?? NO_MARKS,
  };
}

/** The day of publication; of a moment, the day that it was in the instrument's time zone. */
function publishedDay(published: string | null | undefined, zone: string): Day | null {
  if (published == null) return null;
  const day = published.slice(0, 10);
  if (isInstant(published)) return dayInZone(published, zone);
  return isDay(day) ? day : null;
}
