//! SQL of what leaves. `$1` municipality, `$2` the clock started before, `$3` at most so many rows.

use kit::shelf::Shelf;

pub(super) const DUTY: Shelf = Shelf {
    kind: "duty",
    total: "select cast(count(*) as bigint) from roster_place where municipality = $1",
    due: "select s.ends_at / 900000000 as quarter, cast(count(*) as bigint) as rows from roster_place p
          join roster_shift s on s.municipality = p.municipality and s.id = p.shift_id
          where p.municipality = $1 and s.ends_at < $2 group by 1 order by 1",
    go: &["delete from roster_place where municipality = $1 and (shift_id, account_id) in
            (select p.shift_id, p.account_id from roster_place p
             join roster_shift s on s.municipality = p.municipality and s.id = p.shift_id
             where p.municipality = $1 and s.ends_at < $2 order by s.ends_at, p.shift_id, p.account_id limit $3)"],
};

pub(super) const CHANGE: Shelf = Shelf {
    kind: "roster-change",
    total: "select cast(count(*) as bigint) from roster_change where municipality = $1",
    due: "select at / 900000000 as quarter, cast(count(*) as bigint) as rows from roster_change
          where municipality = $1 and at < $2 group by 1 order by 1",
    go: &["delete from roster_change where municipality = $1 and id in
            (select id from roster_change where municipality = $1 and at < $2 order by at, id limit $3)"],
};

/// Microseconds of a day: the clock of a request starts when its last day is over.
pub(super) const REQUEST: Shelf = Shelf {
    kind: "roster-request",
    total: "select cast(count(*) as bigint) from roster_request where municipality = $1",
    due: "select (last_day + 1) * 86400000000 / 900000000 as quarter, cast(count(*) as bigint) as rows
          from roster_request where municipality = $1 and (last_day + 1) * 86400000000 < $2 group by 1 order by 1",
    go: &["delete from roster_request where municipality = $1 and id in
            (select id from roster_request where municipality = $1 and (last_day + 1) * 86400000000 < $2
             order by last_day, id limit $3)"],
};

pub(super) const SWAP: Shelf = Shelf {
    kind: "roster-swap",
    total: "select cast(count(*) as bigint) from roster_swap where municipality = $1",
    due: "select s.ends_at / 900000000 as quarter, cast(count(*) as bigint) as rows from roster_swap w
          join roster_shift s on s.municipality = w.municipality and s.id = w.shift_id
          where w.municipality = $1 and s.ends_at < $2 group by 1 order by 1",
    go: &["delete from roster_swap where municipality = $1 and id in
            (select w.id from roster_swap w
             join roster_shift s on s.municipality = w.municipality and s.id = w.shift_id
             where w.municipality = $1 and s.ends_at < $2 order by s.ends_at, w.id limit $3)"],
};

pub(super) const DEED: Shelf = Shelf {
    kind: "deed",
    total: "select cast(count(*) as bigint) from deed where municipality = $1",
    due: "select (valid_until + 1) * 86400000000 / 900000000 as quarter, cast(count(*) as bigint) as rows
          from deed where municipality = $1 and (valid_until + 1) * 86400000000 < $2 group by 1 order by 1",
    go: &["delete from deed where municipality = $1 and id in
            (select id from deed where municipality = $1 and (valid_until + 1) * 86400000000 < $2
             order by valid_until, id limit $3)"],
};
