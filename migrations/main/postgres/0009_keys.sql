create table vault_key (
    purpose text not null,
    version bigint not null,
    wrapped_bytes bytea not null,
    created_at bigint not null,
    primary key (purpose, version)
);

create table processing_log (
    municipality text not null,
    id uuid not null,
    trace_id text not null,
    operation_id text not null,
    parent_operation_id text,
    foreign_operation_id text,
    name text not null,
    processing text not null,
    subject text not null,
    at bigint not null,
    exported_at bigint,
    primary key (municipality, id)
);
create index processing_log_subject on processing_log (municipality, subject, at);
create index processing_log_waiting on processing_log (at) where exported_at is null;

create table audit_anchor (
    municipality text not null,
    day bigint not null,
    seq bigint not null,
    hash text not null,
    at bigint not null,
    primary key (municipality, day)
);
