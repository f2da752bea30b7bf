-- Retention in `main`: contact data that left daily work and waits for its destruction, and the backups that were
-- made and not yet destroyed.
create table reporter_locked (
    municipality text not null,
    signal_id uuid not null,
    name text not null,
    email text not null,
    phone text not null,
    primary key (municipality, signal_id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);
create index signal_closed on signal (municipality, closed_at, id) where closed_at is not null;

create table backup_made (
    municipality text not null,
    id uuid not null,
    at bigint not null,
    file text not null,
    sha256 text not null,
    bytes bigint not null,
    destroyed_at bigint,
    destroyed_by uuid,
    primary key (municipality, id)
);
create index backup_made_at on backup_made (municipality, at);
