create table shift (
    municipality text not null,
    id uuid not null,
    team text not null,
    kind text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    day bigint not null,
    lon double precision not null,
    lat double precision not null,
    version bigint not null,
    primary key (municipality, id)
);
create index shift_start on shift (municipality, starts_at, id);

create table shift_officer (
    municipality text not null,
    shift_id uuid not null,
    account_id uuid not null,
    primary key (municipality, shift_id, account_id),
    foreign key (municipality, shift_id) references shift (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
);
create index shift_officer_of on shift_officer (municipality, account_id);

create table round (
    municipality text not null,
    id uuid not null,
    shift_id uuid not null,
    state text not null,
    day bigint not null,
    proposed_at bigint not null,
    approved_at bigint,
    approved_by uuid,
    finished_at bigint,
    reason text not null,
    seed bigint not null,
    max_visits bigint not null,
    proposal text not null,
    version bigint not null,
    primary key (municipality, id),
    foreign key (municipality, shift_id) references shift (municipality, id)
);
create index round_of on round (municipality, shift_id);
create index round_day on round (municipality, day);

create table visit (
    municipality text not null,
    id uuid not null,
    round_id uuid not null,
    seq bigint not null,
    kind text not null,
    target uuid,
    category text,
    title text not null,
    lon double precision not null,
    lat double precision not null,
    cell_x bigint not null,
    cell_y bigint not null,
    area text,
    planned_at bigint not null,
    minutes bigint not null,
    why text not null,
    state text not null,
    arrived_at bigint,
    left_at bigint,
    outcome text,
    note text not null,
    presence_id uuid,
    version bigint not null,
    primary key (municipality, id),
    foreign key (municipality, round_id) references round (municipality, id),
    foreign key (municipality, presence_id) references presence (municipality, id)
);
create unique index visit_seq on visit (municipality, round_id, seq);
create index visit_target on visit (municipality, target) where target is not null;

create table forecast_cell (
    municipality text not null,
    made_at bigint not null,
    day bigint not null,
    band bigint not null,
    cell_x bigint not null,
    cell_y bigint not null,
    grp text not null,
    expected double precision not null,
    low90 double precision not null,
    high90 double precision not null,
    primary key (municipality, made_at, day, band, cell_x, cell_y, grp)
);
create index forecast_cell_day on forecast_cell (municipality, day, made_at);
