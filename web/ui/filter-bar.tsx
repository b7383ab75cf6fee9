/** Narrows a list by kind, party, area and standing to the terms. The choice lives in the address; only what occurs is offered. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import type { ApiIncidentLine } from '../../src/server/api/types.ts';
import { useLocale } from '../app/locale.tsx';
import { type Filters, hasFilters, NOBODY, parseFilters } from '../app/search.ts';
import styles from './filter-bar.module.css';
import { useParties } from './party.tsx';
import { useAreaNames } from './use-area-names.ts';

interface FilterBarProps {
  readonly filters: Filters;
  /** All incidents of the view, from which the choices are taken. */
  readonly incidents: readonly ApiIncidentLine[];
  readonly shown: number;
  readonly from: '/' | '/map';
}

const CLEARED: Record<keyof Filters, undefined> = {
  type: undefined,
  party: undefined,
  area: undefined,
  terms: undefined,
  contested: undefined,
};

export function FilterBar({ filters, incidents, shown, from }: FilterBarProps) {
  const { t } = useLocale();
  const navigate = useNavigate({ from });
  const parties = useParties();
  const areaName = useAreaNames();
  const set = (change: Record<string, string | boolean | undefined>) =>
    navigate({
      to: from,
      search: (previous) => ({ ...previous, ...CLEARED, ...parseFilters({ ...filters, ...change }), sel: undefined }),
      replace: true,
      resetScroll: false,
    });
  const types = distinct(incidents.map((one) => one.type));
  const named = distinct(incidents.flatMap((one) => (one.allegedParties.length ? one.allegedParties : [NOBODY])));
  const areas = distinct(incidents.map((one) => one.place.area ?? NOBODY));
  const terms = distinct(incidents.map((one) => one.inTerms.value));
  return (
    <div className={styles.bar}>
      <Choice
        label={t('code.field.type')}
        value={filters.type}
        options={types.map((type) => [type, t(`code.type.${type}`)])}
        onChange={(type) => set({ type })}
      />
      <Choice
        label={t('web.filter.party')}
        value={filters.party}
        options={named.map((id) => [id, parties.name(id)])}
        onChange={(party) => set({ party })}
      />
      <Choice
        label={t('web.table.area')}
        value={filters.area}
        options={areas.map((id) => [id, areaName(id)])}
        onChange={(area) => set({ area })}
      />
      <Choice
        label={t('web.filter.terms')}
        value={filters.terms}
        options={terms.map((value) => [value, t(`inTerms.value.${value}`)])}
        onChange={(value) => set({ terms: value })}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={filters.contested === true}
          onChange={(event) => set({ contested: event.target.checked || undefined })}
        />
        {t('web.figures.contested')}
      </label>
      {hasFilters(filters) ? (
        <p className={styles.state} role="status">
          {t('web.filter.shown', { shown, all: incidents.length })}{' '}
          <Link to={from} search={(previous) => ({ ...previous, ...CLEARED })} resetScroll={false} replace>
            {t('web.filter.clear')}
          </Link>
        </p>
      ) : null}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const { t } = useLocale();
  const id = useId();
  const known = value === undefined || options.some(([option]) => option === value);
  return (
    <div className={styles.choice}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <select
        id={id}
        value={value ?? ''}
        data-set={value !== undefined || undefined}
        onChange={(event) => onChange(event.target.value || undefined)}
      >
        <option value="">{t('web.filter.all')}</option>
        {known ? null : <option value={value}>{value}</option>}
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

const distinct = <Value,>(values: readonly Value[]): Value[] => [...new Set(values)];
