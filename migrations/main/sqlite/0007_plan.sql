create table plan_state (
    municipality text not null,
    plan text not null,
    state text not null,
    version integer not null,
    changed_at integer not null,
    primary key (municipality, plan)
) strict;

create table programme_state (
    municipality text not null,
    year integer not null,
    state text not null,
    version integer not null,
    changed_at integer not null,
    primary key (municipality, year)
) strict;

create table decision (
    municipality text not null,
    id blob not null,
    plan text not null,
    subject text not null,
    kind text not null,
    was text not null,
    becomes text not null,
    body text not null,
    basis text not null,
    decided_on integer not null,
    reference text not null,
    note text not null,
    account_id blob,
    at integer not null,
    primary key (municipality, id)
) strict;
create index decision_order on decision (municipality, plan, decided_on, id);

create table action_state (
    municipality text not null,
    year integer not null,
    action text not null,
    state text not null,
    note text not null,
    version integer not null,
    changed_at integer not null,
    account_id blob,
    primary key (municipality, year, action)
) strict;

create table priority_note (
    municipality text not null,
    year integer not null,
    priority text not null,
    headline text not null,
    done text not null,
    adjust text not null,
    version integer not null,
    changed_at integer not null,
    account_id blob,
    primary key (municipality, year, priority)
) strict;

create table measured_value (
    municipality text not null,
    indicator text not null,
    year integer not null,
    status text not null,
    value real,
    low real,
    high real,
    origin text not null,
    version integer not null,
    changed_at integer not null,
    account_id blob,
    primary key (municipality, indicator, year)
) strict;
