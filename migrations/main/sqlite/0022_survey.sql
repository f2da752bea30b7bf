create table survey (
    municipality text not null,
    id blob not null,
    slug text not null,
    series text not null,
    design text not null,
    state text not null,
    opens_on integer,
    closes_on integer,
    closed_at integer,
    codes integer not null,
    summary text not null,
    is_shown integer not null,
    created_at integer not null,
    changed_at integer not null,
    version integer not null,
    primary key (municipality, id)
) strict;
create unique index survey_slug on survey (municipality, slug);

create table survey_event (
    municipality text not null,
    survey_id blob not null,
    id blob not null,
    at integer not null,
    act text not null,
    note text not null,
    account_id blob,
    primary key (municipality, survey_id, id),
    foreign key (municipality, survey_id) references survey (municipality, id)
) strict;

create table survey_answer (
    municipality text not null,
    survey_id blob not null,
    id blob not null,
    day integer not null,
    channel text not null,
    sample text not null,
    area text not null,
    age text not null,
    given text not null,
    primary key (municipality, survey_id, id),
    foreign key (municipality, survey_id) references survey (municipality, id)
) strict, without rowid;

create table survey_code (
    municipality text not null,
    survey_id blob not null,
    code_hash text not null,
    primary key (municipality, survey_id, code_hash),
    foreign key (municipality, survey_id) references survey (municipality, id)
) strict, without rowid;

create table survey_total (
    municipality text not null,
    survey_id blob not null,
    sample text not null,
    question text not null,
    option text not null,
    area text not null,
    status text not null,
    n integer not null,
    value real,
    low real,
    high real,
    apart_low real,
    apart_high real,
    primary key (municipality, survey_id, sample, question, option, area),
    foreign key (municipality, survey_id) references survey (municipality, id)
) strict;
