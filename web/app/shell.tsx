/**
 * The frame of every screen: name of the instrument, ways to the screens, language and settings. Holds the language
 * that the address names, and puts the remembered one into an address that names none.
 */
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { LANGS, type Lang } from '../../src/core/index.ts';
import { Bdi } from '../ui/bdi.tsx';
import { instrumentQuery } from './api.ts';
import { DemoBar } from './demo-bar.tsx';
import { LocaleProvider, useLocale } from './locale.tsx';
import {
  type Preferences,
  rememberedLang,
  rememberedPreferences,
  rememberLang,
  rememberPreferences,
} from './preferences.ts';
import { Settings } from './settings.tsx';
import styles from './shell.module.css';

/** Each language under its own name, as readers look for it. */
const LANG_NAMES: Readonly<Record<Lang, string>> = { ar: 'العربية', en: 'English', ru: 'Русский' };

export function Shell() {
  const search = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const lang = search.lang ?? rememberedLang();
  const [preferences, setPreferences] = useState(rememberedPreferences);
  const zone = useQuery(instrumentQuery).data?.timeZone ?? 'UTC';

  useEffect(() => {
    if (search.lang) rememberLang(search.lang);
    else navigate({ to: '.', search: (previous) => ({ ...previous, lang }), replace: true });
  }, [search.lang, lang, navigate]);

  useEffect(() => {
    if (preferences.theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = preferences.theme;
  }, [preferences.theme]);

  const change = useCallback((next: Preferences) => {
    setPreferences(next);
    rememberPreferences(next);
  }, []);

  return (
    <Suspense>
      <LocaleProvider lang={lang} zone={zone} preferences={preferences}>
        <Frame preferences={preferences} onChange={change} />
      </LocaleProvider>
    </Suspense>
  );
}

function Frame({ preferences, onChange }: { preferences: Preferences; onChange: (next: Preferences) => void }) {
  const { t, pick } = useLocale();
  const instrument = useQuery(instrumentQuery).data;
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {t('web.skip')}
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to="/" search={{}} className={styles.brand} aria-label={t('web.brandHome')}>
            <Mark />
            <span className={styles.name}>{t('web.brand')}</span>
          </Link>
          <p className={styles.instrument}>{instrument ? <Bdi>{pick(instrument.name)}</Bdi> : null}</p>
          <div className={styles.tools}>
            <LanguageSwitch />
            <Settings preferences={preferences} onChange={onChange} />
          </div>
          <nav className={styles.nav} aria-label={t('web.nav.label')}>
            <ScreenLink to="/" text={t('web.nav.today')} />
            <ScreenLink to="/map" text={t('web.nav.map')} />
            <ScreenLink to="/terms" text={t('web.nav.terms')} />
            {instrument?.screens.record === false ? null : <ScreenLink to="/record" text={t('web.nav.record')} />}
            {instrument?.screens.report ? <ScreenLink to="/report" text={t('web.nav.report')} /> : null}
          </nav>
        </div>
        {instrument?.demo ? <DemoBar /> : null}
        {instrument?.sample ? <p className={styles.sample}>{t('web.sample')}</p> : null}
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={<p className={styles.waiting}>{t('web.loading')}</p>}>
          <Outlet />
        </Suspense>
      </main>
      <footer className={styles.footer}>
        <p>{t('inTerms.protected')}</p>
        <p>{t('web.footer')}</p>
        <p className="no-print">
          <Link to="/desk/account">{t('web.nav.desk')}</Link>
        </p>
      </footer>
    </div>
  );
}

function ScreenLink({ to, text }: { to: '/' | '/map' | '/terms' | '/record' | '/report'; text: string }) {
  return (
    <Link
      to={to}
      search={{}}
      activeOptions={{ exact: true, includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
    >
      {text}
    </Link>
  );
}

function LanguageSwitch() {
  const { lang, t } = useLocale();
  return (
    <ul className={styles.langs} aria-label={t('web.lang')}>
      {LANGS.map((one) => (
        <li key={one}>
          <Link
            to="."
            search={(previous) => ({ ...previous, lang: one })}
            lang={one}
            hrefLang={one}
            aria-current={one === lang ? 'true' : undefined}
            replace
          >
            {LANG_NAMES[one]}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Two lines that run side by side and do not touch: a truce between sides that do not trust each other. */
function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" className={styles.mark}>
      <path d="M3 9c3-3 6-3 9 0s6 3 9 0" />
      <path d="M3 15c3-3 6-3 9 0s6 3 9 0" />
    </svg>
  );
}
