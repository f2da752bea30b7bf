-- Deeds (akten) of officers: what each may do, where and until when. Lists are words with a space between them; days
-- count from 1970-01-01, the last ones included.
create table deed (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    number text not null,
    domain text not null,
    territory text not null,
    offences text not null,
    means text not null,
    valid_from integer not null,
    valid_until integer not null,
    trained_until integer,
    made_at integer not null,
    made_by blob not null,
    version integer not null,
    primary key (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;
create index deed_of on deed (municipality, account_id, valid_until);

-- What a roster must know of an officer. The day on which somebody is 18 is kept only while it lies ahead.
create table roster_officer (
    municipality text not null,
    account_id blob not null,
    team text not null,
    employer text not null,
    contract_min integer not null,
    adult_from integer,
    is_short_rest integer not null,
    is_collective integer not null,
    is_sunday_work integer not null,
    is_few_sundays integer not null,
    night_cap text not null,
    is_planned integer not null,
    version integer not null,
    primary key (municipality, account_id),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;

create table roster_skill (
    municipality text not null,
    account_id blob not null,
    skill text not null,
    valid_until integer,
    primary key (municipality, account_id, skill),
    foreign key (municipality, account_id) references roster_officer (municipality, account_id)
) strict;

-- Agreements by which a municipality borrows an officer.
create table roster_loan (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    borrower text not null,
    agreement text not null,
    valid_from integer not null,
    valid_until integer not null,
    primary key (municipality, id),
    foreign key (municipality, account_id) references roster_officer (municipality, account_id)
) strict;
create index roster_loan_of on roster_loan (municipality, account_id);

-- Rosters. cost is that of the last plan that the program made and bound what no plan can be below, both in points;
-- tries say how far the search is.
create table roster (
    municipality text not null,
    id blob not null,
    team text not null,
    first_day integer not null,
    days integer not null,
    state text not null,
    made_at integer not null,
    made_by blob not null,
    published_at integer,
    published_by blob,
    cost integer,
    bound integer,
    tries_done integer not null,
    tries_asked integer not null,
    version integer not null,
    primary key (municipality, id)
) strict;
create index roster_day on roster (municipality, first_day);

-- A shift of a roster; once it is published, the shift of patrol has the same id.
create table roster_shift (
    municipality text not null,
    id blob not null,
    roster_id blob not null,
    kind text not null,
    day integer not null,
    starts_at integer not null,
    ends_at integer not null,
    break_min integer not null,
    staff integer not null,
    place text not null,
    primary key (municipality, id),
    foreign key (municipality, roster_id) references roster (municipality, id)
) strict;
create index roster_shift_of on roster_shift (municipality, roster_id, starts_at);
create index roster_shift_start on roster_shift (municipality, starts_at);

-- Who works it. is_fixed: put there by hand, so that the program leaves it.
create table roster_place (
    municipality text not null,
    shift_id blob not null,
    account_id blob not null,
    is_fixed integer not null,
    primary key (municipality, shift_id, account_id),
    foreign key (municipality, shift_id) references roster_shift (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;
create index roster_place_of on roster_place (municipality, account_id);

-- What changed by hand, and why; also what the officer is told.
create table roster_change (
    municipality text not null,
    id blob not null,
    roster_id blob not null,
    shift_id blob,
    account_id blob,
    act text not null,
    reason text not null,
    at integer not null,
    changed_by blob,
    primary key (municipality, id),
    foreign key (municipality, roster_id) references roster (municipality, id)
) strict;
create index roster_change_of on roster_change (municipality, roster_id, at);
create index roster_change_person on roster_change (municipality, account_id, at);

-- Leave, wishes and "not available". No reason of an absence is kept.
create table roster_request (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    kind text not null,
    shift_kind text not null,
    first_day integer not null,
    last_day integer not null,
    state text not null,
    asked_at integer not null,
    asked_by blob not null,
    decided_at integer,
    decided_by blob,
    reason text not null,
    version integer not null,
    primary key (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;
create index roster_request_day on roster_request (municipality, last_day);

create table roster_swap (
    municipality text not null,
    id blob not null,
    roster_id blob not null,
    officer blob not null,
    shift_id blob not null,
    other blob not null,
    other_shift_id blob,
    state text not null,
    asked_at integer not null,
    answered_at integer,
    decided_at integer,
    decided_by blob,
    reason text not null,
    version integer not null,
    primary key (municipality, id),
    foreign key (municipality, roster_id) references roster (municipality, id)
) strict;
create index roster_swap_of on roster_swap (municipality, roster_id);

-- The secret address of an officer's calendar is made of its id and a key outside the database; another id, another
-- address.
create table roster_feed (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    made_at integer not null,
    primary key (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;
create unique index roster_feed_of on roster_feed (municipality, account_id);
