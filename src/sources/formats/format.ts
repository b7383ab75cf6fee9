/** What every import format is: a pure function from a file's bytes to rows, each a value to check or a refusal. */

/** One row of a file: a value for the gate, or a reason why it cannot even be looked at. `line` counts from 1. */
export type Row =
  | { readonly line: number; readonly value: unknown; readonly raw?: string }
  | { readonly line: number; readonly reason: string };

export interface FormatOptions {
  /** Source name for rows that carry none. */
  readonly source: string | null;
  /** Column → field, for tables. */
  readonly mapping: ReadonlyMap<string, string>;
  readonly fileName: string;
}

export interface Format {
  readonly name: string;
  /** Whether a file looks like this format: by its name and the beginning of its text. */
  accepts(fileName: string, head: string): boolean;
  rows(bytes: Uint8Array, options: FormatOptions): Promise<Iterable<Row>> | Iterable<Row>;
}
