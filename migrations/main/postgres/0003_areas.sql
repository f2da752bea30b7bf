create table area (
    municipality text not null,
    year bigint not null,
    code text not null,
    level text not null,
    name text not null,
    parent text,
    lon double precision not null,
    lat double precision not null,
    surface_m2 double precision,
    outline text not null,
    origin text not null,
    primary key (municipality, year, code)
);

create table key_figure (
    municipality text not null,
    year bigint not null,
    code text not null,
    key text not null,
    status text not null,
    value double precision,
    primary key (municipality, year, code, key),
    foreign key (municipality, year, code) references area (municipality, year, code)
);
