/** What waits for two persons of two organisations, and what became of the rest. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ApiProposalLine } from '../../../src/server/api/people.ts';
import { approvalsQuery } from '../../app/desk.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './desk.module.css';
import { DeskFrame } from './desk-frame.tsx';
import { ProposeAct } from './propose-act.tsx';

export function ApprovalsScreen() {
  const { t } = useLocale();
  const query = useQuery(approvalsQuery);
  return (
    <DeskFrame title={t('web.desk.approvals')} action="act.propose">
      {(me) => (
        <>
          <p className={styles.lead}>{t('web.desk.approvalsLead')}</p>
          <AsyncView query={query}>
            {(items) => (
              <div className={styles.stack}>
                <Lists items={items} />
              </div>
            )}
          </AsyncView>
          <ProposeAct me={me} />
        </>
      )}
    </DeskFrame>
  );
}

function Lists({ items }: { items: readonly ApiProposalLine[] }) {
  const { t } = useLocale();
  const open = items.filter(({ state }) => state === 'open');
  const over = items.filter(({ state }) => state !== 'open');
  return (
    <>
      <Panel title={t('web.desk.pending', { n: open.length })}>
        {open.length === 0 ? <p>{t('web.desk.nothingPending')}</p> : <ProposalList items={open} />}
      </Panel>
      {over.length > 0 ? (
        <Panel title={t('web.desk.settled')}>
          <ProposalList items={over} />
        </Panel>
      ) : null}
    </>
  );
}

function ProposalList({ items }: { items: readonly ApiProposalLine[] }) {
  const { t, formats, words } = useLocale();
  return (
    <ul className={styles.list}>
      {items.map((one) => (
        <li key={one.id} className={styles.item}>
          <div>
            <p className={styles.name}>
              <Link to="/desk/approvals/$id" params={{ id: one.id }}>
                {words(`act.${one.act}`) ?? one.act}
              </Link>
            </p>
            <p>
              <Bdi dir="ltr">{one.object}</Bdi>
            </p>
            <p className={styles.soft}>
              {t('web.desk.proposedBy', { at: formats.instant(one.proposedAt) })} <Bdi>{one.organisation ?? ''}</Bdi>
              {one.mine ? ` ${t('web.desk.byYou')}` : ''}
            </p>
          </div>
          <div>
            <p>{words(`web.desk.state.${one.state}`) ?? one.state}</p>
            <p className={styles.soft}>
              {t('web.desk.approvedBy', { n: one.approvals.length })}{' '}
              {one.approvals.map(({ organisation }) => organisation).join('، ')}
            </p>
            {one.state === 'open' ? <p className={styles.soft}>{t('web.desk.missing', { n: one.missing })}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
