-- Which days changed of what the picture counts (place, hour, kind and source of signals), so that it reads only those
-- again: each change of a day's signals adds to its number. Numbers only rise. The slot keeps connections of a
-- server from waiting for each other.
create table signal_day (
    municipality text not null,
    day bigint not null,
    slot bigint not null,
    changes bigint not null,
    primary key (municipality, day, slot)
);

create function signal_day_mark() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        insert into signal_day (municipality, day, slot, changes)
        select municipality, day, pg_backend_pid() % 64, count(*)
        from (values (old.municipality, old.day), (new.municipality, new.day)) as touched (municipality, day)
        group by municipality, day order by municipality, day
        on conflict (municipality, day, slot) do update set changes = signal_day.changes + excluded.changes;
    else
        insert into signal_day (municipality, day, slot, changes)
        select municipality, day, pg_backend_pid() % 64, count(*) from touched
        group by municipality, day order by municipality, day
        on conflict (municipality, day, slot) do update set changes = signal_day.changes + excluded.changes;
    end if;
    return null;
end
$$;

create trigger signal_day_new after insert on signal referencing new table as touched
for each statement execute function signal_day_mark();

create trigger signal_day_gone after delete on signal referencing old table as touched
for each statement execute function signal_day_mark();

create trigger signal_day_other after update of municipality, day, hour, category, source, area, cell_x, cell_y on signal
for each row when ((old.municipality, old.day, old.hour, old.category, old.source, old.area, old.cell_x, old.cell_y)
    is distinct from (new.municipality, new.day, new.hour, new.category, new.source, new.area, new.cell_x, new.cell_y))
execute function signal_day_mark();

-- What the nightly run worked out for the page of the picture: per part ('' is all, else a priority of the plan or a main
-- category) the squares with what is expected in the next seven days, one line each: x, y, expected, low and high end of
-- the 90 % interval, neighbourhood.
create table forecast_week (
    municipality text not null,
    part text not null,
    made_at bigint not null,
    from_day bigint not null,
    squares text not null,
    primary key (municipality, part)
);
