/** One's own account: roles, passkeys, open sessions, and the way out. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask, forgetDesk, passkeysQuery, sessionsQuery } from '../../app/desk.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './desk.module.css';
import { DeskFrame, type SignedIn } from './desk-frame.tsx';
import { ActButton, Refused, RoleList } from './parts.tsx';
import { addPasskey } from './passkey.ts';
import { type Act, useAct } from './use-act.ts';

export function AccountScreen() {
  const { t } = useLocale();
  return <DeskFrame title={t('web.desk.account')}>{(me) => <Account me={me} />}</DeskFrame>;
}

function Account({ me }: { me: SignedIn }) {
  const { t } = useLocale();
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct();
  const leave = async () => {
    if (await act.run(() => ask('POST', '/api/sign-out', {}, me.csrf))) {
      await forgetDesk(client);
      await navigate({ to: '/desk/sign-in' });
    }
  };
  return (
    <>
      <Panel title={me.name} note={t('web.desk.officeNote')}>
        <div className={styles.form}>
          <p>
            {t('web.desk.organisation')}: <Bdi className={styles.name}>{me.organisation}</Bdi>
          </p>
          <RoleList roles={me.roles} />
          <ActButton busy={act.busy} onPress={() => void leave()}>
            {t('web.desk.signOut')}
          </ActButton>
        </div>
      </Panel>
      <Refused text={act.refused} />
      <Passkeys me={me} act={act} />
      <Sessions me={me} act={act} />
    </>
  );
}

function Passkeys({ me, act }: { me: SignedIn; act: Act }) {
  const { t, formats } = useLocale();
  const query = useQuery(passkeysQuery);
  const known = query.data;
  return (
    <Panel title={t('web.desk.passkeys')} note={t('web.desk.passkeysNote')}>
      <AsyncView query={query} bones={2}>
        {({ items }) => (
          <ul className={styles.list}>
            {items.map((one) => (
              <li key={one.id} className={styles.item}>
                <div>
                  <p>{t('web.desk.passkeyMade', { at: formats.instant(one.createdAt) })}</p>
                  <p className={styles.soft}>
                    {one.usedAt ? t('web.desk.passkeyUsed', { at: formats.instant(one.usedAt) }) : null}{' '}
                    <Bdi dir="ltr">{one.thumbprint.slice(0, 12)}</Bdi>
                  </p>
                </div>
                {items.length > 1 ? (
                  <ActButton
                    plain
                    busy={act.busy}
                    onPress={() => void act.run(() => ask('DELETE', `/api/passkeys/${one.id}`, undefined, me.csrf))}
                  >
                    {t('web.desk.remove')}
                  </ActButton>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </AsyncView>
      {known ? (
        <ActButton plain busy={act.busy} onPress={() => void act.run(() => addPasskey(me.csrf, me.id, known))}>
          {t('web.desk.addPasskey')}
        </ActButton>
      ) : null}
    </Panel>
  );
}

function Sessions({ me, act }: { me: SignedIn; act: Act }) {
  const { t, formats } = useLocale();
  return (
    <Panel title={t('web.desk.sessions')} note={t('web.desk.sessionsNote')}>
      <AsyncView query={useQuery(sessionsQuery)} bones={2}>
        {(items) => (
          <ul className={styles.list}>
            {items.map((one) => (
              <li key={one.id} className={styles.item}>
                <div>
                  <p>{t('web.desk.sessionSince', { at: formats.instant(one.createdAt) })}</p>
                  <p className={styles.soft}>
                    {one.current
                      ? t('web.desk.sessionThis')
                      : t('web.desk.sessionSeen', { at: formats.instant(one.seenAt) })}
                  </p>
                </div>
                {one.current ? null : (
                  <ActButton
                    plain
                    busy={act.busy}
                    onPress={() => void act.run(() => ask('DELETE', `/api/sessions/${one.id}`, undefined, me.csrf))}
                  >
                    {t('web.desk.end')}
                  </ActButton>
                )}
              </li>
            ))}
          </ul>
        )}
      </AsyncView>
    </Panel>
  );
}
