-- Where young people meet, as the youth officer knows it. A place, never a person.
create table youth_place (
    municipality text not null,
    id blob not null,
    name text not null,
    lon real not null,
    lat real not null,
    area text,
    is_ended integer not null,
    made_at integer not null,
    version integer not null,
    primary key (municipality, id)
) strict;

-- A contact with a group at a place: how many, how they were, what was agreed. No names, and not who wrote it: that
-- stands with the presence of the same id, which loses the officer after its own term.
create table youth_contact (
    municipality text not null,
    id blob not null,
    place_id blob,
    place text not null,
    lon real not null,
    lat real not null,
    area text,
    at integer not null,
    day integer not null,
    size text not null,
    mood text not null,
    age text,
    seen text not null,
    agreement text not null,
    check_on integer,
    kept text,
    kept_note text not null,
    follow_up text not null,
    made_at integer not null,
    version integer not null,
    primary key (municipality, id),
    foreign key (municipality, place_id) references youth_place (municipality, id)
) strict;
create index youth_contact_day on youth_contact (municipality, day);
create index youth_contact_place on youth_contact (municipality, place_id, day) where place_id is not null;
