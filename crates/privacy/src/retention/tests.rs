//! Tests of retention: the law in plain numbers beside the program, over twelve years; every page.

mod pages;
mod street;
mod travel;

use super::*;
use jiff::Span;
use jiff::civil::{Date, date};
use kit::jobs::Registry;
use kit::{AnyVault, At, Db, Uuid, args, clock};
use policy::{Resource, Role};
use site::{Cx, Shared};

/// The day on which every test begins.
const DAY0: Date = date(2024, 6, 3);

/// `months` and `days` after the first day.
fn day(months: i32, days: i32) -> Date {
    DAY0.saturating_add(Span::new().months(months)).saturating_add(Span::new().days(days))
}

/// An hour of a day in the municipality.
fn at(cx: &Cx, day: Date, hour: i8) -> At {
    At(day.at(hour, 0, 0, 0).to_zoned(cx.municipality.zone.clone()).unwrap().timestamp())
}

fn system(app: &Shared) -> Cx {
    Cx::system(app, app.home().unwrap(), "retention:hold")
}

/// Somebody of the municipality at the clock of now.
fn officer(app: &Shared) -> Cx {
    testkit::cx(app, Some(Role::PrivacyOfficer))
}

fn vault(app: &Shared, name: &str) -> Db<AnyVault> {
    app.every_vault().into_iter().find(|db| db.name() == name).unwrap()
}

/// Moves the clock to three in the night of `day` and runs the jobs that are due in `vaults`.
async fn night(app: &Shared, vaults: &[&str], day: Date) {
    let cx = system(app);
    app.clock.set(at(&cx, day, 3).0);
    let mut registry: Registry<Shared> = Registry::default();
    registry.add(NIGHTLY, nightly);
    for name in vaults {
        registry.run_due(&vault(app, name), &app.clock, app).await.unwrap();
    }
}

/// Asks for the first night.
async fn begin(app: &Shared, vaults: &[&str]) {
    for name in vaults {
        let mut tx = vault(app, name).write().await.unwrap();
        schedule(&mut tx, app.home().unwrap(), app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// A record as other slices make it, with everything that hangs on it.
#[derive(Clone, Copy)]
struct New<'a> {
    vault: &'a str,
    processing: &'a str,
    kind: &'a str,
    created: At,
    closed: Option<At>,
    ended: Option<At>,
    person: &'a str,
}

async fn add(app: &Shared, new: New<'_>) -> Uuid {
    let code = app.home().unwrap().code();
    let seal = app.seals.of(new.vault).unwrap();
    let id = clock::id_at(new.created);
    let mut tx = vault(app, new.vault).write().await.unwrap();
    tx.run(
        "insert into record (municipality, id, kind, processing, origin, created_at, created_by, closed_at, ended_at, version)
         values ($1, $2, $3, $4, 'own', $5, $2, $6, $7, 1)",
        args![code, id, new.kind, new.processing, new.created, new.closed, new.ended],
    )
    .await
    .unwrap();
    let sealed = seal.seal(&format!("{code}/record/{id}/persons"), new.person.as_bytes()).unwrap();
    tx.run(
        "insert into record_field (municipality, record_id, name, is_special, sealed_bytes, changed_at)
         values ($1, $2, 'persons', $3, $4, $5)",
        args![code, id, true, sealed, new.created],
    )
    .await
    .unwrap();
    tx.run(
        "insert into record_history (municipality, id, record_id, at, act, detail, sealed_bytes)
         values ($1, $2, $2, $3, 'created', $4, $5)",
        args![code, id, new.created, new.person, new.person.as_bytes().to_vec()],
    )
    .await
    .unwrap();
    tx.run(
        "insert into record_subject (municipality, record_id, fingerprint) values ($1, $2, $3)",
        args![code, id, seal.fingerprint(new.person)],
    )
    .await
    .unwrap();
    tx.run(
        "insert into record_participant (municipality, record_id, account_id, added_at) values ($1, $2, $2, $3)",
        args![code, id, new.created],
    )
    .await
    .unwrap();
    tx.run(
        "insert into disclosure (municipality, id, record_id, receiver_kind, receiver, to_regime, basis, purpose,
            necessity_bytes, fields, decision, given_by, at, state)
         values ($1, $2, $2, 'partner', 'Politie', 'R1', 'wpg-16', $3, $4, 'persons', 'given', $2, $5, 'delivered')",
        args![code, id, new.person, new.person.as_bytes().to_vec(), new.created],
    )
    .await
    .unwrap();
    tx.run(
        "insert into crossing (municipality, id, disclosure_id, act, to_vault, payload_bytes, at)
         values ($1, $2, $2, 'give', 'main', $3, $4)",
        args![code, id, new.person.as_bytes().to_vec(), new.created],
    )
    .await
    .unwrap();
    for sql in [
        "insert into opening (municipality, id, account_id, processing, hat, reason, at, until)
         values ($1, $2, $2, 'x', 'supervisor', $3, $4, $4)",
        "insert into targeted_query (municipality, id, account_id, processing, fingerprint, reason, hits, at, until)
         values ($1, $2, $2, 'x', 'x', $3, 1, $4, $4)",
        "insert into receipt (municipality, disclosure_id, record_id, from_regime, basis, purpose, state, at, changed_at)
         values ($1, $2, $2, 'R2', 'x', $3, 'new', $4, $4)",
    ] {
        tx.run(sql, args![code, id, new.person, new.created]).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

async fn one(db: &Db<AnyVault>, sql: &'static str) -> i64 {
    let mut tx = db.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, vec![]).await.unwrap();
    n
}

/// Whether `text` stands anywhere in what a vault keeps: in the bytes of its files, or in any column of any table.
async fn found(db: &Db<AnyVault>, text: &str) -> bool {
    let mut tx = db.read().await.unwrap();
    if db.is_sqlite() {
        let (file,): (String,) =
            tx.one("select file from pragma_database_list where name = 'main'", vec![]).await.unwrap();
        return ["", "-wal"].iter().any(|end| {
            let bytes = std::fs::read(format!("{file}{end}")).unwrap_or_default();
            bytes.windows(text.len()).any(|w| w == text.as_bytes())
        });
    }
    let tables: Vec<(String,)> = tx
        .all(
            "select cast(table_name as text) from information_schema.tables where table_schema = current_schema()",
            vec![],
        )
        .await
        .unwrap();
    assert!(tables.len() > 15, "{tables:?}");
    let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
    for (table,) in tables {
        let sql = format!(
            "select cast(count(*) as bigint) from {table} t
             where position($1 in cast(t as text)) > 0 or position($2 in cast(t as text)) > 0"
        );
        let (n,): (i64,) = tx.one(Box::leak(sql.into_boxed_str()), args![text, &hex]).await.unwrap();
        if n > 0 {
            return true;
        }
    }
    false
}
