/** Which reports tell of the same event: what the machine asks a person, one after another, each with its reasons. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { isDay } from '../../../src/core/index.ts';
import type { ApiAskedReport, ApiDecided, ApiRepair } from '../../../src/server/api/links.ts';
import { ask } from '../../app/desk.ts';
import { askedQuery, repairsQuery } from '../../app/links.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Steps, Waterfall } from '../incident/waterfall.tsx';
import styles from './desk.module.css';
import { DeskFrame, type SignedIn } from './desk-frame.tsx';
import { ActButton, Line, Refused } from './parts.tsx';
import { useAct } from './use-act.ts';

export function LinksScreen() {
  const { t } = useLocale();
  return (
    <DeskFrame title={t('web.desk.links')} action="link.decide">
      {(me) => <Links me={me} />}
    </DeskFrame>
  );
}

type Decide = (path: string, body: object) => void;

function Links({ me }: { me: SignedIn }) {
  const { t } = useLocale();
  const act = useAct();
  const [done, setDone] = useState<string | null>(null);
  const top = useRef<HTMLDivElement>(null);
  const decide: Decide = (path, body) =>
    void act.run(async () => {
      setDone(null);
      const answer = await ask<ApiDecided>('POST', path, body, me.csrf);
      setDone(answer.decision);
    });
  const undo = () =>
    void act.run(async () => {
      await ask(
        'POST',
        '/api/incidents/decisions',
        { act: 'undo', decision: done, reason: t('web.desk.undo') },
        me.csrf,
      );
      setDone(null);
    });
  // The button that was pressed is gone with its report: the keyboard goes on from the top of the list.
  useEffect(() => {
    if (done !== null) top.current?.focus();
  }, [done]);
  return (
    <>
      <p className={styles.lead}>{t('web.desk.linksLead')}</p>
      <div ref={top} tabIndex={-1}>
        <div role="status">
          {done !== null ? (
            <p className={styles.notice}>
              <span>{t('web.desk.linksDone')}</span>
              <ActButton plain busy={act.busy} onPress={undo}>
                {t('web.desk.undo')}
              </ActButton>
            </p>
          ) : null}
        </div>
        <Refused text={act.refused} />
      </div>
      <Asked busy={act.busy} decide={decide} />
      <Repairs busy={act.busy} decide={decide} />
    </>
  );
}

interface Deciding {
  readonly busy: boolean;
  readonly decide: Decide;
}

function Asked({ busy, decide }: Deciding) {
  const { t } = useLocale();
  const query = useQuery(askedQuery);
  return (
    <AsyncView query={query}>
      {({ items, total }) => (
        <Panel title={t('web.desk.linksAsked', { n: total })} note={t('web.desk.linksAskedNote')}>
          {items.length === 0 ? <p>{t('web.desk.linksNone')}</p> : null}
          <ul className={styles.list}>
            {items.map((one) => (
              <AskedReport key={`${one.report} ${one.event}`} one={one} busy={busy} decide={decide} />
            ))}
          </ul>
        </Panel>
      )}
    </AsyncView>
  );
}

const SHOWN_TEXT = 600;

function AskedReport({ one, busy, decide }: { one: ApiAskedReport } & Deciding) {
  const { t, formats } = useLocale();
  const [reason, setReason] = useState('');
  const member = { report: one.report, event: one.event };
  const other = one.runnerUp?.incident;
  const path = '/api/incidents/decisions';
  const text = one.text ?? '';
  return (
    <li className={`${styles.item} ${styles.whole}`}>
      <article className={styles.form}>
        <div>
          <p className={styles.name}>
            <Bdi>{one.title ?? one.source ?? one.report}</Bdi>
          </p>
          <p className={styles.soft}>
            <Bdi>{one.source ?? ''}</Bdi>
            {one.published ? (
              <> · {isDay(one.published) ? formats.day(one.published) : formats.instant(one.published)}</>
            ) : null}
          </p>
        </div>
        <p dir="auto" lang={one.lang ?? undefined} className={styles.quoted}>
          {text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : text}
        </p>
        <Waterfall link={one} />
        <p>
          <Link to="/incidents/$id" params={{ id: one.incident }}>
            {t('web.desk.linksOwn')}
          </Link>
        </p>
        <Line label={t('web.desk.linksReason')} value={reason} max={500} onChange={setReason} />
        <div className={styles.actions}>
          {other ? (
            <ActButton
              busy={busy || reason.trim() === ''}
              onPress={() => decide(path, { act: 'accept', member, incident: other, reason })}
            >
              {t('web.desk.linksSame')}
            </ActButton>
          ) : null}
          <ActButton
            plain
            busy={busy || reason.trim() === ''}
            onPress={() => decide(path, { act: 'new', member, reason })}
          >
            {t('web.desk.linksNew')}
          </ActButton>
        </div>
      </article>
    </li>
  );
}

function Repairs({ busy, decide }: Deciding) {
  const { t } = useLocale();
  const query = useQuery(repairsQuery);
  return (
    <AsyncView query={query}>
      {({ items, total }) => (
        <Panel title={t('web.desk.linksRepairs', { n: total })} note={t('web.desk.linksRepairsNote')}>
          {items.length === 0 ? <p>{t('web.desk.linksNone')}</p> : null}
          <ul className={styles.list}>
            {items.map((one) => (
              <RepairRow key={one.id} one={one} busy={busy} decide={decide} />
            ))}
          </ul>
        </Panel>
      )}
    </AsyncView>
  );
}

function RepairRow({ one, busy, decide }: { one: ApiRepair } & Deciding) {
  const { t, words, formats } = useLocale();
  const [reason, setReason] = useState('');
  const settle = (accept: boolean) =>
    decide(`/api/incidents/proposals/${encodeURIComponent(one.id)}`, { accept, reason });
  return (
    <li className={`${styles.item} ${styles.whole}`}>
      <article className={styles.form}>
        <div>
          <p className={styles.name}>{words(`web.desk.linksKind.${one.decision.kind}`) ?? one.decision.kind}</p>
          <p className={styles.soft}>{formats.instant(one.proposedAt)}</p>
        </div>
        <ul className={styles.roles}>
          {one.incidents.map((id) => (
            <li key={id}>
              <Link to="/incidents/$id" params={{ id }}>
                <Bdi dir="ltr">{id}</Bdi>
              </Link>
            </li>
          ))}
        </ul>
        <Steps explanation={one.explanation} score={one.score} title={t('web.link.whyAsked')} />
        <Line label={t('web.desk.linksReason')} value={reason} max={500} onChange={setReason} />
        <div className={styles.actions}>
          <ActButton busy={busy || reason.trim() === ''} onPress={() => settle(true)}>
            {t('web.desk.linksAccept')}
          </ActButton>
          <ActButton plain busy={busy || reason.trim() === ''} onPress={() => settle(false)}>
            {t('web.desk.linksRefuse')}
          </ActButton>
        </div>
      </article>
    </li>
  );
}
