create table account (
    municipality text not null,
    id uuid not null,
    username text not null,
    name text not null,
    role text not null,
    password_hash text not null,
    active boolean not null,
    created_at bigint not null,
    primary key (municipality, id)
);
create unique index account_username on account (username);

create table session (
    municipality text not null,
    token_hash text not null,
    account_id uuid not null,
    created_at bigint not null,
    seen_at bigint not null,
    primary key (municipality, token_hash),
    foreign key (municipality, account_id) references account (municipality, id)
);
create unique index session_token on session (token_hash);
