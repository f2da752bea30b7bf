-- What the program knows of a link to a partner's system, beside its configuration.
create table exchange_link (
    municipality text not null,
    id text not null,
    token_hash text not null default '',
    token_at bigint,
    success_at bigint,
    failure_at bigint,
    failure text not null default '',
    primary key (municipality, id)
);
create unique index exchange_link_token on exchange_link (municipality, token_hash) where token_hash <> '';

-- A report that was sent on to a partner: what is needed to send it once and to follow it.
create table dispatch (
    municipality text not null,
    id uuid not null,
    signal_id uuid not null,
    link text not null,
    is_with_contact boolean not null,
    note text not null,
    state text not null,
    partner_ref text not null default '',
    partner_key text not null default '',
    partner_state text not null default '',
    attempts bigint not null default 0,
    failure text not null default '',
    actor_id uuid,
    created_at bigint not null,
    tried_at bigint,
    changed_at bigint not null,
    primary key (municipality, id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);
create index dispatch_of on dispatch (municipality, signal_id, created_at);
create index dispatch_open on dispatch (municipality, link, state) where state not in ('done', 'withdrawn');

-- Files of an import that wait between the dry run and the import itself.
create table exchange_upload (
    municipality text not null,
    id uuid not null,
    name text not null,
    at bigint not null,
    account_id uuid,
    file_bytes bytea not null,
    primary key (municipality, id, name)
);
create index exchange_upload_at on exchange_upload (municipality, at);
