-- What people decide about links. A member keeps where the machine placed it and why (never changed again); where it is now
-- is the fold of those placements and of the decisions, in the order of the record. An undone decision stays, passed over.
alter table incident_member add column placed_in text;
alter table incident_member add column placed_entry bigint not null default 0;
alter table incident_member add column settled_by text;
alter table incident_member add column moved text check (moved in ('person', 'machine'));
update incident_member set placed_in = incident_id;
alter table incident_member alter column placed_in set not null;
create index incident_member_by_placing on incident_member (agreement_id, placed_in);
create index incident_member_asked on incident_member (agreement_id, linked_at) where decision = 'asked' and settled_by is null;

-- Where the members of an incident went that has none of its own any more.
alter table incident add column merged_into text;

create table link_decision (
  agreement_id text not null,
  id text not null,
  -- Index of its entry in the record: the order of the fold.
  entry bigint not null,
  kind text not null check (kind in ('linked', 'alone', 'not_same', 'merged', 'split', 'undone')),
  decision jsonb not null,
  -- Every incident that it speaks of, or from or to which it moved an event.
  incidents text[] not null,
  by text not null,
  organisation text,
  reason text not null,
  -- Bits of the machine's own repairs; null for people.
  evidence jsonb,
  decided_at timestamptz not null,
  primary key (agreement_id, id),
  unique (agreement_id, entry)
);
create index link_decision_by_incident on link_decision using gin (incidents);

-- Merges and splits that the machine proposes and a person accepts or refuses.
create table link_proposal (
  agreement_id text not null,
  id text not null,
  decision jsonb not null,
  incidents text[] not null,
  -- Same merge or split of the same events: proposed once, and not again after a refusal.
  fingerprint text not null,
  score double precision not null,
  explanation jsonb not null,
  weights text not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'refused', 'overtaken')),
  proposed_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  sequence bigint generated always as identity,
  primary key (agreement_id, id),
  unique (agreement_id, fingerprint)
);
create index link_proposal_open on link_proposal (agreement_id, sequence) where state = 'open';
create index link_proposal_by_incident on link_proposal using gin (incidents);

-- Counts the changes of membership; whoever changes it holds this row until the transaction ends, and a linker in memory
-- knows from it whether it is up to date.
create table link_head (
  agreement_id text primary key,
  version bigint not null
);
