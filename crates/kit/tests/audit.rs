//! What the audit trail promises: one flipped bit, or one row removed, added or swapped, is found every time.
//!
//! Each of the 1,000 tries per vault goes through a real database: the bit is flipped by a connection of its
//! own behind the program's back, the program's own walk looks for it, and the flip is undone. The draw is
//! repeatable: try n of a vault is the same in every run.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "test code")]

use kit::audit::{self, Deed, Flaw, Verdict};
use kit::db::{Bibob, Ggz, Partnership, Police, Radicalisation, Social, Victims, Wpg};
use kit::{At, Db, Main, Trace, Tx, Uuid, Vault, args};
use rusqlite::types::Value;
use std::time::Instant;
use testkit::db_test;

const TOWN: &str = "GM0396";
/// What is written in each vault, and how often it is tried.
const DAYS: i32 = 10;
const LINKS_A_DAY: i64 = 11;
const TRIES: u64 = 1000;

fn deed(at: i64, actor: Option<u128>) -> Deed<'static> {
    Deed {
        municipality: TOWN,
        actor: actor.map(Uuid::from_u128),
        role: "coordinator",
        at: At::from_micros(at),
        purpose: "reports",
        trace: Trace::start(),
    }
}

/// Ten days of work, each with its anchor: 120 links.
async fn fill<V: Vault>(db: &Db<V>) {
    let mut tx = db.write().await.unwrap();
    for day in 0..DAYS {
        let at = 1_717_400_000_000_000 + i64::from(day) * 86_400_000_000;
        for n in 0..LINKS_A_DAY {
            let deed = deed(at + n, (n % 3 > 0).then_some(0xabc0_0000_0000_7000_8000_0000_0000_0000 + n as u128));
            let detail = serde_json::json!({ "kind": "state", "was": "new", "becomes": "done", "n": n });
            audit::record(&mut tx, &deed, "signal:handle", "signal", &format!("café-{n}"), &detail).await.unwrap();
        }
        assert!(audit::anchor(&mut tx, &deed(at + 100, None), 19_000 + day).await.unwrap());
    }
    tx.commit().await.unwrap();
}

/// What the program itself says: the chain, then the anchors.
async fn verdict<V: Vault>(tx: &mut Tx<V>) -> Verdict {
    match audit::verify(tx, TOWN).await.unwrap() {
        Verdict::Whole(_) => audit::verify_anchors(tx, TOWN).await.unwrap(),
        broken => broken,
    }
}

/// Repeatable numbers (SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }
}

const TABLES: [(&str, &[&str]); 3] = [
    (
        "audit_entry",
        &[
            "municipality",
            "seq",
            "at",
            "actor_id",
            "role",
            "action",
            "kind",
            "record_id",
            "purpose",
            "detail",
            "prev_hash",
            "hash",
        ],
    ),
    ("audit_head", &["municipality", "seq", "hash"]),
    ("audit_anchor", &["municipality", "day", "seq", "hash", "at"]),
];

/// A value with one bit turned; `None` where there is no bit.
fn flipped(value: &Value, draw: &mut Draw) -> Option<Value> {
    let turn = |bytes: &[u8], draw: &mut Draw| {
        let mut bytes = bytes.to_vec();
        let bit = draw.below(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        bytes
    };
    Some(match value {
        Value::Integer(n) => Value::Integer(n ^ (1_i64 << draw.below(64))),
        // Any byte, also one that makes it no text any more: the disk does not care.
        Value::Text(text) if !text.is_empty() => Value::Blob(turn(text.as_bytes(), draw)),
        Value::Blob(bytes) if !bytes.is_empty() => Value::Blob(turn(bytes, draw)),
        _ => return None,
    })
}

async fn thousand_flips<V: Vault>() {
    let dir = testkit::folder();
    let db = Db::<V>::sqlite(&dir).await.unwrap();
    kit::migrate::run(&db, &testkit::migrations(V::NAME)).await.unwrap();
    fill(&db).await;
    let whole = verdict(&mut db.read().await.unwrap()).await;
    assert_eq!(whole, Verdict::Whole(DAYS.into()));

    let raw = rusqlite::Connection::open(dir.join(format!("{}.sqlite", V::NAME))).unwrap();
    raw.execute_batch("pragma synchronous = off; pragma busy_timeout = 20000").unwrap();
    let mut draw = Draw(V::NAME.bytes().fold(7, |n: u64, b| n.wrapping_mul(31).wrapping_add(b.into())));
    let mut tries = 0;
    while tries < TRIES {
        // Every table gets its share, though two of them have few rows.
        let (table, columns) = TABLES[[0, 0, 0, 0, 0, 0, 0, 0, 1, 2][draw.below(10)]];
        let column = columns[draw.below(columns.len())];
        let rows: i64 = raw.query_row(&format!("select count(*) from {table}"), [], |r| r.get(0)).unwrap();
        let row = draw.below(usize::try_from(rows).unwrap());
        // Keys: all of them may be what is flipped, so the row is named by its whole content.
        let key = if table == "audit_anchor" { "day" } else { "seq" };
        let found: (i64, Value) = raw
            .query_row(&format!("select {key}, {column} from {table} order by {key} limit 1 offset {row}"), [], |r| {
                Ok((r.get(0)?, r.get(1)?))
            })
            .unwrap();
        let (id, before) = found;
        let Some(after) = flipped(&before, &mut draw) else { continue };
        let text = matches!(before, Value::Text(_));
        let cast = if text { "cast(?1 as text)" } else { "?1" };
        let set = |value: &Value, id: i64| {
            raw.execute(&format!("update {table} set {column} = {cast} where {key} = {id}"), [value])
        };
        // A number that another row has already cannot come to stand there.
        if set(&after, id).is_err() {
            continue;
        }
        tries += 1;
        let found = verdict(&mut db.read().await.unwrap()).await;
        let of = format!("{} try {tries}: {table}.{column} of {key} {id}: {before:?} became {after:?}", V::NAME);
        assert!(matches!(found, Verdict::Broken { .. }), "not found: {of}");
        let now = if let (true, Value::Integer(moved)) = (column == key, &after) { *moved } else { id };
        assert_eq!(set(&before, now), Ok(1), "not undone: {of}");
    }
    assert_eq!(verdict(&mut db.read().await.unwrap()).await, whole, "every flip was undone");
}

macro_rules! flips {
    ($($name:ident: $vault:ty,)+) => {
        mod one_flipped_bit_is_found_in_1000_tries {
            use super::*;
            $(#[tokio::test] async fn $name() { thousand_flips::<$vault>().await })+
        }
    };
}
flips! {
    main: Main, wpg: Wpg, police: Police, partnership: Partnership, radicalisation: Radicalisation, bibob: Bibob,
    social: Social, ggz: Ggz, victims: Victims,
}

/// The same on PostgreSQL, for `main`: each try in a transaction that is dropped. PostgreSQL holds no text that is
/// no UTF-8 and no zero byte, so such flips cannot be made there.
#[tokio::test]
async fn one_flipped_bit_is_found_in_1000_tries_on_postgresql() {
    let Some(db) = testkit::postgres::<Main>().await else { return };
    fill(&db).await;
    let mut draw = Draw(2024);
    let mut tries = 0;
    while tries < TRIES {
        let kind = draw.below(17);
        let mut tx = db.write().await.unwrap();
        let bit = i64::try_from(draw.below(63)).unwrap();
        let seq = 1 + i64::try_from(draw.below(120)).unwrap();
        let day = 19_000 + i64::try_from(draw.below(10)).unwrap();
        let place = i64::try_from(draw.below(40)).unwrap();
        // The lowest bit of a byte of ASCII: a letter becomes its neighbour.
        macro_rules! text {
            ($table:literal, $column:literal, $key:literal) => {
                concat!(
                    "update ",
                    $table,
                    " set ",
                    $column,
                    " = convert_from(set_byte(",
                    $column,
                    "::bytea, ($2 % octet_length(",
                    $column,
                    "))::int, get_byte(",
                    $column,
                    "::bytea, ($2 % octet_length(",
                    $column,
                    "))::int) # 1), 'UTF8') where ",
                    $key,
                    " = $1"
                )
            };
        }
        macro_rules! number {
            ($table:literal, $column:literal, $key:literal) => {
                concat!(
                    "update ",
                    $table,
                    " set ",
                    $column,
                    " = ",
                    $column,
                    " # (1::bigint << $2::int) where ",
                    $key,
                    " = $1"
                )
            };
        }
        let (sql, values) = match kind {
            0 => (text!("audit_entry", "municipality", "seq"), args![seq, place]),
            1 => (number!("audit_entry", "seq", "seq"), args![seq, bit]),
            2 => (number!("audit_entry", "at", "seq"), args![seq, bit]),
            3 => (
                "update audit_entry set actor_id = encode(set_byte(uuid_send(actor_id), ($2 % 16)::int,
                    get_byte(uuid_send(actor_id), ($2 % 16)::int) # 16), 'hex')::uuid where seq = $1 and actor_id is not null",
                args![seq, place],
            ),
            4 => (text!("audit_entry", "role", "seq"), args![seq, place]),
            5 => (text!("audit_entry", "action", "seq"), args![seq, place]),
            6 => (text!("audit_entry", "kind", "seq"), args![seq, place]),
            7 => (text!("audit_entry", "record_id", "seq"), args![seq, place % 3]),
            8 => (text!("audit_entry", "purpose", "seq"), args![seq, place]),
            9 => (text!("audit_entry", "detail", "seq"), args![seq, place]),
            10 => (text!("audit_entry", "prev_hash", "seq"), args![seq, place]),
            11 => (text!("audit_entry", "hash", "seq"), args![seq, place]),
            12 => (number!("audit_head", "seq", "1"), args![1_i64, bit]),
            13 => (text!("audit_head", "hash", "1"), args![1_i64, place]),
            14 => (number!("audit_anchor", "day", "day"), args![day, bit]),
            15 => (number!("audit_anchor", "at", "day"), args![day, bit]),
            _ => (text!("audit_anchor", "hash", "day"), args![day, place]),
        };
        if !matches!(tx.run(sql, values).await, Ok(1)) {
            continue;
        }
        tries += 1;
        assert!(
            matches!(verdict(&mut tx).await, Verdict::Broken { .. }),
            "try {tries}: {sql}, {seq}, {day}, {bit}, {place}"
        );
    }
    assert_eq!(verdict(&mut db.read().await.unwrap()).await, Verdict::Whole(DAYS.into()));
}

db_test! {
    async fn rows_that_are_removed_added_or_swapped_are_found(db) {
        fill(&db).await;
        let changes: [(&'static str, Flaw); 14] = [
            ("delete from audit_entry where seq = 1", Flaw::Missing),
            ("delete from audit_entry where seq = 77", Flaw::Missing),
            ("delete from audit_entry where seq = 120", Flaw::Tail),
            ("delete from audit_entry", Flaw::Tail),
            ("delete from audit_head", Flaw::Head),
            ("delete from audit_anchor where day = 19004", Flaw::Anchor),
            ("delete from audit_anchor", Flaw::Anchor),
            ("insert into audit_entry select municipality, 121, at, actor_id, role, action, kind, record_id, purpose,
                detail, prev_hash, hash from audit_entry where seq = 120", Flaw::Loose),
            ("insert into audit_entry select municipality, 0, at, actor_id, role, action, kind, record_id, purpose,
                detail, prev_hash, hash from audit_entry where seq = 1", Flaw::Missing),
            ("insert into audit_anchor select municipality, 18000, seq, hash, at from audit_anchor where day = 19000",
                Flaw::Anchor),
            ("update audit_entry set seq = 1000 - seq where seq in (50, 51)", Flaw::Missing),
            ("update audit_entry set role = 'executive' where seq = 3", Flaw::Changed),
            ("update audit_entry set actor_id = null where seq = 3", Flaw::Changed),
            ("update audit_head set hash = 'x'", Flaw::Head),
        ];
        for (sql, expected) in changes {
            let mut tx = db.write().await.unwrap();
            assert!(tx.run(sql, args![]).await.unwrap() > 0, "{sql}");
            let found = verdict(&mut tx).await;
            assert!(matches!(found, Verdict::Broken { why, .. } if why == expected), "{sql}: {found:?}");
        }
        let mut tx = db.write().await.unwrap();
        for (from, to) in [(50, -1), (51, 50), (-1, 51)] {
            tx.run("update audit_entry set seq = $2 where seq = $1", args![from, to]).await.unwrap();
        }
        assert_eq!(verdict(&mut tx).await, Verdict::Broken { seq: 50, why: Flaw::Loose }, "two links swapped");
        drop(tx);
        assert_eq!(verdict(&mut db.read().await.unwrap()).await, Verdict::Whole(DAYS.into()));
    }

    async fn a_chain_that_was_computed_anew_is_found_by_its_anchors(db) {
        fill(&db).await;
        let mut tx = db.read().await.unwrap();
        let kept = audit::anchors_csv("main", TOWN, &audit::anchors(&mut tx, TOWN).await.unwrap());
        let before = audit::anchors(&mut tx, TOWN).await.unwrap();
        drop(tx);
        // Somebody with the whole database in hand: another chain of the same length, links and all.
        let mut tx = db.write().await.unwrap();
        let entries = audit::newest(&mut tx, TOWN, i64::MAX, 1000).await.unwrap();
        for table in ["delete from audit_entry", "delete from audit_head"] {
            tx.run(table, args![]).await.unwrap();
        }
        for entry in entries.iter().rev() {
            let role = if entry.seq == 42 { "administrator" } else { "coordinator" };
            let deed = Deed { role, ..deed(entry.at.micros(), entry.actor_id.map(|id| id.as_u128())) };
            let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap();
            audit::record(&mut tx, &deed, &entry.action, &entry.kind, &entry.record_id, &detail).await.unwrap();
        }
        assert_eq!(audit::verify(&mut tx, TOWN).await.unwrap(), Verdict::Whole(120), "the chain itself is whole again");
        let rewritten = Verdict::Broken { seq: 47, why: Flaw::Rewritten };
        assert_eq!(audit::verify_anchors(&mut tx, TOWN).await.unwrap(), rewritten);
        // And who makes the anchors anew as well does not reach the ones on paper.
        tx.run("delete from audit_anchor", args![]).await.unwrap();
        tx.run("delete from audit_entry", args![]).await.unwrap();
        tx.run("delete from audit_head", args![]).await.unwrap();
        for entry in entries.iter().rev() {
            let deed = deed(entry.at.micros(), None);
            match before.iter().find(|a| a.seq + 1 == entry.seq) {
                Some(a) => assert!(audit::anchor(&mut tx, &deed, i32::try_from(a.day).unwrap()).await.unwrap()),
                None => audit::record(&mut tx, &deed, "a", "b", "c", &serde_json::json!({})).await.unwrap(),
            }
        }
        assert_eq!(verdict(&mut tx).await, Verdict::Whole(DAYS.into()));
        let outside = audit::read_csv(&kept).unwrap();
        let first = Verdict::Broken { seq: 11, why: Flaw::Rewritten };
        assert_eq!(audit::compare(&mut tx, "main", TOWN, &outside).await.unwrap(), first);
        drop(tx);
        let mut tx = db.read().await.unwrap();
        assert_eq!(audit::compare(&mut tx, "main", TOWN, &outside).await.unwrap(), Verdict::Whole(DAYS.into()));
        assert_eq!(audit::compare(&mut tx, "wpg", TOWN, &outside).await.unwrap(), Verdict::Whole(0));
    }

    async fn a_day_is_anchored_once_and_only_when_something_happened(db) {
        let mut tx = db.write().await.unwrap();
        assert!(!audit::anchor(&mut tx, &deed(1, None), 1).await.unwrap(), "nothing to anchor");
        audit::record(&mut tx, &deed(1, None), "a", "b", "c", &serde_json::json!({})).await.unwrap();
        assert!(audit::anchor(&mut tx, &deed(2, None), 1).await.unwrap());
        assert!(!audit::anchor(&mut tx, &deed(3, None), 1).await.unwrap(), "the same day");
        assert!(!audit::anchor(&mut tx, &deed(4, None), 2).await.unwrap(), "only its own link is new");
        audit::record(&mut tx, &deed(5, None), "a", "b", "c", &serde_json::json!({})).await.unwrap();
        assert!(!audit::anchor(&mut tx, &deed(5, None), 1).await.unwrap(), "that day was anchored");
        assert!(audit::anchor(&mut tx, &deed(6, None), 3).await.unwrap());
        let anchors = audit::anchors(&mut tx, TOWN).await.unwrap();
        assert_eq!(anchors.iter().map(|a| (a.day, a.seq)).collect::<Vec<_>>(), [(1, 1), (3, 3)]);
        assert_eq!(verdict(&mut tx).await, Verdict::Whole(2));
        let since = audit::verify_since(&mut tx, TOWN, &anchors[1]).await.unwrap();
        assert_eq!(since, Verdict::Whole(1), "the link that tells of it");
        assert_eq!(audit::chains(&mut tx).await.unwrap(), [TOWN]);
    }
}

/// How long a walk along 100,000 links takes: `cargo test -p kit --test audit -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "a measurement"]
async fn a_hundred_thousand_links() {
    let db = testkit::sqlite::<Main>().await;
    let mut tx = db.write().await.unwrap();
    for n in 0..100_000_i64 {
        let detail = serde_json::json!({ "kind": "state", "was": "new", "becomes": "done", "n": n });
        let id = Uuid::from_u128(n as u128).to_string();
        audit::record(&mut tx, &deed(n, Some(9)), "signal:handle", "signal", &id, &detail).await.unwrap();
    }
    tx.commit().await.unwrap();
    let start = Instant::now();
    let found = audit::verify(&mut db.read().await.unwrap(), TOWN).await.unwrap();
    println!("100,000 links: {:?}", start.elapsed());
    assert_eq!(found, Verdict::Whole(100_000));
}
