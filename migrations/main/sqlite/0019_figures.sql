create table figure_file (
    municipality text not null,
    id blob not null,
    dataset text not null,
    sha256 text not null,
    name text not null,
    media_type text not null,
    size integer not null,
    packed_bytes blob not null,
    publisher text not null,
    licence text not null,
    reference text not null,
    stated text not null,
    origin text not null,
    etag text not null,
    modified text not null,
    account_id blob,
    received_at integer not null,
    state text not null,
    report text not null,
    applied_at integer,
    version integer not null,
    primary key (municipality, id)
) strict;
create unique index figure_file_once on figure_file (municipality, dataset, sha256);

create table figure_dataset (
    municipality text not null,
    dataset text not null,
    cells integer not null default 0,
    first_period text not null default '',
    last_period text not null default '',
    file_id blob,
    applied_at integer,
    looked_at integer,
    failed_at integer,
    failure text not null default '',
    primary key (municipality, dataset)
) strict;

create table figure_name (
    municipality text not null,
    dataset text not null,
    kind text not null,
    code text not null,
    title text not null,
    body text not null,
    unit text not null,
    position integer not null,
    is_total integer not null,
    file_id blob not null,
    primary key (municipality, dataset, kind, code)
) strict;

create table figure (
    municipality text not null,
    dataset text not null,
    measure text not null,
    category text not null,
    area text not null,
    period_kind text not null,
    period text not null,
    status text not null,
    value real,
    low real,
    high real,
    n integer,
    is_preliminary integer not null,
    file_id blob not null,
    changed_at integer not null,
    primary key (municipality, dataset, measure, category, area, period_kind, period)
) strict, without rowid;

create table figure_revision (
    municipality text not null,
    dataset text not null,
    measure text not null,
    category text not null,
    area text not null,
    period_kind text not null,
    period text not null,
    changed_at integer not null,
    by_file_id blob not null,
    status text not null,
    value real,
    low real,
    high real,
    n integer,
    is_preliminary integer not null,
    file_id blob not null,
    primary key (municipality, dataset, measure, category, area, period_kind, period, changed_at, by_file_id)
) strict, without rowid;
create index figure_revision_newest on figure_revision (municipality, dataset, changed_at);
