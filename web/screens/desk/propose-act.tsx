/** Proposes an act of two persons. The form makes the fields of the exact text; the server makes and keeps the text. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { instrumentQuery } from '../../app/api.ts';
import { ask, logKeyQuery } from '../../app/desk.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
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
  'key.log',
  'key.recipient',
] as const;
/** The kinds of keys that `key.change` is about, each with fields of its own. */
const isKeyAct = (name: ActName): boolean => name.startsWith('key.');
type ActName = (typeof ACTS)[number];
const isAct = (name: string | undefined): name is ActName => ACTS.some((one) => one === name);

/** What each act is about, and which further fields its text has. */
const FIELDS: Readonly<
  Record<
    ActName,
    readonly (
      | 'incident'
      | 'report'
      | 'day'
      | 'person'
      | 'party'
      | 'organisation'
      | 'publicKey'
      | 'collects'
      | 'recipient'
    )[]
  >
> = {
  'bulletin.release': ['day'],
  'incident.dismiss': ['incident'],
  'incident.attribute': ['incident', 'party'],
  'publication.withdraw': ['incident'],
  'sealed.disclose': ['report', 'organisation'],
  'key.change': ['person', 'publicKey'],
  'key.log': [],
  'key.recipient': ['collects', 'recipient'],
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
  const [lost, setLost] = useState(false);
  const [purpose, setPurpose] = useState('custodian');
  const prepared = useQuery({ ...logKeyQuery, enabled: name === 'key.log' }).data?.prepared ?? null;
  // What the address is about fills only the field of the act that it names.
  const filled = isAct(search.act) ? FIELDS[search.act].find((field) => ABOUT.has(field)) : undefined;
  const value = (field: string) => values[field] ?? (field === filled ? (search.about ?? '') : '');
  const set = (field: string) => (text: string) => setValues({ ...values, [field]: text });
  const hasReason = name !== 'bulletin.release';
  const canUndo = hasReason && !isKeyAct(name);

  const send = async () => {
    const logKey = prepared && {
      logKey: prepared.to,
      replaces: prepared.from,
      oldKey: lost ? 'lost' : prepared.oldKey,
    };
    const typed = Object.fromEntries(
      FIELDS[name].map((field) => {
        const text = (field === 'party' ? value(field) || (actors[0]?.id ?? '') : value(field)).trim();
        return [field === 'collects' ? 'organisation' : field, field === 'publicKey' && text === '' ? null : text];
      }),
    );
    const fields = {
      ...typed,
      ...(name === 'key.log' ? logKey : {}),
      ...(name === 'key.recipient' ? { purpose, retire: undo } : {}),
    };
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
            { act: isKeyAct(name) ? 'key.change' : name, ...fields, reason, ...(canUndo ? { undo } : {}) },
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
        {name === 'key.log' ? (
          prepared === null ? (
            <p>{t('web.desk.noLogKey')}</p>
          ) : (
            <>
              <p>
                {t('web.desk.field.logKey')} <Bdi dir="ltr">{prepared.to}</Bdi>
              </p>
              <p className={styles.soft}>{t('web.desk.logKeyNote')}</p>
              <Check
                label={t('web.desk.keyLost')}
                value={lost || prepared.oldKey === 'lost'}
                fixed={prepared.oldKey === 'lost'}
                onChange={setLost}
              />
            </>
          )
        ) : null}
        {name === 'key.recipient' ? (
          <>
            <Choice
              label={t('web.desk.field.purpose')}
              value={purpose}
              options={[
                ['custodian', t('web.desk.purpose.custodian')],
                ['recovery', t('web.desk.purpose.recovery')],
              ]}
              onChange={setPurpose}
            />
            <Check label={t('web.desk.retireKey')} value={undo} onChange={setUndo} />
          </>
        ) : null}
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
        {canUndo ? <Check label={t('web.desk.undoAct')} value={undo} onChange={setUndo} /> : null}
        <Refused text={act.refused} />
        <button
          type="submit"
          className={styles.button}
          disabled={act.busy || (name === 'key.log' && prepared === null)}
        >
          {t('web.desk.propose')}
        </button>
      </form>
    </Panel>
  );
}

function Check({
  label,
  value,
  fixed = false,
  onChange,
}: {
  readonly label: string;
  readonly value: boolean;
  readonly fixed?: boolean;
  readonly onChange: (value: boolean) => void;
}) {
  return (
    <div className={styles.check}>
      <label>
        <input type="checkbox" checked={value} disabled={fixed} onChange={(event) => onChange(event.target.checked)} />
        {label}
      </label>
    </div>
  );
}
