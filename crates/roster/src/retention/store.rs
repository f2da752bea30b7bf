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

pub(super) const CALENDAR: Shelf = Shelf {
    kind: "calendar-address",
    total: "select cast(count(*) as bigint) from roster_feed where municipality = $1",
    due: "select a.ended_at / 900000000 as quarter, cast(count(*) as bigint) as rows from roster_feed f
          join account a on a.municipality = f.municipality and a.id = f.account_id
          where f.municipality = $1 and a.ended_at < $2 group by 1 order by 1",
    go: &["delete from roster_feed where municipality = $1 and id in
            (select f.id from roster_feed f
             join account a on a.municipality = f.municipality and a.id = f.account_id
             where f.municipality = $1 and a.ended_at < $2 order by a.ended_at, f.id limit $3)"],
};

pub(super) const WISH: Shelf = Shelf {
    kind: "roster-wish",
    total: "select cast(count(*) as bigint) from roster_request q
          join account a on a.municipality = q.municipality and a.id = q.account_id
          where q.municipality = $1 and q.first_day * 86400000000 > a.ended_at",
    due: "select a.ended_at / 900000000 as quarter, cast(count(*) as bigint) as rows from roster_request q
          join account a on a.municipality = q.municipality and a.id = q.account_id
          where q.municipality = $1 and a.ended_at < $2 and q.first_day * 86400000000 > a.ended_at
          group by 1 order by 1",
    go: &["delete from roster_request where municipality = $1 and id in
            (select q.id from roster_request q
             join account a on a.municipality = q.municipality and a.id = q.account_id
             where q.municipality = $1 and a.ended_at < $2 and q.first_day * 86400000000 > a.ended_at
             order by a.ended_at, q.id limit $3)"],
};

/// A statement on the first officers whose account is closed and of whom no shift is left.
macro_rules! of_officers {
    ($head:literal) => {
        concat!(
            $head,
            " in (select o.account_id from roster_officer o
                join account a on a.municipality = o.municipality and a.id = o.account_id
                where o.municipality = $1 and a.ended_at < $2 and not exists (select 1 from roster_place p
                    where p.municipality = o.municipality and p.account_id = o.account_id)
                order by a.ended_at, o.account_id limit $3)"
        )
    };
}

pub(super) const OFFICER: Shelf = Shelf {
    kind: "roster-officer",
    total: "select cast(count(*) as bigint) from roster_officer where municipality = $1",
    due: "select a.ended_at / 900000000 as quarter, cast(count(*) as bigint) as rows from roster_officer o
          join account a on a.municipality = o.municipality and a.id = o.account_id
          where o.municipality = $1 and a.ended_at < $2 and not exists (select 1 from roster_place p
            where p.municipality = o.municipality and p.account_id = o.account_id)
          group by 1 order by 1",
    go: &[
        of_officers!("delete from roster_skill where municipality = $1 and account_id"),
        of_officers!("delete from roster_loan where municipality = $1 and account_id"),
        of_officers!("delete from roster_officer where municipality = $1 and account_id"),
    ],
};
