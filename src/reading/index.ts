/** The door of reading. */

export { type Decoded, decodeText } from './decode.ts';
export { isEdtf } from './edtf.ts';
export { languageOf, type ReadLang } from './language.ts';
export { shippedLexiconFiles } from './lexicon.ts';
export { checkEntries, type LexiconFinding, parseTolerantly } from './lexicon-check.ts';
export * from './model.ts';
export { normalise } from './normalise.ts';
export type { ReadOptions } from './open.ts';
export { createReader, type Reader, type ReaderOptions } from './read.ts';
