/** Small parts that the desk pages share: buttons, fields, what was refused, roles in words. */
import { type ReactNode, useId } from 'react';
import { useLocale } from '../../app/locale.tsx';
import styles from './desk.module.css';

interface ActButtonProps {
  readonly children: ReactNode;
  readonly busy?: boolean;
  readonly plain?: boolean;
  readonly onPress: () => void;
}

export function ActButton({ children, busy = false, plain = false, onPress }: ActButtonProps) {
  return (
    <button type="button" className={plain ? styles.plain : styles.button} disabled={busy} onClick={onPress}>
      {children}
    </button>
  );
}

export function Refused({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text === null ? null : (
        <p className={styles.refused}>
          <bdi>{text}</bdi>
        </p>
      )}
    </div>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  readonly rows?: number;
  readonly max?: number;
  readonly optional?: boolean;
  readonly onChange: (value: string) => void;
}

export function Line({ label, value, note, rows, max = 100, optional = false, onChange }: LineProps) {
  const id = useId();
  const shared = {
    id,
    value,
    dir: 'auto',
    required: !optional,
    maxLength: max,
    autoComplete: 'off',
    'aria-describedby': note ? `${id}-note` : undefined,
  } as const;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <textarea {...shared} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...shared} type="text" onChange={(event) => onChange(event.target.value)} />
      )}
      {note ? (
        <p id={`${id}-note`} className={styles.soft}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

export function Choice({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

export const ROLE_KEYS = [
  'co_chair',
  'assessor',
  'analyst',
  'duty_officer',
  'monitor',
  'liaison',
  'custodian',
  'administrator',
] as const;

export function useRoleWords(): (role: string) => string {
  const { words } = useLocale();
  return (role) => words(`role.${role}`) ?? role;
}

export function RoleList({ roles }: { roles: readonly string[] }) {
  const word = useRoleWords();
  return (
    <ul className={styles.roles}>
      {roles.map((role) => (
        <li key={role}>{word(role)}</li>
      ))}
    </ul>
  );
}

/** Boxes for the roles a person may have. */
export function RoleBoxes({
  legend,
  roles,
  onChange,
}: {
  readonly legend: string;
  readonly roles: readonly string[];
  readonly onChange: (roles: readonly string[]) => void;
}) {
  const word = useRoleWords();
  return (
    <fieldset className={styles.boxes}>
      <legend>{legend}</legend>
      {ROLE_KEYS.map((role) => (
        <label key={role}>
          <input
            type="checkbox"
            checked={roles.includes(role)}
            onChange={(event) =>
              onChange(event.target.checked ? [...roles, role] : roles.filter((one) => one !== role))
            }
          />
          {word(role)}
        </label>
      ))}
    </fieldset>
  );
}
