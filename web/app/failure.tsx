/** What a person sees when something is not there or does not answer: what happened, and the next act. */
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link } from '@tanstack/react-router';
import { isNotFound } from './api.ts';
import styles from './failure.module.css';
import { useLocale } from './locale.tsx';

export function NotFound() {
  const { t } = useLocale();
  return (
    <section className={styles.failure}>
      <h1>{t('web.failed.notFound')}</h1>
      <p>{t('web.failed.notFoundHelp')}</p>
      <p>
        <Link to="/" search={{}}>
          {t('web.failed.home')}
        </Link>
      </p>
    </section>
  );
}

export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useLocale();
  if (isNotFound(error)) return <NotFound />;
  return (
    <section className={styles.failure} role="alert">
      <h2>{t('web.failed.title')}</h2>
      <p>{t('web.failed.help')}</p>
      {error instanceof Error ? (
        <p className={styles.detail}>
          <bdi dir="ltr">{error.message}</bdi>
        </p>
      ) : null}
      {onRetry ? (
        <button type="button" className={styles.retry} onClick={onRetry}>
          {t('web.failed.retry')}
        </button>
      ) : null}
    </section>
  );
}

export function RouteFailure({ error, reset }: ErrorComponentProps) {
  return <Failure error={error} onRetry={reset} />;
}
