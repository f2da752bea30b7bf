create table shift (
    municipality text not null,
    id blob not null,
    team text not null,
    kind text not null,
    starts_at integer not null,
    ends_at integer not null,
    day integer not null,
    lon real not null,
    lat real not null,
    version integer not null,
    primary key (municipality, id)
) strict;
create index shift_start on shift (municipality, starts_at, id);

create table shift_officer (
    municipality text not null,
    shift_id blob not null,
    account_id blob not null,
    primary key (municipality, shift_id, account_id),
    foreign key (municipality, shift_id) references shift (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;
create index shift_officer_of on shift_officer (municipality, account_id);

create table round (
    municipality text not null,
    id blob not null,
    shift_id blob not null,
    state text not null,
    day integer not null,
    proposed_at integer not null,
    approved_at integer,
    approved_by blob,
    finished_at integer,
    reason text not null,
    seed integer not null,
    max_visits integer not null,
    proposal text not null,
    version integer not null,
    primary key (municipality, id),
    foreign key (municipality, shift_id) references shift (municipality, id)
) strict;
create index round_of on round (municipality, shift_id);
create index round_day on round (municipality, day);

create table visit (
    municipality text not null,
    id blob not null,
    round_id blob not null,
    seq integer not null,
    kind text not null,
    target blob,
    category text,
    title text not null,
    lon real not null,
    lat real not null,
    cell_x integer not null,
    cell_y integer not null,
    area text,
    planned_at integer not null,
    minutes integer not null,
    why text not null,
    state text not null,
    arrived_at integer,
    left_at integer,
    outcome text,
    note text not null,
    presence_id blob,
    version integer not null,
    primary key (municipality, id),
    foreign key (municipality, round_id) references round (municipality, id),
    foreign key (municipality, presence_id) references presence (municipality, id)
) strict;
create unique index visit_seq on visit (municipality, round_id, seq);
create index visit_target on visit (municipality, target) where target is not null;

create table forecast_cell (
    municipality text not null,
    made_at integer not null,
    day integer not null,
    band integer not null,
    cell_x integer not null,
    cell_y integer not null,
    grp text not null,
    expected real not null,
    low90 real not null,
    high90 real not null,
    primary key (municipality, made_at, day, band, cell_x, cell_y, grp)
) strict;
create index forecast_cell_day on forecast_cell (municipality, day, made_at);
