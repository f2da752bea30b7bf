create table account (
    municipality text not null,
    id blob not null,
    username text not null,
    name text not null,
    role text not null,
    password_hash text not null,
    active integer not null,
    created_at integer not null,
    primary key (municipality, id)
) strict;
create unique index account_username on account (username);

create table session (
    municipality text not null,
    token_hash text not null,
    account_id blob not null,
    created_at integer not null,
    seen_at integer not null,
    primary key (municipality, token_hash),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;
create unique index session_token on session (token_hash);
