create table figure_file (
    municipality text not null,
    id uuid not null,
    dataset text not null,
    sha256 text not null,
    name text not null,
    media_type text not null,
    size bigint not null,
    packed_bytes bytea not null,
    publisher text not null,
    licence text not null,
    reference text not null,
    stated text not null,
    origin text not null,
    etag text not null,
    modified text not null,
    account_id uuid,
    received_at bigint not null,
    state text not null,
    report text not null,
    applied_at bigint,
    version bigint not null,
    primary key (municipality, id)
);
create unique index figure_file_once on figure_file (municipality, dataset, sha256);

create table figure_dataset (
    municipality text not null,
    dataset text not null,
    cells bigint not null default 0,
    first_period text not null default '',
    last_period text not null default '',
    file_id uuid,
    applied_at bigint,
    looked_at bigint,
    failed_at bigint,
    failure text not null default '',
    primary key (municipality, dataset)
);

create table figure_name (
    municipality text not null,
    dataset text not null,
    kind text not null,
    code text not null,
    title text not null,
    body text not null,
    unit text not null,
    position bigint not null,
    is_total boolean not null,
    file_id uuid not null,
    primary key (municipality, dataset, kind, code)
);

create table figure (
    municipality text not null,
    dataset text not null,
    measure text not null,
    category text not null,
    area text not null,
    period_kind text not null,
    period text not null,
    status text not null,
    value double precision,
    low double precision,
    high double precision,
    n bigint,
    is_preliminary boolean not null,
    file_id uuid not null,
    changed_at bigint not null,
    primary key (municipality, dataset, measure, category, area, period_kind, period)
);

create table figure_revision (
    municipality text not null,
    dataset text not null,
    measure text not null,
    category text not null,
    area text not null,
    period_kind text not null,
    period text not null,
    changed_at bigint not null,
    by_file_id uuid not null,
    status text not null,
    value double precision,
    low double precision,
    high double precision,
    n bigint,
    is_preliminary boolean not null,
    file_id uuid not null,
    primary key (municipality, dataset, measure, category, area, period_kind, period, changed_at, by_file_id)
);
create index figure_revision_newest on figure_revision (municipality, dataset, changed_at);
