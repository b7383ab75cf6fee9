/** The map, fetched after the list: the screen is readable before MapLibre has come. */
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback } from 'react';
import type { ApiIncidentLine } from '../../src/server/api/types.ts';
import { areasQuery } from '../app/api.ts';
import { useLocale } from '../app/locale.tsx';
import { AsyncView, Bones } from './async-view.tsx';
import styles from './lazy-incident-map.module.css';
import { useParties } from './party.tsx';

const IncidentMap = lazy(() => import('../map/incident-map.tsx').then((module) => ({ default: module.IncidentMap })));

interface LazyIncidentMapProps {
  readonly incidents: readonly ApiIncidentLine[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onSpot?: (spot: string) => void;
}

const ignore = () => {};

export function LazyIncidentMap({ incidents, selected, onSelect, onSpot = ignore }: LazyIncidentMapProps) {
  const { t, placeName } = useLocale();
  const areas = useQuery(areasQuery);
  const parties = useParties();
  const { actors } = parties;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours change only with the actors
  const colorOf = useCallback((incident: ApiIncidentLine) => parties.colorOf(incident.allegedParties), [actors]);
  const titleOf = useCallback(
    (incident: ApiIncidentLine) => `${t(`code.type.${incident.type}`)} · ${placeName(incident.place)}`,
    [t, placeName],
  );
  const unplaced = incidents.filter((incident) => incident.point === null).length;
  return (
    <div className={styles.frame}>
      <div className={styles.place}>
        <AsyncView query={areas}>
          {(data) => (
            <Suspense fallback={<Bones lines={8} />}>
              <IncidentMap
                areas={data}
                incidents={incidents}
                selected={selected}
                onSelect={onSelect}
                onSpot={onSpot}
                colorOf={colorOf}
                titleOf={titleOf}
              />
            </Suspense>
          )}
        </AsyncView>
      </div>
      {unplaced > 0 ? <p className={styles.unplaced}>{t('web.map.unplaced', { n: unplaced })}</p> : null}
      <MapLegend incidents={incidents} />
    </div>
  );
}

function MapLegend({ incidents }: { incidents: readonly ApiIncidentLine[] }) {
  const { t } = useLocale();
  const parties = useParties();
  const named = new Set(
    incidents.flatMap((incident) => (incident.allegedParties.length === 1 ? incident.allegedParties : [])),
  );
  const shown = parties.actors.filter((actor) => named.has(actor.id) && parties.color(actor.id) !== '--party-none');
  return (
    <p className={styles.legend}>
      <span>{t('web.map.legend')}</span>
      {shown.map((actor) => (
        <span key={actor.id} className={styles.key}>
          <span
            className={styles.swatch}
            style={{ background: `var(${parties.color(actor.id)})` }}
            aria-hidden="true"
          />
          <bdi>{parties.name(actor.id)}</bdi>
        </span>
      ))}
      <span className={styles.key}>
        <span className={styles.swatch} style={{ background: 'var(--party-none)' }} aria-hidden="true" />
        {t('web.map.legendNone')}
      </span>
    </p>
  );
}
