create table report_draft (
    municipality text not null,
    id blob not null,
    at integer not null,
    sealed_bytes blob not null,
    primary key (municipality, id)
) strict;
create index report_draft_old on report_draft (municipality, at);

alter table reporter add column postal text not null default '';
alter table reporter_locked add column postal text not null default '';
