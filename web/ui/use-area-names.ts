/** Names of areas by id, in the language of the page; null and unknown ids get words too. */
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { areasQuery } from '../app/api.ts';
import { useLocale } from '../app/locale.tsx';
import { NOBODY } from '../app/search.ts';

export function useAreaNames(): (id: string | null) => string {
  const { pick, t } = useLocale();
  const areas = useQuery(areasQuery).data;
  return useCallback(
    (id) => {
      const area = areas?.features.find((feature) => feature.properties.id === id);
      if (area) return pick(area.properties.name);
      return id === null || id === NOBODY ? t('web.area.unknown') : id;
    },
    [areas, pick, t],
  );
}
