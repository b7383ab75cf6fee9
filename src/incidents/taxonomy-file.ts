/**
 * A taxonomy from a file. CSV: `code,parent` rows. JSON: `{tree: {code: parent}, aliases: {type|actor|target: {raw:
 * code}}}`, or the tree alone; aliases rename what a data set calls its codes before anything is compared.
 */
import { readFileSync, statSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Problem } from '../core/index.ts';
import type { LinkEvent } from './model.ts';
import { BAD_TAXONOMY } from './problems.ts';
import { makeTaxonomy, type Taxonomy } from './taxonomy.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const ALIASED = ['type', 'actor', 'target'] as const;
type Aliased = (typeof ALIASED)[number];
type StringMap = Readonly<Record<string, string>>;

export interface LoadedTaxonomy {
  readonly taxonomy: Taxonomy;
  /** The event with its codes renamed. */
  rename(event: LinkEvent): LinkEvent;
}

export function loadTaxonomy(file: string): LoadedTaxonomy {
  const { tree, aliases } = file.toLowerCase().endsWith('.csv') ? treeOfCsv(file) : treeOfJson(file);
  return {
    taxonomy: makeTaxonomy(tree, file),
    rename: (event) => {
      const named = (field: Aliased): string | null => {
        const code = event[field];
        return code === null ? null : (aliases[field]?.[code] ?? code);
      };
      return { ...event, type: named('type'), actor: named('actor'), target: named('target') };
    },
  };
}

interface Tree {
  readonly tree: StringMap;
  readonly aliases: Partial<Readonly<Record<Aliased, StringMap>>>;
}

const refusal = (file: string, detail: string, cause?: unknown): Problem =>
  new Problem(BAD_TAXONOMY, detail, { where: file, cause });

function contents(file: string): string {
  try {
    if (statSync(file).size <= MAX_BYTES) return readFileSync(file, 'utf8');
  } catch (cause) {
    throw refusal(file, 'cannot be read; check the path and its permissions', cause);
  }
  throw refusal(file, `is larger than ${MAX_BYTES} bytes`);
}

function treeOfCsv(file: string): Tree {
  let rows: string[][];
  try {
    rows = parse(contents(file), { bom: true, skip_empty_lines: true, trim: true });
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw refusal(file, 'is no readable CSV of code,parent', cause);
  }
  const tree: Record<string, string> = {};
  for (const [i, row] of rows.entries()) {
    const [code, parent] = row;
    if (row.length !== 2 || !code) throw refusal(`${file}:${i + 1}`, 'must be code,parent');
    if (i === 0 && code === 'code' && parent === 'parent') continue;
    if (parent) tree[code] = parent;
  }
  return { tree, aliases: {} };
}

function treeOfJson(file: string): Tree {
  let value: unknown;
  try {
    value = JSON.parse(contents(file));
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw refusal(file, 'is not JSON', cause);
  }
  if (!isRecord(value)) throw refusal(file, 'must be a JSON object');
  const tree = isRecord(value.tree) ? value.tree : 'aliases' in value ? {} : value;
  const aliases = isRecord(value.aliases) ? value.aliases : {};
  for (const field of Object.keys(aliases)) {
    if (!(ALIASED as readonly string[]).includes(field))
      throw refusal(file, `aliases.${field}: must be one of ${ALIASED.join(', ')}`);
  }
  return {
    tree: stringMap(tree, file, 'tree'),
    aliases: Object.fromEntries(
      Object.entries(aliases).map(([field, map]) => [field, stringMap(map, file, `aliases.${field}`)]),
    ),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function stringMap(value: unknown, file: string, where: string): StringMap {
  const bad = isRecord(value) ? Object.entries(value).find(([, name]) => typeof name !== 'string') : [where];
  if (bad) throw refusal(file, `${where}.${bad[0]}: must be a text`);
  return value as StringMap;
}
