-- The officer's phone: its device, what it told and what became of that, photos on their way, where an officer is in
-- broad lines, and calls for assistance.
create table field_device (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    name text not null,
    made_at integer not null,
    seen_at integer not null,
    offset_ms integer not null,
    last_seq integer not null,
    waiting integer not null,
    wipe_asked_at integer,
    wipe_asked_by blob,
    wiped_at integer,
    primary key (municipality, id)
) strict;
create index field_device_account on field_device (municipality, account_id);

create table field_event (
    municipality text not null,
    id blob not null,
    device_id blob not null,
    account_id blob not null,
    seq integer not null,
    kind text not null,
    told_at integer not null,
    at integer not null,
    received_at integer not null,
    outcome text not null,
    reason text not null,
    reason_values text not null,
    record_id blob,
    content text not null,
    seen_at integer,
    seen_by blob,
    primary key (municipality, id),
    foreign key (municipality, device_id) references field_device (municipality, id)
) strict;
create index field_event_device on field_event (municipality, device_id, seq);
create index field_event_look on field_event (municipality, received_at) where outcome <> 'done' and seen_at is null;
create index field_event_kept on field_event (municipality, received_at);

create table field_photo (
    municipality text not null,
    id blob not null,
    event_id blob not null,
    account_id blob not null,
    size integer not null,
    state text not null,
    at integer not null,
    primary key (municipality, id)
) strict;
create index field_photo_event on field_photo (municipality, event_id);
create index field_photo_at on field_photo (municipality, at);

create table field_photo_part (
    municipality text not null,
    photo_id blob not null,
    start integer not null,
    size integer not null,
    part_bytes blob not null,
    primary key (municipality, photo_id, start),
    foreign key (municipality, photo_id) references field_photo (municipality, id)
) strict;

create table field_position (
    municipality text not null,
    account_id blob not null,
    lon real not null,
    lat real not null,
    at integer not null,
    until integer not null,
    primary key (municipality, account_id)
) strict;

create table field_call (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    at integer not null,
    received_at integer not null,
    lon real,
    lat real,
    place_at integer,
    state text not null,
    answered_at integer,
    answered_by blob,
    closed_at integer,
    closed_by blob,
    note text not null,
    version integer not null,
    primary key (municipality, id)
) strict;
create index field_call_state on field_call (municipality, state, received_at);
