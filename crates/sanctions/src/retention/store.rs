//! SQL of what leaves. `$1` municipality, `$2` the clock started before, `$3` at most so many rows.

use kit::shelf::Shelf;

/// A statement on the first wrecks that are over.
macro_rules! of_wrecks {
    ($head:literal) => {
        concat!(
            $head,
            " in (select id from wreck where municipality = $1 and ended_at < $2 order by ended_at, id limit $3)"
        )
    };
}

pub(super) const WRECK: Shelf = Shelf {
    kind: "wreck",
    total: "select cast(count(*) as bigint) from wreck where municipality = $1",
    due: "select ended_at / 900000000 as quarter, cast(count(*) as bigint) as rows from wreck
          where municipality = $1 and ended_at < $2 group by 1 order by 1",
    go: &[
        of_wrecks!("delete from wreck_photo where municipality = $1 and wreck_id"),
        of_wrecks!("delete from wreck_history where municipality = $1 and wreck_id"),
        of_wrecks!("delete from wreck where municipality = $1 and id"),
    ],
};
