-- Alarms: where clearly more is reported than expected. One row per rise; each night brings its figures up to date.
-- `areas`, `cells` and `weeks` are JSON. An alarm holds no person.
create table alarm (
    municipality text not null,
    id uuid not null,
    kind text not null,
    grp text not null,
    areas text not null,
    cells text not null,
    since_on bigint not null,
    until_on bigint not null,
    observed bigint not null,
    expected double precision not null,
    ratio double precision not null,
    low double precision not null,
    high double precision not null,
    p double precision not null,
    q double precision not null,
    weeks text not null,
    found_at bigint not null,
    seen_on bigint not null,
    ended_on bigint,
    state text not null,
    weighed_ratio double precision,
    weighed_on bigint,
    returned_on bigint,
    version bigint not null,
    primary key (municipality, id)
);

-- What people made of an alarm, and why. It is never changed.
create table alarm_weighing (
    municipality text not null,
    id uuid not null,
    alarm_id uuid not null,
    verdict text not null,
    reason text not null,
    account_id uuid,
    at bigint not null,
    primary key (municipality, id),
    foreign key (municipality, alarm_id) references alarm (municipality, id)
);
