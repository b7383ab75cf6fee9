-- A decision may take back the one before it (undoes: the version taken back), and a person may keep one as a case that
-- every later reader is tried on.
alter table claim add column decided_at timestamptz;
alter table claim add column undoes integer;
alter table claim add column kept boolean not null default false;
create index claim_kept on claim (agreement_id, report_id) where kept;
