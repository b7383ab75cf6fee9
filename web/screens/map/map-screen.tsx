/** Map and list over a range of days: the same incidents twice, one selection, one address. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Day } from '../../../src/core/index.ts';
import type { ApiInstrument } from '../../../src/server/api/types.ts';
import { incidentsQuery, instrumentQuery } from '../../app/api.ts';
import { keeps } from '../../app/filter.ts';
import { useLocale } from '../../app/locale.tsx';
import { spotOf } from '../../map/spread.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { IncidentList } from '../../ui/incident-list.tsx';
import { LazyIncidentMap } from '../../ui/lazy-incident-map.tsx';
import { useTitle } from '../../ui/use-title.ts';
import styles from './map-screen.module.css';

export function MapScreen() {
  const instrument = useQuery(instrumentQuery);
  return <AsyncView query={instrument}>{(data) => <MapOfDays instrument={data} />}</AsyncView>;
}

function MapOfDays({ instrument }: { instrument: ApiInstrument }) {
  const { t } = useLocale();
  const search = useSearch({ from: '/map' });
  const navigate = useNavigate({ from: '/map' });
  const from = search.from ?? instrument.firstDay ?? instrument.startDay;
  const to = search.to ?? instrument.lastDay ?? instrument.startDay;
  const query = useQuery(incidentsQuery(from, to, {}));
  useTitle(t('web.nav.map'), t('web.brand'));
  const change = useCallback(
    (next: Partial<typeof search>) =>
      navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false }),
    [navigate],
  );
  const select = useCallback((id: string) => change({ sel: search.sel === id ? undefined : id }), [change, search.sel]);
  const openSpot = useCallback((at: string) => change({ at: search.at === at ? undefined : at }), [change, search.at]);
  return (
    <div className={styles.screen}>
      <h1>{t('web.map.title')}</h1>
      <Range from={from} to={to} instrument={instrument} onChange={change} />
      <AsyncView query={query} bones={10}>
        {({ items, total, cut }) => {
          const kept = items.filter((incident) => keeps(search, incident));
          const listed = search.at ? kept.filter((incident) => spotOf(incident.point) === search.at) : kept;
          return (
            <>
              {cut ? <p>{t('web.map.cut', { shown: items.length, all: total })}</p> : null}
              <FilterBar filters={search} incidents={items} shown={kept.length} from="/map" />
              <div className={styles.pair}>
                <div className={styles.map}>
                  <LazyIncidentMap incidents={kept} selected={search.sel} onSelect={select} onSpot={openSpot} />
                </div>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
                <section className={styles.list} aria-label={t('web.map.list')} tabIndex={0}>
                  <h2 className={styles.count}>{t('count.incidents', { n: listed.length })}</h2>
                  {search.at ? (
                    <p className={styles.spot}>
                      {t('web.map.atSpot')}{' '}
                      <button type="button" onClick={() => change({ at: undefined })}>
                        {t('web.filter.clear')}
                      </button>
                    </p>
                  ) : null}
                  <IncidentList incidents={listed} selected={search.sel} onSelect={select} />
                </section>
              </div>
            </>
          );
        }}
      </AsyncView>
    </div>
  );
}

interface RangeProps {
  readonly from: Day;
  readonly to: Day;
  readonly instrument: ApiInstrument;
  readonly onChange: (next: { from?: Day; to?: Day }) => void;
}

function Range({ from, to, instrument, onChange }: RangeProps) {
  const { t } = useLocale();
  const bounds = { min: instrument.firstDay ?? undefined, max: instrument.lastDay ?? undefined };
  return (
    <div className={styles.range}>
      <label>
        <span>{t('web.map.from')}</span>
        <input
          type="date"
          value={from}
          {...bounds}
          onChange={(event) => event.target.value && onChange({ from: event.target.value })}
        />
      </label>
      <label>
        <span>{t('web.map.to')}</span>
        <input
          type="date"
          value={to}
          {...bounds}
          onChange={(event) => event.target.value && onChange({ to: event.target.value })}
        />
      </label>
    </div>
  );
}
