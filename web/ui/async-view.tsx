/**
 * The four states of anything fetched: loading (bones after 300 ms), failed (with retry), stale (old data, said so) and
 * there. No screen invents its own.
 */
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Failure } from '../app/failure.tsx';
import { useLocale } from '../app/locale.tsx';
import styles from './async-view.module.css';

const BONES_AFTER_MS = 300;

interface AsyncViewProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** How many lines of bones to show while loading. */
  readonly bones?: number;
  readonly children: (data: Data) => ReactNode;
}

export function AsyncView<Data>({ query, bones = 6, children }: AsyncViewProps<Data>) {
  const { t, formats } = useLocale();
  if (query.data === undefined) {
    return query.isError ? (
      <Failure error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Bones lines={bones} />
    );
  }
  return (
    <>
      {query.isError ? (
        <p className={styles.stale} role="status">
          {t('web.stale', { at: formats.instant(new Date(query.dataUpdatedAt).toISOString()) })}{' '}
          <button type="button" onClick={() => void query.refetch()}>
            {t('web.failed.retry')}
          </button>
        </p>
      ) : null}
      <div
        className={styles.body}
        aria-busy={query.isPlaceholderData}
        data-waiting={query.isPlaceholderData || undefined}
      >
        {children(query.data)}
      </div>
    </>
  );
}

export function Bones({ lines }: { lines: number }) {
  const { t } = useLocale();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), BONES_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles.bones} role="status">
      <span className="visually-hidden">{t('web.loading')}</span>
      {shown
        ? Array.from({ length: lines }, (_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bones have no identity
            <div key={line} className={styles.bone} style={{ inlineSize: `${90 - ((line * 17) % 40)}%` }} />
          ))
        : null}
    </div>
  );
}
