-- The street network of a municipality, one row each: a file of others, cut and packed. A newer file takes its place.
create table street_network (
    municipality text not null,
    origin text not null,
    file_name text not null,
    data_of text,
    imported_at bigint not null,
    network_bytes bytea not null,
    primary key (municipality)
);
