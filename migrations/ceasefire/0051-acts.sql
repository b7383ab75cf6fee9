-- What two persons of two organisations decided about an incident, one row an act or its undoing, never altered: which of
-- them are in force is a fold in their order. And to whom a sealed report's words were disclosed.
create table incident_act (
  agreement_id text not null,
  sequence bigint generated always as identity,
  incident_id text not null,
  act text not null check (act in ('incident.dismiss', 'incident.attribute', 'publication.withdraw')),
  party text,
  reason text not null,
  undo boolean not null,
  proposal_id text not null,
  organisations text[] not null,
  acted_at timestamptz not null,
  primary key (agreement_id, sequence),
  unique (agreement_id, proposal_id),
  check ((party is null) = (act <> 'incident.attribute')),
  foreign key (agreement_id, proposal_id) references proposal (agreement_id, id)
);
create index incident_act_by_incident on incident_act (agreement_id, incident_id, sequence);

create table disclosure (
  agreement_id text not null,
  sequence bigint generated always as identity,
  report_id text not null,
  -- Folded as organisations are compared.
  organisation text not null,
  undo boolean not null,
  proposal_id text not null,
  acted_at timestamptz not null,
  primary key (agreement_id, sequence),
  unique (agreement_id, proposal_id),
  foreign key (agreement_id, proposal_id) references proposal (agreement_id, id)
);
create index disclosure_by_report on disclosure (agreement_id, report_id, sequence);
