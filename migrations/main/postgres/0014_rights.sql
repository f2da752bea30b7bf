-- Requests of data subjects. Who asks is sealed with main's key. What was found about that person, and what was decided
-- about each record, is a sheet per vault, sealed with the key of that vault: main does not tell what another vault holds.
create table subject_request (
    municipality text not null,
    id uuid not null,
    reference text not null,
    kind text not null,
    laws text not null,
    state text not null,
    asker_bytes bytea not null,
    fingerprint text not null,
    received_at bigint not null,
    due_at bigint not null,
    extended_at bigint,
    extension text not null,
    identity text,
    identified_at bigint,
    refusal_ground text,
    refusal text not null,
    decided_at bigint,
    answered_at bigint,
    letter_hash text,
    created_at bigint not null,
    created_by uuid,
    version bigint not null,
    primary key (municipality, id)
);
create index subject_request_due on subject_request (municipality, due_at, id) where answered_at is null;
create index subject_request_received on subject_request (municipality, received_at, id);
create index subject_request_fingerprint on subject_request (municipality, fingerprint);

create table rights_sheet (
    municipality text not null,
    request_id uuid not null,
    vault text not null,
    sheet_bytes bytea not null,
    searched_at bigint not null,
    searched_by uuid,
    version bigint not null,
    primary key (municipality, request_id, vault),
    foreign key (municipality, request_id) references subject_request (municipality, id)
);

-- Suspected unlawful processing and data breaches (AVG art. 33(5), Wpg art. 32 and 33a). No names of data subjects.
create table incident (
    municipality text not null,
    id uuid not null,
    vault text not null,
    what text not null,
    noticed_by text not null,
    happened_at bigint not null,
    noticed_at bigint not null,
    is_breach boolean not null,
    due_at bigint,
    reported_at bigint,
    no_report text not null,
    measures text not null,
    closed_at bigint,
    created_at bigint not null,
    created_by uuid,
    version bigint not null,
    primary key (municipality, id)
);
create index incident_noticed on incident (municipality, noticed_at, id);
