-- Where young people meet, as the youth officer knows it. A place, never a person.
create table youth_place (
    municipality text not null,
    id uuid not null,
    name text not null,
    lon double precision not null,
    lat double precision not null,
    area text,
    is_ended boolean not null,
    made_at bigint not null,
    version bigint not null,
    primary key (municipality, id)
);

-- A contact with a group at a place: how many, how they were, what was agreed. No names, and not who wrote it: that
-- stands with the presence of the same id, which loses the officer after its own term.
create table youth_contact (
    municipality text not null,
    id uuid not null,
    place_id uuid,
    place text not null,
    lon double precision not null,
    lat double precision not null,
    area text,
    at bigint not null,
    day bigint not null,
    size text not null,
    mood text not null,
    age text,
    seen text not null,
    agreement text not null,
    check_on bigint,
    kept text,
    kept_note text not null,
    follow_up text not null,
    made_at bigint not null,
    version bigint not null,
    primary key (municipality, id),
    foreign key (municipality, place_id) references youth_place (municipality, id)
);
create index youth_contact_day on youth_contact (municipality, day);
create index youth_contact_place on youth_contact (municipality, place_id, day) where place_id is not null;
