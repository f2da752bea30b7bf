-- A record behind a fence: its envelope here, its words sealed in record_field. Domain tables of later
-- slices name the record; retention, disclosure, rights and audit work on the envelope alone.
create table record (
    municipality text not null,
    id blob not null,
    kind text not null,
    processing text not null,
    origin text not null,
    disclosure_id blob,
    created_at integer not null,
    created_by blob,
    closed_at integer,
    ended_at integer,
    removed_at integer,
    version integer not null,
    primary key (municipality, id)
) strict;
create index record_list on record (municipality, processing, removed_at, created_at, id);

create table record_field (
    municipality text not null,
    record_id blob not null,
    name text not null,
    is_special integer not null,
    sealed_bytes blob not null,
    changed_at integer not null,
    primary key (municipality, record_id, name),
    foreign key (municipality, record_id) references record (municipality, id)
) strict;

-- `sealed_bytes`: the value before a correction (Wpg art. 4), sealed for this line of the history.
create table record_history (
    municipality text not null,
    id blob not null,
    record_id blob not null,
    at integer not null,
    actor_id blob,
    act text not null,
    detail text not null,
    sealed_bytes blob,
    primary key (municipality, id)
) strict;
create index record_history_record on record_history (municipality, record_id, at);

create table record_subject (
    municipality text not null,
    record_id blob not null,
    fingerprint text not null,
    primary key (municipality, record_id, fingerprint),
    foreign key (municipality, record_id) references record (municipality, id)
) strict;
create index record_subject_fingerprint on record_subject (municipality, fingerprint);

create table record_participant (
    municipality text not null,
    record_id blob not null,
    account_id blob not null,
    added_at integer not null,
    primary key (municipality, record_id, account_id),
    foreign key (municipality, record_id) references record (municipality, id)
) strict;
create index record_participant_account on record_participant (municipality, account_id);

-- Purpose and reason with which somebody opened this vault, and each targeted query (Wpg art. 8(2)).
create table opening (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    processing text not null,
    hat text not null,
    reason text not null,
    at integer not null,
    until integer not null,
    primary key (municipality, id)
) strict;
create index opening_account on opening (municipality, account_id, processing, until);

create table targeted_query (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    processing text not null,
    fingerprint text not null,
    reason text not null,
    hits integer not null,
    at integer not null,
    until integer not null,
    primary key (municipality, id)
) strict;
create index targeted_query_account on targeted_query (municipality, account_id, until);

-- What left this vault, with what basis; `crossing` is its outbox.
create table disclosure (
    municipality text not null,
    id blob not null,
    record_id blob not null,
    receiver_kind text not null,
    receiver text not null,
    organisation_id blob,
    to_regime text not null,
    basis text not null,
    purpose text not null,
    necessity_bytes blob not null,
    fields text not null,
    decision text not null,
    covenant_id blob,
    given_by blob not null,
    at integer not null,
    state text not null,
    delivered_at integer,
    recalled_at integer,
    primary key (municipality, id)
) strict;
create index disclosure_record on disclosure (municipality, record_id, at);
create index disclosure_at on disclosure (municipality, at, id);

create table crossing (
    municipality text not null,
    id blob not null,
    disclosure_id blob not null,
    act text not null,
    to_vault text not null,
    payload_bytes blob not null,
    at integer not null,
    delivered_at integer,
    primary key (municipality, id),
    foreign key (municipality, disclosure_id) references disclosure (municipality, id)
) strict;
create index crossing_waiting on crossing (at) where delivered_at is null;

-- What came into this vault from another, and the record that was made of it.
create table receipt (
    municipality text not null,
    disclosure_id blob not null,
    record_id blob not null,
    from_regime text not null,
    basis text not null,
    purpose text not null,
    state text not null,
    at integer not null,
    changed_at integer not null,
    primary key (municipality, disclosure_id)
) strict;
create index receipt_record on receipt (municipality, record_id);

-- Retention: what must wait, and the proof of what is gone (no personal data in it).
create table legal_hold (
    municipality text not null,
    id blob not null,
    record_id blob not null,
    reason text not null,
    placed_by blob not null,
    placed_at integer not null,
    lifted_by blob,
    lifted_at integer,
    primary key (municipality, id)
) strict;
create index legal_hold_record on legal_hold (municipality, record_id);

create table destruction (
    municipality text not null,
    id blob not null,
    at integer not null,
    act text not null,
    kind text not null,
    processing text not null,
    rule text not null,
    trigger_month text not null,
    records integer not null,
    primary key (municipality, id)
) strict;
create index destruction_at on destruction (municipality, at);
