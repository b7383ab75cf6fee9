/** article: one plain text file is one report; the source is named by the caller, else by the file. */
import { decodeText } from '../../core/index.ts';
import type { Format } from './format.ts';

export const article: Format = {
  name: 'article',
  accepts: (fileName) => /\.(txt|text|md)$/i.test(fileName),
  *rows(bytes, options) {
    const text = decodeText(bytes).text;
    yield { line: 1, value: { source: { name: options.source ?? options.fileName }, text } };
  },
};
