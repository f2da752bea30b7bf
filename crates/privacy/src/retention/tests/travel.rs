//! Twelve years, month by month.

use super::*;
use crate::retention::hold::{lift_hold, place_hold};
use crate::retention::rules::{Sort, regime_of};
use crate::retention::run::Night;
use crate::retention::store;
use kit::audit;
use testkit::house_test;

/// A cohort: one record every month for two years. Lengths in months from the trigger, as the law or the register says.
struct Cohort {
    vault: &'static str,
    processing: &'static str,
    kind: &'static str,
    law: &'static str,
    /// Which clock, and how many months after the making it starts.
    clock: (&'static str, i32),
    /// `None`: no targeted stage.
    targeted: Option<i32>,
    removed: i32,
    destroyed: i32,
}

const COHORTS: [Cohort; 6] = [
    Cohort {
        vault: "wpg",
        processing: "wpg-daily",
        kind: "note",
        law: "Wpg art. 8, 14",
        clock: ("created", 0),
        targeted: Some(12),
        removed: 60,
        destroyed: 120,
    },
    Cohort {
        vault: "wpg",
        processing: "wpg-inquiry",
        kind: "inquiry",
        law: "Wpg art. 9(4), 14",
        clock: ("ended", 9),
        targeted: Some(0),
        removed: 6,
        destroyed: 66,
    },
    Cohort {
        vault: "partnership",
        processing: "zvh-cases",
        kind: "case",
        law: "WGS (policy)",
        clock: ("closed", 3),
        targeted: None,
        removed: 12,
        destroyed: 60,
    },
    Cohort {
        vault: "bibob",
        processing: "bibob",
        kind: "bibob-advice",
        law: "Wet Bibob art. 29",
        clock: ("created", 0),
        targeted: None,
        removed: 24,
        destroyed: 36,
    },
    Cohort {
        vault: "bibob",
        processing: "bibob",
        kind: "note",
        law: "Wet Bibob art. 28 (first rule)",
        clock: ("closed", 2),
        targeted: None,
        removed: 24,
        destroyed: 60,
    },
    Cohort {
        vault: "partnership",
        processing: "riec-cases",
        kind: "case",
        law: "never closed: stays",
        clock: ("closed", 10_000),
        targeted: None,
        removed: 12,
        destroyed: 60,
    },
];

const VAULTS: [&str; 3] = ["wpg", "partnership", "bibob"];
const MAKING: i32 = 24;
const END: i32 = 146;

impl Cohort {
    /// Free, targeted, removed, destroyed on a day, by plain counting.
    fn expected(&self, on: Date) -> [i64; 4] {
        let mut counts = [0; 4];
        for made in 0..MAKING {
            if day(made, 0) > on {
                continue;
            }
            let since = |months: i32| self.clock.1 < 10_000 && day(made + self.clock.1 + months, 0) <= on;
            let stage = if since(self.destroyed) {
                3
            } else if since(self.removed) {
                2
            } else {
                usize::from(self.targeted.is_some_and(since))
            };
            counts[stage] += 1;
        }
        counts
    }

    async fn actual(&self, app: &Shared, made: i64) -> [i64; 4] {
        let cx = system(app);
        let sort = Sort { processing: self.processing.to_owned(), kind: self.kind.to_owned() };
        let today = cx.now.local(&cx.municipality.zone).date();
        let rules = super::super::rules::Rules::new(app, today);
        let rule = rules.of_record(&sort).unwrap();
        let zone = &cx.municipality.zone;
        let targeted = rule.free.and_then(|_| super::super::rules::reached(rule, law::Stage::Targeted, today, zone));
        let targeted = targeted.unwrap_or(At::from_micros(i64::MIN));
        let mut tx = vault(app, self.vault).read().await.unwrap();
        let c = store::counts(&mut tx, cx.code(), &sort, (rule.trigger, targeted)).await.unwrap();
        [c.free, c.targeted, c.removed, made - c.free - c.targeted - c.removed]
    }

    fn person(&self, made: i32) -> String {
        format!("Zwaan-{}-{}-{made:02}-", self.processing, self.kind)
    }
}

async fn make(app: &Shared, month: i32) {
    let cx = system(app);
    for cohort in &COHORTS {
        let clock = (cohort.clock.1 < 10_000).then(|| at(&cx, day(month + cohort.clock.1, 0), 23));
        let person = cohort.person(month);
        add(
            app,
            New {
                vault: cohort.vault,
                processing: cohort.processing,
                kind: cohort.kind,
                created: at(&cx, day(month, 0), 0),
                closed: clock.filter(|_| cohort.clock.0 == "closed"),
                ended: clock.filter(|_| cohort.clock.0 == "ended"),
                person: &person,
            },
        )
        .await;
    }
}

async fn check(app: &Shared, on: Date) {
    let made = (0..MAKING).filter(|m| day(*m, 0) <= on).count();
    for cohort in &COHORTS {
        let actual = cohort.actual(app, i64::try_from(made).unwrap()).await;
        assert_eq!(actual, cohort.expected(on), "{} {} on {on}: {}", cohort.processing, cohort.kind, cohort.law);
    }
}

/// A line of the table that the test prints.
fn table_line(cohort: &Cohort, year: i32, c: [i64; 4]) -> String {
    format!(
        "{:<12} {:<12} {:<13} year {year:>2}: free {:>2}  targeted {:>2}  removed {:>2}  destroyed {:>2}   {}",
        cohort.vault, cohort.processing, cohort.kind, c[0], c[1], c[2], c[3], cohort.law
    )
}

house_test! {
    async fn twelve_years_month_by_month(house) {
        let app = testkit::app_in(house, |_| {});
        let code = app.home().unwrap().code().to_owned();
        let held_person = "Zwaan-held-";
        begin(&app, &VAULTS).await;
        let cx = officer(&app);
        let held = add(&app, New {
            vault: "wpg", processing: "wpg-daily", kind: "sanction", created: at(&cx, DAY0, 1), closed: None,
            ended: None, person: held_person,
        }).await;
        let wpg = vault(&app, "wpg");
        let permit = cx.permit("retention:hold", &Resource { regime: regime_of("wpg"), ..Resource::ordinary("retention", &code) }).unwrap();
        let mut lines = Vec::new();
        let mut hold = Uuid::nil();
        for month in 0..=END {
            if month > 0 && month % 3 == 0 {
                // The eve: nothing may go a day too soon.
                night(&app, &VAULTS, day(month, -1)).await;
                check(&app, day(month, -1)).await;
            }
            if month < MAKING {
                make(&app, month).await;
            }
            night(&app, &VAULTS, day(month, 0)).await;
            check(&app, day(month, 0)).await;
            if month == 1 {
                assert!(found(&wpg, &COHORTS[0].person(0)).await, "the search itself works");
            }
            if month == 50 {
                hold = app.clock.id();
                place_hold(&cx, &permit, hold, &held.to_string(), "klacht 7").await.unwrap();
                place_hold(&cx, &permit, hold, &held.to_string(), "klacht 7").await.unwrap();
                assert_eq!(one(&wpg, "select cast(count(*) as bigint) from legal_hold").await, 1, "the same request twice");
            }
            let stage = one(&wpg, "select cast(coalesce(sum(case when removed_at is null then 1 else 2 end), 0) as bigint)
                from record where kind = 'sanction'").await;
            match month {
                0..=130 => assert_eq!(stage, 1, "month {month}: on hold, in use"),
                131 => assert_eq!(stage, 2, "released: removed in the next night, not destroyed in it"),
                _ => assert_eq!(stage, 0, "month {month}: destroyed in the night after"),
            }
            if month == 130 {
                lift_hold(&cx, &permit, app.clock.id(), hold).await.unwrap();
            }
            if month % 12 == 0 {
                for cohort in &COHORTS {
                    lines.push(table_line(cohort, month / 12, cohort.expected(day(month, 0))));
                }
            }
        }
        for cohort in &COHORTS {
            for line in lines.iter().filter(|l| l.ends_with(cohort.law)) {
                eprintln!("{line}");
            }
        }
        for cohort in COHORTS.iter().filter(|c| c.clock.1 < 10_000) {
            let db = vault(&app, cohort.vault);
            for made in 0..MAKING {
                assert!(!found(&db, &cohort.person(made)).await, "{} is still in vault {}", cohort.person(made), cohort.vault);
            }
        }
        assert!(!found(&wpg, held_person).await);
        assert!(found(&vault(&app, "partnership"), &COHORTS[5].person(3)).await, "what was never closed stays");
        for name in VAULTS {
            let db = vault(&app, name);
            let mut tx = db.read().await.unwrap();
            let verdict = audit::verify(&mut tx, &code).await.unwrap();
            assert!(matches!(verdict, audit::Verdict::Whole(n) if n > 10), "{name}: {verdict:?}");
            let gone: Vec<(String, String, i64)> = tx.all(
                "select kind, rule, cast(sum(records) as bigint) from destruction where act = 'destroyed'
                 group by kind, rule order by kind, rule", vec![]).await.unwrap();
            for cohort in COHORTS.iter().filter(|c| c.vault == name && c.clock.1 < 10_000) {
                let proven: i64 = gone.iter().filter(|g| g.0 == cohort.kind).map(|g| g.2).sum();
                assert_eq!(proven, i64::from(MAKING), "{}: {gone:?}", cohort.kind);
            }
        }
    }

    async fn a_full_vault_goes_in_small_steps_and_after_a_crash_goes_on(house) {
        let app = testkit::app_in(house, |_| {});
        let cx = system(&app);
        let db = vault(&app, "bibob");
        let code = cx.code().to_owned();
        let made = at(&cx, DAY0, 9);
        let mut values = Vec::new();
        for _ in 0..1_200 {
            values.extend(args![&code, clock::id_at(made), "bibob-advice", "bibob", "own", made, 1_i64]);
        }
        let mut tx = db.write().await.unwrap();
        tx.insert_many("insert into record (municipality, id, kind, processing, origin, created_at, version)", "", 7, values).await.unwrap();
        tx.commit().await.unwrap();
        let count = "select cast(count(*) as bigint) from record where removed_at is not null";
        app.clock.set(at(&cx, day(24, 0), 3).0);
        // The program stops after one transaction; the next run goes on where it was.
        let home = app.home().unwrap().clone();
        assert!(!Night::new(&app, &home, &db).run(1).await.unwrap());
        assert_eq!(one(&db, count).await, 500);
        assert!(Night::new(&app, &home, &db).run(20).await.unwrap());
        assert!(Night::new(&app, &home, &db).run(20).await.unwrap(), "nothing is left");
        assert_eq!(one(&db, count).await, 1_200);
        assert_eq!(one(&db, "select cast(count(*) as bigint) from record_history where act = 'removed'").await, 1_200);
        app.clock.set(at(&cx, day(36, -1), 3).0);
        assert!(Night::new(&app, &home, &db).run(20).await.unwrap());
        assert_eq!(one(&db, count).await, 1_200);
        app.clock.set(at(&cx, day(36, 0), 3).0);
        assert!(!Night::new(&app, &home, &db).run(2).await.unwrap());
        assert_eq!(one(&db, "select cast(sum(records) as bigint) from destruction").await, 1_000);
        assert!(Night::new(&app, &home, &db).run(20).await.unwrap());
        assert_eq!(one(&db, "select cast(count(*) as bigint) from record").await, 0);
        assert_eq!(one(&db, "select cast(sum(records) as bigint) from destruction").await, 1_200);
        assert_eq!(one(&db, "select cast(count(*) as bigint) from destruction").await, 1, "one proof for one night");
        let mut tx = db.read().await.unwrap();
        assert!(matches!(audit::verify(&mut tx, &code).await.unwrap(), audit::Verdict::Whole(6)));
    }

    async fn reports_contacts_and_presence_leave_in_their_own_steps(house) {
        let app = testkit::app_in(house, |_| {});
        let cx = system(&app);
        let main = vault(&app, "main");
        let (code, id) = (cx.code().to_owned(), Uuid::from_u128(5));
        let (closed, person) = (at(&cx, DAY0, 22), "Zwaan-melder-");
        begin(&app, &["main"]).await;
        let mut tx = main.write().await.unwrap();
        for sql in [
            "insert into account (municipality, id, username, name, role, password_hash, active, created_at)
             select $1, $2, 'bo', 'Bo', 'officer', '', $5, $4 where $3 <> ''",
            "insert into presence (municipality, id, account_id, started_at, ended_at, lon, lat, cell_x, cell_y, day)
             select $1, $2, $2, $4, $4, 4.66789, 52.50123, 1, 1, 1 where $3 <> '' and $5 = $5",
            "insert into signal (municipality, id, reference, source, category, state, urgency, words, address, occurred_at,
                reported_at, day, hour, closed_at, language, version, search)
             select $1, $2, 'H-1', 'resident', 'x', 'done', 'normal', $3, $3, $4, $4, 1, 1, $4, 'nl', 1, $3 where $5 = $5",
            "insert into signal_event (municipality, id, signal_id, at, kind, was, becomes, note, public)
             values ($1, $2, $2, $4, 'state', '', 'done', $3, $5)",
            "insert into reporter (municipality, signal_id, name, email, phone) select $1, $2, $3, '', '' where $4 = $4 and $5 = $5",
            "insert into shift (municipality, id, team, kind, starts_at, ends_at, day, lon, lat, version)
             select $1, $2, 'a', 'day', $4, $4, 1, 4.6, 52.5, 1 where $3 <> '' and $5 = $5",
            "insert into shift_officer (municipality, shift_id, account_id) select $1, $2, $2 where $3 <> '' and $4 = $4 and $5 = $5",
        ] {
            tx.run(sql, args![&code, id, person, closed, true]).await.unwrap();
        }
        tx.run(
            "insert into photo (municipality, id, signal_id, at, width, height, image_bytes, thumb_bytes)
             values ($1, $2, $2, $3, 1, 1, $4, $4)", args![&code, id, closed, person.as_bytes().to_vec()]).await.unwrap();
        tx.run(
            "insert into voice_note (municipality, id, signal_id, account_id, at, media, scan, sound_bytes)
             values ($1, $2, $2, $2, $3, 'ogg', '', $4)", args![&code, id, closed, person.as_bytes().to_vec()]).await.unwrap();
        // Somebody else stands in the row of the presence than the row itself.
        tx.run("update presence set account_id = $2 where municipality = $1", args![&code, Uuid::from_u128(9)]).await.unwrap();
        tx.commit().await.unwrap();
        let contacts = "select cast(count(*) as bigint) from reporter";
        let locked = "select cast(count(*) as bigint) from reporter_locked";
        let reports = "select cast(count(*) as bigint) from signal";
        let named = "select cast(count(*) as bigint) from presence where account_id <> id";
        let roster = "select cast(count(*) as bigint) from shift_officer";
        // Days after the closing: contacts, locked contacts, reports, presence with an officer, roster.
        let five_years = (day(60, 0) - DAY0).get_days();
        for (days, expected) in [
            (1, [1, 0, 1, 1, 1]),
            (83, [1, 0, 1, 1, 1]),
            (84, [1, 0, 1, 0, 0]),
            (364, [1, 0, 1, 0, 0]),
            (365, [0, 1, 1, 0, 0]),
            (394, [0, 1, 1, 0, 0]),
            (395, [0, 0, 1, 0, 0]),
            (five_years - 1, [0, 0, 1, 0, 0]),
            (five_years, [0, 0, 0, 0, 0]),
        ] {
            night(&app, &["main"], day(0, days)).await;
            let mut counts = [0; 5];
            for (n, sql) in [contacts, locked, reports, named, roster].into_iter().enumerate() {
                counts[n] = one(&main, sql).await;
            }
            assert_eq!(counts, expected, "day {days}");
            assert_eq!(found(&main, person).await, expected[2] == 1, "day {days}");
            assert_eq!(one(&main, "select cast(count(*) as bigint) from voice_note").await, expected[2], "day {days}");
        }
        assert_eq!(one(&main, "select cast(count(*) as bigint) from presence
            where abs(lon - 4.66789) between 0.001 and 0.01 and abs(lat - 52.50123) between 0.001 and 0.01").await, 1);
        let mut tx = main.read().await.unwrap();
        let proofs: Vec<(String, String)> = tx.all("select kind, act from destruction order by at, kind", vec![]).await.unwrap();
        let proofs: Vec<(&str, &str)> = proofs.iter().map(|(k, a)| (k.as_str(), a.as_str())).collect();
        assert_eq!(proofs, [("presence", "anonymised"), ("roster", "anonymised"), ("reporter-contact", "destroyed"), ("report", "destroyed")]);
    }

    async fn accounts_and_logs_leave_by_their_own_rules(house) {
        let app = testkit::app_in(house, |_| {});
        let cx = system(&app);
        let main = vault(&app, "main");
        let (code, id, then, person) = (cx.code().to_owned(), Uuid::from_u128(5), at(&cx, DAY0, 22), "Zwaan-boa-");
        begin(&app, &["main"]).await;
        let mut tx = main.write().await.unwrap();
        for sql in [
            "insert into account (municipality, id, username, name, role, password_hash, active, created_at, ended_at)
             values ($1, $2, $3, $3, 'officer', $3, $5, $4, $4)",
            "insert into session (municipality, id, account_id, token_hash, method, browser, place, created_at, seen_at,
                provider_session) select $1, $2, $2, 'x', '', $3, '', $4, $4, '' where $5 = $5",
            "insert into login_attempt (municipality, state_hash, kind, browser_hash, nonce, verifier, back, created_at)
             select $1, 'x', '', '', '', $3, '', $4 where $2 = $2 and $5 = $5",
            "insert into welcome_link (municipality, token_hash, account_id, created_at)
             select $1, $3, $2, $4 where $5 = $5",
            "insert into authorisation (municipality, id, account_id, processing, reason, deed_number, valid_from,
                proposed_by, proposed_at, refusal, withdrawn_at, withdrawal, version)
             select $1, $2, $2, 'wpg-daily', $3, '', $4, $2, $4, '', $4, '', 1 where $5 = $5",
            "insert into covenant (municipality, id, title, purpose, legal_basis, data_categories, privacy_protocol, dpia,
                contact_name, contact_email, contact_phone, valid_from, valid_until, created_at, changed_at, end_reason, version)
             select $1, $2, 'c', '', '', '', '', '', $3, '', '', $4, $4, $4, $4, '', 1 where $5 = $5",
            "insert into covenant_processing (municipality, covenant_id, processing)
             select $1, $2, 'riec-cases' where $3 <> '' and $4 = $4 and $5 = $5",
            "insert into processing_log (municipality, id, trace_id, operation_id, name, processing, subject, at)
             select $1, $2, '', '', 'x', 'x', $3, $4 where $5 = $5",
            "insert into outbox (municipality, id, recipient, subject, body, created_at)
             select $1, $2, $3, '', '', $4 where $5 = $5",
            "insert into handled_request (municipality, id, at, answer) select $1, $2, $4, $3 where $5 = $5",
            "insert into job (municipality, id, name, payload, dedupe, run_at, attempts, state)
             select $1, $2, 'x', $3, 'x', $4, 12, 'given-up' where $5 = $5",
        ] {
            tx.run(sql, args![&code, id, person, then, false]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let count: [(&str, &str); 10] = [
            ("session", "select cast(count(*) as bigint) from session"),
            ("sign-in", "select cast(count(*) as bigint) from login_attempt"),
            ("link", "select cast(count(*) as bigint) from welcome_link"),
            ("mail", "select cast(count(*) as bigint) from outbox"),
            ("request", "select cast(count(*) as bigint) from handled_request"),
            ("job", "select cast(count(*) as bigint) from job where state = 'given-up'"),
            ("log", "select cast(count(*) as bigint) from processing_log where name = 'x'"),
            ("authorisation", "select cast(count(*) as bigint) from authorisation"),
            ("covenant", "select cast(count(*) as bigint) from covenant"),
            ("account", "select cast(count(*) as bigint) from account where name <> '-'"),
        ];
        let days = |months| (day(months, 0) - DAY0).get_days();
        // Day from which each is gone: ninety days, five years, ten years.
        let gone = [90, 90, 90, 90, 90, 90, days(60), days(120), days(120), days(120)];
        for on in [1, 89, 90, days(60) - 1, days(60), days(120) - 1, days(120)] {
            night(&app, &["main"], day(0, on)).await;
            for ((what, sql), end) in count.iter().zip(gone) {
                assert_eq!(one(&main, sql).await, i64::from(on < end), "{what} on day {on}");
            }
        }
        assert_eq!(one(&main, "select cast(count(*) as bigint) from account where username like 'ended-%'").await, 1);
        assert!(!found(&main, person).await);
    }
}
