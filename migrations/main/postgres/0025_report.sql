create table report_draft (
    municipality text not null,
    id uuid not null,
    at bigint not null,
    sealed_bytes bytea not null,
    primary key (municipality, id)
);
create index report_draft_old on report_draft (municipality, at);

alter table reporter add column postal text not null default '';
alter table reporter_locked add column postal text not null default '';
