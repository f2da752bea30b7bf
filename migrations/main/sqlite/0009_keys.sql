create table vault_key (
    purpose text not null,
    version integer not null,
    wrapped_bytes blob not null,
    created_at integer not null,
    primary key (purpose, version)
) strict;

create table processing_log (
    municipality text not null,
    id blob not null,
    trace_id text not null,
    operation_id text not null,
    parent_operation_id text,
    foreign_operation_id text,
    name text not null,
    processing text not null,
    subject text not null,
    at integer not null,
    exported_at integer,
    primary key (municipality, id)
) strict;
create index processing_log_subject on processing_log (municipality, subject, at);
create index processing_log_waiting on processing_log (at) where exported_at is null;

create table audit_anchor (
    municipality text not null,
    day integer not null,
    seq integer not null,
    hash text not null,
    at integer not null,
    primary key (municipality, day)
) strict;
