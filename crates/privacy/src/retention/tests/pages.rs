//! The pages: what they show, what they refuse, and that a form loses nothing.

use super::*;
use kit::audit;
use site::routes::Table;
use testkit::{Caller, house_test, web};

fn routes(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/retention", "retention:read", overview)
        .get("/retention/rules", "retention:read", rules_page)
        .get("/retention/holds", "retention:read", holds)
        .post("/retention/holds", "retention:hold", place)
        .post("/retention/holds/lift", "retention:hold", lift)
        .get("/retention/proofs", "retention:read", proofs)
        .get("/retention/proofs.csv", "retention:read", proofs_csv)
        .get("/retention/backups", "retention:read", backups)
        .post("/retention/backups", "retention:hold", destroyed);
    web(app, table)
}

house_test! {
    async fn pages_show_numbers_and_rules_and_no_content(house) {
        let app = testkit::app_in(house, |_| {});
        let cx = system(&app);
        let ids: Vec<Uuid> = {
            let mut ids = Vec::new();
            for (kind, months) in [("bibob-advice", -24), ("bibob-advice", -36), ("bibob-advice", 0)] {
                let created = At(at(&cx, day(months, 0), 12).0 + jiff::SignedDuration::from_hours(24 * 9));
                ids.push(add(&app, New {
                    vault: "bibob", processing: "bibob", kind, created, closed: None, ended: None, person: "Zwaan-bladzij-",
                }).await);
            }
            ids
        };
        night(&app, &["bibob"], DAY0).await;
        begin(&app, &["bibob"]).await;
        night(&app, &["bibob"], day(0, 1)).await;
        let router = routes(&app);
        let me = Caller::new(&app, &router, Some(Role::PrivacyOfficer));
        let overview = me.get("/retention").await;
        assert_eq!(overview.status, 200);
        // Nine days on: one goes behind the lock, one is destroyed.
        for part in ["Bibob-onderzoek: bibob-advice", "woensdag 12 juni 2024: 1", "achter slot", "vernietigd", "Nog geen termijn"] {
            assert!(overview.text.contains(part), "{part}\n{}", overview.text);
        }
        let rules = me.get("/retention/rules").await;
        for rule in app.law.retention.rules() {
            assert!(rules.text.contains(&rule.article), "{}", rule.article);
        }
        assert!(rules.text.contains("laat nakijken") && rules.text.contains("6 maanden"), "{}", rules.text);
        for page in ["/retention", "/retention/rules", "/retention/holds", "/retention/proofs?vault=bibob", "/retention/backups"] {
            let answer = me.get(page).await;
            assert_eq!(answer.status, 200, "{page}");
            assert!(!answer.text.contains("Zwaan-bladzij-"), "{page}: no content");
            assert!(!answer.text.contains(">retention-"), "{page}: every text is there");
            let reader = Caller::new(&app, &router, Some(Role::Administrator));
            assert_eq!(reader.get(page).await.status, 200, "{page}");
            let stranger = Caller::new(&app, &router, Some(Role::Officer));
            assert_eq!(stranger.get(page).await.status, 403, "{page}");
        }
        assert_eq!(me.get("/retention/proofs?vault=nergens").await.status, 404);
        night(&app, &["bibob"], day(0, 10)).await;
        assert_eq!(one(&vault(&app, "bibob"), "select cast(count(*) as bigint) from record").await, 2, "{ids:?}");
        assert!(me.get("/retention/proofs?vault=bibob").await.text.contains("2021-06"));
        let csv = me.get("/retention/proofs.csv").await;
        let lines: Vec<&str> = csv.text.lines().filter(|l| l.contains(",bibob-advice,")).collect();
        assert_eq!(lines.len(), 1, "{}", csv.text);
        assert!(lines[0].starts_with("bibob,") && lines[0].ends_with(",destroyed,bibob-advice,bibob,bibob-advice,2021-06,1"), "{}", lines[0]);
    }

    async fn a_hold_is_placed_once_and_lifted(house) {
        let app = testkit::app_in(house, |_| {});
        let cx = system(&app);
        let record = add(&app, New {
            vault: "ggz", processing: "wvggz", kind: "crisis-measure", created: at(&cx, DAY0, 9), closed: None, ended: None,
            person: "Zwaan",
        }).await.to_string();
        let router = routes(&app);
        let me = Caller::new(&app, &router, Some(Role::PrivacyOfficer));
        let request = app.clock.id().to_string();
        let form = |vault: &'static str, reason: &'static str| {
            [("request", request.clone()), ("vault", vault.to_owned()), ("record", record.clone()), ("reason", reason.to_owned())]
        };
        let send = async |who: &Caller, form: [(&str, String); 4]| {
            who.form("/retention/holds", &form.each_ref().map(|(k, v)| (*k, v.as_str()))).await
        };
        for (fields, fault) in [
            (form("ggz", "  "), "Schrijf op waarom"),
            (form("social", "bezwaar 12"), "In deze kluis is geen stuk"),
        ] {
            let answer = send(&me, fields.clone()).await;
            assert_eq!(answer.status, 422, "{fault}");
            assert!(answer.text.contains(fault) && answer.text.contains(&record), "{}", answer.text);
            assert!(answer.text.contains(fields[3].1.trim()), "what was typed stays");
        }
        let nobody = Caller::new(&app, &router, Some(Role::Administrator));
        assert_eq!(send(&nobody, form("ggz", "bezwaar 12")).await.status, 403);
        for _ in 0..2 {
            let answer = send(&me, form("ggz", "bezwaar 12")).await;
            assert_eq!((answer.status, answer.location.as_str()), (303, "/retention/holds"));
        }
        let db = vault(&app, "ggz");
        let open = "select cast(count(*) as bigint) from legal_hold where lifted_at is null";
        assert_eq!(one(&db, open).await, 1, "the same request twice");
        let page = me.get("/retention/holds").await;
        assert!(page.text.contains("bezwaar 12") && page.text.contains("Verplichte zorg"), "{}", page.text);
        for _ in 0..2 {
            let answer = me.form("/retention/holds/lift", &[("request", &app.clock.id().to_string()), ("vault", "ggz"), ("hold", &request)]).await;
            assert_eq!(answer.status, 303);
        }
        assert_eq!(one(&db, open).await, 0);
        let mut tx = db.read().await.unwrap();
        let acts: Vec<(String,)> = tx.all("select act from record_history where actor_id is not null order by act", vec![]).await.unwrap();
        assert_eq!(acts.iter().map(|a| a.0.as_str()).collect::<Vec<_>>(), ["held", "released"]);
        assert!(matches!(audit::verify(&mut tx, cx.code()).await.unwrap(), audit::Verdict::Whole(2)));
        let lines: Vec<(String, String)> = tx.all("select name, processing from processing_log order by at, id", vec![]).await.unwrap();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|l| l.1 == "wvggz"), "{lines:?}");
    }

    async fn an_old_backup_is_reported_until_somebody_confirms(house) {
        let app = testkit::app_in(house, |_| {});
        let cx = system(&app);
        let codes = [cx.code().to_owned()];
        for (file, made) in [("oud.tar.gz", day(-133, 0)), ("nieuw.tar.gz", day(-1, 0))] {
            note_backup(&app.main, &codes, (file, "abc", 2_000_000), at(&cx, made, 2)).await.unwrap();
        }
        let router = routes(&app);
        let me = Caller::new(&app, &router, Some(Role::PrivacyOfficer));
        let text = me.get("/retention/backups").await.text;
        assert!(text.contains("oud.tar.gz") && text.contains("nieuw.tar.gz") && text.contains("2 MB"), "{text}");
        assert!(text.contains("Eén back-up is ouder dan de langste termijn") && text.contains("te oud"), "{text}");
        let mut tx = app.main.read().await.unwrap();
        let (old,): (Uuid,) = tx.one("select id from backup_made where file = 'oud.tar.gz'", vec![]).await.unwrap();
        drop(tx);
        let request = app.clock.id().to_string();
        for _ in 0..2 {
            let answer = me.form("/retention/backups", &[("request", &request), ("backup", &old.to_string())]).await;
            assert_eq!(answer.status, 303);
        }
        let text = me.get("/retention/backups").await.text;
        assert!(!text.contains("te oud") && text.contains("vernietigd op 3 juni 2024"), "{text}");
        let mut tx = app.main.read().await.unwrap();
        let deeds: Vec<(String,)> = tx.all("select action from audit_entry order by seq", vec![]).await.unwrap();
        assert_eq!(deeds.iter().map(|d| d.0.as_str()).collect::<Vec<_>>(), ["backup:make", "backup:make", "backup:destroy"]);
    }
}
