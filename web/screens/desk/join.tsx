/**
 * Opens a one-time link: the secret stands behind # and is taken out of the address at once. Says into which organisation
 * and with which roles, then makes the passkey.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ApiInvitation } from '../../../src/server/api/people.ts';
import { ask, forgetDesk, sessionQuery } from '../../app/desk.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTitle } from '../../ui/use-title.ts';
import styles from './desk.module.css';
import { ActButton, Line, Refused, RoleList } from './parts.tsx';
import { goThrough, hasPasskeys, join } from './passkey.ts';
import { useAct } from './use-act.ts';

const SECRET = /^#([0-9a-f]{64})$/;

export function JoinScreen() {
  const { t } = useLocale();
  const [secret] = useState(() => SECRET.exec(location.hash)?.[1] ?? null);
  useTitle(t('web.desk.join'), t('web.brand'));
  // The address bar, the history and a shared screen must not keep what opens an account.
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname + location.search);
  }, []);
  return (
    <div className={`${styles.desk} ${styles.narrow}`}>
      <h1>{t('web.desk.join')}</h1>
      {secret === null ? <p>{t('web.desk.joinBroken')}</p> : <Invited secret={secret} />}
    </div>
  );
}

function Invited({ secret }: { secret: string }) {
  const { t } = useLocale();
  const query = useQuery({
    queryKey: ['invitation', secret],
    queryFn: () => ask<ApiInvitation>('POST', '/api/join/read', { secret }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isError) return <Refused text={query.error.message || t('web.desk.joinBroken')} />;
  return <AsyncView query={query}>{(invitation) => <JoinForm secret={secret} invitation={invitation} />}</AsyncView>;
}

function JoinForm({ secret, invitation }: { secret: string; invitation: ApiInvitation }) {
  const { t, formats } = useLocale();
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct();
  const providers = useQuery(sessionQuery).data?.oidc ?? [];
  const [organisation, setOrganisation] = useState('');
  const [name, setName] = useState('');
  const enter = async () => {
    const done = await act.run(async () => {
      await join(secret, organisation.trim() || null, name.trim() || null);
      await forgetDesk(client);
    });
    if (done) await navigate({ to: '/desk/account' });
  };
  return (
    <Panel
      title={invitation.recovers ? t('web.desk.joinRecover') : t('web.desk.joinTitle')}
      note={t('web.desk.joinUntil', { at: formats.instant(invitation.expiresAt) })}
    >
      <div className={styles.form}>
        {invitation.organisation === null ? (
          <>
            <p>{t('web.desk.joinFirst')}</p>
            <Line
              label={t('web.desk.organisation')}
              note={t('web.desk.organisationNote')}
              value={organisation}
              onChange={setOrganisation}
            />
          </>
        ) : (
          <p>
            {t('web.desk.organisation')}: <Bdi className={styles.name}>{invitation.organisation}</Bdi>
          </p>
        )}
        {invitation.name === null ? (
          <Line label={t('web.desk.office')} note={t('web.desk.officeNote')} value={name} max={80} onChange={setName} />
        ) : (
          <p>
            {t('web.desk.office')}: <Bdi className={styles.name}>{invitation.name}</Bdi>
          </p>
        )}
        <RoleList roles={invitation.roles} />
        {invitation.recovers ? <p className={styles.notice}>{t('web.desk.joinRecoverNote')}</p> : null}
        <Refused text={hasPasskeys() ? act.refused : t('web.desk.noPasskeys')} />
        <ActButton busy={act.busy} onPress={() => void enter()}>
          {t('web.desk.makePasskey')}
        </ActButton>
        {invitation.recovers
          ? null
          : providers.map(({ id, name: through }) => (
              <ActButton key={id} plain busy={act.busy} onPress={() => void act.run(() => goThrough(id, secret))}>
                {t('web.desk.joinThrough', { name: through })}
              </ActButton>
            ))}
      </div>
    </Panel>
  );
}
