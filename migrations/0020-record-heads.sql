-- The second place of the log's head: the tiles and the signed checkpoint are files, this row is what the next
-- checkpoint must follow. And the moments at which a checkpoint had all its co-signatures.

create table log_heads (
  agreement_id text primary key,
  origin text not null,
  size bigint not null,
  root bytea not null check (octet_length(root) = 32)
);

create table cosigned_heads (
  agreement_id text not null,
  size bigint not null,
  root bytea not null check (octet_length(root) = 32),
  -- When the last co-signature that the quorum needed was made.
  cosigned_at timestamptz not null,
  primary key (agreement_id, size)
);
