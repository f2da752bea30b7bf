-- Reports that were put aside as junk in one act, so that one act brings them back. Every table junk_<x> has exactly
-- the columns of <x>, in their order: who adds a column to <x> adds it to junk_<x> too (a test says so).
create table junk_batch (
    municipality text not null,
    id blob not null,
    at integer not null,
    actor_id blob,
    note text not null,
    filter text not null,
    reports integer not null,
    undone_at integer,
    undone_by blob,
    primary key (municipality, id)
) strict;

create table junk_of (
    municipality text not null,
    signal_id blob not null,
    batch_id blob not null,
    primary key (municipality, signal_id),
    foreign key (municipality, batch_id) references junk_batch (municipality, id)
) strict;
create index junk_of_batch on junk_of (municipality, batch_id);

create table junk_signal as select * from signal where 1 = 0;
create unique index junk_signal_id on junk_signal (municipality, id);
create table junk_signal_event as select * from signal_event where 1 = 0;
create index junk_signal_event_of on junk_signal_event (municipality, signal_id);
create table junk_signal_answer as select * from signal_answer where 1 = 0;
create index junk_signal_answer_of on junk_signal_answer (municipality, signal_id);
create table junk_reporter as select * from reporter where 1 = 0;
create index junk_reporter_of on junk_reporter (municipality, signal_id);
create table junk_reporter_locked as select * from reporter_locked where 1 = 0;
create index junk_reporter_locked_of on junk_reporter_locked (municipality, signal_id);
create table junk_photo as select * from photo where 1 = 0;
create index junk_photo_of on junk_photo (municipality, signal_id);
create table junk_message as select * from message where 1 = 0;
create index junk_message_of on junk_message (municipality, signal_id);
create table junk_satisfaction as select * from satisfaction where 1 = 0;
create index junk_satisfaction_of on junk_satisfaction (municipality, signal_id);
create table junk_muted_report as select * from muted_report where 1 = 0;
create index junk_muted_report_of on junk_muted_report (municipality, signal_id);
create table junk_signal_follower as select * from signal_follower where 1 = 0;
create index junk_signal_follower_of on junk_signal_follower (municipality, signal_id);
