/** Counts by alleged party and area, each beside the day before's. Every number opens its incidents. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { addDays } from '../../../src/core/index.ts';
import type { ApiDay, ApiPartyAreaCount } from '../../../src/server/api/types.ts';
import { areasQuery } from '../../app/api.ts';
import { useLocale } from '../../app/locale.tsx';
import { NOBODY } from '../../app/search.ts';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PartyName, useParties } from '../../ui/party.tsx';
import { useAreaNames } from '../../ui/use-area-names.ts';
import { tableOf } from './party-area.ts';
import styles from './party-area-table.module.css';

export function PartyAreaTable({ day }: { day: ApiDay }) {
  const { t } = useLocale();
  const { actors } = useParties();
  const areas = useQuery(areasQuery).data;
  const nameOf = useAreaNames();
  const table = tableOf(
    day.byPartyAndArea,
    actors.map((actor) => actor.id),
    (areas?.features ?? []).filter((one) => one.properties.role === 'area').map((one) => one.properties.id),
  );
  return (
    <Panel title={t('web.table.title')} note={t('web.table.note')}>
      {table.rows.length === 0 ? (
        <p>{t('web.table.empty')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <div className={styles.scroll} tabIndex={0}>
          <table className={styles.table}>
            <caption className="visually-hidden">{t('web.table.title')}</caption>
            <thead>
              <tr>
                <th scope="col" className={styles.corner}>
                  {t('web.table.area')}
                </th>
                {table.parties.map((party) => (
                  <th scope="col" key={party ?? NOBODY}>
                    <PartyName id={party} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.area ?? NOBODY}>
                  <th scope="row">
                    <Bdi>{nameOf(row.area)}</Bdi>
                  </th>
                  {row.cells.map((cell, index) => (
                    <Cell key={table.parties[index] ?? NOBODY} cell={cell} day={day.day} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Cell({ cell, day }: { cell: ApiPartyAreaCount; day: string }) {
  const { t, formats } = useLocale();
  const filters = { party: cell.party ?? NOBODY, area: cell.area ?? NOBODY };
  if (cell.today === 0 && cell.before === 0) {
    return (
      <td className={styles.none}>
        <span aria-hidden="true">·</span>
        <span className="visually-hidden">{formats.number(0)}</span>
      </td>
    );
  }
  return (
    <td>
      <span className={styles.cell}>
        {cell.today > 0 ? (
          <Link to="/" search={{ day, ...filters }} hash="incidents" className={styles.today}>
            {formats.number(cell.today)}
          </Link>
        ) : (
          <span className={styles.today}>{formats.number(0)}</span>
        )}
        {cell.before > 0 ? (
          <Link to="/" search={{ day: addDays(day, -1), ...filters }} hash="incidents" className={styles.before}>
            {t('web.table.before', { n: cell.before })}
          </Link>
        ) : (
          <span className={styles.before}>{t('web.table.before', { n: 0 })}</span>
        )}
      </span>
    </td>
  );
}
