-- The intake form: to whom identities are sealed, which submission became which report, and what was attached. Nothing
-- here tells when to less than a day, from which address, or with what program somebody wrote.

-- A sealed report that the public may not see before this moment: with its appearance anyone could tell when a source spoke.
alter table report add column shown_from timestamptz;

-- Public keys (age) of an organisation. A submission is sealed to all that are in force, the recovery key among them.
create table intake_recipient (
  agreement_id text not null,
  organisation_id text not null,
  recipient text not null,
  purpose text not null check (purpose in ('custodian', 'recovery')),
  added_on date not null,
  retired_on date,
  primary key (agreement_id, organisation_id, recipient)
);

-- The organisation that answers for what comes in without an account; no row, and that door is closed.
create table intake_public_door (
  agreement_id text primary key,
  organisation_id text not null,
  opened_on date not null
);

create table intake_submission (
  agreement_id text not null,
  -- SHA-256 of the id that the sender's browser drew: the id itself lets its holder add attachments, so it is not kept.
  id_sha256 text not null,
  body_sha256 text not null,
  report_id text not null,
  organisation_id text not null,
  door text not null check (door in ('public', 'staff')),
  -- SHA-256 of the attachments announced; only these are taken.
  announced jsonb not null,
  primary key (agreement_id, id_sha256),
  unique (agreement_id, report_id),
  foreign key (agreement_id, report_id) references report (agreement_id, id)
);

-- An age file, of one size whoever it names, readable by the organisation's custodians and by nobody here.
create table sealed_identity (
  agreement_id text not null,
  report_id text not null,
  organisation_id text not null,
  sha256 text not null,
  ciphertext bytea not null check (octet_length(ciphertext) between 1 and 16384),
  primary key (agreement_id, report_id),
  foreign key (agreement_id, report_id) references report (agreement_id, id)
);

create table attachment (
  agreement_id text not null,
  report_id text not null,
  -- SHA-256 of the file as it was sent.
  sha256 text not null,
  kind text not null,
  size int not null,
  -- Name of the sealed original in the folder `originals`: SHA-256 of the age file.
  original text not null,
  -- The copy to look at, drawn anew from the pixels; null for what is not a picture.
  view bytea check (octet_length(view) <= 4194304),
  view_sha256 text,
  width int,
  height int,
  primary key (agreement_id, report_id, sha256),
  foreign key (agreement_id, report_id) references report (agreement_id, id)
);
