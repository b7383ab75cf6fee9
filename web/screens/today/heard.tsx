/** Who was heard on the day and who was not; and the reports themselves, each a way to its incident. */
import { Link, useSearch } from '@tanstack/react-router';
import { isolate } from '../../../src/core/index.ts';
import type { ApiDay, ApiReportLine } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Voice } from '../../ui/voice.tsx';
import styles from './heard.module.css';

export function Sources({ day }: { day: ApiDay }) {
  const { t, formats } = useLocale();
  return (
    <Panel title={t('web.sources.title')} note={t('web.sources.note')} id="sources">
      {day.sourcesHeard.length === 0 ? <p>{t('web.sources.none')}</p> : null}
      <ul className={styles.list}>
        {day.sourcesHeard.map((source) => (
          <li key={source.name} className={styles.row}>
            <span>
              <Voice name={source.name} /> <span className={styles.soft}>{t(`code.sourceKind.${source.kind}`)}</span>
            </span>
            <Link to="/" search={(previous) => ({ ...previous, day: day.day, source: source.name })} hash="reports">
              {t('count.reports', { n: source.reports })}
            </Link>
          </li>
        ))}
      </ul>
      {day.sourcesSilent.length > 0 ? (
        <details className={styles.silent}>
          <summary>{t('web.sources.silent', { n: day.sourcesSilent.length })}</summary>
          <ul className={styles.list}>
            {day.sourcesSilent.map((source) => (
              <li key={source.name} className={styles.row}>
                <Voice name={source.name} />
                <span className={styles.soft}>{t('web.sources.last', { day: formats.day(source.lastHeard) })}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Panel>
  );
}

export function Reports({ day }: { day: ApiDay }) {
  const { t } = useLocale();
  const { source } = useSearch({ from: '/' });
  const reports = source === undefined ? day.reportList : day.reportList.filter((one) => one.source === source);
  return (
    <Panel title={t('web.reports.title')} note={t('web.reports.note')} id="reports">
      {source !== undefined ? (
        <p className={styles.soft} role="status">
          {t('web.reports.of', { source: isolate(source) })}{' '}
          <Link to="/" search={(previous) => ({ ...previous, source: undefined })} hash="reports" replace>
            {t('web.filter.clear')}
          </Link>
        </p>
      ) : null}
      {reports.length === 0 ? <p>{t('web.reports.none')}</p> : null}
      <ul className={styles.list}>
        {reports.map((report) => (
          <li key={report.id} className={styles.report}>
            <ReportTitle report={report} />
            <span className={styles.soft}>
              <Voice name={report.source} />
              {report.origin ? (
                <>
                  {' '}
                  {t('web.reports.citing')} <Bdi>{report.origin}</Bdi>
                </>
              ) : null}
              {' · '}
              {t(`code.lang.${report.lang}`)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ReportTitle({ report }: { report: ApiReportLine }) {
  const { t } = useLocale();
  const [incident] = report.incidents;
  const title = report.title ? <Bdi lang={report.lang}>{report.title}</Bdi> : t('web.reports.sealedOrUntitled');
  if (incident === undefined) return <span>{title}</span>;
  return (
    <Link to="/incidents/$id" params={{ id: incident }} search={{ report: report.id }}>
      {title}
    </Link>
  );
}
