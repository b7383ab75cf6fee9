/** The frame of a desk page: who is signed in, the pages this person may use, and the way to the door for everyone else. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { ApiSession } from '../../../src/server/api/people.ts';
import { forgetDesk, IDLE_MS, sessionQuery } from '../../app/desk.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { useTitle } from '../../ui/use-title.ts';
import styles from './desk.module.css';

export type SignedIn = NonNullable<ApiSession['signedIn']>;

interface DeskFrameProps {
  readonly title: string;
  /** The action without which there is nothing to see here. */
  readonly action?: string;
  readonly children: (me: SignedIn) => ReactNode;
}

export function DeskFrame({ title, action, children }: DeskFrameProps) {
  const { t } = useLocale();
  useTitle(title, t('web.brand'));
  const client = useQueryClient();
  const session = useQuery(sessionQuery);
  const isIn = session.data?.signedIn != null;
  // Nobody who sits down at this screen later reads what was shown to somebody else.
  useEffect(() => {
    if (!isIn) return;
    let timer = 0;
    const rest = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void forgetDesk(client), IDLE_MS);
    };
    const stop = client.getQueryCache().subscribe(({ type }) => {
      if (type === 'updated') rest();
    });
    rest();
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [isIn, client]);
  return (
    <AsyncView query={session}>
      {({ signedIn }) => (
        <div className={styles.desk}>
          {signedIn ? <DeskNav me={signedIn} /> : null}
          <h1>{title}</h1>
          {signedIn === null ? (
            <p>
              {t('web.desk.needsSignIn')} <Link to="/desk/sign-in">{t('web.desk.signIn')}</Link>
            </p>
          ) : action && !signedIn.may.includes(action) ? (
            <p>{t('web.desk.notYourRole')}</p>
          ) : (
            children(signedIn)
          )}
        </div>
      )}
    </AsyncView>
  );
}

function DeskNav({ me }: { me: SignedIn }) {
  const { t } = useLocale();
  const may = (action: string) => me.may.includes(action);
  const current = { 'aria-current': 'page' } as const;
  return (
    <nav className={styles.nav} aria-label={t('web.desk.nav')}>
      {may('act.propose') ? (
        <Link to="/desk/approvals" activeProps={current}>
          {t('web.desk.approvals')}
        </Link>
      ) : null}
      {may('link.decide') ? (
        <Link to="/desk/links" activeProps={current}>
          {t('web.desk.links')}
        </Link>
      ) : null}
      {may('people.manage') ? (
        <Link to="/desk/people" activeProps={current}>
          {t('web.desk.people')}
        </Link>
      ) : null}
      {may('identity.open') ? (
        <Link to="/desk/custody" activeProps={current}>
          {t('web.desk.custody')}
        </Link>
      ) : null}
      <Link to="/desk/account" activeProps={current}>
        {t('web.desk.account')}
      </Link>
      <span className={styles.who}>
        <Bdi>{me.name}</Bdi> · <Bdi>{me.organisation}</Bdi>
      </span>
    </nav>
  );
}
