/** Examines a house: each check says what it found and, where something is wrong, what to do. Changes nothing. */

import { logSize } from '../record/index.ts';
import { countReports } from '../sources/index.ts';
import type { House } from './house.ts';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
}

export async function examine(house: House): Promise<Finding[]> {
  const { db, instrument } = house;
  const agreement = instrument.id;
  const [version] = await db.rows<{ version: string }>('select version() as version');
  const [gaps] = await db.rows<{ gaps: number }>(
    'select (coalesce(max(index) + 1, 0) - count(*))::int as gaps from entries where agreement_id = $1',
    [agreement],
  );
  const [given] = await db.rows<{ count: number }>(
    "select count(*)::int as count from jobs where agreement_id = $1 and state = 'gave_up'",
    [agreement],
  );
  const [orphans] = await db.rows<{ count: number }>(
    `select count(*)::int as count from report r where r.agreement_id = $1
       and not exists (select 1 from entries e where e.agreement_id = r.agreement_id and e.object = 'report:' || r.id and e.kind = 'report.received')`,
    [agreement],
  );
  return [
    { check: 'database', ok: true, found: `${db.engine}, ${version?.version.split(' on ')[0] ?? 'unknown'}` },
    {
      check: 'terms',
      ok: true,
      found: `${agreement}, ${instrument.actors.length} actors, ${instrument.clauses.length} clauses`,
    },
    {
      check: 'places',
      ok: house.gazetteer.places.length > 0,
      found: `${house.gazetteer.places.length} places, version ${house.gazetteer.version}`,
    },
    {
      check: 'reports',
      ok: orphans?.count === 0,
      found: `${await countReports(db, agreement)} reports, ${orphans?.count ?? 0} without their entry in the record`,
    },
    {
      check: 'record',
      ok: gaps?.gaps === 0,
      found: `${await logSize(db, agreement)} entries, ${gaps?.gaps ?? 0} missing`,
    },
    { check: 'follow-ups', ok: given?.count === 0, found: `${given?.count ?? 0} given up` },
  ];
}
