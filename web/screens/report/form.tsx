/** The form itself: one column, in the order in which a call goes. Nothing is sent before it was read back. */
import { type FormEvent, useRef, useState } from 'react';
import { isolate, TARGETS } from '../../../src/core/index.ts';
import type { ApiIntake, ApiPartOfDay } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Attachments } from './attachments.tsx';
import { type Draft, type DraftFault, faultsOf } from './draft.ts';
import { CountFields, Field, SelectField, TextField } from './fields.tsx';
import type { Delivery, Enclosed } from './outbox.ts';
import { PlaceField } from './place.tsx';
import { ReadBack } from './read-back.tsx';
import styles from './report.module.css';

const PARTS: readonly ApiPartOfDay[] = ['night', 'morning', 'afternoon', 'evening'];

export interface IntakeFormProps {
  readonly draft: Draft;
  readonly files: readonly Enclosed[];
  readonly token: string;
  /** The door that is open without an account; null when none is. */
  readonly open: ApiIntake | null;
  readonly staff: boolean;
  readonly delivery: Delivery | null;
  readonly onDraft: (change: Partial<Draft>) => void;
  readonly onFiles: (files: readonly Enclosed[]) => void;
  readonly onToken: (token: string) => void;
  readonly onSend: () => void;
}

export function IntakeForm(props: IntakeFormProps) {
  const { draft, files, open, staff, delivery } = props;
  const { t } = useLocale();
  const [tried, setTried] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const faults = faultsOf(draft, open?.limits.identity);
  const faultOf = (field: DraftFault) => (tried && faults.includes(field) ? t(`web.report.fault.${field}`) : undefined);
  const underway = delivery?.state === 'sending' || delivery?.state === 'waiting';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults.length > 0 || !agreed) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    if (!underway) props.onSend();
  };
  const change = (next: Partial<Draft>) => {
    setAgreed(false);
    props.onDraft(next);
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate autoComplete="off">
      <header>
        <h1>{t('web.report.title')}</h1>
        <p className={styles.soft}>{open?.door === 'public' ? t('web.report.leadPublic') : t('web.report.lead')}</p>
        <p className={styles.soft}>{t('web.report.nothingKept')}</p>
      </header>
      <fieldset className={styles.bare} disabled={underway}>
        <Panel title={t('web.report.words')} note={staff ? t('web.report.wordsNote') : t('web.report.wordsNoteMyself')}>
          <TextField
            label={t('web.report.text')}
            value={draft.text}
            rows={7}
            required
            fault={faultOf('text')}
            onChange={(text) => change({ text })}
          />
          <SelectField
            label={t('web.report.lang')}
            value={draft.lang}
            options={[
              ['ar', 'العربية'],
              ['en', 'English'],
              ['ru', 'Русский'],
            ]}
            onChange={(lang) => change({ lang })}
          />
        </Panel>
        <Panel title={t('web.report.where')} note={staff ? t('web.report.whereNote') : t('web.report.whereNoteMyself')}>
          <PlaceField draft={draft} onChange={change} />
          <div className={styles.pair}>
            <Field
              label={t('web.report.day')}
              type="date"
              value={draft.day}
              fault={faultOf('day')}
              onChange={(day) => change({ day })}
            />
            <SelectField
              label={t('web.report.part')}
              value={draft.part}
              options={[
                ['', t('web.report.part.unknown')],
                ...PARTS.map((part) => [part, t(`web.report.part.${part}`)] as const),
              ]}
              onChange={(part) => change({ part })}
            />
          </div>
          {open ? <p className={styles.soft}>{t('web.report.zone', { zone: isolate(open.timeZone) })}</p> : null}
        </Panel>
        <Panel
          title={t('web.report.numbers')}
          note={staff ? t('web.report.numbersNote') : t('web.report.numbersNoteMyself')}
        >
          <SelectField
            label={t('web.report.target')}
            value={draft.target}
            options={[
              ['', t('web.report.targetUnsaid')],
              ...TARGETS.filter((one) => one !== 'unknown').map((one) => [one, t(`code.target.${one}`)] as const),
            ]}
            onChange={(target) => change({ target })}
          />
          <CountFields
            label={t('code.field.killed')}
            low={draft.killedLow}
            high={draft.killedHigh}
            fault={faultOf('killed')}
            onLow={(killedLow) => change({ killedLow })}
            onHigh={(killedHigh) => change({ killedHigh })}
          />
          <CountFields
            label={t('code.field.injured')}
            low={draft.injuredLow}
            high={draft.injuredHigh}
            fault={faultOf('injured')}
            onLow={(injuredLow) => change({ injuredLow })}
            onHigh={(injuredHigh) => change({ injuredHigh })}
          />
        </Panel>
        <Panel title={t('web.report.filesTitle')} note={t('web.report.filesSealed')}>
          <Attachments
            files={files}
            onChange={(next) => {
              setAgreed(false);
              props.onFiles(next);
            }}
          />
        </Panel>
        <IdentityPanel {...props} staff={staff} faultOf={faultOf} onChange={change} />
        <ReadBack
          draft={draft}
          files={files.length}
          staff={staff}
          agreed={agreed}
          missing={tried && !agreed}
          onAgreed={setAgreed}
        />
      </fieldset>
      <SendPanel {...props} underway={underway} />
    </form>
  );
}

interface IdentityPanelProps extends Pick<IntakeFormProps, 'draft' | 'open' | 'staff'> {
  readonly faultOf: (field: DraftFault) => string | undefined;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** Who spoke: apart from the words, and sealed before it leaves the page. */
function IdentityPanel({ draft, open, staff, faultOf, onChange }: IdentityPanelProps) {
  const { t } = useLocale();
  const organisation = open?.organisation;
  return (
    <Panel
      title={staff ? t('web.report.identity') : t('web.report.identityMyself')}
      note={
        organisation && !staff
          ? t('web.report.identityNoteOrg', { organisation: isolate(organisation) })
          : t('web.report.identityNote')
      }
    >
      <div className={styles.sealedFields}>
        <TextField
          label={t('web.report.name')}
          value={draft.name}
          fault={faultOf('identity')}
          onChange={(name) => onChange({ name })}
        />
        <TextField label={t('web.report.phone')} value={draft.phone} onChange={(phone) => onChange({ phone })} />
        <TextField label={t('web.report.reach')} value={draft.reach} onChange={(reach) => onChange({ reach })} />
      </div>
      {staff ? (
        <TextField
          label={t('web.report.earlier')}
          value={draft.earlier}
          fault={faultOf('earlier')}
          onChange={(earlier) => onChange({ earlier })}
        />
      ) : null}
    </Panel>
  );
}

function SendPanel({
  open,
  token,
  files,
  delivery,
  underway,
  onToken,
}: Pick<IntakeFormProps, 'open' | 'token' | 'files' | 'delivery' | 'onToken'> & { readonly underway: boolean }) {
  const { t } = useLocale();
  const tokenField = <Field label={t('web.report.token')} type="password" value={token} onChange={onToken} />;
  return (
    <Panel title={t('web.report.send')}>
      {open?.door === 'public' ? (
        <details className={styles.staff}>
          <summary>{t('web.report.staffToo')}</summary>
          {tokenField}
        </details>
      ) : open?.door === 'staff' ? null : (
        <>
          <p className={styles.soft}>{t('web.report.tokenNote')}</p>
          {tokenField}
        </>
      )}
      <div role="status">
        {delivery?.state === 'waiting' ? (
          <p className={styles.waiting}>{delivery.received ? t('web.report.waitingFiles') : t('web.report.waiting')}</p>
        ) : delivery?.state === 'sending' && files.length > 0 ? (
          <p className={styles.soft}>{t('web.report.filesSent', { n: delivery.filesDone, of: files.length })}</p>
        ) : null}
      </div>
      {delivery?.state === 'refused' ? (
        <p className={styles.refused} role="alert">
          {t(`web.report.refused.${delivery.reason}`)}{' '}
          {delivery.reason === 'report' && delivery.detail ? <bdi dir="auto">{delivery.detail}</bdi> : null}
        </p>
      ) : null}
      <button type="submit" className={styles.send} disabled={underway}>
        {underway ? t('web.report.sending') : t('web.report.send')}
      </button>
    </Panel>
  );
}
