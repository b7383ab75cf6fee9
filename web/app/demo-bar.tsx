/** The demo's role switcher: made-up persons, on this machine alone, and said so. Never there when a server serves. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import styles from './demo-bar.module.css';
import { ask, forgetDesk, sessionQuery } from './desk.ts';
import { useLocale } from './locale.tsx';

interface DemoPerson {
  readonly key: string;
  readonly organisation: string;
  readonly name: string;
  readonly role: string;
}

const castQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: async () => (await ask<{ items: readonly DemoPerson[] }>('GET', '/api/demo/persons')).items,
  staleTime: Number.POSITIVE_INFINITY,
});

const NOBODY = '';

export function DemoBar() {
  const { t, words } = useLocale();
  const id = useId();
  const client = useQueryClient();
  const cast = useQuery(castQuery).data ?? [];
  const me = useQuery(sessionQuery).data?.signedIn ?? null;
  const [busy, setBusy] = useState(false);
  const current = me ? (cast.find((one) => one.name === me.name)?.key ?? NOBODY) : NOBODY;
  const become = async (key: string) => {
    setBusy(true);
    try {
      if (key === NOBODY) await ask('POST', '/api/sign-out', {}, me?.csrf);
      else await ask('POST', '/api/demo/persons', { key });
    } finally {
      await forgetDesk(client);
      setBusy(false);
    }
  };
  return (
    <div className={styles.bar}>
      <label htmlFor={id}>{t('web.demo.actAs')}</label>
      <select id={id} value={current} disabled={busy} onChange={(event) => void become(event.target.value)}>
        <option value={NOBODY}>{t('web.demo.nobody')}</option>
        {cast.map((one) => (
          <option key={one.key} value={one.key}>
            {`${one.organisation} · ${words(`role.${one.role}`) ?? one.role}`}
          </option>
        ))}
      </select>
      <span>{t('web.demo.note')}</span>
    </div>
  );
}
