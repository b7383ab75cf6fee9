-- The flight channel, in a database of its own (hudna airspace serve): what it decided, as documents that memory
-- mirrors. Erasing a declaration's content deletes its row; the commitments in the record stay.

create table airspace_documents (
  kind text not null,
  id text not null,
  body text not null,
  primary key (kind, id)
);
