/** The people of one's organisation: invite, change roles, remove and undo it, give a lost passkey back. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiLink, ApiPeople, ApiPerson } from '../../../src/server/api/people.ts';
import { ask, type Method, peopleQuery } from '../../app/desk.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './desk.module.css';
import { DeskFrame, type SignedIn } from './desk-frame.tsx';
import { ActButton, Line, Refused, RoleBoxes, RoleList } from './parts.tsx';
import { useAct } from './use-act.ts';

export function PeopleScreen() {
  const { t } = useLocale();
  return (
    <DeskFrame title={t('web.desk.people')} action="people.manage">
      {(me) => <People me={me} />}
    </DeskFrame>
  );
}

interface Done {
  readonly text: string;
  readonly undo: () => Promise<unknown>;
}

function People({ me }: { me: SignedIn }) {
  const { t } = useLocale();
  const act = useAct();
  const [link, setLink] = useState<{ readonly name: string; readonly made: ApiLink } | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const query = useQuery(peopleQuery);
  const send = <Answer,>(method: Method, path: string, body?: object) => ask<Answer>(method, path, body, me.csrf);
  const run = async (what: () => Promise<unknown>, after: Done | null = null) => {
    setDone(null);
    if (await act.run(what)) setDone(after);
  };

  const tools: RowTools = {
    busy: act.busy,
    me,
    changeRoles: (person, roles) =>
      void run(() => send('PUT', `/api/people/${person.id}/roles`, { roles }), {
        text: t('web.desk.rolesChanged', { name: person.name }),
        undo: () => send('PUT', `/api/people/${person.id}/roles`, { roles: person.roles }),
      }),
    remove: (person) =>
      void run(() => send('DELETE', `/api/people/${person.id}`), {
        text: t('web.desk.removed', { name: person.name }),
        undo: () => send('POST', `/api/people/${person.id}/restore`, {}),
      }),
    restore: (person) => void run(() => send('POST', `/api/people/${person.id}/restore`, {})),
    recover: (id, name) =>
      void run(async () => {
        const answer = await send<{ state: string } & ApiLink>('POST', `/api/people/${id}/recovery`, {});
        setLink(answer.state === 'done' ? { name, made: answer } : null);
      }),
    withdrawRecovery: (id) => void run(() => send('DELETE', `/api/people/${id}/recovery`)),
  };

  return (
    <>
      <div role="status">
        {done ? (
          <p className={styles.notice}>
            <span>{done.text}</span>
            <ActButton plain busy={act.busy} onPress={() => void run(done.undo)}>
              {t('web.desk.undo')}
            </ActButton>
          </p>
        ) : null}
      </div>
      <Refused text={act.refused} />
      {link ? <NewLink name={link.name} link={link.made} onClose={() => setLink(null)} /> : null}
      <AsyncView query={query}>
        {(people) => (
          <div className={styles.stack}>
            <Panel title={people.organisation} note={t('web.desk.peopleNote')}>
              <ul className={styles.list}>
                {people.people.map((person) => (
                  <PersonRow key={person.id} person={person} people={people} tools={tools} />
                ))}
              </ul>
            </Panel>
            <Foreign people={people} tools={tools} />
            <Invite
              busy={act.busy}
              onInvite={(name, roles) =>
                run(async () => {
                  setLink({ name, made: await send<ApiLink>('POST', '/api/people/invitations', { name, roles }) });
                })
              }
            />
            <OpenLinks
              people={people}
              busy={act.busy}
              onWithdraw={(id) => void run(() => send('DELETE', `/api/people/invitations/${id}`))}
            />
          </div>
        )}
      </AsyncView>
    </>
  );
}

interface RowTools {
  readonly busy: boolean;
  readonly me: SignedIn;
  changeRoles(person: ApiPerson, roles: readonly string[]): void;
  remove(person: ApiPerson): void;
  restore(person: ApiPerson): void;
  recover(id: string, name: string): void;
  withdrawRecovery(id: string): void;
}

function PersonRow({ person, people, tools }: { person: ApiPerson; people: ApiPeople; tools: RowTools }) {
  const { t, formats } = useLocale();
  const [roles, setRoles] = useState<readonly string[] | null>(null);
  const asked = people.recoveries.find(({ account }) => account === person.id);
  const isMe = person.id === tools.me.id;
  return (
    <li className={styles.item}>
      <div>
        <p className={styles.name}>
          <Bdi>{person.name}</Bdi>
          {isMe ? <span className={styles.soft}> {t('web.desk.you')}</span> : null}
        </p>
        <RoleList roles={person.roles} />
        <p className={styles.soft}>
          {person.removedAt
            ? t('web.desk.removedAt', { at: formats.instant(person.removedAt) })
            : t('web.desk.since', { at: formats.instant(person.createdAt) })}
        </p>
      </div>
      <div className={styles.actions}>
        {person.removedAt ? (
          <ActButton plain busy={tools.busy} onPress={() => tools.restore(person)}>
            {t('web.desk.restore')}
          </ActButton>
        ) : (
          <>
            <ActButton plain busy={tools.busy} onPress={() => setRoles(roles ? null : person.roles)}>
              {t('web.desk.changeRoles')}
            </ActButton>
            {isMe ? null : <Recovery asked={asked} id={person.id} name={person.name} tools={tools} />}
            <ActButton plain busy={tools.busy} onPress={() => tools.remove(person)}>
              {t('web.desk.remove')}
            </ActButton>
          </>
        )}
      </div>
      {roles ? (
        <div className={`${styles.wide} ${styles.form}`}>
          <RoleBoxes legend={t('web.desk.roles')} roles={roles} onChange={setRoles} />
          <ActButton
            busy={tools.busy}
            onPress={() => {
              tools.changeRoles(person, roles);
              setRoles(null);
            }}
          >
            {t('web.desk.save')}
          </ActButton>
        </div>
      ) : null}
    </li>
  );
}

function Recovery({
  asked,
  id,
  name,
  tools,
}: {
  readonly asked: ApiPeople['recoveries'][number] | undefined;
  readonly id: string;
  readonly name: string;
  readonly tools: RowTools;
}) {
  const { t } = useLocale();
  if (asked?.mine)
    return (
      <>
        <span className={styles.soft}>{t('web.desk.recoveryWaits')}</span>
        <ActButton plain busy={tools.busy} onPress={() => tools.withdrawRecovery(id)}>
          {t('web.desk.recoveryWithdraw')}
        </ActButton>
      </>
    );
  return (
    <ActButton plain busy={tools.busy} onPress={() => tools.recover(id, name)}>
      {asked ? t('web.desk.recoveryAgree') : t('web.desk.recoveryAsk')}
    </ActButton>
  );
}

/** Recoveries asked for people of other organisations, where a second voice is missing. */
function Foreign({ people, tools }: { people: ApiPeople; tools: RowTools }) {
  const { t } = useLocale();
  const foreign = people.recoveries.filter(({ organisation }) => organisation !== people.organisation);
  if (foreign.length === 0) return null;
  return (
    <Panel title={t('web.desk.recoveryForeign')} note={t('web.desk.recoveryForeignNote')}>
      <ul className={styles.list}>
        {foreign.map((one) => (
          <li key={one.account} className={styles.item}>
            <p>
              <Bdi className={styles.name}>{one.name}</Bdi> · <Bdi>{one.organisation}</Bdi>
            </p>
            <div className={styles.actions}>
              <Recovery asked={one} id={one.account} name={one.name} tools={tools} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Invite({
  busy,
  onInvite,
}: {
  readonly busy: boolean;
  readonly onInvite: (name: string, roles: readonly string[]) => Promise<void>;
}) {
  const { t } = useLocale();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly string[]>([]);
  return (
    <Panel title={t('web.desk.invite')} note={t('web.desk.inviteNote')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void onInvite(name.trim(), roles).then(() => {
            setName('');
            setRoles([]);
          });
        }}
      >
        <Line label={t('web.desk.office')} note={t('web.desk.officeNote')} value={name} max={80} onChange={setName} />
        <RoleBoxes legend={t('web.desk.roles')} roles={roles} onChange={setRoles} />
        <button type="submit" className={styles.button} disabled={busy}>
          {t('web.desk.makeLink')}
        </button>
      </form>
    </Panel>
  );
}

function NewLink({ name, link, onClose }: { name: string; link: ApiLink; onClose: () => void }) {
  const { t, formats } = useLocale();
  const [copied, setCopied] = useState(false);
  const address = `${location.origin}${link.path}`;
  return (
    <Panel
      title={t('web.desk.linkFor', { name })}
      note={t('web.desk.linkNote', { at: formats.instant(link.expiresAt) })}
    >
      <div className={styles.box}>
        <pre dir="ltr" className={styles.code} data-link>
          {address}
        </pre>
      </div>
      <div className={styles.actions}>
        <ActButton plain onPress={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}>
          {t('web.desk.copy')}
        </ActButton>
        <ActButton plain onPress={onClose}>
          {t('web.desk.hide')}
        </ActButton>
        <span role="status">{copied ? t('web.desk.copied') : ''}</span>
      </div>
    </Panel>
  );
}

function OpenLinks({
  people,
  busy,
  onWithdraw,
}: {
  readonly people: ApiPeople;
  readonly busy: boolean;
  readonly onWithdraw: (id: string) => void;
}) {
  const { t, formats } = useLocale();
  if (people.invitations.length === 0) return null;
  return (
    <Panel title={t('web.desk.openLinks')}>
      <ul className={styles.list}>
        {people.invitations.map((one) => (
          <li key={one.id} className={styles.item}>
            <div>
              <p className={styles.name}>
                <Bdi>{one.name ?? ''}</Bdi>
              </p>
              <RoleList roles={one.roles} />
              <p className={styles.soft}>{t('web.desk.joinUntil', { at: formats.instant(one.expiresAt) })}</p>
            </div>
            <ActButton plain busy={busy} onPress={() => onWithdraw(one.id)}>
              {t('web.desk.withdraw')}
            </ActButton>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
