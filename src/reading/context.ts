/** What every stage gets: one text, opened, cut and marked once. Read-only; a stage never changes what it was given. */
import type { Day } from '../core/index.ts';
import type { Gazetteer } from '../places/index.ts';
import type { Instrument } from '../terms/index.ts';
import type { ReadDocument } from './document.ts';
import type { ReadLang } from './language.ts';
import type { Lexicon, Mark } from './lexicon.ts';
import type { LexiconKind } from './lexicon-kinds.ts';
import type { Tokens } from './tokens.ts';

/** What the reader is made with; fixed for its life. */
export interface ReaderSources {
  readonly gazetteer: Gazetteer | null;
  readonly instrument: Instrument | null;
  readonly lexicon: Lexicon;
}

export interface ReaderContext extends ReaderSources {
  readonly doc: ReadDocument;
  /** The text to look at: same offsets as the original (see document.ts). */
  readonly view: string;
  readonly tokens: Tokens;
  /** Language of the text, and of each paragraph (a mixed text has several). */
  readonly language: ReadLang;
  readonly paragraphLanguage: readonly ReadLang[];
  /** Day of publication, if known: the reference of relative dates. */
  readonly published: Day | null;
  /** Marks of the shipped lexicon by kind, in text order. A kind without marks gives []. */
  marks(kind: LexiconKind): readonly Mark[];
}

/** Language of the paragraph that a token stands in. */
export const languageAt = (ctx: ReaderContext, token: number): ReadLang =>
  ctx.paragraphLanguage[ctx.tokens.paragraph[token] ?? 0] ?? ctx.language;
