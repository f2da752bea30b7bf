create table pending_photo (
    municipality text not null,
    id blob not null,
    form_id blob not null,
    at integer not null,
    width integer not null,
    height integer not null,
    image_bytes blob not null,
    thumb_bytes blob not null,
    primary key (municipality, id)
) strict;
create index pending_photo_of on pending_photo (municipality, form_id, at);
create index pending_photo_old on pending_photo (municipality, at);
