-- Sanctions: what a record of kind `sanction` needs to be found, counted and sent on. Who and what was said is sealed in
-- record_field; here stands no person but the officer.
create table sanction_event (
    municipality text not null,
    record_id blob not null,
    officer_id blob not null,
    state text not null,
    day integer not null,
    area text not null,
    deed text not null,
    visit_id blob,
    signed_at integer,
    checked_at integer,
    checked_by blob,
    primary key (municipality, record_id),
    foreign key (municipality, record_id) references record (municipality, id)
) strict, without rowid;
create index sanction_event_state on sanction_event (municipality, state, day);
create index sanction_event_officer on sanction_event (municipality, officer_id, day);

create table sanction_line (
    municipality text not null,
    record_id blob not null,
    n integer not null,
    offence text not null,
    modality text not null,
    primary key (municipality, record_id, n),
    foreign key (municipality, record_id) references sanction_event (municipality, record_id)
) strict, without rowid;

-- What was sent to the collection agency: batches, and per batch its lines. What a line said is sealed with its record.
create table sanction_batch (
    municipality text not null,
    number integer not null,
    at integer not null,
    made_by blob not null,
    primary key (municipality, number)
) strict, without rowid;

create table sanction_sent (
    municipality text not null,
    batch integer not null,
    seq integer not null,
    record_id blob not null,
    code text not null,
    act text not null,
    primary key (municipality, batch, seq)
) strict, without rowid;
create index sanction_sent_record on sanction_sent (municipality, record_id, batch);
