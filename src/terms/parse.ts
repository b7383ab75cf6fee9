/**
 * Reads a terms file (YAML, spec/terms.md). A bad file loads nothing: every problem is listed with its line, so that
 * the author can mend them in one go.
 */
import { LineCounter, parseDocument } from 'yaml';
import { Problem } from '../core/index.ts';
import type { Instrument } from './model.ts';
import { BAD_TERMS } from './problems.ts';
import { asInstrument, termsFile } from './schema.ts';

export interface TermsComplaint {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

export type ParsedTerms =
  | { readonly instrument: Instrument; readonly complaints: readonly [] }
  | { readonly instrument: null; readonly complaints: readonly TermsComplaint[] };

const MAX_CHARACTERS = 2_000_000;

/** Parses the text of a terms file; never throws for what is in the text. */
export function parseTerms(text: string): ParsedTerms {
  if (text.length > MAX_CHARACTERS) {
    return refuse([{ line: 1, field: '', reason: `longer than ${MAX_CHARACTERS} characters` }]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    return refuse(
      document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        field: '',
        reason: error.message.split('\n')[0] ?? 'not YAML',
      })),
    );
  }
  const checked = termsFile.safeParse(plain(document));
  if (checked.success) return { instrument: asInstrument(checked.data), complaints: [] };
  return refuse(
    checked.error.issues.map((issue) => ({
      line: lineOf(document, lines, issue.path),
      field: issue.path.map(String).join('.'),
      reason: issue.message,
    })),
  );
}

/** As `parseTerms`, but throws one Problem that names the file and each line. */
export function readTerms(text: string, fileName: string): Instrument {
  const parsed = parseTerms(text);
  if (parsed.instrument) return parsed.instrument;
  const list = parsed.complaints.map((one) => `line ${one.line}${one.field ? ` (${one.field})` : ''}: ${one.reason}`);
  throw new Problem(BAD_TERMS, `the terms file is refused, nothing was loaded: ${list.join('; ')}`, {
    where: fileName,
    params: { count: list.length, list: list.join('\n') },
  });
}

const refuse = (complaints: TermsComplaint[]): ParsedTerms => ({
  instrument: null,
  complaints: complaints.sort((a, b) => a.line - b.line),
});

type YamlDocument = ReturnType<typeof parseDocument>;

function plain(document: YamlDocument): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return null;
  }
}

/** The line of the node at a path, or of the nearest parent that exists. */
function lineOf(document: YamlDocument, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
