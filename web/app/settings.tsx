/** Light or dark, digits and month names. Kept in this browser; the address carries only the language. */
import { Button, Dialog, DialogTrigger, Label, Popover, Radio, RadioGroup } from 'react-aria-components';
import { useLocale } from './locale.tsx';
import type { Preferences } from './preferences.ts';
import styles from './settings.module.css';

interface SettingsProps {
  readonly preferences: Preferences;
  readonly onChange: (next: Preferences) => void;
}

export function Settings({ preferences, onChange }: SettingsProps) {
  const { t, lang } = useLocale();
  return (
    <DialogTrigger>
      <Button className={styles.open} aria-label={t('web.settings.open')}>
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
          <circle cx="15" cy="7" r="2.2" />
          <circle cx="9" cy="17" r="2.2" />
        </svg>
      </Button>
      <Popover className={styles.popover} placement="bottom end">
        <Dialog className={styles.dialog} aria-label={t('web.settings.open')}>
          <Choice
            label={t('web.settings.theme')}
            value={preferences.theme}
            options={[
              ['system', t('web.settings.theme.system')],
              ['light', t('web.settings.theme.light')],
              ['dark', t('web.settings.theme.dark')],
            ]}
            onChange={(theme) => onChange({ ...preferences, theme })}
          />
          {lang === 'ar' ? (
            <>
              <Choice
                label={t('web.settings.digits')}
                value={preferences.digits}
                options={[
                  ['western', t('web.settings.digits.western')],
                  ['arabic', t('web.settings.digits.arabic')],
                ]}
                onChange={(digits) => onChange({ ...preferences, digits })}
              />
              <Choice
                label={t('web.settings.months')}
                value={preferences.months}
                options={[
                  ['common', t('web.settings.months.common')],
                  ['levantine', t('web.settings.months.levantine')],
                ]}
                onChange={(months) => onChange({ ...preferences, months })}
              />
            </>
          ) : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <RadioGroup className={styles.choice} value={value} onChange={(next) => onChange(next as Value)}>
      <Label className={styles.label}>{label}</Label>
      {options.map(([option, text]) => (
        <Radio key={option} value={option} className={styles.radio}>
          {text}
        </Radio>
      ))}
    </RadioGroup>
  );
}
