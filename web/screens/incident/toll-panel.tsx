/** The toll as each independent origin gives it, on one scale. Ranges stay ranges; nothing is added up or averaged. */
import type { Count } from '../../../src/core/index.ts';
import type { ApiIncident, ApiToll } from '../../../src/server/api/types.ts';
import { countText } from '../../app/format.ts';
import { useLocale } from '../../app/locale.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Voice } from '../../ui/voice.tsx';
import { barOf, scaleMax } from './toll-bars.ts';
import styles from './toll-panel.module.css';

export function TollPanel({ incident }: { incident: ApiIncident }) {
  const { t } = useLocale();
  return (
    <Panel title={t('web.toll.title')} note={t('web.toll.note')}>
      <div className={styles.pair}>
        <Toll title={t('code.field.killed')} toll={incident.killed} />
        <Toll title={t('code.field.injured')} toll={incident.injured} />
      </div>
    </Panel>
  );
}

function Toll({ title, toll }: { title: string; toll: ApiToll }) {
  const { t } = useLocale();
  const max = scaleMax([toll, ...toll.byOrigin]);
  return (
    <section className={styles.toll}>
      <h3 className={styles.title}>
        {title}: <span className={styles.range}>{countText(t, toll)}</span>
      </h3>
      {toll.byOrigin.length === 0 ? <p className={styles.soft}>{t('web.toll.none')}</p> : null}
      <ul className={styles.list}>
        {toll.byOrigin.map((one) => (
          <Origin key={one.origin} one={one} max={max} />
        ))}
      </ul>
    </section>
  );
}

function Origin({ one, max }: { one: ApiToll['byOrigin'][number]; max: number }) {
  const { t } = useLocale();
  return (
    <li className={styles.origin}>
      <span className={styles.name}>
        <Voice name={one.origin} />
      </span>
      <Bar count={one} max={max} />
      <a className={styles.value} href={`#report-${one.reports[0] ?? ''}`}>
        {countText(t, one)}
      </a>
    </li>
  );
}

/** A range on a line from zero, left to right in every language; an open end is an arrow. The words beside it say the same. */
function Bar({ count, max }: { count: Count; max: number }) {
  const bar = barOf(count, max);
  if (!bar) return <span className={styles.bar} aria-hidden="true" />;
  return (
    <span className={styles.bar} aria-hidden="true" dir="ltr">
      <span
        className={styles.fill}
        data-open={bar.open || undefined}
        style={{ insetInlineStart: `${bar.start}%`, inlineSize: `${bar.size}%` }}
      />
    </span>
  );
}
