/** Names of areas by id, in the language of the page; null and unknown ids get words too. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { areasQuery } from '../app/api.ts';
import { useLocale } from '../app/locale.tsx';
import { NOBODY } from '../app/search.ts';
import { shortAreaNames } from './area-names.ts';

export function useAreaNames(): (id: string | null) => string {
  const { lang, pick, t } = useLocale();
  const areas = useQuery(areasQuery).data;
  const short = useMemo(() => (areas ? shortAreaNames(areas, lang) : new Map<string, string>()), [areas, lang]);
  return useCallback(
    (id) => {
      const own = id === null ? undefined : short.get(id);
      if (own) return own;
      const area = areas?.features.find((feature) => feature.properties.id === id);
      if (area) return pick(area.properties.name);
      return id === null || id === NOBODY ? t('web.area.unknown') : id;
    },
    [areas, short, pick, t],
  );
}
