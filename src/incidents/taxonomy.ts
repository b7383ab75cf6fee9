/**
 * The tree of event kinds: how near two kinds are. The shipped tree covers the instrument's codes; any other comes from
 * a file of `code,parent` rows or a JSON object. Pure.
 */
import { type EventType, Problem } from '../core/index.ts';
import { BAD_TAXONOMY } from './problems.ts';

/** Child → parent. A code that is nobody's child is a root; the root itself means "unspecified". */
export type TaxonomyTree = Readonly<Record<string, string>>;

/** Ours, every event type but the root: near to the classes of ACLED, fine enough to keep an air strike from a shelling. */
export const SHIPPED_TREE = {
  explosive: 'ceasefire_violation',
  aerial: 'explosive',
  indirect_fire: 'explosive',
  fighting: 'ceasefire_violation',
  coercion: 'ceasefire_violation',
  other: 'ceasefire_violation',
  air_strike: 'aerial',
  chemical_allegation: 'aerial',
  shelling: 'indirect_fire',
  missile: 'indirect_fire',
  ied: 'explosive',
  ground_attack: 'fighting',
  small_arms: 'fighting',
  territory_change: 'fighting',
  siege_or_access_denied: 'coercion',
  abduction_or_detention: 'coercion',
  arms_transfer: 'other',
  protest_or_other: 'other',
} satisfies TaxonomyTree & Record<Exclude<EventType, 'ceasefire_violation'>, string>;

export const KIND_LEVELS = ['same', 'contains', 'sibling', 'cousin', 'different'] as const;
export type KindLevel = 0 | 1 | 2 | 3 | 4;

const MAX_DEPTH = 12;
const MAX_NODES = 20_000;

export interface Taxonomy {
  /** Path from the root to the code; an unknown code is a root of its own. */
  pathOf(code: string): readonly string[];
  level(a: string, b: string): KindLevel;
}

/** Throws a Problem on a circle, a code deeper than twelve levels or more than 20,000 codes. */
export function makeTaxonomy(tree: TaxonomyTree, where = 'taxonomy'): Taxonomy {
  const parents = new Map(Object.entries(tree));
  if (parents.size > MAX_NODES) throw new Problem(BAD_TAXONOMY, `more than ${MAX_NODES} codes`, { where });
  const paths = new Map<string, readonly string[]>();
  const pathOf = (code: string): readonly string[] => {
    const known = paths.get(code);
    if (known) return known;
    const path = [code];
    for (let at = parents.get(code); at !== undefined; at = parents.get(at)) {
      if (path.includes(at)) throw new Problem(BAD_TAXONOMY, `${code} is above itself`, { where });
      if (path.length >= MAX_DEPTH) throw new Problem(BAD_TAXONOMY, `${code} is too deep`, { where });
      path.unshift(at);
    }
    paths.set(code, path);
    return path;
  };
  for (const code of parents.keys()) pathOf(code);
  return { pathOf, level: (a, b) => levelOf(pathOf(a), pathOf(b)) };
}

function levelOf(a: readonly string[], b: readonly string[]): KindLevel {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  if (shared === a.length && shared === b.length) return 0;
  if (shared === 0) return 4;
  if (shared === a.length || shared === b.length) return 1;
  if (shared === 1) return 4;
  return shared === Math.min(a.length, b.length) - 1 ? 2 : 3;
}
