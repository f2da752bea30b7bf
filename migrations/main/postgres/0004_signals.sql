create table category (
    municipality text not null,
    id text not null,
    main text not null,
    priority text not null,
    primary key (municipality, id)
);

create table issue (
    municipality text not null,
    id uuid not null,
    reference text not null,
    category text not null,
    title text not null,
    state text not null,
    lon double precision,
    lat double precision,
    area text,
    opened_at bigint not null,
    closed_at bigint,
    version bigint not null,
    primary key (municipality, id)
);
create index issue_open on issue (municipality, category, opened_at) where closed_at is null;

create table presence (
    municipality text not null,
    id uuid not null,
    account_id uuid not null,
    started_at bigint not null,
    ended_at bigint not null,
    lon double precision not null,
    lat double precision not null,
    cell_x bigint not null,
    cell_y bigint not null,
    area text,
    day bigint not null,
    primary key (municipality, id)
);
create index presence_day on presence (municipality, day);

create table signal (
    municipality text not null,
    id uuid not null,
    reference text not null,
    source text not null,
    source_ref text,
    category text not null,
    state text not null,
    urgency text not null,
    words text not null,
    address text not null,
    lon double precision,
    lat double precision,
    cell_x bigint,
    cell_y bigint,
    area text,
    occurred_at bigint not null,
    reported_at bigint not null,
    day bigint not null,
    hour bigint not null,
    due_at bigint,
    closed_at bigint,
    issue_id uuid,
    presence_id uuid,
    language text not null,
    version bigint not null,
    search text not null,
    primary key (municipality, id),
    foreign key (municipality, issue_id) references issue (municipality, id),
    foreign key (municipality, presence_id) references presence (municipality, id)
);
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
    id uuid not null,
    signal_id uuid not null,
    at bigint not null,
    actor_id uuid,
    kind text not null,
    was text not null,
    becomes text not null,
    note text not null,
    public boolean not null,
    primary key (municipality, id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);
create index signal_event_of on signal_event (municipality, signal_id, at);

create table reporter (
    municipality text not null,
    signal_id uuid not null,
    name text not null,
    email text not null,
    phone text not null,
    primary key (municipality, signal_id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);

create table photo (
    municipality text not null,
    id uuid not null,
    signal_id uuid not null,
    at bigint not null,
    width bigint not null,
    height bigint not null,
    image_bytes bytea not null,
    thumb_bytes bytea not null,
    primary key (municipality, id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);
create index photo_of on photo (municipality, signal_id);
