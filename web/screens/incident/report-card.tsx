/** One report: who says it and after whom, its words with the evidence marked, what was read from them, and why it is here. */
import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { isDay } from '../../../src/core/index.ts';
import type { ApiReport } from '../../../src/server/api/types.ts';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Voice } from '../../ui/voice.tsx';
import { ClaimList } from './claim-list.tsx';
import { MarkedText } from './marked-text.tsx';
import styles from './report-card.module.css';
import { Waterfall } from './waterfall.tsx';

export function ReportCard({ report }: { report: ApiReport }) {
  const { t } = useLocale();
  const search = useSearch({ from: '/incidents/$id' });
  const card = useRef<HTMLElement>(null);
  const chosen = search.report === report.id;
  const field = chosen ? search.field : undefined;
  const arrived = chosen && field === undefined;
  useEffect(() => {
    if (arrived) card.current?.scrollIntoView({ block: 'start' });
  }, [arrived]);
  return (
    <article ref={card} id={`report-${report.id}`} className={styles.card} data-chosen={chosen || undefined}>
      <ReportHead report={report} />
      {report.document === null ? (
        <p className={styles.sealed}>{t('web.report.sealed')}</p>
      ) : (
        <div className={styles.body}>
          <MarkedText document={report.document} lang={report.lang} claims={report.claims} field={field} />
          <ClaimList report={report} document={report.document} field={field} />
        </div>
      )}
      {report.document === null ? <ClaimList report={report} document="" field={field} /> : null}
      <Waterfall link={report.link} />
    </article>
  );
}

function ReportHead({ report }: { report: ApiReport }) {
  const { t, formats } = useLocale();
  const { source, title, document } = report;
  const showTitle = title !== null && !document?.startsWith(title);
  return (
    <header className={styles.head}>
      <h3 className={styles.source}>
        <Voice className={styles.name} name={source.name} />{' '}
        <span className={styles.soft}>
          {t(`code.sourceKind.${source.kind}`)}
          {' · '}
          {report.origin ? (
            <>
              {t('web.reports.citing')} <Bdi>{report.origin}</Bdi>
            </>
          ) : (
            t('web.report.own')
          )}
        </span>
      </h3>
      <p className={styles.soft}>
        {report.published
          ? t('web.report.published', {
              at: isDay(report.published) ? formats.day(report.published) : formats.instant(report.published),
            })
          : t('web.report.undated')}
        {' · '}
        {t(`code.lang.${report.lang}`)}
        {source.url ? (
          <>
            {' · '}
            <a href={source.url} rel="noreferrer noopener external">
              {t('web.report.source')}
            </a>
          </>
        ) : null}
      </p>
      {showTitle ? (
        <p className={styles.title}>
          <Bdi lang={report.lang}>{title}</Bdi>
        </p>
      ) : null}
    </header>
  );
}
