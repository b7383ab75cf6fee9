-- Who may act: organisations and the tokens of their programs. A token is kept as its hash only.
create table organisation (
  id text primary key,
  name text not null,
  created_at timestamptz not null
);

create table token (
  id text primary key,
  organisation_id text not null references organisation (id),
  role text not null,
  secret_sha256 text not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz
);
