create table neighbour_group (
    municipality text not null,
    id blob not null,
    name text not null,
    kind text not null,
    areas text not null,
    topics text not null,
    coordinator text not null,
    email text not null,
    phone text not null,
    consent_on integer,
    language text not null,
    since_on integer not null,
    note text not null,
    ended_at integer,
    created_at integer not null,
    changed_at integer not null,
    version integer not null,
    primary key (municipality, id)
) strict;

create table group_message (
    municipality text not null,
    id blob not null,
    subject text not null,
    body text not null,
    areas text not null,
    topics text not null,
    receivers integer not null,
    at integer not null,
    account_id blob,
    primary key (municipality, id)
) strict;
create index group_message_at on group_message (municipality, at, id);

create table group_message_to (
    municipality text not null,
    message_id blob not null,
    group_id blob not null,
    outbox_id blob not null,
    primary key (municipality, message_id, group_id),
    foreign key (municipality, message_id) references group_message (municipality, id),
    foreign key (municipality, group_id) references neighbour_group (municipality, id)
) strict;

create table follower (
    municipality text not null,
    id blob not null,
    email text not null,
    email_hash text not null,
    language text not null,
    areas text not null,
    topics text not null,
    rhythm text not null,
    state text not null,
    seen_until integer not null,
    next_at integer,
    created_at integer not null,
    ended_at integer,
    primary key (municipality, id)
) strict;
create index follower_email on follower (municipality, email_hash);
create index follower_due on follower (municipality, next_at) where state = 'confirmed';
