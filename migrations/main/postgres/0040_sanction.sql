-- Numbers of sanctions (R0), made in the vault wpg and written here one way. `many` is null where it is too small to say.
create table sanction_count (
    municipality text not null,
    month bigint not null,
    area text not null,
    offence_group text not null,
    modality text not null,
    many bigint,
    primary key (municipality, month, area, offence_group, modality)
);

-- Wrecks and other objects that stand in the way (Awb 5:21, 5:29 to 5:31): no owner, no plate.
create table wreck (
    municipality text not null,
    id uuid not null,
    number bigint not null,
    kind text not null,
    state text not null,
    description text not null,
    place text not null,
    lon double precision,
    lat double precision,
    area text not null,
    visit_id uuid,
    is_urgent boolean not null,
    found_at bigint not null,
    labelled_at bigint,
    label_until bigint,
    removed_at bigint,
    record text not null,
    lock text not null,
    copied_at bigint,
    stored_at bigint,
    store_place text not null,
    ended_at bigint,
    outcome text not null,
    proof text not null,
    costs_cents bigint not null,
    proceeds_cents bigint not null,
    version bigint not null,
    primary key (municipality, id)
);
create unique index wreck_number on wreck (municipality, number);
create index wreck_state on wreck (municipality, state, found_at);

create table wreck_history (
    municipality text not null,
    id uuid not null,
    wreck_id uuid not null,
    at bigint not null,
    actor_id uuid,
    act text not null,
    note text not null,
    primary key (municipality, id),
    foreign key (municipality, wreck_id) references wreck (municipality, id)
);
create index wreck_history_wreck on wreck_history (municipality, wreck_id, at);

create table wreck_photo (
    municipality text not null,
    id uuid not null,
    wreck_id uuid not null,
    at bigint not null,
    step text not null,
    picture_bytes bytea not null,
    thumb_bytes bytea not null,
    primary key (municipality, id),
    foreign key (municipality, wreck_id) references wreck (municipality, id)
);
create index wreck_photo_wreck on wreck_photo (municipality, wreck_id, at);
