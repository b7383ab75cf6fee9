/** Proposes an act of two persons. The form makes the fields of the exact text; the server makes and keeps the text. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { instrumentQuery } from '../../app/api.ts';
import { ask } from '../../app/desk.ts';
import { useLocale } from '../../app/locale.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './desk.module.css';
import type { SignedIn } from './desk-frame.tsx';
import { Choice, Line, Refused } from './parts.tsx';
import { useAct } from './use-act.ts';

const ACTS = [
  'bulletin.release',
  'incident.dismiss',
  'incident.attribute',
  'publication.withdraw',
  'sealed.disclose',
  'key.change',
] as const;
type ActName = (typeof ACTS)[number];
const isAct = (name: string | undefined): name is ActName => ACTS.some((one) => one === name);

/** What each act is about, and which further fields its text has. */
const FIELDS: Readonly<
  Record<ActName, readonly ('incident' | 'report' | 'day' | 'person' | 'party' | 'organisation' | 'publicKey')[]>
> = {
  'bulletin.release': ['day'],
  'incident.dismiss': ['incident'],
  'incident.attribute': ['incident', 'party'],
  'publication.withdraw': ['incident'],
  'sealed.disclose': ['report', 'organisation'],
  'key.change': ['person', 'publicKey'],
};
const ABOUT = new Set<string>(['incident', 'report', 'day', 'person']);

export function ProposeAct({ me }: { me: SignedIn }) {
  const { t } = useLocale();
  const search = useSearch({ from: '/desk/approvals' });
  const navigate = useNavigate();
  const act = useAct();
  const actors = useQuery(instrumentQuery).data?.actors ?? [];
  const { pick } = useLocale();
  const [name, setName] = useState<ActName>(isAct(search.act) ? search.act : 'bulletin.release');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const [undo, setUndo] = useState(false);
  // What the address is about fills only the field of the act that it names.
  const filled = isAct(search.act) ? FIELDS[search.act].find((field) => ABOUT.has(field)) : undefined;
  const value = (field: string) => values[field] ?? (field === filled ? (search.about ?? '') : '');
  const set = (field: string) => (text: string) => setValues({ ...values, [field]: text });
  const hasReason = name !== 'bulletin.release';
  const canUndo = hasReason && name !== 'key.change';

  const send = async () => {
    const fields = Object.fromEntries(
      FIELDS[name].map((field) => {
        const text = (field === 'party' ? value(field) || (actors[0]?.id ?? '') : value(field)).trim();
        return [field, field === 'publicKey' && text === '' ? null : text];
      }),
    );
    let id = '';
    const done = await act.run(async () => {
      const made = await (name === 'bulletin.release'
        ? ask<{ id: string }>(
            'POST',
            `/api/bulletins/${encodeURIComponent(value('day').trim())}/proposals`,
            {},
            me.csrf,
          )
        : ask<{ id: string }>(
            'POST',
            '/api/acts',
            { act: name, ...fields, reason, ...(canUndo ? { undo } : {}) },
            me.csrf,
          ));
      id = made.id;
    });
    if (done) await navigate({ to: '/desk/approvals/$id', params: { id } });
  };

  return (
    <Panel title={t('web.desk.propose')} note={t('web.desk.proposeNote')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Choice
          label={t('web.desk.act')}
          value={name}
          options={ACTS.map((one) => [one, t(`act.${one}`)])}
          onChange={(next) => {
            if (isAct(next)) setName(next);
          }}
        />
        {FIELDS[name].map((field) =>
          field === 'party' ? (
            <Choice
              key={field}
              label={t('web.desk.field.party')}
              value={value(field)}
              options={actors.map((actor) => [actor.id, pick(actor.name)])}
              onChange={set(field)}
            />
          ) : (
            <Line
              key={field}
              label={t(`web.desk.field.${field}`)}
              note={field === 'publicKey' ? t('web.desk.noKey') : ''}
              optional={field === 'publicKey'}
              value={value(field)}
              max={300}
              onChange={set(field)}
            />
          ),
        )}
        {hasReason ? (
          <Line
            label={t('web.desk.field.reason')}
            note={t('web.desk.reasonNote')}
            rows={3}
            max={2_000}
            value={reason}
            onChange={setReason}
          />
        ) : null}
        {canUndo ? (
          <div className={styles.check}>
            <label>
              <input type="checkbox" checked={undo} onChange={(event) => setUndo(event.target.checked)} />
              {t('web.desk.undoAct')}
            </label>
          </div>
        ) : null}
        <Refused text={act.refused} />
        <button type="submit" className={styles.button} disabled={act.busy}>
          {t('web.desk.propose')}
        </button>
      </form>
    </Panel>
  );
}
