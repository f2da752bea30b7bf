create table forecast_run (
    municipality text not null,
    id blob not null,
    made_at integer not null,
    from_day integer not null,
    days integer not null,
    model text not null,
    settings text not null,
    events integer not null,
    score text not null,
    brief text not null,
    primary key (municipality, id)
) strict;
create index forecast_run_made on forecast_run (municipality, made_at);
