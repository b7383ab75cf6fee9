-- Persons: an account of an organisation under a public name (an office or a pseudonym), the passkeys that open it, the
-- one-time links that make it, and its sessions. Secrets are kept as hashes. Nothing here names a human being.
create table account (
  agreement_id text not null,
  id text not null,
  organisation_id text not null references organisation (id),
  name text not null,
  roles text[] not null,
  -- Of the role switcher of the demo: has no passkey, and is nobody outside it.
  demo boolean not null default false,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (agreement_id, id)
);
create index account_by_organisation on account (agreement_id, organisation_id);

create table passkey (
  agreement_id text not null,
  -- The credential's id, base64url.
  id text not null,
  account_id text not null,
  -- COSE, as the authenticator gave it; and as a JWK, for whoever checks a signature without us.
  public_key bytea not null,
  jwk text not null,
  counter bigint not null,
  transports text[] not null,
  created_at timestamptz not null,
  used_at timestamptz,
  removed_at timestamptz,
  primary key (agreement_id, id),
  foreign key (agreement_id, account_id) references account (agreement_id, id)
);
create index passkey_by_account on passkey (agreement_id, account_id);

create table invitation (
  agreement_id text not null,
  id text not null,
  secret_sha256 text not null unique,
  -- Null: the first administrator, who names the organisation.
  organisation_id text references organisation (id),
  name text,
  roles text[] not null,
  -- Set: the link gives this account a new passkey instead of making one.
  account_id text,
  made_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz,
  primary key (agreement_id, id),
  foreign key (agreement_id, account_id) references account (agreement_id, id)
);

create table session (
  agreement_id text not null,
  id text not null,
  secret_sha256 text not null unique,
  account_id text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (agreement_id, id),
  foreign key (agreement_id, account_id) references account (agreement_id, id)
);
create index session_by_account on session (agreement_id, account_id);

-- A lost passkey: the administrators who agree that the account gets a new one.
create table recovery (
  agreement_id text not null,
  id text not null,
  account_id text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done', 'withdrawn')),
  settled_at timestamptz,
  primary key (agreement_id, id),
  foreign key (agreement_id, account_id) references account (agreement_id, id)
);

-- An approval by a person is a WebAuthn assertion over the hash of the statement (spec/approval).
alter table approval add column assertion text;
-- An author may withdraw what it proposed.
alter table proposal drop constraint proposal_state_check;
alter table proposal add constraint proposal_state_check check (state in ('open', 'done', 'overtaken', 'withdrawn'));
