/** Why a report is in this incident: each comparison in words, with its weight for or against, adding up to the score. */
import { Link } from '@tanstack/react-router';
import type { ApiLink } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { ProposalTag } from '../../ui/proposal.tsx';
import { linkKeys, type WaterfallRow, waterfallOf } from './link-words.ts';
import styles from './waterfall.module.css';

export function Waterfall({ link }: { link: ApiLink }) {
  const { t } = useLocale();
  const { explanation, score, standing } = link;
  switch (link.decision) {
    case 'opened':
      return <p className={styles.how}>{t('web.link.opened')}</p>;
    case 'asked':
      return (
        <div className={styles.link}>
          <p className={styles.how}>
            {t('web.link.asked')} {link.runnerUp ? <OtherIncident id={link.runnerUp.incident} /> : null}
          </p>
          <Steps explanation={explanation} score={score} title={t('web.link.whyAsked')} />
        </div>
      );
    case 'person':
      return (
        <div className={styles.link}>
          <p className={styles.how}>
            {t('web.link.byPerson')} <ProposalTag standing={link.standing} />
          </p>
          <Steps explanation={explanation} score={score} title={t('web.link.why')} />
        </div>
      );
    case 'repaired':
      return (
        <div className={styles.link}>
          <p className={styles.how}>{t('web.link.repaired')}</p>
          <Steps explanation={explanation} score={score} title={t('web.link.why')} standing={standing} />
        </div>
      );
    case 'linked':
      return (
        <Steps
          explanation={explanation}
          score={score}
          title={t('web.link.why')}
          standing={standing}
          runnerUp={link.runnerUp}
        />
      );
  }
}

interface StepsProps {
  readonly explanation: ApiLink['explanation'];
  readonly score: number | null;
  readonly title: string;
  /** Who says so, where it is the machine's proposal. */
  readonly standing?: ApiLink['standing'];
  readonly runnerUp?: ApiLink['runnerUp'];
}

/** The comparisons one by one, with their sum. */
export function Steps({ explanation, score, title, standing, runnerUp = null }: StepsProps) {
  const { t, formats } = useLocale();
  const rows = waterfallOf(explanation);
  if (rows.length === 0) return null;
  const low = Math.min(0, ...rows.map((row) => Math.min(row.from, row.to)));
  const high = Math.max(1, ...rows.map((row) => Math.max(row.from, row.to)));
  return (
    <details className={styles.why}>
      <summary>
        {title} {standing ? <ProposalTag standing={standing} /> : null}
      </summary>
      <p className={styles.note}>{t('web.link.note')}</p>
      <ol className={styles.rows}>
        {rows.map((row) => (
          <Row key={row.field} row={row} low={low} high={high} />
        ))}
        <li className={styles.row} data-sum>
          <strong>{t('web.link.sum')}</strong>
          <span />
          <strong className={styles.bits}>
            <Bdi dir="ltr">{formats.signed(score ?? rows[rows.length - 1]?.to ?? 0)}</Bdi>
          </strong>
        </li>
      </ol>
      {runnerUp ? (
        <p className={styles.note}>
          {t('web.link.runnerUp', { bits: formats.signed(runnerUp.score) })} <OtherIncident id={runnerUp.incident} />
        </p>
      ) : null}
    </details>
  );
}

function OtherIncident({ id }: { id: string }) {
  const { t } = useLocale();
  return (
    <Link to="/incidents/$id" params={{ id }}>
      {t('web.link.otherIncident')}
    </Link>
  );
}

function Row({ row, low, high }: { row: WaterfallRow; low: number; high: number }) {
  const { t, formats, words } = useLocale();
  const said = linkKeys(row).flatMap((key) => words(key) ?? []);
  const percent = (value: number) => ((value - low) / (high - low)) * 100;
  const start = percent(Math.min(row.from, row.to));
  const size = Math.max(1, percent(Math.max(row.from, row.to)) - start);
  return (
    <li className={styles.row}>
      <span>
        {said.length > 0 ? (
          said.join(t('web.separator'))
        ) : (
          <>
            {words(`link.${row.field}`) ?? row.field}: <Bdi dir="ltr">{row.level}</Bdi>
          </>
        )}
      </span>
      <span className={styles.bar} aria-hidden="true" dir="ltr">
        <span className={styles.zero} style={{ insetInlineStart: `${percent(0)}%` }} />
        <span
          className={styles.step}
          data-against={row.bits < 0 || undefined}
          style={{ insetInlineStart: `${start}%`, inlineSize: `${size}%` }}
        />
      </span>
      <span className={styles.bits}>
        <Bdi dir="ltr">{formats.signed(row.bits)}</Bdi>{' '}
        <span className={styles.strength}>{t(row.bits < 0 ? 'web.link.against' : 'web.link.for')}</span>
      </span>
    </li>
  );
}
