-- What an optional second reader answered for a report, and how its values stand to the first reader's.
create table second_reading (
  agreement_id text not null,
  report_id text not null,
  -- Host of the endpoint, never its key or path.
  host text not null,
  model text not null,
  prompt_sha256 text not null,
  outcome text not null check (outcome in ('read', 'unusable', 'unreachable')),
  detail text,
  rounds integer not null,
  raw text not null,
  dropped jsonb not null,
  asked_at timestamptz not null,
  primary key (agreement_id, report_id),
  foreign key (agreement_id, report_id) references report (agreement_id, id)
);

-- agreed: both read the same. differs, only_second: a person is asked, until somebody decides on that value.
create table claim_second (
  agreement_id text not null,
  report_id text not null,
  event_no integer not null,
  field text not null,
  outcome text not null check (outcome in ('agreed', 'differs', 'only_second')),
  value jsonb not null,
  spans jsonb not null,
  primary key (agreement_id, report_id, event_no, field),
  foreign key (agreement_id, report_id) references report (agreement_id, id)
);
