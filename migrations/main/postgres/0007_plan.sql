create table plan_state (
    municipality text not null,
    plan text not null,
    state text not null,
    version bigint not null,
    changed_at bigint not null,
    primary key (municipality, plan)
);

create table programme_state (
    municipality text not null,
    year bigint not null,
    state text not null,
    version bigint not null,
    changed_at bigint not null,
    primary key (municipality, year)
);

create table decision (
    municipality text not null,
    id uuid not null,
    plan text not null,
    subject text not null,
    kind text not null,
    was text not null,
    becomes text not null,
    body text not null,
    basis text not null,
    decided_on bigint not null,
    reference text not null,
    note text not null,
    account_id uuid,
    at bigint not null,
    primary key (municipality, id)
);
create index decision_order on decision (municipality, plan, decided_on, id);

create table action_state (
    municipality text not null,
    year bigint not null,
    action text not null,
    state text not null,
    note text not null,
    version bigint not null,
    changed_at bigint not null,
    account_id uuid,
    primary key (municipality, year, action)
);

create table priority_note (
    municipality text not null,
    year bigint not null,
    priority text not null,
    headline text not null,
    done text not null,
    adjust text not null,
    version bigint not null,
    changed_at bigint not null,
    account_id uuid,
    primary key (municipality, year, priority)
);

create table measured_value (
    municipality text not null,
    indicator text not null,
    year bigint not null,
    status text not null,
    value double precision,
    low double precision,
    high double precision,
    origin text not null,
    version bigint not null,
    changed_at bigint not null,
    account_id uuid,
    primary key (municipality, indicator, year)
);
