-- The officer's phone: its device, what it told and what became of that, photos on their way, where an officer is in
-- broad lines, and calls for assistance.
create table field_device (
    municipality text not null,
    id uuid not null,
    account_id uuid not null,
    name text not null,
    made_at bigint not null,
    seen_at bigint not null,
    offset_ms bigint not null,
    last_seq bigint not null,
    waiting bigint not null,
    wipe_asked_at bigint,
    wipe_asked_by uuid,
    wiped_at bigint,
    primary key (municipality, id)
);
create index field_device_account on field_device (municipality, account_id);

create table field_event (
    municipality text not null,
    id uuid not null,
    device_id uuid not null,
    account_id uuid not null,
    seq bigint not null,
    kind text not null,
    told_at bigint not null,
    at bigint not null,
    received_at bigint not null,
    outcome text not null,
    reason text not null,
    reason_values text not null,
    record_id uuid,
    content text not null,
    seen_at bigint,
    seen_by uuid,
    primary key (municipality, id),
    foreign key (municipality, device_id) references field_device (municipality, id)
);
create index field_event_device on field_event (municipality, device_id, seq);
create index field_event_look on field_event (municipality, received_at) where outcome <> 'done' and seen_at is null;
create index field_event_kept on field_event (municipality, received_at);

create table field_photo (
    municipality text not null,
    id uuid not null,
    event_id uuid not null,
    account_id uuid not null,
    size bigint not null,
    state text not null,
    at bigint not null,
    primary key (municipality, id)
);
create index field_photo_event on field_photo (municipality, event_id);
create index field_photo_at on field_photo (municipality, at);

create table field_photo_part (
    municipality text not null,
    photo_id uuid not null,
    start bigint not null,
    size bigint not null,
    part_bytes bytea not null,
    primary key (municipality, photo_id, start),
    foreign key (municipality, photo_id) references field_photo (municipality, id)
);

create table field_position (
    municipality text not null,
    account_id uuid not null,
    lon double precision not null,
    lat double precision not null,
    at bigint not null,
    until bigint not null,
    primary key (municipality, account_id)
);

create table field_call (
    municipality text not null,
    id uuid not null,
    account_id uuid not null,
    at bigint not null,
    received_at bigint not null,
    lon double precision,
    lat double precision,
    place_at bigint,
    state text not null,
    answered_at bigint,
    answered_by uuid,
    closed_at bigint,
    closed_by uuid,
    note text not null,
    version bigint not null,
    primary key (municipality, id)
);
create index field_call_state on field_call (municipality, state, received_at);
