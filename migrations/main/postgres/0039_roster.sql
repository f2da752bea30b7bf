-- Deeds (akten) of officers: what each may do, where and until when. Lists are words with a space between them; days
-- count from 1970-01-01, the last ones included.
create table deed (
    municipality text not null,
    id uuid not null,
    account_id uuid not null,
    number text not null,
    domain text not null,
    territory text not null,
    offences text not null,
    means text not null,
    valid_from bigint not null,
    valid_until bigint not null,
    trained_until bigint,
    made_at bigint not null,
    made_by uuid not null,
    version bigint not null,
    primary key (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
);
create index deed_of on deed (municipality, account_id, valid_until);

-- What a roster must know of an officer. The day on which somebody is 18 is kept only while it lies ahead.
create table roster_officer (
    municipality text not null,
    account_id uuid not null,
    team text not null,
    employer text not null,
    contract_min bigint not null,
    adult_from bigint,
    is_short_rest boolean not null,
    is_collective boolean not null,
    is_sunday_work boolean not null,
    is_few_sundays boolean not null,
    night_cap text not null,
    is_planned boolean not null,
    version bigint not null,
    primary key (municipality, account_id),
    foreign key (municipality, account_id) references account (municipality, id)
);

create table roster_skill (
    municipality text not null,
    account_id uuid not null,
    skill text not null,
    valid_until bigint,
    primary key (municipality, account_id, skill),
    foreign key (municipality, account_id) references roster_officer (municipality, account_id)
);

-- Agreements by which a municipality borrows an officer.
create table roster_loan (
    municipality text not null,
    id uuid not null,
    account_id uuid not null,
    borrower text not null,
    agreement text not null,
    valid_from bigint not null,
    valid_until bigint not null,
    primary key (municipality, id),
    foreign key (municipality, account_id) references roster_officer (municipality, account_id)
);
create index roster_loan_of on roster_loan (municipality, account_id);

-- Rosters. cost is that of the last plan that the program made and bound what no plan can be below, both in points;
-- tries say how far the search is.
create table roster (
    municipality text not null,
    id uuid not null,
    team text not null,
    first_day bigint not null,
    days bigint not null,
    state text not null,
    made_at bigint not null,
    made_by uuid not null,
    published_at bigint,
    published_by uuid,
    cost bigint,
    bound bigint,
    tries_done bigint not null,
    tries_asked bigint not null,
    version bigint not null,
    primary key (municipality, id)
);
create index roster_day on roster (municipality, first_day);

-- A shift of a roster; once it is published, the shift of patrol has the same id.
create table roster_shift (
    municipality text not null,
    id uuid not null,
    roster_id uuid not null,
    kind text not null,
    day bigint not null,
    starts_at bigint not null,
    ends_at bigint not null,
    break_min bigint not null,
    staff bigint not null,
    place text not null,
    primary key (municipality, id),
    foreign key (municipality, roster_id) references roster (municipality, id)
);
create index roster_shift_of on roster_shift (municipality, roster_id, starts_at);
create index roster_shift_start on roster_shift (municipality, starts_at);

-- Who works it. is_fixed: put there by hand, so that the program leaves it.
create table roster_place (
    municipality text not null,
    shift_id uuid not null,
    account_id uuid not null,
    is_fixed boolean not null,
    primary key (municipality, shift_id, account_id),
    foreign key (municipality, shift_id) references roster_shift (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
);
create index roster_place_of on roster_place (municipality, account_id);

-- What changed by hand, and why; also what the officer is told.
create table roster_change (
    municipality text not null,
    id uuid not null,
    roster_id uuid not null,
    shift_id uuid,
    account_id uuid,
    act text not null,
    reason text not null,
    at bigint not null,
    changed_by uuid,
    primary key (municipality, id),
    foreign key (municipality, roster_id) references roster (municipality, id)
);
create index roster_change_of on roster_change (municipality, roster_id, at);
create index roster_change_person on roster_change (municipality, account_id, at);

-- Leave, wishes and "not available". No reason of an absence is kept.
create table roster_request (
    municipality text not null,
    id uuid not null,
    account_id uuid not null,
    kind text not null,
    shift_kind text not null,
    first_day bigint not null,
    last_day bigint not null,
    state text not null,
    asked_at bigint not null,
    asked_by uuid not null,
    decided_at bigint,
    decided_by uuid,
    reason text not null,
    version bigint not null,
    primary key (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
);
create index roster_request_day on roster_request (municipality, last_day);

create table roster_swap (
    municipality text not null,
    id uuid not null,
    roster_id uuid not null,
    officer uuid not null,
    shift_id uuid not null,
    other uuid not null,
    other_shift_id uuid,
    state text not null,
    asked_at bigint not null,
    answered_at bigint,
    decided_at bigint,
    decided_by uuid,
    reason text not null,
    version bigint not null,
    primary key (municipality, id),
    foreign key (municipality, roster_id) references roster (municipality, id)
);
create index roster_swap_of on roster_swap (municipality, roster_id);

-- The secret address of an officer's calendar is made of its id and a key outside the database; another id, another
-- address.
create table roster_feed (
    municipality text not null,
    id uuid not null,
    account_id uuid not null,
    made_at bigint not null,
    primary key (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
);
create unique index roster_feed_of on roster_feed (municipality, account_id);
