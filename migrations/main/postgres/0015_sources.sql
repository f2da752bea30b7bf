alter table signal add column kind text not null default 'report';
alter table signal add column channel text not null default 'web';
alter table signal add column publication text not null default 'none';
alter table signal add column public_words text;
alter table signal add column updated_at bigint not null default 0;
update signal set updated_at = coalesce(closed_at, reported_at),
    channel = case source when 'officer' then 'officer' when 'import' then 'file' when 'police' then 'file' else 'web' end;
create index signal_shown on signal (municipality, reported_at, id) where publication = 'shown';
create index signal_shown_changed on signal (municipality, updated_at, id) where publication in ('shown', 'hidden');
create index signal_waiting on signal (municipality, reported_at, id) where publication = 'waiting';

create table webhook (
    municipality text not null,
    id uuid not null,
    name text not null,
    url text not null,
    types text not null,
    secret text not null,
    is_active boolean not null,
    created_at bigint not null,
    failing_since bigint,
    last_status text not null default '',
    version bigint not null,
    primary key (municipality, id)
);

create table notice (
    municipality text not null,
    webhook_id uuid not null,
    id uuid not null,
    type text not null,
    subject text not null,
    at bigint not null,
    attempts bigint not null default 0,
    next_at bigint not null,
    state text not null default 'waiting',
    answer text not null default '',
    primary key (municipality, webhook_id, id),
    foreign key (municipality, webhook_id) references webhook (municipality, id)
);
create index notice_due on notice (municipality, next_at) where state = 'waiting';
