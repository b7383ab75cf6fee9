-- What was read from each report, by which reader; and each value as a claim that people confirm, correct or reject.
create table reading (
  agreement_id text not null,
  report_id text not null,
  reader text not null,
  document jsonb not null,
  read_at timestamptz not null,
  primary key (agreement_id, report_id),
  foreign key (agreement_id, report_id) references report (agreement_id, id)
);

-- version 1 is what the machine or the sender said; a person's decision is a new version, nothing is overwritten.
create table claim (
  agreement_id text not null,
  report_id text not null,
  event_no integer not null,
  field text not null,
  version integer not null,
  value jsonb,
  spans jsonb not null,
  basis text not null check (basis in ('stated', 'read', 'person')),
  alleged boolean not null,
  said_by text,
  standing text not null check (standing in ('proposed', 'confirmed', 'corrected', 'rejected')),
  decided_by text,
  reason text,
  primary key (agreement_id, report_id, event_no, field, version),
  foreign key (agreement_id, report_id) references report (agreement_id, id)
);
