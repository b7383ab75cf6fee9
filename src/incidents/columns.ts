/**
 * Reports as columns of numbers, so that a million of them fit in memory and compare fast. Strings are interned once;
 * texts are kept as sketches only. Grows by doubling; a row changes only when a person corrects what its report tells.
 */
import { type Count, PRECISION_RADIUS_METRES, type Precision } from '../core/index.ts';
import type { LinkEvent, LinkReport } from './model.ts';
import { foldName, isUnspecificName } from './names.ts';
import { PlaceNames } from './place-names.ts';
import { SKETCH_SIZE, sketchText } from './sketch.ts';

/** Classes of precision that compare differently; `none` has no usable point. */
export const PLACE_CLASSES = ['fine', 'town', 'area', 'district', 'governorate', 'none'] as const;
export const NO_PLACE = 5;
/** No day: such a report can be compared with all that its place ever saw, and is found by none. */
export const UNDATED = -2_000_000;
/** No time of day. */
export const UNTIMED = -2_147_483_648;
export const UNKNOWN = -1;

const CLASS_OF: Readonly<Record<Precision, number>> = {
  site: 0,
  street: 0,
  neighbourhood: 0,
  town: 1,
  subdistrict: 2,
  district: 3,
  governorate: 4,
  country: NO_PLACE,
  region: NO_PLACE,
};

/** A region with a radius of its own (a valley, a countryside) is as good as a governorate; others cannot be compared. */
const classOf = (precision: Precision, radius: number): number =>
  precision === 'region' && radius <= PRECISION_RADIUS_METRES.governorate ? CLASS_OF.governorate : CLASS_OF[precision];

/** Gives strings small numbers; 0 is never given, so that it can mean "none". */
export class Interner {
  readonly #ids = new Map<string, number>();
  readonly names: string[] = [''];

  of(name: string | null): number {
    if (name === null || name === '') return 0;
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.names.length;
      this.#ids.set(name, id);
      this.names.push(name);
    }
    return id;
  }
}

export class ReportColumns {
  size = 0;
  /** Days from first to last at which an event counts as an episode: another unit than a single event. */
  episodeDays = 2;
  #capacity = 0;
  readonly types = new Interner();
  readonly actors = new Interner();
  readonly targets = new Interner();
  readonly sources = new Interner();
  readonly placeNames = new Interner();
  readonly langs = new Interner();
  readonly nameKinship = new PlaceNames(this.placeNames.names);
  lat = new Float32Array(0);
  lon = new Float32Array(0);
  /** Cosine of the latitude. */
  cos = new Float32Array(0);
  radiusKm = new Float32Array(0);
  placeClass = new Uint8Array(0);
  startDay = new Int32Array(0);
  endDay = new Int32Array(0);
  minute = new Int32Array(0);
  /** UTC minutes of publication; UNTIMED when not said. */
  published = new Int32Array(0);
  type = new Int32Array(0);
  actor = new Int32Array(0);
  target = new Int32Array(0);
  source = new Int32Array(0);
  lang = new Int32Array(0);
  placeName = new Int32Array(0);
  killedLow = new Int32Array(0);
  killedHigh = new Int32Array(0);
  injuredLow = new Int32Array(0);
  injuredHigh = new Int32Array(0);
  /** Offset of the text's sketch in `sketches`; UNKNOWN for none. */
  sketch = new Int32Array(0);
  /** 1 when the report can be linked by its event at all. */
  linkable = new Uint8Array(0);
  sketches = new Uint32Array(0);
  #sketchEnd = 0;

  /** Adds one event of a report; the row's number. */
  add(report: LinkReport, event: LinkEvent | null): number {
    const row = this.size;
    if (row === this.#capacity) this.#grow();
    this.size++;
    this.source[row] = this.sources.of(report.source);
    this.lang[row] = this.langs.of(report.lang);
    this.published[row] = report.published === null ? UNTIMED : Math.round(report.published / 60_000);
    this.sketch[row] = this.#keepSketch(report.text);
    this.#setEvent(row, event);
    return row;
  }

  /** Replaces the event of a row; its source and text stay. Whoever indexed the row takes it out before. */
  correct(row: number, event: LinkEvent | null): void {
    this.#setEvent(row, event);
  }

  isDated(row: number): boolean {
    return this.startDay[row] !== UNDATED;
  }

  isEpisode(row: number): boolean {
    return (this.endDay[row] ?? 0) - (this.startDay[row] ?? 0) >= this.episodeDays;
  }

  #setEvent(row: number, event: LinkEvent | null): void {
    const placed = event !== null && event.lat !== null && event.lon !== null;
    const precision = event?.precision ?? 'town';
    const radius = event?.radius ?? PRECISION_RADIUS_METRES[precision];
    this.placeClass[row] = placed ? classOf(precision, radius) : NO_PLACE;
    this.radiusKm[row] = radius / 1000;
    this.lat[row] = event?.lat ?? 0;
    this.lon[row] = event?.lon ?? 0;
    this.cos[row] = Math.cos(((event?.lat ?? 0) * Math.PI) / 180);
    const startDay = event?.startDay ?? null;
    this.startDay[row] = startDay ?? UNDATED;
    this.endDay[row] = event?.endDay ?? startDay ?? UNDATED;
    this.minute[row] = event?.minute ?? UNTIMED;
    this.type[row] = this.types.of(event?.type ?? null);
    this.actor[row] = this.actors.of(event?.actor ?? null);
    this.target[row] = this.targets.of(event?.target ?? null);
    const name = event?.placeText ? foldName(event.placeText) : '';
    const nowhere = event?.precision === 'country';
    this.placeName[row] = name === '' || isUnspecificName(name) || nowhere ? 0 : this.placeNames.of(name);
    setCount(this.killedLow, this.killedHigh, row, event?.killed);
    setCount(this.injuredLow, this.injuredHigh, row, event?.injured);
    const located = this.placeClass[row] !== NO_PLACE || this.placeName[row] !== 0;
    this.linkable[row] = event !== null && !event.aggregate && located ? 1 : 0;
  }

  #keepSketch(text: string | null): number {
    const sketch = text === null ? undefined : sketchText(text);
    if (!sketch) return UNKNOWN;
    if (this.#sketchEnd + SKETCH_SIZE > this.sketches.length) {
      const wider = new Uint32Array(Math.max(4096, this.sketches.length * 2));
      wider.set(this.sketches);
      this.sketches = wider;
    }
    const at = this.#sketchEnd;
    this.sketches.set(sketch, at);
    this.#sketchEnd += SKETCH_SIZE;
    return at;
  }

  #grow(): void {
    const capacity = Math.max(1024, this.#capacity * 2);
    this.lat = wider(this.lat, new Float32Array(capacity));
    this.lon = wider(this.lon, new Float32Array(capacity));
    this.cos = wider(this.cos, new Float32Array(capacity));
    this.radiusKm = wider(this.radiusKm, new Float32Array(capacity));
    this.placeClass = wider(this.placeClass, new Uint8Array(capacity));
    this.linkable = wider(this.linkable, new Uint8Array(capacity));
    this.startDay = wider(this.startDay, new Int32Array(capacity));
    this.endDay = wider(this.endDay, new Int32Array(capacity));
    this.minute = wider(this.minute, new Int32Array(capacity));
    this.published = wider(this.published, new Int32Array(capacity));
    this.type = wider(this.type, new Int32Array(capacity));
    this.actor = wider(this.actor, new Int32Array(capacity));
    this.target = wider(this.target, new Int32Array(capacity));
    this.source = wider(this.source, new Int32Array(capacity));
    this.lang = wider(this.lang, new Int32Array(capacity));
    this.placeName = wider(this.placeName, new Int32Array(capacity));
    this.killedLow = wider(this.killedLow, new Int32Array(capacity));
    this.killedHigh = wider(this.killedHigh, new Int32Array(capacity));
    this.injuredLow = wider(this.injuredLow, new Int32Array(capacity));
    this.injuredHigh = wider(this.injuredHigh, new Int32Array(capacity));
    this.sketch = wider(this.sketch, new Int32Array(capacity));
    this.#capacity = capacity;
  }
}

function wider<Column extends Float32Array | Int32Array | Uint8Array>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}

const MAX_COUNT = 2_000_000_000;

function setCount(low: Int32Array, high: Int32Array, row: number, count: Count | undefined): void {
  const known = count !== undefined && (count.low !== null || count.high !== null);
  low[row] = known ? Math.min(count.low ?? 0, MAX_COUNT) : UNKNOWN;
  high[row] = known ? Math.min(count.high ?? MAX_COUNT, MAX_COUNT) : UNKNOWN;
}
