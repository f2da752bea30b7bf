create table area (
    municipality text not null,
    year integer not null,
    code text not null,
    level text not null,
    name text not null,
    parent text,
    lon real not null,
    lat real not null,
    surface_m2 real,
    outline text not null,
    origin text not null,
    primary key (municipality, year, code)
) strict;

create table key_figure (
    municipality text not null,
    year integer not null,
    code text not null,
    key text not null,
    status text not null,
    value real,
    primary key (municipality, year, code, key),
    foreign key (municipality, year, code) references area (municipality, year, code)
) strict;
