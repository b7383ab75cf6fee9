/** The record that anyone can verify: the checkpoint as published, who has co-signed it, and how to check it without trusting us. */
import { useQuery } from '@tanstack/react-query';
import type { ApiRecord } from '../../../src/server/api/types.ts';
import { recordQuery } from '../../app/api.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTitle } from '../../ui/use-title.ts';
import styles from './record.module.css';
import { VerifyHere } from './verify-here.tsx';

export function RecordScreen() {
  const { t } = useLocale();
  useTitle(t('web.nav.record'), t('web.brand'));
  return <AsyncView query={useQuery(recordQuery)}>{(record) => <RecordView record={record} />}</AsyncView>;
}

function RecordView({ record }: { record: ApiRecord }) {
  const { t, formats } = useLocale();
  return (
    <div className={styles.record}>
      <header>
        <h1>{t('web.record.title')}</h1>
        <p className={styles.lead}>{t('web.record.lead')}</p>
      </header>
      <Panel title={t('web.record.checkpoint')} note={t('web.record.size', { n: record.size })}>
        {record.checkpoint === null ? (
          <p>{t('web.record.unsealed')}</p>
        ) : (
          <>
            {record.sealedAt ? <p>{t('web.record.sealedAt', { at: formats.instant(record.sealedAt) })}</p> : null}
            <Code text={record.checkpoint} />
          </>
        )}
      </Panel>
      <Panel title={t('web.record.cosigners')}>
        {record.cosigners.length === 0 ? <p>{t('web.record.noCosigners')}</p> : null}
        <ul className={styles.list}>
          {record.cosigners.map((one) => (
            <li key={one.name}>
              <Bdi>{one.name}</Bdi>: {one.signed ? t('web.record.signed') : t('web.record.notSigned')}
              {one.at ? <span className={styles.soft}> {formats.instant(one.at)}</span> : null}
            </li>
          ))}
        </ul>
      </Panel>
      {record.keyChanges.length > 0 ? (
        <Panel title={t('web.record.keyChanges')} note={t('web.record.keyChangesNote')}>
          <ul className={styles.list}>
            {record.keyChanges.map((one) => (
              <li key={one.size} data-signed={one.oldKeySigned}>
                <p className={one.oldKeySigned ? undefined : styles.warned}>
                  {t(one.oldKeySigned ? 'web.record.handedOver' : 'web.record.continued', { n: one.size })}
                </p>
                <p>
                  <Bdi>{one.reason}</Bdi>{' '}
                  <span className={styles.soft}>
                    {formats.instant(one.claimedAt)} · <Bdi>{one.by.join('، ')}</Bdi>
                  </span>
                </p>
                <Code text={`${one.from}\n→ ${one.to}`} />
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {record.policy !== null && record.checkpoint !== null ? <VerifyHere policy={record.policy} /> : null}
      <Panel title={t('web.record.verify')} note={t('web.record.verifyNote')}>
        <Code text={`hudna verify audit ${location.origin}/record/`} />
        {record.policy ? (
          <details>
            <summary className={styles.summary}>{t('web.record.policy')}</summary>
            <Code text={record.policy} />
          </details>
        ) : null}
        {record.checkpoint === null ? null : (
          <p>
            <a href="/record/checkpoint">{t('web.record.raw')}</a>
          </p>
        )}
      </Panel>
    </div>
  );
}

function Code({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div tabIndex={0} className={styles.box}>
      <pre dir="ltr" lang="en" className={styles.code}>
        {text}
      </pre>
    </div>
  );
}
