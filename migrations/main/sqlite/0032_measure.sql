-- Measures in an area (an approach, a campaign, a camera, a condition in a permit) whose effect is followed.
-- `power` is what could be seen at all, as told before the measure started; it is never written again.
create table measure (
    municipality text not null,
    id blob not null,
    title text not null,
    kind text not null,
    goal text not null,
    areas text not null,
    subjects text not null,
    starts_on integer not null,
    ends_on integer,
    power text not null,
    conclusion text not null default '',
    concluded_at integer,
    withdrawn_at integer,
    made_at integer not null,
    version integer not null,
    primary key (municipality, id)
) strict;
