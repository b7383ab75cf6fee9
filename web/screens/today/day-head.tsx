/** Which day, which day of the truce, as of when, and that all of it is a draft until people release it. */
import type { Day } from '../../../src/core/index.ts';
import { dayNumber } from '../../../src/core/index.ts';
import type { ApiDay, ApiInstrument } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { ProposalTag } from '../../ui/proposal.tsx';
import styles from './day-head.module.css';

interface DayHeadProps {
  readonly day: Day;
  readonly instrument: ApiInstrument;
  /** Absent while the day is being fetched. */
  readonly facts: ApiDay | undefined;
}

export function DayHead({ day, instrument, facts }: DayHeadProps) {
  const { t, lang, formats } = useLocale();
  const ordinal = dayNumber(day) - dayNumber(instrument.startDay) + 1;
  return (
    <div className={styles.head}>
      <div>
        <h1 className={styles.day}>{formats.longDay(day)}</h1>
        <p className={styles.ordinal}>
          {ordinal >= 1 ? t('web.day.ordinal', { n: ordinal }) : t('web.day.before', { n: 1 - ordinal })}
        </p>
      </div>
      <div className={styles.facts}>
        {facts ? (
          <>
            <p>
              {t('web.day.asOf', { at: formats.instant(facts.asOf) })}{' '}
              <span className={styles.zone}>
                (<Bdi dir="ltr">{formats.zone(facts.asOf)}</Bdi>)
              </span>
            </p>
            <p className={styles.release}>
              {facts.release ? (
                t('web.day.released', { n: facts.release.number, at: formats.instant(facts.release.at) })
              ) : (
                <>
                  <ProposalTag /> {t('web.day.draft')}
                </>
              )}
            </p>
          </>
        ) : null}
        <p>
          <a href={`/bulletins/${day}?lang=${lang}`}>{t('web.day.bulletin')}</a>
        </p>
      </div>
    </div>
  );
}
