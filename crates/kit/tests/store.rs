//! What the storage door, the audit chain, jobs, outbox and idempotency promise, on both databases.

#![allow(clippy::unwrap_used, reason = "test code")]
use kit::audit::{self, Deed, Flaw, Verdict};
use kit::jobs::{self, Registry};
use kit::once::{self, Claim};
use kit::throttle::{self, Limit};
use kit::{At, Clock, Db, Main, Uuid, Vault, args};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::db_test;

kit::vault!(
    /// A second vault, for proving the fence.
    Wpg = "wpg"
);

fn deed(at: At) -> Deed<'static> {
    let actor = Some(Uuid::from_u128(9));
    Deed { municipality: "GM0396", actor, role: "coordinator", at, purpose: "signal", trace: kit::Trace::start() }
}

async fn chain(db: &Db<Main>, length: i64) {
    for i in 0..length {
        let mut tx = db.write().await.unwrap();
        let detail = serde_json::json!({ "n": i });
        audit::record(&mut tx, &deed(At(testkit::now())), "signal:handle", "signal", "x", &detail).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn verdict(db: &Db<Main>) -> Verdict {
    audit::verify(&mut db.read().await.unwrap(), "GM0396").await.unwrap()
}

async fn tamper(db: &Db<Main>, sql: &'static str) {
    let mut tx = db.write().await.unwrap();
    tx.run(sql, args![]).await.unwrap();
    tx.commit().await.unwrap();
}

db_test! {
    async fn values_come_back_equal(db) {
        let mut tx = db.write().await.unwrap();
        let at = At::from_micros(1_717_400_000_123_456);
        tx.run("insert into throttle (key, failures, since) values ($1, $2, $3)", args!["k'; --", i64::MAX, at]).await.unwrap();
        let row: (String, i64, At) = tx.one("select key, failures, since from throttle where key = $1", args!["k'; --"]).await.unwrap();
        assert_eq!(row, ("k'; --".to_owned(), i64::MAX, at));
        drop(tx);
        let mut tx = db.read().await.unwrap();
        let none: Option<(String,)> = tx.opt("select key from throttle", args![]).await.unwrap();
        assert_eq!(none, None, "a dropped transaction leaves nothing");
    }

    async fn many_rows_go_in_and_conflicts_are_counted(db) {
        let mut tx = db.write().await.unwrap();
        let head = "insert into throttle (key, failures, since)";
        let values = |n: i64| (0..n).flat_map(|i| args![format!("k{i}"), i, 0_i64]).collect();
        assert_eq!(tx.insert_many(head, "on conflict do nothing", 3, values(5000)).await.unwrap(), 5000);
        assert_eq!(tx.insert_many(head, "on conflict do nothing", 3, values(5010)).await.unwrap(), 10);
        assert_eq!(tx.insert_many(head, "", 3, vec![]).await.unwrap(), 0);
    }

    async fn a_whole_chain_is_whole_and_every_tampering_is_found(db) {
        chain(&db, 5).await;
        assert_eq!(verdict(&db).await, Verdict::Whole(5));
        tamper(&db, "update audit_entry set detail = '{\"n\":7}' where seq = 3").await;
        assert_eq!(verdict(&db).await, Verdict::Broken { seq: 3, why: Flaw::Changed });
        tamper(&db, "update audit_entry set detail = '{\"n\":2}' where seq = 3").await;
        assert_eq!(verdict(&db).await, Verdict::Whole(5));
        tamper(&db, "delete from audit_entry where seq = 5").await;
        assert_eq!(verdict(&db).await, Verdict::Broken { seq: 5, why: Flaw::Tail });
        tamper(&db, "delete from audit_entry where seq = 2").await;
        assert_eq!(verdict(&db).await, Verdict::Broken { seq: 2, why: Flaw::Missing });
        tamper(&db, "delete from audit_head").await;
        tamper(&db, "delete from audit_entry where seq > 1").await;
        assert_eq!(verdict(&db).await, Verdict::Broken { seq: 1, why: Flaw::Head });
    }

    async fn a_deed_that_is_undone_leaves_no_entry(db) {
        chain(&db, 1).await;
        let mut tx = db.write().await.unwrap();
        audit::record(&mut tx, &deed(At(testkit::now())), "a", "b", "c", &serde_json::json!({})).await.unwrap();
        drop(tx);
        assert_eq!(verdict(&db).await, Verdict::Whole(1));
    }

    async fn the_same_request_is_done_once(db) {
        let id = Uuid::from_u128(1);
        let at = At(testkit::now());
        let mut tx = db.write().await.unwrap();
        assert_eq!(once::claim(&mut tx, "GM0396", id, at, "/first").await.unwrap(), Claim::New);
        assert_eq!(once::claim(&mut tx, "GM0396", id, at, "/second").await.unwrap(), Claim::Replay("/first".into()));
        assert_eq!(once::claim(&mut tx, "US-STL", id, at, "/other").await.unwrap(), Claim::New);
    }

    async fn jobs_run_once_when_due_and_again_after_failing(db) {
        let clock = Clock::fixed(testkit::now());
        let now = clock.now();
        let later = At::from_micros(now.micros() + 3_600_000_000);
        let mut tx = db.write().await.unwrap();
        let payload = serde_json::json!({});
        jobs::enqueue(&mut tx, "GM0396", "good", &payload, Some("same"), now).await.unwrap();
        jobs::enqueue(&mut tx, "GM0396", "good", &payload, Some("same"), now).await.unwrap();
        jobs::enqueue(&mut tx, "GM0396", "good", &payload, None, later).await.unwrap();
        jobs::enqueue(&mut tx, "GM0396", "bad-once", &payload, None, now).await.unwrap();
        tx.commit().await.unwrap();
        let count = Arc::new(AtomicUsize::new(0));
        let mut registry: Registry<Arc<AtomicUsize>> = Registry::default();
        registry.add("good", async |c: Arc<AtomicUsize>, _| { c.fetch_add(1, Ordering::SeqCst); Ok(()) });
        registry.add("bad-once", async |_, job: jobs::Job| {
            if job.attempts == 1 { anyhow::bail!("not now") } else { Ok(()) }
        });
        assert_eq!(registry.run_due(&db, &clock, &count).await.unwrap(), 2);
        assert_eq!(count.load(Ordering::SeqCst), 1, "one of the two equal requests ran; the later one waits");
        assert_eq!(registry.run_due(&db, &clock, &count).await.unwrap(), 0);
        clock.set(later.0);
        assert_eq!(registry.run_due(&db, &clock, &count).await.unwrap(), 2);
        let mut tx = db.read().await.unwrap();
        let (left,): (i64,) = tx.one("select count(*) from job", args![]).await.unwrap();
        assert_eq!(left, 0);
    }

    async fn a_request_that_comes_while_the_work_runs_is_kept(db) {
        let clock = Clock::fixed(testkit::now());
        let payload = serde_json::json!({});
        let mut tx = db.write().await.unwrap();
        jobs::enqueue(&mut tx, "GM0396", "again", &payload, Some("same"), clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut registry: Registry<Db<Main>> = Registry::default();
        registry.add("again", async |db: Db<Main>, job: jobs::Job| {
            if job.attempts == 1 && job.payload == "{}" {
                let mut tx = db.write().await?;
                let newer = serde_json::json!({ "newer": true });
                jobs::enqueue(&mut tx, "GM0396", "again", &newer, Some("same"), At(testkit::now())).await?;
                tx.commit().await?;
            }
            Ok(())
        });
        assert_eq!(registry.run_due(&db, &clock, &db).await.unwrap(), 2);
    }

    async fn who_fails_too_often_waits(db) {
        let limit = Limit { failures: 2, window_s: 600 };
        let at = |s: i64| At::from_micros(testkit::now().as_microsecond() + s * 1_000_000);
        let mut tx = db.write().await.unwrap();
        throttle::fail(&mut tx, "login:a", limit, at(0)).await.unwrap();
        assert_eq!(throttle::wait(&mut tx, "login:a", limit, at(1)).await.unwrap(), 0);
        throttle::fail(&mut tx, "login:a", limit, at(10)).await.unwrap();
        assert_eq!(throttle::wait(&mut tx, "login:a", limit, at(100)).await.unwrap(), 500);
        assert_eq!(throttle::wait(&mut tx, "login:a", limit, at(601)).await.unwrap(), 0);
        throttle::fail(&mut tx, "login:a", limit, at(700)).await.unwrap();
        assert_eq!(throttle::wait(&mut tx, "login:a", limit, at(701)).await.unwrap(), 0, "a new window starts anew");
    }
}

/// The fence between vaults on SQLite: own file, and no connection can attach another.
#[tokio::test]
async fn a_vault_cannot_be_reached_through_another_on_sqlite() {
    let dir = testkit::folder();
    let main = Db::<Main>::sqlite(&dir).await.unwrap();
    let wpg = Db::<Wpg>::sqlite(&dir).await.unwrap();
    let mut tx = wpg.write().await.unwrap();
    tx.run("create table sanction (id integer primary key) strict", args![]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = main.read().await.unwrap();
    assert!(tx.all::<(i64,)>("select id from sanction", args![]).await.is_err());
    assert!(tx.all::<(i64,)>("select id from wpg.sanction", args![]).await.is_err());
    drop(tx);
    // ATTACH does not run inside a transaction at all; outside one, the library refuses it.
    let url = format!("sqlite://{}", dir.join("main.sqlite").display());
    use kit::sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection};
    let mut raw = SqliteConnection::connect(&url).await.unwrap();
    let attach = format!("attach database '{}' as w", dir.join("wpg.sqlite").display());
    let error = raw.execute(AssertSqlSafe(attach)).await.unwrap_err().to_string();
    assert!(error.contains("too many attached databases"), "{error}");
}

/// The fence between vaults on PostgreSQL: own schema and own role without rights on the other.
#[tokio::test]
async fn a_vault_cannot_be_reached_through_another_on_postgres() {
    let Some(urls) = testkit::postgres_vaults(&[Main::NAME, Wpg::NAME]).await else { return };
    let main = Db::<Main>::postgres(&urls[0]).await.unwrap();
    let wpg = Db::<Wpg>::postgres(&urls[1]).await.unwrap();
    let mut tx = wpg.write().await.unwrap();
    tx.run("create table sanction (id bigint primary key)", args![]).await.unwrap();
    tx.commit().await.unwrap();
    for sql in ["select id from wpg.sanction", "select id from sanction"] {
        let mut tx = main.read().await.unwrap();
        assert!(tx.all::<(i64,)>(sql, args![]).await.is_err(), "{sql}");
    }
    let mut tx = main.write().await.unwrap();
    assert!(tx.run("grant usage on schema wpg to public", args![]).await.is_err());
    let mut tx = wpg.read().await.unwrap();
    let rows: Vec<(i64,)> = tx.all("select id from sanction", args![]).await.unwrap();
    assert!(rows.is_empty());
}

/// Both dialects of every migration make the same tables and columns with the same "not null".
#[tokio::test]
async fn both_databases_have_the_same_schema() {
    type Column = (String, String, bool);
    let sqlite = testkit::sqlite::<Main>().await;
    let Some(postgres) = testkit::postgres::<Main>().await else { return };
    let mut tx = sqlite.read().await.unwrap();
    let one: Vec<Column> = tx
        .all(
            "select m.name, c.name, c.\"notnull\" = 1 or c.pk > 0 from sqlite_master m join pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like 'sqlite_%' order by 1, 2",
            args![],
        )
        .await
        .unwrap();
    let mut tx = postgres.read().await.unwrap();
    let other: Vec<Column> = tx
        .all(
            "select table_name::text, column_name::text, is_nullable = 'NO' from information_schema.columns
             where table_schema = 'main' order by 1, 2",
            args![],
        )
        .await
        .unwrap();
    assert!(one.len() > 50);
    assert_eq!(one, other);
    let indexes = "select name from sqlite_master where type = 'index' and name not like 'sqlite_%' order by 1";
    let mut tx = sqlite.read().await.unwrap();
    let one: Vec<(String,)> = tx.all(indexes, args![]).await.unwrap();
    let mut tx = postgres.read().await.unwrap();
    let other: Vec<(String,)> = tx
        .all("select indexname::text from pg_indexes where schemaname = 'main' and indexname not like '%_pkey' order by 1", args![])
        .await
        .unwrap();
    assert_eq!(one, other);
}

/// A migration that was changed after it ran, or that this program does not know, stops the start.
#[tokio::test]
async fn migrations_are_forward_only() {
    let db = testkit::sqlite::<Main>().await;
    let mut steps = testkit::migrations("main");
    kit::migrate::run(&db, &steps).await.unwrap();
    steps[0].sqlite.push_str("-- changed");
    assert!(kit::migrate::run(&db, &steps).await.unwrap_err().to_string().contains("changed"));
    let steps = &testkit::migrations("main")[..1];
    assert!(kit::migrate::run(&db, steps).await.unwrap_err().to_string().contains("newer"));
}
