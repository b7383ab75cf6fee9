/** What to read to the caller before sending: a misheard name is found here or never. Any change asks for it again. */
import { useId } from 'react';
import { countText } from '../../app/format.ts';
import { useLocale } from '../../app/locale.tsx';
import { Panel } from '../../ui/panel.tsx';
import { countOf, type Draft, identityOf } from './draft.ts';
import styles from './report.module.css';

interface ReadBackProps {
  readonly draft: Draft;
  readonly files: number;
  /** Staff read to a caller; others read for themselves. */
  readonly staff: boolean;
  readonly agreed: boolean;
  /** Somebody tried to send without it. */
  readonly missing: boolean;
  readonly onAgreed: (agreed: boolean) => void;
}

export function ReadBack({ draft, files, staff, agreed, missing, onAgreed }: ReadBackProps) {
  const { t, formats } = useLocale();
  const id = useId();
  const unknown = { low: null, high: null };
  const killed = countOf(draft.killedLow, draft.killedHigh) ?? unknown;
  const injured = countOf(draft.injuredLow, draft.injuredHigh) ?? unknown;
  return (
    <Panel
      title={staff ? t('web.report.readBack') : t('web.report.readBackMyself')}
      note={staff ? t('web.report.readBackNote') : undefined}
    >
      <div className={styles.readBack} aria-live="off">
        <p dir="auto">{draft.text.trim() || '…'}</p>
        <p>
          {t('code.field.place')}: <bdi dir="auto">{draft.place.trim() || t('count.unknown')}</bdi>
          {draft.chosen === null ? null : ` · ${t(`code.precision.${draft.chosen.precision}`)}`}
        </p>
        <p>
          {t('code.field.start')}: {draft.day === '' ? t('count.unknown') : formats.longDay(draft.day)}
          {draft.part === '' ? null : ` · ${t(`web.report.part.${draft.part}`)}`}
        </p>
        <p>
          {t('web.toll.killed', { count: countText(t, killed) })} ·{' '}
          {t('web.toll.injured', { count: countText(t, injured) })}
        </p>
        <p>
          {t('web.report.filesCount', { n: files })} ·{' '}
          {identityOf(draft) === null ? t('web.report.identityNone') : t('web.report.identitySealed')}
        </p>
      </div>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={agreed}
          aria-invalid={missing}
          aria-describedby={missing ? `${id}-missing` : undefined}
          onChange={(event) => onAgreed(event.target.checked)}
        />
        {staff ? t('web.report.agreed') : t('web.report.agreedMyself')}
      </label>
      {missing ? (
        <p id={`${id}-missing`} className={styles.fault}>
          {staff ? t('web.report.fault.agreed') : t('web.report.fault.agreedMyself')}
        </p>
      ) : null}
    </Panel>
  );
}
