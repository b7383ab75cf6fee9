/**
 * Who said it, as the public may know it: sources and origins of public reports by their names, those heard only through
 * sealed reports by a number inside the incident. The number counts voices, so that corroboration stays countable.
 */
import type { FoldedIncident } from '../incidents/index.ts';

/** How a sealed voice is written in published data; pages put words for it. */
export const SEALED_PREFIX = 'sealed:';

export interface Voice {
  readonly report: string;
  readonly source: string;
  readonly origin: string;
  readonly sealed: boolean;
}

export interface Veil {
  /** Published name of an origin of the incident. */
  origin(name: string): string;
  /** Published name of the source of one of the reports. */
  source(report: string): string;
}

/** The veil of one incident. A name is open when some public report of the incident carries it. */
export function veilOf(voices: readonly Voice[]): Veil {
  const open = new Set(voices.filter(({ sealed }) => !sealed).flatMap(({ source, origin }) => [source, origin]));
  const numbers = new Map<string, string>();
  for (const { source, origin, sealed } of voices) {
    for (const name of sealed ? [origin, source] : []) {
      if (!open.has(name) && !numbers.has(name)) numbers.set(name, `${SEALED_PREFIX}${numbers.size + 1}`);
    }
  }
  const shown = (name: string): string => (open.has(name) ? name : (numbers.get(name) ?? name));
  const sources = new Map(voices.map(({ report, source, sealed }) => [report, sealed ? shown(source) : source]));
  return { origin: shown, source: (report) => sources.get(report) ?? `${SEALED_PREFIX}0` };
}

/** A folded incident with its origins under the veil. */
export function veilFolded(folded: FoldedIncident, veil: Veil): FoldedIncident {
  const toll = <Toll extends FoldedIncident['killed']>(of: Toll) => ({
    ...of,
    byOrigin: of.byOrigin.map((one) => ({ ...one, origin: veil.origin(one.origin) })),
  });
  return {
    ...folded,
    killed: toll(folded.killed),
    injured: toll(folded.injured),
    origins: folded.origins.map((one) => ({ ...one, origin: veil.origin(one.origin) })),
    contradictions: folded.contradictions.map((one) => ({
      ...one,
      values: one.values.map((value) => ({ ...value, origins: value.origins.map((origin) => veil.origin(origin)) })),
    })),
  };
}
