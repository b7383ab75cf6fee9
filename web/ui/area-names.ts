/** Names of areas for a map: without the words that nearly all of them share ("محافظة", "governorate"). Pure, any language. */
import type { Lang } from '../../src/core/index.ts';
import type { ApiAreas } from '../../src/server/api/types.ts';

/** A word borne by at least this share of the names says nothing about any of them. */
const SHARED_BY = 0.7;

/** The names in their order, each without shared words; a name made of nothing else stays whole. */
export function withoutSharedWords(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const word of new Set(name.split(' '))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const shared = (word: string) => names.length > 2 && (counts.get(word) ?? 0) >= names.length * SHARED_BY;
  return names.map((name) => {
    const kept = name.split(' ').filter((word) => !shared(word));
    return kept.length > 0 ? kept.join(' ') : name;
  });
}

/** Short names of the instrument's areas by id; neighbours keep theirs. */
export function shortAreaNames(areas: ApiAreas, lang: Lang): Map<string, string> {
  const own = areas.features.filter(({ properties }) => properties.role === 'area');
  const names = withoutSharedWords(own.map(({ properties }) => properties.name[lang]));
  return new Map(own.map(({ properties }, index) => [properties.id, names[index] ?? properties.name[lang]]));
}
