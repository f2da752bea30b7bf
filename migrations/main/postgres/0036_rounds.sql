-- A plan for all crews of a shift: each crew has a round of its own, which says whose plan it was, who walks it, how they
-- move and when they have their break. What changed during a shift is kept for the officers to read.
alter table round add column plan_id uuid;
alter table round add column travel text not null default 'foot';
alter table round add column rest_at bigint;
alter table round add column rest_min bigint not null default 0;
alter table round add column decision text;
update round set decision = case when proposal like '%"decision":"follow"%' then 'follow'
    when proposal like '%"decision":"deviate"%' then 'deviate' end;
-- Proposals of the form before this one cannot be read any more: what was decided stands in the columns, what was not is
-- withdrawn.
update round set state = 'withdrawn', version = version + 1 where state = 'proposed';
update round set proposal = '';
create index round_plan on round (municipality, plan_id) where plan_id is not null;

create table round_officer (
    municipality text not null,
    round_id uuid not null,
    account_id uuid not null,
    primary key (municipality, round_id, account_id),
    foreign key (municipality, round_id) references round (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
);
create index round_officer_of on round_officer (municipality, account_id);

create table round_change (
    municipality text not null,
    id uuid not null,
    round_id uuid not null,
    changed_at bigint not null,
    detail text not null,
    primary key (municipality, id),
    foreign key (municipality, round_id) references round (municipality, id)
);
create index round_change_of on round_change (municipality, round_id, changed_at);
