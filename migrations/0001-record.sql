-- The record: entries in one gapless order per instrument, never altered; contents beside them, erasable; and the jobs
-- that entries drive.

create table logs (
  agreement_id text primary key,
  -- Number of entries. Taken FOR UPDATE by every append, so commit order is index order and there is never a gap.
  size bigint not null default 0,
  -- The last fully co-signed checkpoint, put into new entries as their beacon.
  beacon_size bigint,
  beacon_root bytea
);

create table authors (
  agreement_id text not null,
  author text not null,
  n bigint not null,
  primary key (agreement_id, author)
);

create table entries (
  agreement_id text not null,
  index bigint not null,
  id uuid not null,
  kind text not null,
  object text not null,
  visibility text not null check (visibility in ('open', 'sealed')),
  author text not null,
  n bigint not null,
  claimed_at timestamptz not null,
  -- RFC 8785 JSON, at most 4 KiB: what the author stands for (spec/record).
  envelope text not null check (octet_length(envelope) <= 4096),
  -- RFC 6962 hash of the leaf as the log publishes it.
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
  primary key (agreement_id, index),
  unique (agreement_id, id),
  unique (agreement_id, author, n)
);
create index entries_by_object on entries (agreement_id, object, index);
create index entries_by_kind on entries (agreement_id, kind, index);

-- Content and salt can be destroyed (erasure); the commitment in the envelope and every proof stay.
create table entry_contents (
  agreement_id text not null,
  index bigint not null,
  salt bytea not null check (octet_length(salt) = 32),
  content text not null,
  primary key (agreement_id, index)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the record is append-only: % on % is refused', tg_op, tg_table_name;
end $$;

create trigger entries_append_only before update or delete on entries
  for each row execute function refuse_change();
create trigger entries_no_truncate before truncate on entries
  for each statement execute function refuse_change();
create trigger entry_contents_no_update before update on entry_contents
  for each row execute function refuse_change();

create table job_cursors (
  agreement_id text not null,
  handler text not null,
  next_index bigint not null,
  primary key (agreement_id, handler)
);

create table jobs (
  agreement_id text not null,
  handler text not null,
  -- Jobs of one handler with the same key are one job, run for the latest entry.
  key text not null,
  entry_index bigint not null,
  attempts int not null default 0,
  run_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'gave_up')),
  last_error text,
  primary key (agreement_id, handler, key)
);
create index jobs_due on jobs (agreement_id, state, run_at, entry_index);
