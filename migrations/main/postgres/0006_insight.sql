create table forecast_run (
    municipality text not null,
    id uuid not null,
    made_at bigint not null,
    from_day bigint not null,
    days bigint not null,
    model text not null,
    settings text not null,
    events bigint not null,
    score text not null,
    brief text not null,
    primary key (municipality, id)
);
create index forecast_run_made on forecast_run (municipality, made_at);
