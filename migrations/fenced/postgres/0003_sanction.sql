-- Sanctions: what a record of kind `sanction` needs to be found, counted and sent on. Who and what was said is sealed in
-- record_field; here stands no person but the officer.
create table sanction_event (
    municipality text not null,
    record_id uuid not null,
    officer_id uuid not null,
    state text not null,
    day bigint not null,
    area text not null,
    deed text not null,
    visit_id uuid,
    signed_at bigint,
    checked_at bigint,
    checked_by uuid,
    primary key (municipality, record_id),
    foreign key (municipality, record_id) references record (municipality, id)
);
create index sanction_event_state on sanction_event (municipality, state, day);
create index sanction_event_officer on sanction_event (municipality, officer_id, day);

create table sanction_line (
    municipality text not null,
    record_id uuid not null,
    n bigint not null,
    offence text not null,
    modality text not null,
    primary key (municipality, record_id, n),
    foreign key (municipality, record_id) references sanction_event (municipality, record_id)
);

-- What was sent to the collection agency: batches, and per batch its lines. What a line said is sealed with its record.
create table sanction_batch (
    municipality text not null,
    number bigint not null,
    at bigint not null,
    made_by uuid not null,
    primary key (municipality, number)
);

create table sanction_sent (
    municipality text not null,
    batch bigint not null,
    seq bigint not null,
    record_id uuid not null,
    code text not null,
    act text not null,
    primary key (municipality, batch, seq)
);
create index sanction_sent_record on sanction_sent (municipality, record_id, batch);
