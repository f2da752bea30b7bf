-- Photos: what the virus scanner said, the covered version beside the clean one, and whether one of them may go out.
alter table photo add column scan text not null default '';
alter table photo add column version bigint not null default 1;
alter table photo add column released text not null default 'none';
alter table photo add column cover text not null default '';
alter table photo add column cover_image_bytes bytea;
alter table photo add column cover_thumb_bytes bytea;
alter table pending_photo add column scan text not null default '';

-- Moderation: which signs of junk a report had when it came in (words between spaces).
alter table signal add column suspect text not null default '';
create index signal_suspect on signal (municipality, reported_at, id) where suspect <> '';

-- Mail that waits for a person: its report looks like junk, or was put aside.
create table held_mail (
    municipality text not null,
    id uuid not null,
    signal_id uuid not null,
    recipient text not null,
    subject text not null,
    body text not null,
    primary key (municipality, id)
);
create index held_mail_of on held_mail (municipality, signal_id);

-- Which references were shown to everybody and are not any more: who keeps a copy of the map learns it from here.
create table public_gone (
    municipality text not null,
    reference text not null,
    at bigint not null,
    primary key (municipality, reference)
);
create index public_gone_at on public_gone (municipality, at);
