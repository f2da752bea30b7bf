create table pending_photo (
    municipality text not null,
    id uuid not null,
    form_id uuid not null,
    at bigint not null,
    width bigint not null,
    height bigint not null,
    image_bytes bytea not null,
    thumb_bytes bytea not null,
    primary key (municipality, id)
);
create index pending_photo_of on pending_photo (municipality, form_id, at);
create index pending_photo_old on pending_photo (municipality, at);
