alter table outbox add column state text not null default 'waiting';
alter table outbox add column claim uuid;
alter table outbox add column changed_at bigint not null default 0;
alter table outbox add column attempts bigint not null default 0;
alter table outbox add column next_at bigint not null default 0;
alter table outbox add column answer text not null default '';
alter table outbox add column unsubscribe text not null default '';
update outbox set state = 'sent' where delivered_at is not null;
create index outbox_due on outbox (municipality, next_at) where state = 'waiting';
create index outbox_claimed on outbox (municipality, changed_at) where state = 'claimed';

create table mail_template (
    municipality text not null,
    event text not null,
    category text not null,
    language text not null,
    version bigint not null,
    subject text not null,
    body text not null,
    at bigint not null,
    actor_id uuid,
    primary key (municipality, event, language, category, version)
);

create table message (
    municipality text not null,
    id uuid not null,
    signal_id uuid not null,
    at bigint not null,
    event text not null,
    subject text not null,
    body text not null,
    state text not null,
    answer text not null,
    actor_id uuid,
    primary key (municipality, id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);
create index message_of on message (municipality, signal_id, at);
create index message_open on message (municipality, id) where state in ('waiting', 'unsure');

create table satisfaction (
    municipality text not null,
    id uuid not null,
    signal_id uuid not null,
    at bigint not null,
    is_satisfied boolean not null,
    is_reachable boolean not null,
    reason text not null,
    words text not null,
    primary key (municipality, id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);
create index satisfaction_of on satisfaction (municipality, signal_id);
create index satisfaction_at on satisfaction (municipality, at);

create table muted_report (
    municipality text not null,
    signal_id uuid not null,
    at bigint not null,
    primary key (municipality, signal_id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);

create table signal_follower (
    municipality text not null,
    id uuid not null,
    signal_id uuid not null,
    email text not null,
    language text not null,
    created_at bigint not null,
    confirmed_at bigint,
    ended_at bigint,
    mail_id uuid,
    primary key (municipality, id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);
create unique index signal_follower_once on signal_follower (municipality, signal_id, email);
create index signal_follower_mail on signal_follower (municipality, mail_id) where mail_id is not null;

create table incoming_mail (
    municipality text not null,
    id uuid not null,
    message_id text not null,
    received_at bigint not null,
    sender text not null,
    subject text not null,
    body text not null,
    state text not null,
    why text not null,
    signal_id uuid,
    primary key (municipality, id)
);
create unique index incoming_mail_once on incoming_mail (municipality, message_id);
create index incoming_mail_new on incoming_mail (municipality, received_at) where state = 'new';
create index incoming_mail_old on incoming_mail (municipality, received_at);

create table incoming_file (
    municipality text not null,
    id uuid not null,
    mail_id uuid not null,
    name text not null,
    kind text not null,
    content_bytes bytea not null,
    primary key (municipality, id),
    foreign key (municipality, mail_id) references incoming_mail (municipality, id)
);
create index incoming_file_of on incoming_file (municipality, mail_id);

create index signal_event_done on signal_event (municipality, at) where kind = 'state' and becomes = 'done';
create index signal_event_again on signal_event (municipality, at) where kind = 'state' and becomes in ('reopened', 'reopen-requested');
