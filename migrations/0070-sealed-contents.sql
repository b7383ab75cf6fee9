-- Which key the sealed columns are sealed with (src/db/vault.ts). The key itself lies outside the database.
create table data_key (
  id text primary key,
  -- False until what an earlier version left in clear is sealed.
  complete boolean not null default false
);

-- Salt and content of an entry, sealed as one: with the salt in clear anyone could try guesses against the commitment. A
-- first byte 0 is what an earlier version left in clear; the next start seals it, and only then may a row change.
drop trigger entry_contents_no_update on entry_contents;
alter table entry_contents add column body bytea;
update entry_contents set body = '\x00'::bytea || convert_to(
  json_build_object('salt', encode(salt, 'base64'), 'content', content)::text, 'UTF8');
alter table entry_contents alter column body set not null, drop column salt, drop column content;
comment on column entry_contents.body is 'sealed';
create trigger entry_contents_no_update before update on entry_contents
  for each row when (get_byte(old.body, 0) <> 0) execute function refuse_change();

-- A failure's message may hold words of a report.
alter table jobs alter column last_error type bytea
  using '\x00'::bytea || convert_to(to_json(last_error)::text, 'UTF8');
comment on column jobs.last_error is 'sealed';
