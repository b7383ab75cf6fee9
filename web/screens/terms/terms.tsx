/** What was agreed: whom it covers, who is excluded and by whose designation, each clause with its addressees, and what has no clause. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isDay, isInstant } from '../../../src/core/index.ts';
import type { ApiStanding, ApiTerms } from '../../../src/server/api/types.ts';
import { termsQuery } from '../../app/api.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PartyName, useParties } from '../../ui/party.tsx';
import { useTitle } from '../../ui/use-title.ts';
import styles from './terms.module.css';

export function TermsScreen() {
  const { t } = useLocale();
  useTitle(t('web.nav.terms'), t('web.brand'));
  return <AsyncView query={useQuery(termsQuery)}>{(terms) => <Terms terms={terms} />}</AsyncView>;
}

function Terms({ terms }: { terms: ApiTerms }) {
  const { t, pick, formats } = useLocale();
  const parties = useParties();
  return (
    <div className={styles.terms}>
      <header>
        <h1>
          <Bdi>{pick(terms.name)}</Bdi>
        </h1>
        <p className={styles.soft}>
          {t('web.terms.start', { at: formats.instant(terms.start) })} (<Bdi dir="ltr">{formats.zone(terms.start)}</Bdi>
          )
        </p>
        <p className={styles.soft}>
          {t('web.terms.source')} <Bdi>{terms.source}</Bdi>
        </p>
      </header>
      <Panel title={t('web.terms.clauses')}>
        <ol className={styles.list}>
          {terms.clauses.map((clause) => (
            <li key={clause.id} id={clause.id} className={styles.clause}>
              <p className={styles.text}>
                <Bdi>{pick(clause.text)}</Bdi>
              </p>
              <p className={styles.soft}>
                <Bdi dir="ltr">{clause.id}</Bdi>
                {' · '}
                {clause.addressees.length === 0
                  ? t('web.terms.everyParty')
                  : clause.addressees.map((id, index) => (
                      <span key={id}>
                        {index > 0 ? t('web.separator') : ''}
                        <Bdi>{parties.name(id)}</Bdi>
                      </span>
                    ))}
                {' · '}
                {clause.until
                  ? t('time.between', { from: formats.day(clause.from), until: formats.day(clause.until) })
                  : t('time.since', { from: formats.day(clause.from) })}
              </p>
            </li>
          ))}
        </ol>
        {terms.typesWithoutClause.length > 0 ? (
          <p className={styles.without}>
            {t('web.terms.withoutClause')}{' '}
            {terms.typesWithoutClause.map((type) => t(`code.type.${type}`)).join(t('web.separator'))}
          </p>
        ) : null}
      </Panel>
      <Actors terms={terms} standing="party" title={t('web.terms.parties')} />
      <Actors terms={terms} standing="excluded" title={t('web.terms.excluded')} note={t('inTerms.protected')} />
      <Actors terms={terms} standing="outside" title={t('web.terms.outside')} />
      <CalmAreas terms={terms} />
    </div>
  );
}

interface ActorsProps {
  readonly terms: ApiTerms;
  readonly standing: ApiStanding;
  readonly title: string;
  readonly note?: ReactNode;
}

function Actors({ terms, standing, title, note }: ActorsProps) {
  const { t, lang, formats } = useLocale();
  const when = (at: string) => (isDay(at) ? formats.day(at) : isInstant(at) ? formats.instant(at) : at);
  const actors = terms.actors.filter((actor) => actor.standing === standing);
  if (actors.length === 0) return null;
  return (
    <Panel title={title} note={note}>
      <ul className={styles.list}>
        {actors.map((actor) => (
          <li key={actor.id} className={styles.actor}>
            <span>
              <PartyName id={actor.id} />
              {actor.coChair ? <span className={styles.tag}>{t('web.terms.coChair')}</span> : null}
            </span>
            {actor.acceptance?.through || actor.acceptance?.at ? (
              <span className={styles.soft}>
                {t('web.terms.accepted')} <Bdi>{actor.acceptance.through ?? ''}</Bdi>{' '}
                {actor.acceptance.at ? when(actor.acceptance.at) : ''}
              </span>
            ) : null}
            {actor.designation ? (
              <span className={styles.soft}>
                {t('web.terms.designated')} <Bdi>{actor.designation.source}</Bdi>{' '}
                {t('time.since', { from: formats.day(actor.designation.from) })}
              </span>
            ) : null}
            {actor.aliases[lang].length > 0 ? (
              <details className={styles.soft}>
                <summary>{t('web.terms.aliases', { n: actor.aliases[lang].length })}</summary>
                {actor.aliases[lang].map((alias, index) => (
                  <span key={alias}>
                    {index > 0 ? t('web.separator') : ''}
                    <Bdi>{alias}</Bdi>
                  </span>
                ))}
              </details>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function CalmAreas({ terms }: { terms: ApiTerms }) {
  const { t, pick, formats } = useLocale();
  if (terms.calmAreas.length === 0) return null;
  return (
    <Panel title={t('web.terms.calm')} note={t('web.terms.calmNote')}>
      <ul className={styles.list}>
        {terms.calmAreas.map((area) => (
          <li key={area.id} className={styles.actor}>
            <Bdi>{pick(area.name)}</Bdi>
            <span className={styles.soft}>
              {area.until
                ? t('time.between', { from: formats.instant(area.from), until: formats.instant(area.until) })
                : t('time.since', { from: formats.instant(area.from) })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
