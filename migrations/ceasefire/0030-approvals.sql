-- What people propose and approve together, and the bulletins released that way. A proposed text is kept once, by its hash,
-- and is never changed. Nothing stands in bulletin_release without the proposal that was approved.
create table proposed_text (
  agreement_id text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  text text not null,
  primary key (agreement_id, sha256)
);

create table proposal (
  agreement_id text not null,
  id text not null,
  act text not null,
  object text not null,
  sha256 text not null,
  author text not null,
  organisation text,
  proposed_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done', 'overtaken')),
  settled_at timestamptz,
  silent text[] not null default '{}',
  primary key (agreement_id, id),
  foreign key (agreement_id, sha256) references proposed_text (agreement_id, sha256)
);
create index proposal_by_object on proposal (agreement_id, object, act);

create table approval (
  agreement_id text not null,
  proposal_id text not null,
  person text not null,
  voice text not null,
  organisation text not null,
  role text not null,
  sha256 text not null,
  public_key text,
  signature text,
  approved_at timestamptz not null,
  sequence bigint generated always as identity,
  primary key (agreement_id, proposal_id, person),
  unique (agreement_id, proposal_id, voice),
  check ((public_key is null) = (signature is null)),
  foreign key (agreement_id, proposal_id) references proposal (agreement_id, id)
);

create table person_key (
  agreement_id text not null,
  person text not null,
  public_key text not null,
  registered_at timestamptz not null,
  primary key (agreement_id, person)
);

create table bulletin_release (
  agreement_id text not null,
  day date not null,
  number integer not null check (number > 0),
  proposal_id text not null,
  released_at timestamptz not null,
  primary key (agreement_id, day, number),
  unique (agreement_id, proposal_id),
  foreign key (agreement_id, proposal_id) references proposal (agreement_id, id)
);
