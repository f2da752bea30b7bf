//! SQL of what leaves. `$1` municipality, `$2` the clock started before, `$3` at most so many rows.

use kit::shelf::Shelf;

/// Closed reports without a legal hold.
macro_rules! closed {
    ($head:expr, $tail:expr) => {
        concat!(
            $head,
            " s.municipality = $1 and s.closed_at < $2 and not exists (select 1 from legal_hold h
                where h.municipality = s.municipality and h.record_id = s.id and h.lifted_at is null) ",
            $tail
        )
    };
}

/// Statements on the first closed reports.
macro_rules! of_reports {
    ($head:expr) => {
        closed!(concat!($head, " (select s.id from signal s where"), "order by s.closed_at, s.id limit $3)")
    };
}

/// Statements on the first closed reports whose contact data lies in a table.
macro_rules! of_contacts {
    ($head:expr, $table:expr) => {
        closed!(
            concat!(
                $head,
                " (select r.signal_id from ",
                $table,
                " r
                join signal s on s.municipality = r.municipality and s.id = r.signal_id where"
            ),
            "order by s.closed_at, s.id limit $3)"
        )
    };
}

macro_rules! contacts_due {
    ($table:expr) => {
        closed!(
            concat!(
                "select s.closed_at / 900000000 as quarter, cast(count(*) as bigint) as rows from ",
                $table,
                " r
                join signal s on s.municipality = r.municipality and s.id = r.signal_id where"
            ),
            "group by 1 order by 1"
        )
    };
}

pub(super) const CONTACT_REMOVED: Shelf = Shelf {
    kind: "reporter-contact",
    total: "select cast(count(*) as bigint) from reporter where municipality = $1",
    due: contacts_due!("reporter"),
    go: &[
        of_contacts!(
            "insert into reporter_locked (municipality, signal_id, name, email, phone, postal)
             select municipality, signal_id, name, email, phone, postal from reporter where municipality = $1 and signal_id in",
            "reporter"
        ),
        of_contacts!("delete from held_mail where municipality = $1 and signal_id in", "reporter"),
        // What was said to and by the reporter goes at once: nobody answers it any more. That it was said, stays.
        of_contacts!(
            "update message set subject = '', body = '', answer = '' where municipality = $1 and signal_id in",
            "reporter"
        ),
        of_contacts!("delete from reporter where municipality = $1 and signal_id in", "reporter"),
    ],
};

pub(super) const CONTACT_DESTROYED: Shelf = Shelf {
    kind: "reporter-contact",
    total: "select cast(count(*) as bigint) from reporter_locked where municipality = $1",
    due: contacts_due!("reporter_locked"),
    go: &[of_contacts!("delete from reporter_locked where municipality = $1 and signal_id in", "reporter_locked")],
};

pub(super) const REPORT: Shelf = Shelf {
    kind: "report",
    total: "select cast(count(*) as bigint) from signal where municipality = $1",
    due: closed!(
        "select s.closed_at / 900000000 as quarter, cast(count(*) as bigint) as rows from signal s where",
        "group by 1 order by 1"
    ),
    go: &[
        of_reports!("delete from message where municipality = $1 and signal_id in"),
        of_reports!("delete from satisfaction where municipality = $1 and signal_id in"),
        of_reports!("delete from muted_report where municipality = $1 and signal_id in"),
        of_reports!("delete from signal_follower where municipality = $1 and signal_id in"),
        of_reports!("delete from signal_event where municipality = $1 and signal_id in"),
        of_reports!("delete from reporter where municipality = $1 and signal_id in"),
        of_reports!("delete from reporter_locked where municipality = $1 and signal_id in"),
        of_reports!("delete from legal_hold where municipality = $1 and record_id in"),
        of_reports!("delete from photo where municipality = $1 and signal_id in"),
        of_reports!("delete from voice_note where municipality = $1 and signal_id in"),
        of_reports!("delete from held_mail where municipality = $1 and signal_id in"),
        of_reports!("delete from signal_answer where municipality = $1 and signal_id in"),
        of_reports!("delete from dispatch where municipality = $1 and signal_id in"),
        of_reports!("delete from signal where municipality = $1 and id in"),
    ],
};

/// Statements on the first reports that were put aside as junk; the clock starts when they were.
macro_rules! of_junk {
    ($table:literal, $key:literal) => {
        concat!(
            "delete from ",
            $table,
            " where municipality = $1 and ",
            $key,
            " in (select o.signal_id from junk_of o
                join junk_batch b on b.municipality = o.municipality and b.id = o.batch_id
                where o.municipality = $1 and b.at < $2 order by b.at, o.signal_id limit $3)"
        )
    };
}

pub(super) const JUNK: Shelf = Shelf {
    kind: "report",
    total: "select cast(count(*) as bigint) from junk_signal where municipality = $1",
    due: "select b.at / 900000000 as quarter, cast(count(*) as bigint) as rows from junk_of o
          join junk_batch b on b.municipality = o.municipality and b.id = o.batch_id
          where o.municipality = $1 and b.at < $2 group by 1 order by 1",
    go: &[
        of_junk!("junk_signal_event", "signal_id"),
        of_junk!("junk_signal_answer", "signal_id"),
        of_junk!("junk_reporter", "signal_id"),
        of_junk!("junk_reporter_locked", "signal_id"),
        of_junk!("junk_photo", "signal_id"),
        of_junk!("junk_voice_note", "signal_id"),
        of_junk!("junk_message", "signal_id"),
        of_junk!("junk_satisfaction", "signal_id"),
        of_junk!("junk_muted_report", "signal_id"),
        of_junk!("junk_signal_follower", "signal_id"),
        of_junk!("held_mail", "signal_id"),
        of_junk!("junk_signal", "id"),
        of_junk!("junk_of", "signal_id"),
    ],
};

pub(super) const ISSUE: Shelf = Shelf {
    kind: "issue",
    total: "select cast(count(*) as bigint) from issue where municipality = $1",
    due: "select closed_at / 900000000 as quarter, cast(count(*) as bigint) as rows from issue i
          where i.municipality = $1 and i.closed_at < $2
            and not exists (select 1 from signal s where s.municipality = i.municipality and s.issue_id = i.id)
          group by 1 order by 1",
    go: &["delete from issue where municipality = $1 and id in (select i.id from issue i
            where i.municipality = $1 and i.closed_at < $2
                and not exists (select 1 from signal s where s.municipality = i.municipality and s.issue_id = i.id)
            order by i.closed_at, i.id limit $3)"],
};

/// The row's own id stands where the officer was: it points to nobody.
pub(super) const PRESENCE: Shelf = Shelf {
    kind: "presence",
    total: "select cast(count(*) as bigint) from presence where municipality = $1 and account_id <> id",
    due: "select started_at / 900000000 as quarter, cast(count(*) as bigint) as rows from presence
          where municipality = $1 and started_at < $2 and account_id <> id group by 1 order by 1",
    go: &["update presence set account_id = id, lon = cast(lon * 100 as bigint) / 100.0,
            lat = cast(lat * 100 as bigint) / 100.0
           where municipality = $1 and id in (select id from presence
                where municipality = $1 and started_at < $2 and account_id <> id order by started_at, id limit $3)"],
};

/// Who stopped, never confirmed, or followed a report that is closed. A report that was taken up again has no such clock.
macro_rules! followers {
    ($head:expr, $tail:expr) => {
        concat!(
            $head,
            " (select f.municipality, f.id, coalesce(f.ended_at, s.closed_at,
                case when f.confirmed_at is null then f.created_at end) as ended
               from signal_follower f join signal s on s.municipality = f.municipality and s.id = f.signal_id
               where f.municipality = $1) f where f.ended < $2 ",
            $tail
        )
    };
}

pub(super) const FOLLOWER: Shelf = Shelf {
    kind: "follower",
    total: "select cast(count(*) as bigint) from signal_follower where municipality = $1",
    due: followers!(
        "select f.ended / 900000000 as quarter, cast(count(*) as bigint) as rows from",
        "group by 1 order by 1"
    ),
    go: &[followers!(
        "delete from signal_follower where municipality = $1 and id in (select f.id from",
        "order by f.ended, f.id limit $3)"
    )],
};

pub(super) const INCOMING: Shelf = Shelf {
    kind: "mail",
    total: "select cast(count(*) as bigint) from incoming_mail where municipality = $1",
    due: "select received_at / 900000000 as quarter, cast(count(*) as bigint) as rows from incoming_mail
          where municipality = $1 and received_at < $2 group by 1 order by 1",
    go: &[
        "delete from incoming_file where municipality = $1 and mail_id in (select id from incoming_mail
            where municipality = $1 and received_at < $2 order by received_at, id limit $3)",
        "delete from incoming_mail where municipality = $1 and id in (select id from incoming_mail
            where municipality = $1 and received_at < $2 order by received_at, id limit $3)",
    ],
};
