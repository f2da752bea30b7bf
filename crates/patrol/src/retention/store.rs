//! SQL of what leaves. `$1` municipality, `$2` the clock started before, `$3` at most so many rows.

use kit::shelf::Shelf;

pub(super) const ROSTER: Shelf = Shelf {
    kind: "roster",
    total: "select cast(count(*) as bigint) from shift_officer where municipality = $1",
    due: "select s.ends_at / 900000000 as quarter, cast(count(*) as bigint) as rows from shift_officer o
          join shift s on s.municipality = o.municipality and s.id = o.shift_id
          where o.municipality = $1 and s.ends_at < $2 group by 1 order by 1",
    go: &["delete from round_officer where municipality = $1 and round_id in (select r.id from round r
            where r.municipality = $1 and r.shift_id in (select s.id from shift s
                where s.municipality = $1 and s.ends_at < $2
                    and exists (select 1 from shift_officer o where o.municipality = s.municipality and o.shift_id = s.id)
                order by s.ends_at, s.id limit $3))",
        "delete from shift_officer where municipality = $1 and shift_id in (select s.id from shift s
            where s.municipality = $1 and s.ends_at < $2
                and exists (select 1 from shift_officer o where o.municipality = s.municipality and o.shift_id = s.id)
            order by s.ends_at, s.id limit $3)"],
};
