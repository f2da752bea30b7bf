-- Retention in `main`: contact data that left daily work and waits for its destruction, and the backups that were
-- made and not yet destroyed.
create table reporter_locked (
    municipality text not null,
    signal_id blob not null,
    name text not null,
    email text not null,
    phone text not null,
    primary key (municipality, signal_id),
    foreign key (municipality, signal_id) references signal (municipality, id)
) strict;
create index signal_closed on signal (municipality, closed_at, id) where closed_at is not null;

create table backup_made (
    municipality text not null,
    id blob not null,
    at integer not null,
    file text not null,
    sha256 text not null,
    bytes integer not null,
    destroyed_at integer,
    destroyed_by blob,
    primary key (municipality, id)
) strict;
create index backup_made_at on backup_made (municipality, at);
