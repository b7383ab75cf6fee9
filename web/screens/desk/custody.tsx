/**
 * Sealed identities, for the custodians of the organisation that collected them. The server records who asks and why
 * before it hands out what is sealed; it is opened here, with a key that never leaves the page.
 */
import { useEffect, useId, useState } from 'react';
import { askForBytes } from '../../app/bytes.ts';
import { useLocale } from '../../app/locale.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './desk.module.css';
import { DeskFrame, type SignedIn } from './desk-frame.tsx';
import { ActButton, Line, Refused } from './parts.tsx';
import type { OpenedIdentity } from './unseal.ts';
import { useAct } from './use-act.ts';

export function CustodyScreen() {
  const { t } = useLocale();
  return (
    <DeskFrame title={t('web.desk.custody')} action="identity.open">
      {(me) => <Custody me={me} />}
    </DeskFrame>
  );
}

/** What is shown is gone after this time, whoever stands at the screen then. */
const SHOWN_MS = 2 * 60_000;

function Custody({ me }: { me: SignedIn }) {
  const { t } = useLocale();
  const act = useAct();
  const [receipt, setReceipt] = useState('');
  const [reason, setReason] = useState('');
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState<OpenedIdentity | null>(null);
  const [wrongKey, setWrongKey] = useState(false);

  const hide = () => setOpened(null);
  useEffect(() => {
    if (!opened) return;
    const timer = window.setTimeout(() => setOpened(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [opened]);

  const open = () =>
    void act.run(async () => {
      hide();
      setWrongKey(false);
      const path = `/api/custody/${encodeURIComponent(receipt.trim())}/openings`;
      const sealed = await askForBytes(path, { reason: reason.trim() }, me.csrf);
      const { unseal } = await import('./unseal.ts');
      const identity = await unseal(sealed, keys);
      if (identity) {
        setOpened(identity);
        setReason('');
      } else setWrongKey(true);
    });

  return (
    <>
      <p className={styles.lead}>{t('web.desk.custodyLead')}</p>
      <Refused text={wrongKey ? t('web.desk.custodyWrongKey') : act.refused} />
      <Panel title={t('web.desk.custodyOpen')} note={t('web.desk.custodyNote')}>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            open();
          }}
        >
          <Line label={t('web.desk.custodyReceipt')} value={receipt} max={20} onChange={setReceipt} />
          <Line
            label={t('web.desk.custodyReason')}
            note={t('web.desk.custodyReasonNote')}
            value={reason}
            rows={3}
            max={500}
            onChange={setReason}
          />
          <KeyFile count={keys.length} onKeys={setKeys} />
          <button type="submit" className={styles.button} disabled={act.busy || keys.length === 0}>
            {t('web.desk.custodyOpen')}
          </button>
        </form>
      </Panel>
      <div role="status">{opened ? <Opened identity={opened} onHide={hide} /> : null}</div>
    </>
  );
}

function KeyFile({ count, onKeys }: { count: number; onKeys: (keys: readonly string[]) => void }) {
  const { t } = useLocale();
  const id = useId();
  const [isEmpty, setIsEmpty] = useState(false);
  const read = async (file: File | undefined) => {
    const { secretKeysIn } = await import('./unseal.ts');
    const found = file && file.size <= 65_536 ? secretKeysIn(await file.text()) : [];
    setIsEmpty(file !== undefined && found.length === 0);
    onKeys(found);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t('web.desk.custodyKey')}</label>
      <input
        id={id}
        type="file"
        aria-describedby={`${id}-note`}
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <p id={`${id}-note`} className={styles.soft}>
        {t('web.desk.custodyKeyNote')}
      </p>
      <p role="status" className={styles.soft}>
        {isEmpty ? t('web.desk.custodyNoKey') : count > 0 ? t('web.desk.custodyKeyRead', { n: count }) : ''}
      </p>
    </div>
  );
}

function Opened({ identity, onHide }: { identity: OpenedIdentity; onHide: () => void }) {
  const { t } = useLocale();
  const rows = [
    [t('web.report.name'), identity.name],
    [t('web.report.phone'), identity.phone],
    [t('web.report.reach'), identity.reach],
  ] as const;
  return (
    <Panel title={t('web.desk.custodyOpened')} note={t('web.desk.custodyOpenedNote')}>
      <div className={styles.form}>
        <dl className={styles.facts}>
          {rows.map(([label, value]) => (
            <div key={label} className={styles.pair}>
              <dt>{label}</dt>
              <dd>{value === '' ? t('web.desk.custodyNothing') : <bdi>{value}</bdi>}</dd>
            </div>
          ))}
        </dl>
        <ActButton plain onPress={onHide}>
          {t('web.desk.hide')}
        </ActButton>
      </div>
    </Panel>
  );
}
