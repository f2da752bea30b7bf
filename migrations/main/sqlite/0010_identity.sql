-- Who a person is: provider and subject of accounts that come from there, when and why an account ended.
alter table account add column email text not null default '';
alter table account add column organisation_id blob;
alter table account add column issuer text not null default '';
alter table account add column subject text not null default '';
alter table account add column ended_at integer;
alter table account add column end_cause text not null default '';
alter table account add column version integer not null default 1;
create unique index account_subject on account (municipality, issuer, subject) where subject <> '';

-- Sessions get an id that can be shown, and where they come from. Those of before end.
drop table session;
create table session (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    token_hash text not null,
    method text not null,
    browser text not null,
    place text not null,
    created_at integer not null,
    seen_at integer not null,
    stepped_up_at integer,
    provider_session text not null,
    id_token_bytes blob,
    primary key (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;
create unique index session_token on session (token_hash);
create index session_account on session (municipality, account_id);

-- A sign-in that waits for its second half: the provider's answer or the code of the second factor.
create table login_attempt (
    municipality text not null,
    state_hash text not null,
    kind text not null,
    browser_hash text not null,
    account_id blob,
    nonce text not null,
    verifier text not null,
    back text not null,
    created_at integer not null,
    primary key (municipality, state_hash)
) strict;
create unique index login_attempt_state on login_attempt (state_hash);
create index login_attempt_created on login_attempt (created_at);

-- The second factor of a local account (RFC 6238); the secret is sealed, the newest step used never counts again.
create table second_factor (
    municipality text not null,
    account_id blob not null,
    secret_bytes blob not null,
    created_at integer not null,
    confirmed_at integer,
    last_step integer not null,
    primary key (municipality, account_id),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;

create table recovery_code (
    municipality text not null,
    account_id blob not null,
    code_hash text not null,
    used_at integer,
    primary key (municipality, account_id, code_hash),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;

-- One-time links by which a person sets a password.
create table welcome_link (
    municipality text not null,
    token_hash text not null,
    account_id blob not null,
    created_at integer not null,
    primary key (municipality, token_hash),
    foreign key (municipality, account_id) references account (municipality, id)
) strict;
create unique index welcome_link_token on welcome_link (token_hash);
create index welcome_link_account on welcome_link (municipality, account_id);
