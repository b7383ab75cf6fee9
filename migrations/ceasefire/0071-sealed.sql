-- Words and places lie sealed, whoever sent them; codes, days, counts and names of sources do not. What an earlier version
-- left in clear stands behind a first byte 0 until the next start seals it (src/db/seal-existing.ts).
alter table report add column body bytea;
update report set body = '\x00'::bytea || convert_to(json_build_object('externalId', external_id, 'url', url, 'title', title,
  'text', words, 'event', event, 'attachments', attachments)::text, 'UTF8');
alter table report alter column body set not null, drop column external_id, drop column url, drop column title,
  drop column words, drop column event, drop column attachments;
comment on column report.body is 'sealed';

-- A payload is named by a keyed mark of its bytes: a plain hash lets anyone try where a report says it was.
alter table payload rename column sha256 to id;
alter table payload alter column bytes type bytea
  using '\x00'::bytea || convert_to(to_json(convert_from(bytes, 'UTF8'))::text, 'UTF8');
comment on column payload.bytes is 'sealed';

alter table reading alter column document type bytea using '\x00'::bytea || convert_to(document::text, 'UTF8');
comment on column reading.document is 'sealed';

-- Of a value that is a place or words; who is quoted for it, and a person's reason.
alter table claim add column hidden bytea;
update claim set hidden = '\x00'::bytea || convert_to(json_build_object(
    'value', case when field in ('place', 'actor', 'victim', 'weapon') then value end, 'by', said_by, 'reason', reason)::text, 'UTF8'),
  value = case when field in ('place', 'actor', 'victim', 'weapon') then null else value end
  where field in ('place', 'actor', 'victim', 'weapon') or said_by is not null or reason is not null;
alter table claim drop column said_by, drop column reason;
comment on column claim.hidden is 'sealed';

alter table claim_second alter column value type bytea using '\x00'::bytea || convert_to(value::text, 'UTF8');
comment on column claim_second.value is 'sealed';

alter table second_reading add column body bytea;
update second_reading set body = '\x00'::bytea || convert_to(
  json_build_object('raw', raw, 'dropped', dropped, 'detail', detail)::text, 'UTF8');
alter table second_reading alter column body set not null, drop column raw, drop column dropped, drop column detail;
comment on column second_reading.body is 'sealed';

-- Place and weapon of the fold; `folded` has null in their stead.
alter table incident add column hidden bytea;
update incident set hidden = '\x00'::bytea || convert_to(
    json_build_object('place', folded->'place', 'weapon', folded->'weapon')::text, 'UTF8'),
  folded = folded || '{"place": null, "weapon": null}'::jsonb;
alter table incident alter column hidden set not null;
comment on column incident.hidden is 'sealed';

alter table link_decision alter column reason type bytea using '\x00'::bytea || convert_to(to_json(reason)::text, 'UTF8');
comment on column link_decision.reason is 'sealed';

-- A keyed mark of what was sent instead of its hash; null for what came before there were marks: taken as the same.
alter table intake_submission rename column body_sha256 to body_mark;
alter table intake_submission alter column body_mark drop not null;
update intake_submission set body_mark = null;
