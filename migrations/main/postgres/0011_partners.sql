-- Partner organisations, covenants and authorisations. Instants are microseconds; each `until` is the first instant
-- that no longer counts. A covenant in force is never rewritten: it is ended and replaced.
create table organisation (
    municipality text not null,
    id uuid not null,
    name text not null,
    kind text not null,
    email text not null,
    phone text not null,
    note text not null,
    created_at bigint not null,
    changed_at bigint not null,
    version bigint not null,
    primary key (municipality, id)
);
create unique index organisation_name on organisation (municipality, name);

create table covenant (
    municipality text not null,
    id uuid not null,
    title text not null,
    purpose text not null,
    legal_basis text not null,
    data_categories text not null,
    privacy_protocol text not null,
    dpia text not null,
    contact_name text not null,
    contact_email text not null,
    contact_phone text not null,
    valid_from bigint not null,
    valid_until bigint not null,
    replaces_id uuid,
    created_by uuid,
    created_at bigint not null,
    changed_at bigint not null,
    ended_at bigint,
    ended_by uuid,
    end_reason text not null,
    version bigint not null,
    primary key (municipality, id)
);
create index covenant_until on covenant (municipality, valid_until);

create table covenant_party (
    municipality text not null,
    covenant_id uuid not null,
    organisation_id uuid not null,
    primary key (municipality, covenant_id, organisation_id),
    foreign key (municipality, covenant_id) references covenant (municipality, id),
    foreign key (municipality, organisation_id) references organisation (municipality, id)
);
create index covenant_party_organisation on covenant_party (municipality, organisation_id);

create table covenant_processing (
    municipality text not null,
    covenant_id uuid not null,
    processing text not null,
    primary key (municipality, covenant_id, processing),
    foreign key (municipality, covenant_id) references covenant (municipality, id)
);

create table covenant_life_area (
    municipality text not null,
    covenant_id uuid not null,
    life_area text not null,
    primary key (municipality, covenant_id, life_area),
    foreign key (municipality, covenant_id) references covenant (municipality, id)
);

-- Who may work with which processing (Wpg art. 6): proposed by one, granted or refused by another, withdrawn at once.
-- Rows are never deleted before their term: together they are the register of Wpg art. 32.
create table authorisation (
    municipality text not null,
    id uuid not null,
    account_id uuid not null,
    processing text not null,
    reason text not null,
    deed_number text not null,
    deed_until bigint,
    valid_from bigint not null,
    valid_until bigint,
    proposed_by uuid not null,
    proposed_at bigint not null,
    granted_by uuid,
    granted_at bigint,
    refused_by uuid,
    refused_at bigint,
    refusal text not null,
    withdrawn_by uuid,
    withdrawn_at bigint,
    withdrawal text not null,
    version bigint not null,
    primary key (municipality, id),
    foreign key (municipality, account_id) references account (municipality, id)
);
create index authorisation_account on authorisation (municipality, account_id, processing);
create index authorisation_proposed on authorisation (municipality, proposed_at, id);
