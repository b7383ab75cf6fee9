/**
 * Finds the earlier report of which a new one is a copy. Holds profiles of recent texts only (a ring), looked up by
 * exact text, by bands of the sketch and by credited source; every lookup is bounded, so a million identical texts
 * cost a million short looks.
 */
import { type CopyProfile, type CopySource, copyProfile, sameOrigin } from './copies.ts';
import type { CopyReason } from './model.ts';
import { creditName, ownerOf } from './owners.ts';
import { SKETCH_SIZE, sketchText } from './sketch.ts';

const MAX_PROFILES = 100_000;
const MAX_LIST = 24;
const MAX_CHECKS = 64;
const BAND = 2;

export interface CopyFound {
  readonly row: number;
  readonly reason: CopyReason;
}

interface Kept {
  readonly row: number;
  readonly profile: CopyProfile;
  readonly keys: readonly (number | string)[];
}

export class CopyIndex {
  readonly #ring: Kept[] = [];
  #next = 0;
  /** Latest profiles under an exact hash, a band or an owner. */
  readonly #lists = new Map<number | string, Kept[]>();
  readonly #sourceNames = new Map<string, string>();

  /** The best earlier copy that `fits` accepts; then remembers the report under `row`. */
  findAndAdd(row: number, report: CopySource, fits: (other: number) => boolean): CopyFound | null {
    this.#learnSource(report.source);
    if (report.text === null) return null;
    const profile = copyProfile(report, (name) => this.#sourceNames.get(name));
    const keys = keysOf(profile, report.text);
    const found = this.#find(profile, keys, fits);
    // A copy of an exact text adds nothing to look up: the first one stands for it.
    if (found?.reason !== 'identical') this.#keep({ row, profile, keys });
    return found;
  }

  #find(profile: CopyProfile, keys: readonly (number | string)[], fits: (other: number) => boolean): CopyFound | null {
    const checked = new Set<number>();
    for (const key of [...keys, ...profile.credits.map(ownerKey)]) {
      const list = this.#lists.get(key);
      for (let i = (list?.length ?? 0) - 1; i >= 0 && checked.size < MAX_CHECKS; i--) {
        const kept = list?.[i];
        if (!kept || checked.has(kept.row)) continue;
        checked.add(kept.row);
        const reason = sameOrigin(profile, kept.profile);
        if (reason !== null && fits(kept.row)) return { row: kept.row, reason };
      }
    }
    return null;
  }

  #keep(kept: Kept): void {
    const old = this.#ring[this.#next];
    if (old) this.#forget(old);
    this.#ring[this.#next] = kept;
    this.#next = (this.#next + 1) % MAX_PROFILES;
    for (const key of kept.keys) {
      const list = this.#lists.get(key);
      if (!list) this.#lists.set(key, [kept]);
      else {
        list.push(kept);
        if (list.length > MAX_LIST) list.shift();
      }
    }
  }

  #forget(old: Kept): void {
    for (const key of old.keys) {
      const list = this.#lists.get(key);
      const at = list?.indexOf(old) ?? -1;
      if (!list || at < 0) continue;
      list.splice(at, 1);
      if (list.length === 0) this.#lists.delete(key);
    }
  }

  #learnSource(source: string): void {
    const name = creditName(source);
    if (name.length >= 4 && this.#sourceNames.size < 50_000) this.#sourceNames.set(name, ownerOf(source));
  }
}

const ownerKey = (owner: string): string => `o:${owner}`;

function keysOf(profile: CopyProfile, text: string): (number | string)[] {
  const keys: (number | string)[] = [profile.exact, ownerKey(profile.owner)];
  for (const credit of profile.credits) keys.push(ownerKey(credit));
  const sketch = sketchText(text);
  if (!sketch) return keys;
  for (let i = 0; i < SKETCH_SIZE; i += BAND) {
    keys.push(-(i + 1) * 4_294_967_296 * 2 - (((sketch[i] ?? 0) ^ Math.imul(sketch[i + 1] ?? 0, 0x9e3779b1)) >>> 0));
  }
  return keys;
}
