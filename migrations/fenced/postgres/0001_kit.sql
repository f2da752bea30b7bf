create table audit_head (
    municipality text not null,
    seq bigint not null,
    hash text not null,
    primary key (municipality)
);

create table audit_entry (
    municipality text not null,
    seq bigint not null,
    at bigint not null,
    actor_id uuid,
    role text not null,
    action text not null,
    kind text not null,
    record_id text not null,
    purpose text not null,
    detail text not null,
    prev_hash text not null,
    hash text not null,
    primary key (municipality, seq)
);
create index audit_entry_record on audit_entry (municipality, kind, record_id, seq);

create table handled_request (
    municipality text not null,
    id uuid not null,
    at bigint not null,
    answer text not null,
    primary key (municipality, id)
);

create table job (
    municipality text not null,
    id uuid not null,
    name text not null,
    payload text not null,
    dedupe text not null,
    run_at bigint not null,
    attempts bigint not null,
    state text not null,
    last_error text,
    primary key (municipality, id)
);
create unique index job_dedupe on job (municipality, name, dedupe);
create index job_due on job (run_at);

create table outbox (
    municipality text not null,
    id uuid not null,
    recipient text not null,
    subject text not null,
    body text not null,
    created_at bigint not null,
    delivered_at bigint,
    primary key (municipality, id)
);

create table throttle (
    key text not null,
    failures bigint not null,
    since bigint not null,
    primary key (key)
);

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
