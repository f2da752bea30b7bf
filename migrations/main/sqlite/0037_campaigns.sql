-- Campaigns and the area approach: a problem in a place or season, a mix of measures with partners, visits to be made
-- each week, a budget of hours, and a review. Lists (areas, categories, priorities, partners) are JSON; `areas` empty
-- is the whole municipality.
create table campaign (
    municipality text not null,
    id blob not null,
    kind text not null,
    name text not null,
    problem text not null,
    context text not null,
    areas text not null,
    categories text not null,
    priorities text not null,
    partners text not null,
    budget_hours integer not null,
    starts_on integer not null,
    ends_on integer not null,
    review_on integer not null,
    state text not null,
    measure_id blob,
    lesson text not null default '',
    verdict text,
    reviewed_at integer,
    made_at integer not null,
    version integer not null,
    primary key (municipality, id)
) strict;

-- What is done: by the municipality itself or by a partner.
create table campaign_step (
    municipality text not null,
    id blob not null,
    campaign_id blob not null,
    what text not null,
    partner text not null,
    from_on integer,
    to_on integer,
    state text not null,
    reason text not null,
    made_at integer not null,
    version integer not null,
    primary key (municipality, id),
    foreign key (municipality, campaign_id) references campaign (municipality, id)
) strict;
create index campaign_step_of on campaign_step (municipality, campaign_id);

-- Visits that a running campaign asks for each week; `ended_on` is the first day on which it asks no more.
create table campaign_obligation (
    municipality text not null,
    id blob not null,
    campaign_id blob not null,
    place text not null,
    lon real not null,
    lat real not null,
    area text,
    category text,
    per_week integer not null,
    minutes integer not null,
    hour_from integer,
    hour_to integer,
    made_on integer not null,
    ended_on integer,
    version integer not null,
    primary key (municipality, id),
    foreign key (municipality, campaign_id) references campaign (municipality, id)
) strict;
create index campaign_obligation_of on campaign_obligation (municipality, campaign_id);

-- Visits that were made for it: `week` is the Monday of the local week, in days since 1970-01-01.
create table campaign_visit (
    municipality text not null,
    obligation_id blob not null,
    visit_id blob not null,
    at integer not null,
    week integer not null,
    minutes integer not null,
    primary key (municipality, obligation_id, visit_id),
    foreign key (municipality, obligation_id) references campaign_obligation (municipality, id)
) strict;

-- What happened to a campaign; lines are only added.
create table campaign_event (
    municipality text not null,
    id blob not null,
    campaign_id blob not null,
    at integer not null,
    account_id blob,
    what text not null,
    note text not null,
    primary key (municipality, id),
    foreign key (municipality, campaign_id) references campaign (municipality, id)
) strict;
create index campaign_event_of on campaign_event (municipality, campaign_id, at);
