/** Incidents as a list: the equal of the map. Each line says what, where, when, how many, who is named, on whose word. */
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { isUnknownCount } from '../../src/core/index.ts';
import type { ApiIncidentLine } from '../../src/server/api/types.ts';
import { countText, edtfText } from '../app/format.ts';
import { useLocale } from '../app/locale.tsx';
import { Bdi } from './bdi.tsx';
import { InTermsMark } from './in-terms-mark.tsx';
import styles from './incident-list.module.css';
import { PartyNames, useParties } from './party.tsx';
import { StatusMark } from './status-mark.tsx';
import { useAreaNames } from './use-area-names.ts';

/** Lines drawn at once; more on asking, so that a year of incidents does not stall a telephone. */
const STEP = 200;

interface IncidentListProps {
  readonly incidents: readonly ApiIncidentLine[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

export function IncidentList({ incidents, selected, onSelect }: IncidentListProps) {
  const { t } = useLocale();
  const [limit, setLimit] = useState(STEP);
  if (incidents.length === 0) return <p>{t('web.incidents.noneKept')}</p>;
  const rest = incidents.length - limit;
  // What is selected on the map is in the list, however long the list is.
  const shown = incidents.filter((incident, index) => index < limit || incident.id === selected);
  return (
    <>
      <ol className={styles.list}>
        {shown.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} selected={incident.id === selected} onSelect={onSelect} />
        ))}
      </ol>
      {rest > 0 ? (
        <button type="button" className={styles.more} onClick={() => setLimit(limit + STEP)}>
          {t('web.incidents.more', { n: Math.min(rest, STEP), rest })}
        </button>
      ) : null}
    </>
  );
}

interface IncidentRowProps {
  readonly incident: ApiIncidentLine;
  readonly selected: boolean;
  readonly onSelect: (id: string) => void;
}

function IncidentRow({ incident, selected, onSelect }: IncidentRowProps) {
  const { t, placeName, formats } = useLocale();
  const parties = useParties();
  const areaName = useAreaNames();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [selected]);
  const place = placeName(incident.place);
  const area = incident.place.area === null ? null : areaName(incident.place.area);
  return (
    <li
      ref={row}
      className={styles.row}
      data-selected={selected || undefined}
      data-proposed={incident.proposed || undefined}
    >
      <span className={styles.shape}>
        <StatusMark
          status={incident.status}
          proposed={incident.proposed}
          color={parties.colorOf(incident.allegedParties)}
        />
      </span>
      <div className={styles.body}>
        <h3 className={styles.title}>
          <Link to="/incidents/$id" params={{ id: incident.id }} search={{}}>
            {t(`code.type.${incident.type}`)} · <Bdi>{place}</Bdi>
          </Link>
        </h3>
        <p className={styles.soft}>
          {area && area !== place ? (
            <>
              <Bdi>{area}</Bdi>
              {' · '}
            </>
          ) : null}
          {edtfText(t, formats, incident.start ?? incident.day)}
        </p>
        <p className={styles.toll}>
          {isUnknownCount(incident.killed) && isUnknownCount(incident.injured) ? (
            <span className={styles.soft}>{t('web.toll.neither')}</span>
          ) : (
            <>
              {t('web.toll.killed', { count: countText(t, incident.killed) })}
              {' · '}
              {t('web.toll.injured', { count: countText(t, incident.injured) })}
            </>
          )}
        </p>
        <p className={styles.parties}>
          <PartyNames ids={incident.allegedParties} />
          {incident.contested ? <span className={styles.contested}>{t('web.incidents.contested')}</span> : null}
        </p>
        <p className={styles.foot}>
          <span>
            <Link to="/incidents/$id" params={{ id: incident.id }} search={{}} hash="reports">
              {t('count.reports', { n: incident.reports.length })}
            </Link>
            {' · '}
            <Link to="/incidents/$id" params={{ id: incident.id }} search={{}} hash="origins">
              {t('count.origins', { n: incident.origins })}
            </Link>
          </span>
          <InTermsMark value={incident.inTerms.value} />
        </p>
      </div>
      {incident.point ? (
        <button type="button" className={styles.show} aria-pressed={selected} onClick={() => onSelect(incident.id)}>
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d="M10 18s6-5.6 6-10a6 6 0 0 0-12 0c0 4.400 6 10 6 10z" />
            <circle cx="10" cy="8" r="2" />
          </svg>
          <span className="visually-hidden">{t('web.incidents.onMap', { place })}</span>
        </button>
      ) : null}
    </li>
  );
}
