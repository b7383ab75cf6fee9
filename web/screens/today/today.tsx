/** The day: what was reported, where, of whom, beside the day before; what is contested; what is outside the terms; who was heard. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Day } from '../../../src/core/index.ts';
import type { ApiDay, ApiInstrument } from '../../../src/server/api/types.ts';
import { dayQuery, daysQuery, instrumentQuery } from '../../app/api.ts';
import { keeps } from '../../app/filter.ts';
import { useLocale } from '../../app/locale.tsx';
import { Timeline } from '../../timeline/timeline.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { IncidentList } from '../../ui/incident-list.tsx';
import { LazyIncidentMap } from '../../ui/lazy-incident-map.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { Contested, OutsideTerms } from './apart.tsx';
import { DayFigures } from './day-figures.tsx';
import { DayHead } from './day-head.tsx';
import { Reports, Sources } from './heard.tsx';
import { PartyAreaTable } from './party-area-table.tsx';
import styles from './today.module.css';
import { ZeroDay } from './zero-day.tsx';

export function TodayScreen() {
  const instrument = useQuery(instrumentQuery);
  return <AsyncView query={instrument}>{(data) => <Today instrument={data} />}</AsyncView>;
}

function Today({ instrument }: { instrument: ApiInstrument }) {
  const { t, formats } = useLocale();
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const day = search.day ?? instrument.openDay ?? instrument.lastDay ?? instrument.startDay;
  const days = useQuery(daysQuery);
  const oneDay = useQuery(dayQuery(day));
  useTitle(formats.day(day), t('web.brand'));
  const goTo = useCallback(
    (next: Day) =>
      navigate({
        to: '/',
        search: (previous) => ({ ...previous, day: next, sel: undefined, source: undefined }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return (
    <div className={styles.today}>
      <DayHead day={day} instrument={instrument} facts={oneDay.data?.day === day ? oneDay.data : undefined} />
      <AsyncView query={days} bones={3}>
        {(data) => (data.days.length > 0 ? <Timeline days={data} day={day} onChange={goTo} /> : null)}
      </AsyncView>
      <AsyncView query={oneDay} bones={10}>
        {(data) => <DayBody day={data} />}
      </AsyncView>
    </div>
  );
}

function DayBody({ day }: { day: ApiDay }) {
  const { t } = useLocale();
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const shown = day.incidents.filter((incident) => keeps(search, incident));
  const select = useCallback(
    (id: string) =>
      navigate({
        to: '/',
        search: (previous) => ({ ...previous, sel: search.sel === id ? undefined : id }),
        replace: true,
        resetScroll: false,
      }),
    [navigate, search.sel],
  );
  return (
    <div className={styles.body}>
      <DayFigures day={day} />
      <div className={styles.pair}>
        <Panel title={t('web.incidents.title')} note={t('web.incidents.note')} id="incidents">
          {day.incidents.length === 0 ? (
            <ZeroDay day={day} />
          ) : (
            <>
              <FilterBar filters={search} incidents={day.incidents} shown={shown.length} from="/" />
              <IncidentList incidents={shown} selected={search.sel} onSelect={select} />
            </>
          )}
        </Panel>
        <div className={styles.map}>
          <LazyIncidentMap incidents={shown} selected={search.sel} onSelect={select} />
        </div>
      </div>
      <PartyAreaTable day={day} />
      <div className={styles.pair}>
        <Contested day={day} />
        <OutsideTerms day={day} />
      </div>
      <div className={styles.pair}>
        <Sources day={day} />
        <Reports day={day} />
      </div>
    </div>
  );
}
