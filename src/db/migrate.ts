/**
 * Brings the schema forward. Plain SQL files, in the order of their names, one transaction each; name and SHA-256 of
 * what was applied are kept. Never goes back, and never starts over a file that changed after it was applied.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Problem } from '../core/index.ts';
import type { Queryable } from './model.ts';
import { MIGRATION_CHANGED, MIGRATION_FAILED } from './problems.ts';

const FILE_NAME = /^\d{4}-[a-z0-9-]+\.sql$/;

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

interface Migratable extends Queryable {
  script(sql: string): Promise<void>;
}

/** The two programs keep apart what they store: each has the shared tables and its own, and never the other's. */
export type Program = 'ceasefire' | 'airspace';

/** The migrations of a program, in order: those in migrations/ itself are shared. */
export function readMigrations(program: Program): Migration[] {
  const folder = [new URL('../../migrations/', import.meta.url), new URL('../migrations/', import.meta.url)].find(
    (at) => existsSync(at),
  );
  if (!folder) throw new Problem(MIGRATION_FAILED, 'the folder migrations/ is missing from this installation');
  return [folder, new URL(`${program}/`, folder)]
    .flatMap((from) => readdirSync(from).map((name) => ({ name, from })))
    .filter(({ name }) => FILE_NAME.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, from }) => ({ name, sql: readFileSync(new URL(name, from), 'utf8') }));
}

/** Applies what is missing; the names applied now. Throws db/migration-changed or db/migration-failed, naming the file. */
export async function migrate(db: Migratable, migrations: readonly Migration[]): Promise<string[]> {
  await db.script(
    'create table if not exists migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  );
  const rows = await db.rows<{ name: string; sha256: string }>('select name, sha256 from migrations');
  const applied = new Map(rows.map((row) => [row.name, row.sha256]));
  refuseChanged(applied, migrations);
  const missing = migrations.filter((migration) => !applied.has(migration.name));
  for (const migration of missing) await applyOne(db, migration);
  return missing.map((migration) => migration.name);
}

const digestOf = (migration: Migration): string => createHash('sha256').update(migration.sql).digest('hex');

function refuseChanged(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const [name, sha256] of applied) {
    const file = byName.get(name);
    if (file && digestOf(file) === sha256) continue;
    const what = file ? 'was changed after it was applied' : 'was applied and is missing here (an older program?)';
    throw new Problem(MIGRATION_CHANGED, `the migration ${name} ${what}; refusing to start`, {
      params: { name },
      where: name,
    });
  }
}

async function applyOne(db: Migratable, migration: Migration): Promise<void> {
  // The lock makes two servers that start together take turns; the second finds the name and adds nothing.
  const script = [
    'begin',
    "select pg_advisory_xact_lock(hashtextextended('hudna:migrate', 0))",
    `do $guard$ begin if exists (select 1 from migrations where name = '${migration.name}') then raise exception 'hudna: already applied'; end if; end $guard$`,
    migration.sql.trim().replace(/;$/, ''),
    `insert into migrations (name, sha256) values ('${migration.name}', '${digestOf(migration)}')`,
    'commit',
  ].join(';\n');
  try {
    await db.script(script);
  } catch (error) {
    await db.script('rollback').catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    if (reason.includes('hudna: already applied')) return;
    throw new Problem(MIGRATION_FAILED, `the migration ${migration.name} failed: ${reason}`, { where: migration.name });
  }
}
