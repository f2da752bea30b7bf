create table category (
    municipality text not null,
    id text not null,
    main text not null,
    priority text not null,
    primary key (municipality, id)
) strict;

create table issue (
    municipality text not null,
    id blob not null,
    reference text not null,
    category text not null,
    title text not null,
    state text not null,
    lon real,
    lat real,
    area text,
    opened_at integer not null,
    closed_at integer,
    version integer not null,
    primary key (municipality, id)
) strict;
create index issue_open on issue (municipality, category, opened_at) where closed_at is null;

create table presence (
    municipality text not null,
    id blob not null,
    account_id blob not null,
    started_at integer not null,
    ended_at integer not null,
    lon real not null,
    lat real not null,
    cell_x integer not null,
    cell_y integer not null,
    area text,
    day integer not null,
    primary key (municipality, id)
) strict;
create index presence_day on presence (municipality, day);

create table signal (
    municipality text not null,
    id blob not null,
    reference text not null,
    source text not null,
    source_ref text,
    category text not null,
    state text not null,
    urgency text not null,
    words text not null,
    address text not null,
    lon real,
    lat real,
    cell_x integer,
    cell_y integer,
    area text,
    occurred_at integer not null,
    reported_at integer not null,
    day integer not null,
    hour integer not null,
    due_at integer,
    closed_at integer,
    issue_id blob,
    presence_id blob,
    language text not null,
    version integer not null,
    search text not null,
    primary key (municipality, id),
    foreign key (municipality, issue_id) references issue (municipality, id),
    foreign key (municipality, presence_id) references presence (municipality, id)
) strict;
create index signal_new on signal (municipality, reported_at, id);
create index signal_open on signal (municipality, reported_at, id) where closed_at is null;
create index signal_due on signal (municipality, due_at) where closed_at is null and due_at is not null;
create index signal_category on signal (municipality, category, reported_at, id);
create index signal_area on signal (municipality, area, reported_at, id);
create index signal_issue on signal (municipality, issue_id) where issue_id is not null;
create unique index signal_source on signal (municipality, source, source_ref) where source_ref is not null;
create unique index signal_reference on signal (municipality, reference) where source_ref is null;
create index signal_picture on signal (municipality, day, hour, category, source, area, cell_x, cell_y);

create table signal_event (
    municipality text not null,
    id blob not null,
    signal_id blob not null,
    at integer not null,
    actor_id blob,
    kind text not null,
    was text not null,
    becomes text not null,
    note text not null,
    public integer not null,
    primary key (municipality, id),
    foreign key (municipality, signal_id) references signal (municipality, id)
) strict;
create index signal_event_of on signal_event (municipality, signal_id, at);

create table reporter (
    municipality text not null,
    signal_id blob not null,
    name text not null,
    email text not null,
    phone text not null,
    primary key (municipality, signal_id),
    foreign key (municipality, signal_id) references signal (municipality, id)
) strict;

create table photo (
    municipality text not null,
    id blob not null,
    signal_id blob not null,
    at integer not null,
    width integer not null,
    height integer not null,
    image_bytes blob not null,
    thumb_bytes blob not null,
    primary key (municipality, id),
    foreign key (municipality, signal_id) references signal (municipality, id)
) strict;
create index photo_of on photo (municipality, signal_id);
