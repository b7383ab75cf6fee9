/**
 * Takes a file of places into a data folder: parsed, then stored whole as DIR/places/HASH.json, named by its content, so
 * that the same file twice adds nothing. Needs no database; a file is either stored whole or not at all.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Problem } from '../core/index.ts';
import type { Area } from './areas.ts';
import { parseBoundaries } from './boundaries.ts';
import { parseGeonames } from './geonames.ts';
import type { ImportFormat, Parsed, Refusal } from './import-model.ts';
import type { Place } from './model.ts';
import { parsePcodes } from './pcodes.ts';
import { NO_PLACES, UNREADABLE_PLACES } from './problems.ts';

const MOST_BYTES = 512 * 1024 * 1024;

export const STORE_FORMAT = 'hudna-places/1';

export interface StoredPlaces {
  readonly format: typeof STORE_FORMAT;
  readonly source: { readonly name: string; readonly format: ImportFormat; readonly sha256: string };
  readonly places: readonly Place[];
  readonly areas: readonly Area[];
}

export interface ImportResult {
  readonly read: number;
  readonly accepted: number;
  readonly leftAside: number;
  /** Boundaries among what was accepted. */
  readonly outlines: number;
  readonly refused: readonly Refusal[];
  /** True when the same file is stored already. */
  readonly known: boolean;
}

const PARSERS: Readonly<Record<ImportFormat, (text: string) => Parsed>> = {
  geonames: parseGeonames,
  pcodes: parsePcodes,
  geojson: parseBoundaries,
};

/** UTF-8, UTF-16 by its mark, else windows-1256: the one older encoding that Arabic spreadsheets still come in. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1256').decode(bytes);
  }
}

function readBytes(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES)
      throw new Problem(UNREADABLE_PLACES, `larger than ${MOST_BYTES} bytes: split it`, { where: file });
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem(UNREADABLE_PLACES, 'cannot be read: check the path and its permissions', { where: file, cause });
  }
}

function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`;
  const handle = openSync(draft, 'w');
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, path);
}

const isStored = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Imports one file. Throws `places/unreadable` when it cannot be read and `places/nothing-accepted` when no row of it is
 * a place; single bad rows are refused with their line and reason, and the others are kept.
 */
export function importPlaces(dataDir: string, file: string, format: ImportFormat): ImportResult {
  const bytes = readBytes(file);
  const parsed = PARSERS[format](decode(bytes));
  const { places, refused, leftAside, derived = 0, areas = [] } = parsed;
  if (places.length === 0) {
    const first = refused[0];
    const where = first === undefined ? file : `${file}: line ${first.line}`;
    throw new Problem(NO_PLACES, first?.reason ?? 'no row of this file is a place', { where });
  }
  const sha256 = createHash('sha256').update(bytes).update(format).digest('hex');
  const folder = join(dataDir, 'places');
  const path = join(folder, `${sha256.slice(0, 32)}.json`);
  const known = isStored(path);
  if (!known) {
    mkdirSync(folder, { recursive: true });
    const stored: StoredPlaces = {
      format: STORE_FORMAT,
      source: { name: basename(file), format, sha256 },
      places,
      areas,
    };
    writeWhole(path, JSON.stringify(stored));
  }
  const accepted = places.length - derived;
  return { read: accepted + refused.length + leftAside, accepted, leftAside, outlines: areas.length, refused, known };
}
