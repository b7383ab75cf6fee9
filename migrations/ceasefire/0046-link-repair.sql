-- How far the machine has looked for repairs (index of the record's entry), and the weight sets estimated from the reports:
-- a set never changes, every link names its own.
alter table link_head add column repaired bigint not null default 0;

create table weight_set (
  agreement_id text not null,
  name text not null,
  weights jsonb not null,
  -- Reports that it was estimated from.
  reports integer not null,
  made_at timestamptz not null,
  sequence bigint generated always as identity,
  primary key (agreement_id, name)
);
