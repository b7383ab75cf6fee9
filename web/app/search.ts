/**
 * The state of a screen, as it stands in the address: day, language, filters, selection. Pure parsing; whatever is
 * not understood is left out, so an old or broken address still opens.
 */
import { type Day, EVENT_TYPES, type EventType, isDay, isLang, type Lang } from '../../src/core/index.ts';
import type { InTermsValue } from '../../src/server/api/types.ts';

/** Stands for "no party named" in the address. */
export const NOBODY = 'unknown';

export interface RootSearch {
  readonly lang?: Lang;
}

export interface Filters {
  readonly type?: EventType;
  /** Actor id, or `unknown`. */
  readonly party?: string;
  /** Area id, or `unknown`. */
  readonly area?: string;
  readonly terms?: InTermsValue;
  readonly contested?: true;
}

export interface DaySearch extends Filters {
  readonly day?: Day;
  /** The incident selected in list and map. */
  readonly sel?: string;
  /** A source whose reports alone are listed. */
  readonly source?: string;
}

export interface MapSearch extends Filters {
  readonly from?: Day;
  readonly to?: Day;
  /** A spot of the map opened as a list, `LAT,LON`. */
  readonly at?: string;
  readonly sel?: string;
}

/** Which report and which of its fields are shown marked. */
export interface IncidentSearch {
  readonly report?: string;
  readonly field?: string;
}

type Raw = Record<string, unknown>;

const IN_TERMS: readonly string[] = ['yes', 'no', 'contested', 'unknown'];
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;
const day = (value: unknown): Day | undefined => (isDay(value) ? value : undefined);

export const parseRootSearch = (raw: Raw): RootSearch => (isLang(raw.lang) ? { lang: raw.lang } : {});

export function parseFilters(raw: Raw): Filters {
  return compact({
    type: EVENT_TYPES.find((type) => type === raw.type),
    party: text(raw.party),
    area: text(raw.area),
    terms: IN_TERMS.includes(String(raw.terms)) ? (raw.terms as InTermsValue) : undefined,
    contested: raw.contested === true || raw.contested === 'true' ? (true as const) : undefined,
  });
}

export const parseDaySearch = (raw: Raw): DaySearch =>
  compact({ day: day(raw.day), ...parseFilters(raw), sel: text(raw.sel), source: text(raw.source) });

export const parseMapSearch = (raw: Raw): MapSearch =>
  compact({ from: day(raw.from), to: day(raw.to), ...parseFilters(raw), at: text(raw.at), sel: text(raw.sel) });

export const parseIncidentSearch = (raw: Raw): IncidentSearch =>
  compact({ report: text(raw.report), field: text(raw.field) });

/** Why a person comes to the door. */
export interface SignInSearch {
  readonly failed?: 'oidc';
}

export const parseSignInSearch = (raw: Raw): SignInSearch => (raw.failed === 'oidc' ? { failed: 'oidc' } : {});

/** What the form of proposals is filled with. */
export interface ProposeSearch {
  readonly act?: string;
  readonly about?: string;
}

export const parseProposeSearch = (raw: Raw): ProposeSearch => compact({ act: text(raw.act), about: text(raw.about) });

export const hasFilters = (filters: Filters): boolean =>
  Boolean(filters.type || filters.party || filters.area || filters.terms || filters.contested);

function compact<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Value;
}
