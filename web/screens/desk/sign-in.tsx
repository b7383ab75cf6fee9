/** The door: one button, no name to type. Says where a first link comes from. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { forgetDesk, sessionQuery } from '../../app/desk.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTitle } from '../../ui/use-title.ts';
import styles from './desk.module.css';
import { ActButton, Refused } from './parts.tsx';
import { goThrough, hasPasskeys, signIn } from './passkey.ts';
import { useAct } from './use-act.ts';

export function SignInScreen() {
  const { t } = useLocale();
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct();
  const session = useQuery(sessionQuery).data;
  const failed = useSearch({ from: '/desk/sign-in' }).failed === 'oidc';
  useTitle(t('web.desk.signIn'), t('web.brand'));
  const enter = async () => {
    const done = await act.run(async () => {
      await signIn();
      await forgetDesk(client);
    });
    if (done) await navigate({ to: '/desk/account' });
  };
  return (
    <div className={`${styles.desk} ${styles.narrow}`}>
      <h1>{t('web.desk.signIn')}</h1>
      {session?.signedIn ? (
        <p>
          {t('web.desk.alreadyIn')} <Bdi>{session.signedIn.name}</Bdi>{' '}
          <Link to="/desk/account">{t('web.desk.account')}</Link>
        </p>
      ) : null}
      <Panel title={t('web.desk.passkey')} note={t('web.desk.passkeyNote')}>
        <div className={styles.form}>
          <Refused
            text={
              !hasPasskeys() ? t('web.desk.noPasskeys') : (act.refused ?? (failed ? t('web.desk.oidcFailed') : null))
            }
          />
          <ActButton busy={act.busy} onPress={() => void enter()}>
            {t('web.desk.signInPasskey')}
          </ActButton>
        </div>
      </Panel>
      {session && session.oidc.length > 0 ? (
        <Panel title={t('web.desk.oidc')} note={t('web.desk.oidcNote')}>
          <ul className={styles.list}>
            {session.oidc.map(({ id, name }) => (
              <li key={id}>
                <ActButton plain busy={act.busy} onPress={() => void act.run(() => goThrough(id, null))}>
                  <Bdi>{name}</Bdi>
                </ActButton>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <p className={styles.soft}>{t('web.desk.firstTime')}</p>
    </div>
  );
}
