/**
 * Builds the read-only gazetteer from rows that are already checked. Lookups are total: any text gives an answer,
 * perhaps an empty one. It ranks and proposes; it never decides that a word in a text is a place.
 */
import { createHash } from 'node:crypto';
import { distanceMetres, type Lang, type Point } from '../core/index.ts';
import { type Areas, areaNear, noAreas } from './areas.ts';
import { withoutProclitics } from './clitics.ts';
import { dropArticles, foldLetters, MAX_SPELLING } from './fold.ts';
import { importanceOf } from './importance.ts';
import type { Candidate, Gazetteer, Match, Place } from './model.ts';
import { russianStem, russianStems } from './russian.ts';
import { type Script, scriptOf } from './script.ts';
import { likeness, soundKey } from './sound.ts';

const MOST_CANDIDATES = 8;
/** A sound is heard only when the letters of one script are this alike (Arabic writes its consonants out) … */
const LEAST_LIKENESS: Readonly<Record<Script, number>> = { arabic: 0.88, latin: 0.84, cyrillic: 0.84, other: 1 };
/** … or, for a place that has no name in that script, when the skeleton has this many consonants. */
const LEAST_SKELETON = 3;
/** Shorter words sound like too many things. */
const LEAST_LETTERS = 5;

/** How far outside every outline a point may lie and still be given to the nearest governorate. */
const OUTLINE_SLACK_METRES = 3_000;

const QUALITY: Readonly<Record<Exclude<Match, 'sound'>, number>> = { listed: 1, article: 0.95, inflected: 0.9 };

interface Form {
  readonly place: Place;
  readonly letters: string;
  readonly key: string;
}

export interface GazetteerOptions {
  /** ISO code of the country watched: its places come first. */
  readonly home?: string;
  /** Boundaries of the governorates, for `governorateAt`. */
  readonly areas?: Areas;
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [value]);
  else list.push(value);
}

function versionOf(places: readonly Place[]): string {
  const hash = createHash('sha256');
  for (const place of places) hash.update(JSON.stringify(place)).update('\n');
  return hash.digest('hex').slice(0, 16);
}

/** Best quality a place was met with, by place. */
type Found = Map<Place, { match: Match; quality: number }>;

function note(found: Found, place: Place, match: Match, quality: number): void {
  const before = found.get(place);
  if (before === undefined || before.quality < quality) found.set(place, { match, quality });
}

class Index {
  readonly byKey = new Map<string, Form[]>();
  readonly byStem = new Map<string, Form[]>();
  private bySound: Map<string, Form[]> | undefined;

  constructor(places: readonly Place[]) {
    for (const place of places) {
      const seen = new Set<string>();
      for (const name of place.names) {
        const letters = foldLetters(name.form);
        if (letters === '' || seen.has(letters)) continue;
        seen.add(letters);
        const form = { place, letters, key: dropArticles(letters) };
        push(this.byKey, form.key, form);
        if (scriptOf(letters) === 'cyrillic') push(this.byStem, russianStem(form.key), form);
      }
    }
  }

  /** Has the place a name in that script? */
  isWritten(place: Place, script: Script): boolean {
    return place.names.some(({ form }) => scriptOf(form) === script);
  }

  /** Built when the first unknown spelling is asked for: many runs never need it. */
  sounds(key: string): readonly Form[] {
    if (this.bySound === undefined) {
      this.bySound = new Map();
      for (const forms of this.byKey.values()) for (const form of forms) push(this.bySound, soundKey(form.key), form);
    }
    return this.bySound.get(key) ?? [];
  }
}

function byLetters(index: Index, letters: string, found: Found): void {
  const key = dropArticles(letters);
  for (const form of index.byKey.get(key) ?? []) {
    const match = form.letters === letters ? 'listed' : 'article';
    note(found, form.place, match, QUALITY[match]);
  }
}

function byInflection(index: Index, letters: string, script: Script, found: Found): void {
  if (script === 'cyrillic') {
    for (const stem of russianStems(dropArticles(letters))) {
      for (const form of index.byStem.get(stem) ?? []) note(found, form.place, 'inflected', QUALITY.inflected);
    }
  }
  if (script === 'arabic') {
    for (const rest of withoutProclitics(letters)) {
      for (const form of index.byKey.get(rest) ?? []) note(found, form.place, 'inflected', QUALITY.inflected);
      if (found.size > 0) return;
    }
  }
}

function bySound(index: Index, key: string, script: Script, found: Found, home: string): void {
  if (key.length < LEAST_LETTERS) return;
  const skeleton = soundKey(key);
  if (skeleton === '') return;
  for (const form of index.sounds(skeleton)) {
    // Abroad only the listed spellings count: everyday words sound like some village of a neighbour.
    if (form.place.country !== home) continue;
    if (scriptOf(form.key) === script) {
      const alike = likeness(key, form.key);
      if (alike >= LEAST_LIKENESS[script]) note(found, form.place, 'sound', 0.85 * alike);
    } else if (skeleton.length >= LEAST_SKELETON && !index.isWritten(form.place, script)) {
      note(found, form.place, 'sound', 0.55 + Math.min(0.1, 0.02 * (skeleton.length - LEAST_SKELETON)));
    }
  }
}

/**
 * A gazetteer over the rows given; ids must be unique (a row with a known id is dropped).
 * Cost: one fold a name to build, two map reads a lookup; sounds are weighed only when the letters are unknown.
 */
export function createGazetteer(rows: readonly Place[], options: GazetteerOptions = {}): Gazetteer {
  const home = options.home ?? 'SY';
  const areas = options.areas ?? noAreas;
  const byId = new Map<string, Place>();
  for (const row of rows) if (!byId.has(row.id)) byId.set(row.id, row);
  const places = Object.freeze([...byId.values()]);
  const index = new Index(places);
  const importance = new Map(places.map((place) => [place, importanceOf(place, home)]));
  let version: string | undefined;

  function lookup(spelling: string, lang?: Lang): readonly Candidate[] {
    if (spelling.length > MAX_SPELLING) return [];
    const letters = foldLetters(spelling);
    if (letters === '') return [];
    const script = scriptOf(letters);
    const found: Found = new Map();
    byLetters(index, letters, found);
    if (found.size === 0) byInflection(index, letters, script, found);
    if (found.size === 0) bySound(index, dropArticles(letters), script, found, home);
    return rank(found, lang);
  }

  function rank(found: Found, lang: Lang | undefined): readonly Candidate[] {
    const candidates = [...found].map(([place, { match, quality }]): Candidate => {
      const weight = importance.get(place) ?? 0;
      const named = lang === undefined || place.names.some((name) => name.lang === lang);
      return { place, match, score: quality * (0.5 + 0.5 * weight) * (named ? 1 : 0.98) };
    });
    candidates.sort((a, b) => b.score - a.score || (a.place.id < b.place.id ? -1 : 1));
    return candidates.slice(0, MOST_CANDIDATES);
  }

  function near(point: Point, metres: number, limit = 20): readonly Place[] {
    const band = metres / 111_000 + 1e-9;
    return places
      .filter((place) => Math.abs(place.point.lat - point.lat) <= band)
      .map((place) => ({ place, distance: distanceMetres(point, place.point) }))
      .filter(({ distance }) => distance <= metres)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, limit)
      .map(({ place }) => place);
  }

  return {
    get version() {
      version ??= versionOf(places);
      return version;
    },
    places,
    byId: (id) => byId.get(id),
    lookup,
    near,
    governorateAt(point) {
      const id = areaNear(areas, point, OUTLINE_SLACK_METRES);
      return id === undefined ? undefined : byId.get(id);
    },
  };
}
