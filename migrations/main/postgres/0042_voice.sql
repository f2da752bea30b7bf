-- Spoken notes of officers: at most one beside the words of a report; and which kind of file is on its way from a phone.
create table voice_note (
    municipality text not null,
    id uuid not null,
    signal_id uuid not null,
    account_id uuid not null,
    at bigint not null,
    media text not null,
    scan text not null,
    sound_bytes bytea not null,
    primary key (municipality, id),
    foreign key (municipality, signal_id) references signal (municipality, id)
);
create unique index voice_note_of on voice_note (municipality, signal_id);
create table junk_voice_note as select * from voice_note where 1 = 0;
create index junk_voice_note_of on junk_voice_note (municipality, signal_id);

alter table field_photo add column media text not null default 'photo';
