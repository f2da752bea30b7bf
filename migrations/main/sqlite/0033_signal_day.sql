-- Which days changed of what the picture counts (place, hour, kind and source of signals), so that it reads only those
-- again: each change of a day's signals adds to its number. Numbers only rise. The slot keeps connections of a
-- server from waiting for each other; here it is always 0.
create table signal_day (
    municipality text not null,
    day integer not null,
    slot integer not null,
    changes integer not null,
    primary key (municipality, day, slot)
) strict, without rowid;

create trigger signal_day_new after insert on signal begin
    insert into signal_day (municipality, day, slot, changes) values (new.municipality, new.day, 0, 1)
    on conflict (municipality, day, slot) do update set changes = signal_day.changes + 1;
end;

create trigger signal_day_gone after delete on signal begin
    insert into signal_day (municipality, day, slot, changes) values (old.municipality, old.day, 0, 1)
    on conflict (municipality, day, slot) do update set changes = signal_day.changes + 1;
end;

create trigger signal_day_other after update of municipality, day, hour, category, source, area, cell_x, cell_y on signal
when (old.municipality, old.day, old.hour, old.category, old.source) <> (new.municipality, new.day, new.hour, new.category, new.source)
    or old.area is not new.area or old.cell_x is not new.cell_x or old.cell_y is not new.cell_y
begin
    insert into signal_day (municipality, day, slot, changes) values (old.municipality, old.day, 0, 1)
    on conflict (municipality, day, slot) do update set changes = signal_day.changes + 1;
    insert into signal_day (municipality, day, slot, changes) values (new.municipality, new.day, 0, 1)
    on conflict (municipality, day, slot) do update set changes = signal_day.changes + 1;
end;

-- What the nightly run worked out for the page of the picture: per part ('' is all, else a priority of the plan or a main
-- category) the squares with what is expected in the next seven days, one line each: x, y, expected, low and high end of
-- the 90 % interval, neighbourhood.
create table forecast_week (
    municipality text not null,
    part text not null,
    made_at integer not null,
    from_day integer not null,
    squares text not null,
    primary key (municipality, part)
) strict;
