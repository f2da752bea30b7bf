create table survey (
    municipality text not null,
    id uuid not null,
    slug text not null,
    series text not null,
    design text not null,
    state text not null,
    opens_on bigint,
    closes_on bigint,
    closed_at bigint,
    codes bigint not null,
    summary text not null,
    is_shown boolean not null,
    created_at bigint not null,
    changed_at bigint not null,
    version bigint not null,
    primary key (municipality, id)
);
create unique index survey_slug on survey (municipality, slug);

create table survey_event (
    municipality text not null,
    survey_id uuid not null,
    id uuid not null,
    at bigint not null,
    act text not null,
    note text not null,
    account_id uuid,
    primary key (municipality, survey_id, id),
    foreign key (municipality, survey_id) references survey (municipality, id)
);

create table survey_answer (
    municipality text not null,
    survey_id uuid not null,
    id uuid not null,
    day bigint not null,
    channel text not null,
    sample text not null,
    area text not null,
    age text not null,
    given text not null,
    primary key (municipality, survey_id, id),
    foreign key (municipality, survey_id) references survey (municipality, id)
);

create table survey_code (
    municipality text not null,
    survey_id uuid not null,
    code_hash text not null,
    primary key (municipality, survey_id, code_hash),
    foreign key (municipality, survey_id) references survey (municipality, id)
);

create table survey_total (
    municipality text not null,
    survey_id uuid not null,
    sample text not null,
    question text not null,
    option text not null,
    area text not null,
    status text not null,
    n bigint not null,
    value double precision,
    low double precision,
    high double precision,
    apart_low double precision,
    apart_high double precision,
    primary key (municipality, survey_id, sample, question, option, area),
    foreign key (municipality, survey_id) references survey (municipality, id)
);
