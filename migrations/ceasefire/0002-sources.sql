-- Who reports, and what was received: each raw payload once, by hash; each report once, by the fingerprint of its fields.
create table source (
  agreement_id text not null,
  id text not null,
  name text not null,
  kind text not null,
  camp text,
  primary key (agreement_id, id),
  unique (agreement_id, name)
);

create table payload (
  agreement_id text not null,
  sha256 text not null,
  bytes bytea not null,
  primary key (agreement_id, sha256)
);

create table report (
  agreement_id text not null,
  id text not null,
  fingerprint text not null,
  external_id text,
  source_id text not null,
  url text,
  origin text,
  published text,
  lang text,
  title text,
  words text not null,
  visibility text not null check (visibility in ('public', 'sealed')),
  event jsonb,
  attachments jsonb not null,
  payload text not null,
  received_at timestamptz not null,
  sequence bigint generated always as identity,
  primary key (agreement_id, id),
  unique (agreement_id, fingerprint),
  foreign key (agreement_id, source_id) references source (agreement_id, id),
  foreign key (agreement_id, payload) references payload (agreement_id, sha256)
);
create index report_by_sequence on report (agreement_id, sequence);
create index report_by_source on report (agreement_id, source_id);
