create table address (
    municipality text not null,
    id text not null,
    street text not null,
    number integer not null,
    suffix text not null,
    postcode text not null,
    place text not null,
    lon real not null,
    lat real not null,
    search text not null,
    primary key (municipality, id)
) strict;
create index address_street on address (municipality, street, number, suffix);
