create table address (
    municipality text not null,
    id text not null,
    street text not null,
    number bigint not null,
    suffix text not null,
    postcode text not null,
    place text not null,
    lon double precision not null,
    lat double precision not null,
    search text not null,
    primary key (municipality, id)
);
create index address_street on address (municipality, street, number, suffix);
