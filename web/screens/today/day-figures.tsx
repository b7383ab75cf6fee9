/** The day in five numbers, each beside the day before's where one exists, each a way to the list behind it. */
import { Link } from '@tanstack/react-router';
import { addDays } from '../../../src/core/index.ts';
import type { ApiDay } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import type { DaySearch } from '../../app/search.ts';
import styles from './day-figures.module.css';

export function DayFigures({ day }: { day: ApiDay }) {
  const { t } = useLocale();
  const contested = day.incidents.filter((incident) => incident.contested).length;
  const outside = day.incidents.filter((incident) => incident.inTerms.value === 'no').length;
  const before = addDays(day.day, -1);
  return (
    <ul className={styles.figures}>
      <Figure label={t('web.figures.incidents')} n={day.incidents.length} to={{ day: day.day }} hash="incidents">
        <Before n={day.incidentsBefore} day={before} hash="incidents" />
      </Figure>
      <Figure label={t('web.figures.reports')} n={day.reports} to={{ day: day.day }} hash="reports">
        <Before n={day.reportsBefore} day={before} hash="reports" />
      </Figure>
      <Figure label={t('web.figures.sources')} n={day.sourcesHeard.length} to={{ day: day.day }} hash="sources" />
      <Figure
        label={t('web.figures.contested')}
        n={contested}
        to={{ day: day.day, contested: true }}
        hash="incidents"
      />
      <Figure label={t('web.figures.outside')} n={outside} to={{ day: day.day, terms: 'no' }} hash="incidents" />
    </ul>
  );
}

interface FigureProps {
  readonly label: string;
  readonly n: number;
  readonly to: DaySearch;
  readonly hash: string;
  readonly children?: React.ReactNode;
}

function Figure({ label, n, to, hash, children }: FigureProps) {
  const { formats } = useLocale();
  return (
    <li className={styles.figure}>
      <Link to="/" search={to} hash={hash} className={styles.link}>
        <span className={styles.number}>{formats.number(n)}</span>
        <span className={styles.label}>{label}</span>
      </Link>
      {children}
    </li>
  );
}

function Before({ n, day, hash }: { n: number; day: string; hash: string }) {
  const { t } = useLocale();
  return (
    <Link to="/" search={{ day }} hash={hash} className={styles.before}>
      {t('web.figures.before', { n })}
    </Link>
  );
}
