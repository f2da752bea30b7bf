alter table webhook add column previous_secret text not null default '';
alter table webhook add column previous_until integer;
alter table webhook add column welcome text not null default 'silent';
alter table webhook add column failures integer not null default 0;
alter table notice add column answered_at integer;
create index notice_of on notice (municipality, webhook_id, at);
