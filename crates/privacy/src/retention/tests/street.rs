//! What the work on the street leaves behind: events with their sanctions, wrecks, and officers who left.

use super::*;
use records::kin;
use testkit::house_test;

/// What hangs on an event, beside its record.
const PARTS: [&str; 5] = ["record_field", "record_history", "sanction_event", "sanction_line", "sanction_sent"];

/// How many rows of a table hang on a record.
async fn rows(db: &Db<AnyVault>, table: &str, column: &str, id: Uuid) -> i64 {
    let sql = format!("select cast(count(*) as bigint) from {table} where {column} = $1");
    let (n,): (i64,) = db.read().await.unwrap().one(Box::leak(sql.into_boxed_str()), args![id]).await.unwrap();
    n
}

/// An event that was sent as line `seq` of batch 1, with two sanctions and a photo.
async fn event(app: &Shared, seq: i64, created: At) -> Uuid {
    let code = app.home().unwrap().code();
    let seal = app.seals.of("wpg").unwrap();
    let (vault_name, processing, kind) = ("wpg", "wpg-daily", "sanction");
    let person = "Zwaan-event-";
    let id = add(app, New { vault: vault_name, processing, kind, created, closed: None, ended: None, person }).await;
    let mut tx = vault(app, "wpg").write().await.unwrap();
    let of_seq = format!("Zwaan-akte-{seq}-");
    tx.run(
        "insert into sanction_event (municipality, record_id, officer_id, state, day, area, deed, signed_at, checked_at,
            checked_by) values ($1, $2, $2, 'exported', 1, '', $3, $4, $4, $2)",
        args![code, id, &of_seq, created],
    )
    .await
    .unwrap();
    for (n, offence) in [(1_i64, "F185"), (2, "R398")] {
        tx.run(
            "insert into sanction_line (municipality, record_id, n, offence, modality)
             values ($1, $2, $3, $4, 'penal-order')",
            args![code, id, n, offence],
        )
        .await
        .unwrap();
    }
    tx.run(
        "insert into sanction_batch (municipality, number, at, made_by) values ($1, 1, $2, $3) on conflict do nothing",
        args![code, created, id],
    )
    .await
    .unwrap();
    tx.run(
        "insert into sanction_sent (municipality, batch, seq, record_id, code, act) values ($1, 1, $2, $3, 'F185', 'new')",
        args![code, seq, id],
    )
    .await
    .unwrap();
    for (name, content) in [(format!("photo-{id}"), "picture"), (format!("export-00000001-{seq:05}"), "{}")] {
        kin::put_inner(&mut tx, seal, code, id, (&name, content.as_bytes()), created).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

house_test! {
    async fn an_event_leaves_whole_and_what_was_sent_stays_right(house) {
        let app = testkit::app_in(house, |_| {});
        let cx = system(&app);
        let wpg = vault(&app, "wpg");
        begin(&app, &["wpg"]).await;
        let first = event(&app, 1, at(&cx, DAY0, 9)).await;
        let second = event(&app, 2, at(&cx, day(6, 0), 9)).await;
        let whole = [3, 1, 1, 2, 1];
        // Wpg art. 8, 14: removed at five years, destroyed five years later. `removed` writes a line of history.
        let table = [
            ("the eve of five years", day(60, -1), whole, whole),
            ("locked, and whole", day(60, 0), [3, 2, 1, 2, 1], whole),
            ("both locked", day(66, 0), [3, 2, 1, 2, 1], [3, 2, 1, 2, 1]),
            ("the eve of ten years", day(120, -1), [3, 2, 1, 2, 1], [3, 2, 1, 2, 1]),
            ("the first destroyed", day(120, 0), [0; 5], [3, 2, 1, 2, 1]),
            ("both", day(126, 0), [0; 5], [0; 5]),
        ];
        // Each line that was sent of a record has its sealed words with that record, and none is left without.
        let spoken = "select cast(count(*) as bigint) from sanction_sent s join record_field f
            on f.municipality = s.municipality and f.record_id = s.record_id
            where f.name like 'export-00000001-%'";
        let sent = "select cast(count(*) as bigint) from sanction_sent";
        for (what, on, of_first, of_second) in table {
            night(&app, &["wpg"], on).await;
            for (id, expected) in [(first, of_first), (second, of_second)] {
                for (part, n) in PARTS.into_iter().zip(expected) {
                    assert_eq!(rows(&wpg, part, "record_id", id).await, n, "{what}: {part}");
                }
                let is_there = i64::from(expected[0] > 0);
                assert_eq!(rows(&wpg, "record", "id", id).await, is_there, "{what}");
                assert_eq!(rows(&wpg, "record_field", "name like 'photo-%' and record_id", id).await, is_there, "{what}");
            }
            assert_eq!(one(&wpg, sent).await, one(&wpg, spoken).await, "{what}: lines of the batch");
            for (n, is_there) in [(1, of_first[0] > 0), (2, of_second[0] > 0)] {
                assert_eq!(found(&wpg, &format!("Zwaan-akte-{n}-")).await, is_there, "{what}: the deed of {n}");
            }
        }
        // The batch keeps its number, so that no later one gets it again.
        assert_eq!(one(&wpg, "select cast(max(number) as bigint) from sanction_batch").await, 1);
        let proofs = "select cast(coalesce(sum(records), 0) as bigint) from destruction where kind = 'sanction'";
        assert_eq!(one(&wpg, proofs).await, 2);
    }

    async fn a_wreck_leaves_with_its_photos_four_years_after_its_end(house) {
        let app = testkit::app_in(house, |_| {});
        let cx = system(&app);
        let main = vault(&app, "main");
        begin(&app, &["main"]).await;
        let then = at(&cx, DAY0, 9);
        let states = [("found", None), ("stored", None), ("gone", Some(then)), ("returned", Some(then)), ("sold", Some(then)), ("destroyed", Some(then))];
        let mut tx = main.write().await.unwrap();
        for (number, (state, ended)) in (1_i64..).zip(states) {
            let id = Uuid::from_u128(number.unsigned_abs().into());
            tx.run(
                "insert into wreck (municipality, id, number, kind, state, description, place, area, is_urgent, found_at,
                    record, lock, store_place, ended_at, outcome, proof, costs_cents, proceeds_cents, version)
                 values ($1, $2, $3, 'bicycle', $4, $5, '', '', $6, $7, '', '', '', $8, '', '', 0, 0, 1)",
                args![cx.code(), id, number, state, format!("Zwaan-wrak-{state}-"), false, then, ended],
            )
            .await
            .unwrap();
            tx.run(
                "insert into wreck_history (municipality, id, wreck_id, at, act, note) values ($1, $2, $2, $3, 'found', '')",
                args![cx.code(), id, then],
            )
            .await
            .unwrap();
            tx.run(
                "insert into wreck_photo (municipality, id, wreck_id, at, step, picture_bytes, thumb_bytes)
                 values ($1, $2, $2, $3, 'found', $4, $4)",
                args![cx.code(), id, then, b"picture".to_vec()],
            )
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        for (on, left) in [(day(36, 0), 6), (day(48, -1), 6), (day(48, 0), 2)] {
            night(&app, &["main"], on).await;
            for sql in [
                "select cast(count(*) as bigint) from wreck",
                "select cast(count(*) as bigint) from wreck_history",
                "select cast(count(*) as bigint) from wreck_photo",
            ] {
                assert_eq!(one(&main, sql).await, left, "{sql} on {on}");
            }
            for (state, ended) in states {
                assert_eq!(found(&main, &format!("Zwaan-wrak-{state}-")).await, ended.is_none() || left == 6, "{state} on {on}");
            }
        }
        let proofs = "select cast(coalesce(sum(records), 0) as bigint) from destruction where kind = 'wreck' and rule = 'wreck'";
        assert_eq!(one(&main, proofs).await, 4);
    }

    async fn what_the_roster_knew_of_an_officer_leaves_after_the_account(house) {
        let app = testkit::app_in(house, |_| {});
        let cx = system(&app);
        let main = vault(&app, "main");
        begin(&app, &["main"]).await;
        let then = at(&cx, DAY0, 9);
        let mut tx = main.write().await.unwrap();
        for (n, ended) in [(1_u128, Some(then)), (2, None)] {
            let id = Uuid::from_u128(n);
            tx.run(
                "insert into account (municipality, id, username, name, role, password_hash, active, created_at, ended_at)
                 values ($1, $2, $3, $3, 'officer', '', $4, $5, $6)",
                args![cx.code(), id, format!("boa{n}"), ended.is_none(), then, ended],
            )
            .await
            .unwrap();
            tx.run(
                "insert into roster_officer (municipality, account_id, team, employer, contract_min, is_short_rest,
                    is_collective, is_sunday_work, is_few_sundays, night_cap, is_planned, version)
                 values ($1, $2, 'enforcement', '', 2160, $3, $3, $3, $3, '', $3, 1)",
                args![cx.code(), id, false],
            )
            .await
            .unwrap();
            for sql in [
                "insert into roster_skill (municipality, account_id, skill) values ($1, $2, 'pair') on conflict do nothing",
                "insert into roster_loan (municipality, id, account_id, borrower, agreement, valid_from, valid_until)
                 values ($1, $2, $2, 'GM0375', '7', 1, 2)",
            ] {
                tx.run(sql, args![cx.code(), id]).await.unwrap();
            }
            // The day before the account was closed, and a month later.
            for (part, on) in [(10, DAY0.yesterday().unwrap()), (20, day(1, 0))] {
                tx.run(
                    "insert into roster_request (municipality, id, account_id, kind, shift_kind, first_day, last_day,
                        state, asked_at, asked_by, reason, version)
                     values ($1, $2, $3, 'leave', '', $4, $4, 'granted', $5, $3, '', 1)",
                    args![cx.code(), Uuid::from_u128(n + part), id, i64::from(clock::day_number(on)), then],
                )
                .await
                .unwrap();
            }
            tx.run(
                "insert into roster_feed (municipality, id, account_id, made_at) values ($1, $2, $2, $3)",
                args![cx.code(), id, then],
            )
            .await
            .unwrap();
        }
        let id = Uuid::from_u128(1);
        tx.run(
            "insert into roster (municipality, id, team, first_day, days, state, made_at, made_by, tries_done, tries_asked, version)
             values ($1, $2, 'enforcement', 1, 7, 'published', $3, $2, 0, 0, 1)",
            args![cx.code(), id, then],
        )
        .await
        .unwrap();
        tx.run(
            "insert into roster_shift (municipality, id, roster_id, kind, day, starts_at, ends_at, break_min, staff, place)
             values ($1, $2, $2, 'early', 1, $3, $3, 0, 1, '')",
            args![cx.code(), id, then],
        )
        .await
        .unwrap();
        tx.run(
            "insert into roster_place (municipality, shift_id, account_id, is_fixed) values ($1, $2, $2, $3)",
            args![cx.code(), id, false],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        // ATW art. 4:3: a shift that was worked is kept for 52 weeks, and so is what it must be checked against.
        let tables = ["roster_feed", "roster_request", "roster_place", "roster_officer", "roster_skill", "roster_loan"];
        for (days, expected) in [(0, [1, 2, 1, 1, 1, 1]), (1, [0, 1, 1, 1, 1, 1]), (363, [0, 1, 1, 1, 1, 1]), (364, [0; 6])] {
            night(&app, &["main"], day(0, days)).await;
            for (table, n) in tables.into_iter().zip(expected) {
                assert_eq!(rows(&main, table, "account_id", id).await, n, "ATW art. 4:3: {table} on day {days}");
                let open = match table {
                    "roster_place" => 0,
                    // One of both is over for 52 weeks on the last day.
                    "roster_request" if days < 364 => 2,
                    _ => 1,
                };
                assert_eq!(rows(&main, table, "account_id", Uuid::from_u128(2)).await, open, "{table} of an open account");
            }
        }
    }
}
