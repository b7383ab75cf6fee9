/** Writing down a call: words first, then place, time and numbers, read back to the caller, then sent for a receipt number. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { isolate } from '../../../src/core/index.ts';
import type { ApiInstrument } from '../../../src/server/api/types.ts';
import { instrumentQuery } from '../../app/api.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { type Draft, type DraftFault, EMPTY_DRAFT, faultsOf, reportOf } from './draft.ts';
import { CountFields, Field, SelectField, TextField } from './fields.tsx';
import { ReadBack } from './read-back.tsx';
import { Receipt } from './receipt.tsx';
import styles from './report.module.css';
import { type Sent, sendReport } from './send.ts';

export function ReportScreen() {
  const { t } = useLocale();
  useTitle(t('web.nav.report'), t('web.brand'));
  return <AsyncView query={useQuery(instrumentQuery)}>{(instrument) => <Intake instrument={instrument} />}</AsyncView>;
}

function Intake({ instrument }: { instrument: ApiInstrument }) {
  const { lang } = useLocale();
  const [draft, setDraft] = useState<Draft>({ ...EMPTY_DRAFT, lang });
  const [token, setToken] = useState('');
  const [sent, setSent] = useState<Sent | 'sending' | null>(null);
  if (sent !== null && sent !== 'sending' && sent.kind === 'received') {
    return (
      <Receipt
        sent={sent}
        onNext={() => {
          setDraft({ ...EMPTY_DRAFT, lang });
          setSent(null);
        }}
      />
    );
  }
  return (
    <IntakeForm
      draft={draft}
      token={token}
      zone={instrument.timeZone}
      sent={sent}
      onDraft={(change) => setDraft({ ...draft, ...change })}
      onToken={setToken}
      onSend={async () => {
        setSent('sending');
        setSent(await sendReport(reportOf(draft, instrument.timeZone), token));
      }}
    />
  );
}

interface IntakeFormProps {
  readonly draft: Draft;
  readonly token: string;
  readonly zone: string;
  readonly sent: Sent | 'sending' | null;
  readonly onDraft: (change: Partial<Draft>) => void;
  readonly onToken: (token: string) => void;
  readonly onSend: () => void;
}

function IntakeForm({ draft, token, zone, sent, onDraft, onToken, onSend }: IntakeFormProps) {
  const { t } = useLocale();
  const [tried, setTried] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const faults = faultsOf(draft);
  const faultOf = (field: DraftFault) => (tried && faults.includes(field) ? t(`web.report.fault.${field}`) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults.length > 0 || !agreed) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    onSend();
  };
  const change = (next: Partial<Draft>) => {
    setAgreed(false);
    onDraft(next);
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate autoComplete="off">
      <header>
        <h1>{t('web.report.title')}</h1>
        <p className={styles.soft}>{t('web.report.lead')}</p>
      </header>
      <Panel title={t('web.report.words')} note={t('web.report.wordsNote')}>
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
      <Panel title={t('web.report.where')} note={t('web.report.whereNote')}>
        <TextField label={t('web.report.place')} value={draft.place} onChange={(place) => change({ place })} />
        <div className={styles.pair}>
          <Field
            label={t('web.report.day')}
            type="date"
            value={draft.day}
            fault={faultOf('day')}
            onChange={(day) => change({ day })}
          />
          <Field
            label={t('web.report.time', { zone: isolate(zone) })}
            type="time"
            value={draft.time}
            onChange={(time) => change({ time })}
          />
        </div>
      </Panel>
      <Panel title={t('web.report.numbers')} note={t('web.report.numbersNote')}>
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
      <Panel title={t('web.report.who')} note={t('web.report.whoNote')}>
        <TextField
          label={t('web.report.source')}
          value={draft.source}
          required
          fault={faultOf('source')}
          onChange={(source) => change({ source })}
        />
        <SelectField
          label={t('web.report.visibility')}
          value={draft.visibility}
          options={[
            ['sealed', t('web.report.visibility.sealed')],
            ['public', t('web.report.visibility.public')],
          ]}
          onChange={(visibility) => change({ visibility })}
        />
      </Panel>
      <ReadBack draft={draft} agreed={agreed} missing={tried && !agreed} onAgreed={setAgreed} />
      <Panel title={t('web.report.send')} note={t('web.report.tokenNote')}>
        <Field label={t('web.report.token')} type="password" value={token} onChange={onToken} />
        {sent !== null && sent !== 'sending' && sent.kind === 'refused' ? (
          <p className={styles.refused} role="alert">
            {t(`web.report.refused.${sent.reason}`)} {sent.detail ? <bdi dir="ltr">{sent.detail}</bdi> : null}
          </p>
        ) : null}
        <button type="submit" className={styles.send} disabled={sent === 'sending'}>
          {sent === 'sending' ? t('web.report.sending') : t('web.report.send')}
        </button>
      </Panel>
    </form>
  );
}
