-- Which account an organisation's own issuer vouches for: the subject's name there is kept as a hash only.
create table oidc_subject (
  agreement_id text not null,
  -- SHA-256 of issuer and subject.
  sha256 text not null,
  account_id text not null,
  linked_at timestamptz not null,
  primary key (agreement_id, sha256),
  foreign key (agreement_id, account_id) references account (agreement_id, id)
);
