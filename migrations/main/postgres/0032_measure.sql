-- Measures in an area (an approach, a campaign, a camera, a condition in a permit) whose effect is followed.
-- `power` is what could be seen at all, as told before the measure started; it is never written again.
create table measure (
    municipality text not null,
    id uuid not null,
    title text not null,
    kind text not null,
    goal text not null,
    areas text not null,
    subjects text not null,
    starts_on bigint not null,
    ends_on bigint,
    power text not null,
    conclusion text not null default '',
    concluded_at bigint,
    withdrawn_at bigint,
    made_at bigint not null,
    version bigint not null,
    primary key (municipality, id)
);
