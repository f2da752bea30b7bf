//! SQL of what leaves. `$1` municipality, `$2` the clock started before, `$3` at most so many rows.

use kit::shelf::Shelf;

pub(super) const EVENT: Shelf = Shelf {
    kind: "field-event",
    total: "select cast(count(*) as bigint) from field_event where municipality = $1",
    due: "select received_at / 900000000 as quarter, cast(count(*) as bigint) as rows from field_event
          where municipality = $1 and received_at < $2 group by 1 order by 1",
    go: &[
        "delete from field_photo_part where municipality = $1 and photo_id in (select id from field_photo
            where municipality = $1 and at < $2 order by at, id limit $3)",
        "delete from field_photo where municipality = $1 and id in (select id from field_photo
            where municipality = $1 and at < $2 order by at, id limit $3)",
        "delete from field_event where municipality = $1 and id in (select id from field_event
            where municipality = $1 and received_at < $2 order by received_at, id limit $3)",
    ],
};

pub(super) const CALL: Shelf = Shelf {
    kind: "assistance-call",
    total: "select cast(count(*) as bigint) from field_call where municipality = $1",
    due: "select closed_at / 900000000 as quarter, cast(count(*) as bigint) as rows from field_call
          where municipality = $1 and state = 'closed' and closed_at < $2 group by 1 order by 1",
    go: &["delete from field_call where municipality = $1 and id in (select id from field_call
            where municipality = $1 and state = 'closed' and closed_at < $2 order by closed_at, id limit $3)"],
};

pub(super) const DEVICE: Shelf = Shelf {
    kind: "field-device",
    total: "select cast(count(*) as bigint) from field_device where municipality = $1",
    due: "select seen_at / 900000000 as quarter, cast(count(*) as bigint) as rows from field_device d
          where d.municipality = $1 and d.seen_at < $2 and not exists (select 1 from field_event e
            where e.municipality = d.municipality and e.device_id = d.id) group by 1 order by 1",
    go: &["delete from field_device where municipality = $1 and id in (select d.id from field_device d
            where d.municipality = $1 and d.seen_at < $2 and not exists (select 1 from field_event e
                where e.municipality = d.municipality and e.device_id = d.id) order by d.seen_at, d.id limit $3)"],
};
