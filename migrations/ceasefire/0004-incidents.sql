-- Incidents, and which report's event belongs to which. An incident is a fold of its members; `folded` is that fold, kept
-- so that a day can be read without folding again. Links of people outlive every re-estimation of the weights.
create table incident (
  agreement_id text not null,
  id text not null,
  aggregate boolean not null,
  day date,
  area text,
  type text not null,
  folded jsonb not null,
  members integer not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  sequence bigint generated always as identity,
  primary key (agreement_id, id)
);
create index incident_by_day on incident (agreement_id, day, sequence);

create table incident_member (
  agreement_id text not null,
  report_id text not null,
  event_no integer not null,
  incident_id text not null,
  origin text not null,
  origin_reason text,
  decision text not null check (decision in ('opened', 'linked', 'asked', 'person')),
  score double precision,
  explanation jsonb not null,
  runner_up jsonb,
  weights text not null,
  standing text not null check (standing in ('proposed', 'confirmed', 'corrected', 'rejected')),
  linked_at timestamptz not null,
  primary key (agreement_id, report_id, event_no),
  foreign key (agreement_id, incident_id) references incident (agreement_id, id) deferrable initially deferred,
  foreign key (agreement_id, report_id) references report (agreement_id, id)
);
create index incident_member_by_incident on incident_member (agreement_id, incident_id);
