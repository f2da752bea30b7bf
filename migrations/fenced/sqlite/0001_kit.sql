create table audit_head (
    municipality text not null,
    seq integer not null,
    hash text not null,
    primary key (municipality)
) strict, without rowid;

create table audit_entry (
    municipality text not null,
    seq integer not null,
    at integer not null,
    actor_id blob,
    role text not null,
    action text not null,
    kind text not null,
    record_id text not null,
    purpose text not null,
    detail text not null,
    prev_hash text not null,
    hash text not null,
    primary key (municipality, seq)
) strict;
create index audit_entry_record on audit_entry (municipality, kind, record_id, seq);

create table handled_request (
    municipality text not null,
    id blob not null,
    at integer not null,
    answer text not null,
    primary key (municipality, id)
) strict, without rowid;

create table job (
    municipality text not null,
    id blob not null,
    name text not null,
    payload text not null,
    dedupe text not null,
    run_at integer not null,
    attempts integer not null,
    state text not null,
    last_error text,
    primary key (municipality, id)
) strict;
create unique index job_dedupe on job (municipality, name, dedupe);
create index job_due on job (run_at);

create table outbox (
    municipality text not null,
    id blob not null,
    recipient text not null,
    subject text not null,
    body text not null,
    created_at integer not null,
    delivered_at integer,
    primary key (municipality, id)
) strict;

create table throttle (
    key text not null,
    failures integer not null,
    since integer not null,
    primary key (key)
) strict, without rowid;

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
