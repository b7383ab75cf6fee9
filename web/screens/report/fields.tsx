/** Fields of the intake form: label above, fault below and tied to the field, text in its own direction. */
import { useId } from 'react';
import { useLocale } from '../../app/locale.tsx';
import styles from './report.module.css';

interface BaseProps {
  readonly label: string;
  readonly value: string;
  readonly required?: boolean;
  readonly fault?: string | undefined;
  readonly onChange: (value: string) => void;
}

export function Field({
  label,
  value,
  fault,
  type,
  onChange,
}: BaseProps & { readonly type: 'date' | 'time' | 'password' }) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        dir={type === 'password' ? 'ltr' : undefined}
        autoComplete="off"
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        onChange={(event) => onChange(event.target.value)}
      />
      <Fault id={`${id}-fault`} text={fault} />
    </div>
  );
}

/** A line, or with `rows` a box, of natural text in its own direction. */
export function TextField({ label, value, required, fault, rows, onChange }: BaseProps & { readonly rows?: number }) {
  const id = useId();
  const shared = {
    id,
    value,
    dir: 'auto',
    required,
    'aria-invalid': fault !== undefined,
    'aria-describedby': fault === undefined ? undefined : `${id}-fault`,
  } as const;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {rows === undefined ? (
        <input {...shared} type="text" maxLength={300} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea {...shared} rows={rows} maxLength={100_000} onChange={(event) => onChange(event.target.value)} />
      )}
      <Fault id={`${id}-fault`} text={fault} />
    </div>
  );
}

interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

export function SelectField<Value extends string>({ label, value, options, onChange }: SelectFieldProps<Value>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find(([option]) => option === event.target.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface CountFieldsProps {
  readonly label: string;
  readonly low: string;
  readonly high: string;
  readonly fault: string | undefined;
  readonly onLow: (value: string) => void;
  readonly onHigh: (value: string) => void;
}

/** Two ends of a range; one may be left open. Either kind of digits. */
export function CountFields({ label, low, high, fault, onLow, onHigh }: CountFieldsProps) {
  const { t } = useLocale();
  const id = useId();
  const input = (name: string, value: string, onChange: (value: string) => void) => (
    <label className={styles.end}>
      <span>{name}</span>
      <input
        type="text"
        inputMode="numeric"
        value={value}
        maxLength={8}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
  return (
    <fieldset className={styles.counts}>
      <legend>{label}</legend>
      {input(t('web.report.atLeast'), low, onLow)}
      {input(t('web.report.atMost'), high, onHigh)}
      <Fault id={`${id}-fault`} text={fault} />
    </fieldset>
  );
}

function Fault({ id, text }: { id: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p id={id} className={styles.fault}>
      {text}
    </p>
  );
}
