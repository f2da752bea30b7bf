-- Alarms: where clearly more is reported than expected. One row per rise; each night brings its figures up to date.
-- `areas`, `cells` and `weeks` are JSON. An alarm holds no person.
create table alarm (
    municipality text not null,
    id blob not null,
    kind text not null,
    grp text not null,
    areas text not null,
    cells text not null,
    since_on integer not null,
    until_on integer not null,
    observed integer not null,
    expected real not null,
    ratio real not null,
    low real not null,
    high real not null,
    p real not null,
    q real not null,
    weeks text not null,
    found_at integer not null,
    seen_on integer not null,
    ended_on integer,
    state text not null,
    weighed_ratio real,
    weighed_on integer,
    returned_on integer,
    version integer not null,
    primary key (municipality, id)
) strict;

-- What people made of an alarm, and why. It is never changed.
create table alarm_weighing (
    municipality text not null,
    id blob not null,
    alarm_id blob not null,
    verdict text not null,
    reason text not null,
    account_id blob,
    at integer not null,
    primary key (municipality, id),
    foreign key (municipality, alarm_id) references alarm (municipality, id)
) strict;
