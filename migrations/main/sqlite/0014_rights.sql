-- Requests of data subjects. Who asks is sealed with main's key. What was found about that person, and what was decided
-- about each record, is a sheet per vault, sealed with the key of that vault: main does not tell what another vault holds.
create table subject_request (
    municipality text not null,
    id blob not null,
    reference text not null,
    kind text not null,
    laws text not null,
    state text not null,
    asker_bytes blob not null,
    fingerprint text not null,
    received_at integer not null,
    due_at integer not null,
    extended_at integer,
    extension text not null,
    identity text,
    identified_at integer,
    refusal_ground text,
    refusal text not null,
    decided_at integer,
    answered_at integer,
    letter_hash text,
    created_at integer not null,
    created_by blob,
    version integer not null,
    primary key (municipality, id)
) strict;
create index subject_request_due on subject_request (municipality, due_at, id) where answered_at is null;
create index subject_request_received on subject_request (municipality, received_at, id);
create index subject_request_fingerprint on subject_request (municipality, fingerprint);

create table rights_sheet (
    municipality text not null,
    request_id blob not null,
    vault text not null,
    sheet_bytes blob not null,
    searched_at integer not null,
    searched_by blob,
    version integer not null,
    primary key (municipality, request_id, vault),
    foreign key (municipality, request_id) references subject_request (municipality, id)
) strict;

-- Suspected unlawful processing and data breaches (AVG art. 33(5), Wpg art. 32 and 33a). No names of data subjects.
create table incident (
    municipality text not null,
    id blob not null,
    vault text not null,
    what text not null,
    noticed_by text not null,
    happened_at integer not null,
    noticed_at integer not null,
    is_breach integer not null,
    due_at integer,
    reported_at integer,
    no_report text not null,
    measures text not null,
    closed_at integer,
    created_at integer not null,
    created_by blob,
    version integer not null,
    primary key (municipality, id)
) strict;
create index incident_noticed on incident (municipality, noticed_at, id);
