/** Where it happened: the name as it is said, the places that may be meant by it, and the map for who cannot name it. */
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useId, useState } from 'react';
import { areasQuery, placesQuery, townsQuery } from '../../app/api.ts';
import { useLocale } from '../../app/locale.tsx';
import { useAreaNames } from '../../ui/use-area-names.ts';
import type { ChosenPlace, Draft } from './draft.ts';
import { TextField } from './fields.tsx';
import styles from './report.module.css';

const PlacePicker = lazy(() => import('../../map/place-picker.tsx').then((one) => ({ default: one.PlacePicker })));

interface PlaceFieldProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

export function PlaceField({ draft, onChange }: PlaceFieldProps) {
  const { t } = useLocale();
  const [mapOpen, setMapOpen] = useState(false);
  const id = useId();
  const choose = (chosen: ChosenPlace | null, place = draft.place) => onChange({ chosen, place });
  return (
    <>
      <TextField
        label={t('web.report.place')}
        value={draft.place}
        // Another name is another place.
        onChange={(place) => onChange({ place, chosen: null })}
      />
      {draft.chosen === null ? <Suggestions draft={draft} onChoose={choose} /> : null}
      <p className={styles.chosen} role="status">
        {draft.chosen === null ? null : (
          <>
            {t('web.report.placeChosen', { precision: t(`code.precision.${draft.chosen.precision}`) })}{' '}
            <button type="button" className={styles.plain} onClick={() => choose(null)}>
              {t('web.report.placeForget')}
            </button>
          </>
        )}
      </p>
      <button
        type="button"
        className={styles.secondary}
        aria-expanded={mapOpen}
        aria-controls={id}
        onClick={() => setMapOpen(!mapOpen)}
      >
        {mapOpen ? t('web.report.map.close') : t('web.report.map.open')}
      </button>
      <div id={id}>{mapOpen ? <Picker at={draft.chosen} onPick={choose} /> : null}</div>
    </>
  );
}

function Picker({ at, onPick }: { at: ChosenPlace | null; onPick: (picked: ChosenPlace) => void }) {
  const { t } = useLocale();
  const areas = useQuery(areasQuery).data;
  const towns = useQuery(townsQuery).data;
  const waiting = <p className={styles.soft}>{t('web.loading')}</p>;
  if (!areas || !towns) return waiting;
  return (
    <Suspense fallback={waiting}>
      <PlacePicker areas={areas} towns={towns} at={at} onPick={onPick} />
    </Suspense>
  );
}

/** Places that the name may mean, each with the governorate that tells it from others of its name. */
function Suggestions({ draft, onChoose }: { draft: Draft; onChoose: (chosen: ChosenPlace, name: string) => void }) {
  const { t, placeName } = useLocale();
  const areaName = useAreaNames();
  const name = draft.place.trim();
  const { data } = useQuery({ ...placesQuery(name, draft.lang), enabled: name.length >= 2 });
  const items = name.length >= 2 ? (data?.items ?? []) : [];
  if (items.length === 0) return null;
  return (
    <fieldset className={styles.suggestions}>
      <legend>{t('web.report.placeWhich')}</legend>
      <ul>
        {items.slice(0, 5).map((place) => (
          <li key={place.id}>
            <button
              type="button"
              className={styles.suggestion}
              onClick={() => onChoose({ point: place.point, precision: place.precision }, draft.place)}
            >
              <bdi>{placeName(place)}</bdi> · {t(`code.precision.${place.precision}`)}
              {place.area === null ? null : (
                <>
                  {' · '}
                  <bdi>{areaName(place.area)}</bdi>
                </>
              )}
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
