-- Numbers of sanctions (R0), made in the vault wpg and written here one way. `many` is null where it is too small to say.
create table sanction_count (
    municipality text not null,
    month integer not null,
    area text not null,
    offence_group text not null,
    modality text not null,
    many integer,
    primary key (municipality, month, area, offence_group, modality)
) strict, without rowid;

-- Wrecks and other objects that stand in the way (Awb 5:21, 5:29 to 5:31): no owner, no plate.
create table wreck (
    municipality text not null,
    id blob not null,
    number integer not null,
    kind text not null,
    state text not null,
    description text not null,
    place text not null,
    lon real,
    lat real,
    area text not null,
    visit_id blob,
    is_urgent integer not null,
    found_at integer not null,
    labelled_at integer,
    label_until integer,
    removed_at integer,
    record text not null,
    lock text not null,
    copied_at integer,
    stored_at integer,
    store_place text not null,
    ended_at integer,
    outcome text not null,
    proof text not null,
    costs_cents integer not null,
    proceeds_cents integer not null,
    version integer not null,
    primary key (municipality, id)
) strict;
create unique index wreck_number on wreck (municipality, number);
create index wreck_state on wreck (municipality, state, found_at);

create table wreck_history (
    municipality text not null,
    id blob not null,
    wreck_id blob not null,
    at integer not null,
    actor_id blob,
    act text not null,
    note text not null,
    primary key (municipality, id),
    foreign key (municipality, wreck_id) references wreck (municipality, id)
) strict;
create index wreck_history_wreck on wreck_history (municipality, wreck_id, at);

create table wreck_photo (
    municipality text not null,
    id blob not null,
    wreck_id blob not null,
    at integer not null,
    step text not null,
    picture_bytes blob not null,
    thumb_bytes blob not null,
    primary key (municipality, id),
    foreign key (municipality, wreck_id) references wreck (municipality, id)
) strict;
create index wreck_photo_wreck on wreck_photo (municipality, wreck_id, at);
