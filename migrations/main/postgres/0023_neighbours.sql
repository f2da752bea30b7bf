create table neighbour_group (
    municipality text not null,
    id uuid not null,
    name text not null,
    kind text not null,
    areas text not null,
    topics text not null,
    coordinator text not null,
    email text not null,
    phone text not null,
    consent_on bigint,
    language text not null,
    since_on bigint not null,
    note text not null,
    ended_at bigint,
    created_at bigint not null,
    changed_at bigint not null,
    version bigint not null,
    primary key (municipality, id)
);

create table group_message (
    municipality text not null,
    id uuid not null,
    subject text not null,
    body text not null,
    areas text not null,
    topics text not null,
    receivers bigint not null,
    at bigint not null,
    account_id uuid,
    primary key (municipality, id)
);
create index group_message_at on group_message (municipality, at, id);

create table group_message_to (
    municipality text not null,
    message_id uuid not null,
    group_id uuid not null,
    outbox_id uuid not null,
    primary key (municipality, message_id, group_id),
    foreign key (municipality, message_id) references group_message (municipality, id),
    foreign key (municipality, group_id) references neighbour_group (municipality, id)
);

create table follower (
    municipality text not null,
    id uuid not null,
    email text not null,
    email_hash text not null,
    language text not null,
    areas text not null,
    topics text not null,
    rhythm text not null,
    state text not null,
    seen_until bigint not null,
    next_at bigint,
    created_at bigint not null,
    ended_at bigint,
    primary key (municipality, id)
);
create index follower_email on follower (municipality, email_hash);
create index follower_due on follower (municipality, next_at) where state = 'confirmed';
