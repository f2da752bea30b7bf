//! SQL of the lines that every vault keeps about its use. `$1` municipality, `$2` the clock started before, `$3` at
//! most so many rows.

use kit::shelf::Shelf;

/// Texts of a shelf whose rows have an id and one instant.
macro_rules! by {
    ($kind:literal, $table:literal, $clock:literal, $which:literal) => {
        Shelf {
            kind: $kind,
            total: concat!("select cast(count(*) as bigint) from ", $table, " where municipality = $1", $which),
            due: concat!(
                "select ",
                $clock,
                " / 900000000 as quarter, cast(count(*) as bigint) as rows from ",
                $table,
                " where municipality = $1 and ",
                $clock,
                " < $2",
                $which,
                " group by 1 order by 1"
            ),
            go: &[concat!(
                "delete from ",
                $table,
                " where municipality = $1 and id in (select id from ",
                $table,
                " where municipality = $1 and ",
                $clock,
                " < $2",
                $which,
                " order by ",
                $clock,
                ", id limit $3)"
            )],
        }
    };
}

/// Statements on the first disclosures; what is on hold with its record stays.
macro_rules! of_disclosures {
    ($head:expr) => {
        concat!(
            $head,
            " (select d.id from disclosure d where d.municipality = $1 and d.at < $2 and not exists
                (select 1 from legal_hold h where h.municipality = d.municipality and h.record_id = d.record_id
                 and h.lifted_at is null)
               order by d.at, d.id limit $3)"
        )
    };
}

/// The disclosures of a vault, with what waited to be delivered of them.
const DISCLOSURE: Shelf = Shelf {
    kind: "disclosure",
    total: "select cast(count(*) as bigint) from disclosure where municipality = $1",
    due: "select d.at / 900000000 as quarter, cast(count(*) as bigint) as rows from disclosure d
          where d.municipality = $1 and d.at < $2 and not exists (select 1 from legal_hold h
            where h.municipality = d.municipality and h.record_id = d.record_id and h.lifted_at is null)
          group by 1 order by 1",
    go: &[
        of_disclosures!("delete from crossing where municipality = $1 and disclosure_id in"),
        of_disclosures!("delete from disclosure where municipality = $1 and id in"),
    ],
};

/// Failures of sign-in; they name no municipality.
const THROTTLE: Shelf = Shelf {
    kind: "throttle",
    total: "select cast(count(*) as bigint) from throttle where $1 <> ''",
    due: "select since / 900000000 as quarter, cast(count(*) as bigint) as rows from throttle
          where $1 <> '' and since < $2 group by 1 order by 1",
    go: &["delete from throttle where $1 <> '' and key in
            (select key from throttle where since < $2 order by since, key limit $3)"],
};

/// What every vault keeps besides records.
pub(in crate::retention) const EVERY_VAULT: [Shelf; 8] = [
    by!("opening", "opening", "until", ""),
    by!("targeted-query", "targeted_query", "until", ""),
    DISCLOSURE,
    by!("processing-log", "processing_log", "at", ""),
    by!("handled-request", "handled_request", "at", ""),
    by!("mail", "outbox", "created_at", ""),
    by!("job", "job", "run_at", " and state = 'given-up'"),
    THROTTLE,
];
