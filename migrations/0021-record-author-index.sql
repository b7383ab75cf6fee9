-- The author's counter is a locked row: the unique index repeated what it already guarantees, at a tenth of an append.
alter table entries drop constraint entries_agreement_id_author_n_key;
