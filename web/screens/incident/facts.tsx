/** Where, when, what, who: the values of the incident as read from its reports. The precision of the place is part of the value. */
import type { ReactNode } from 'react';
import type { ApiIncident } from '../../../src/server/api/types.ts';
import { edtfText } from '../../app/format.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PartyNames } from '../../ui/party.tsx';
import { useAreaNames } from '../../ui/use-area-names.ts';
import styles from './facts.module.css';

export function Facts({ incident }: { incident: ApiIncident }) {
  const { t, placeName, formats, words } = useLocale();
  const areaName = useAreaNames();
  const place = placeName(incident.place);
  return (
    <Panel title={t('web.incident.facts')}>
      <dl className={styles.facts}>
        <Fact term={t('code.field.type')}>{t(`code.type.${incident.type}`)}</Fact>
        <Fact term={t('code.field.place')}>
          <Bdi>{place}</Bdi>
          {incident.place.area && areaName(incident.place.area) !== place ? (
            <>
              {t('web.separator')}
              <Bdi>{areaName(incident.place.area)}</Bdi>
            </>
          ) : null}
          <span className={styles.soft}>
            {t('web.incident.precision', { precision: t(`code.precision.${incident.place.precision}`) })}
          </span>
          {incident.point ? null : <span className={styles.soft}>{t('web.incident.noPoint')}</span>}
        </Fact>
        <Fact term={t('code.field.start')}>
          {edtfText(t, formats, incident.start)}
          {incident.end && incident.end !== incident.start ? (
            <span className={styles.soft}>{t('time.until', { until: edtfText(t, formats, incident.end) })}</span>
          ) : null}
        </Fact>
        <Fact term={t('code.field.actor')}>
          <PartyNames ids={incident.allegedParties} />
        </Fact>
        <Fact term={t('code.field.target')}>{t(`code.target.${incident.target ?? 'unknown'}`)}</Fact>
        {incident.weapon ? (
          <Fact term={t('code.field.weapon')}>
            <Bdi>{words(`code.weapon.${incident.weapon}`) ?? incident.weapon}</Bdi>
          </Fact>
        ) : null}
      </dl>
    </Panel>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
