//! The registers as pages and JSON, what is declared, and incidents.

use super::{entries, undeclared};
use crate::rights::tests::{app, check, officer, router, send};
use jiff::civil::date;
use kit::{audit, ledger};
use std::collections::BTreeSet;
use testkit::{Caller, house_test};

#[tokio::test]
async fn everybody_can_read_every_processing_in_both_languages() {
    let app = app(testkit::house_sqlite().await);
    let stranger = Caller::new(&app, &router(&app), None);
    assert_eq!(stranger.get("/register").await.status, 200);
    assert_eq!(stranger.get("/register/nothing").await.status, 404);
    for language in ["nl", "en"] {
        let page = send(&app, language, "/register", None).await;
        check("/register", &page.text);
        for processing in app.policy.register().all() {
            assert!(page.text.contains(&format!("/register/{}\"", processing.id)), "{}", processing.id);
            let one = send(&app, language, &format!("/register/{}", processing.id), None).await;
            assert_eq!(one.status, 200);
            check(&processing.id, &one.text);
            assert!(one.text.contains("fg@heemskerk.example") && one.text.contains("wethouders van Heemskerk"));
        }
    }
    let json = stranger.get("/api/v1/register").await.json();
    let all = json["processings"].as_array().unwrap();
    assert_eq!(all.len(), app.policy.register().all().len());
    // AVG art. 30(1): controller and officer, purposes, subjects and data, receivers, transfers, terms, measures.
    for entry in all {
        for field in ["controller", "purpose", "subjects", "data", "receivers", "transfers", "dpia", "name"] {
            assert!(
                entry[field].as_str().is_some_and(|t| !t.is_empty() && !t.contains("registers-")),
                "{field}: {entry}"
            );
        }
        for field in ["officer", "basis", "laws", "retention", "measures"] {
            assert!(entry[field].as_array().is_some_and(|a| !a.is_empty()), "{field}: {entry}");
        }
    }
}

#[tokio::test]
async fn every_term_of_retention_stands_in_the_register_of_law() {
    let app = app(testkit::house_sqlite().await);
    let cx = officer(&app);
    for (processing, entry) in app.policy.register().all().iter().zip(entries(&cx)) {
        let shown: Vec<&str> = entry.retention.iter().map(|k| k.id.as_str()).collect();
        assert_eq!(shown, processing.retention, "{}: a rule is not in config/law/retention.toml", entry.id);
        assert!(entry.retention.iter().all(|k| k.text.len() > 20), "{entry:?}");
    }
    let rule = app.law.retention.get("wpg-8", date(2024, 6, 3)).unwrap();
    let text = crate::registers::model::kept(&cx, rule).text;
    assert_eq!(
        text,
        "Vrij te gebruiken: één jaar vanaf het begin. Verwijderd uit het dagelijks werk: 5 jaar vanaf het \
        begin. Daarna nog 5 jaar achter slot, en dan vernietigd."
    );
}

house_test! {
    async fn a_processing_that_is_not_declared_is_found(house) {
        let app = app(house);
        let cx = officer(&app);
        // Drive what this crate does: pages, a request with a search, an incident.
        let form = app.clock.id().to_string();
        let request = [("request", form.as_str()), ("kind", "access"), ("laws", "both"), ("received", "2024-06-03"),
            ("name", "Jan"), ("email", "jan@voorbeeld.nl")];
        let made = send(&app, "nl", "/rights", Some(&request)).await.location;
        let form = app.clock.id().to_string();
        send(&app, "nl", &format!("{made}/identify"), Some(&[("request", &form), ("version", "1"), ("identity", "desk")])).await;
        let form = app.clock.id().to_string();
        let found = send(&app, "nl", &format!("{made}/search"), Some(&[("request", &form), ("vault", "wpg")])).await;
        assert_eq!(found.status, 303);
        let form = app.clock.id().to_string();
        let incident = [("request", form.as_str()), ("what", "Verkeerd geadresseerd"), ("vault", "main"),
            ("happened", "2024-06-01T09:00"), ("noticed", "2024-06-02T09:00"), ("noticed-by", "Kim")];
        assert_eq!(send(&app, "nl", "/incidents", Some(&incident)).await.status, 303);
        let mut tx = app.main.write().await.unwrap();
        audit::record(&mut tx, &cx.deed_for("picture"), "picture:read", "run", "1", &serde_json::json!({})).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(undeclared(&app).await.unwrap(), BTreeSet::new(), "`picture` was declared to be without personal data");
        let wpg = app.vaults.get("wpg").unwrap();
        let mut tx = wpg.write().await.unwrap();
        audit::record(&mut tx, &cx.deed_for("scores"), "x", "x", "1", &serde_json::json!({})).await.unwrap();
        ledger::write(&mut tx, &cx.deed_for("rights"), "x", "picture", &[]).await.unwrap();
        tx.commit().await.unwrap();
        let expected = ["wpg: picture", "wpg: scores"].map(str::to_owned).into();
        assert_eq!(undeclared(&app).await.unwrap(), expected);
    }

    async fn a_breach_has_72_hours(house) {
        let app = app(house);
        let form = app.clock.id().to_string();
        let typed = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
            let mut all = vec![("request", form.as_str()), ("what", "Laptop kwijt"), ("vault", "wpg"), ("breach", "yes"),
                ("happened", "2024-06-01T09:00"), ("noticed", "2024-06-02T09:00"), ("noticed-by", "Kim")];
            for (key, value) in more {
                all.retain(|(k, _)| k != key);
                all.push((key, value));
            }
            all
        };
        for (what, more) in [
            ("no text", vec![("what", "")]),
            ("in the future", vec![("noticed", "2024-06-04T09:00")]),
            ("noticed before it happened", vec![("noticed", "2024-05-30T09:00")]),
            ("closed without measures", vec![("closed", "yes"), ("no-report", "x")]),
            ("Wpg art. 33a: closed without a report", vec![("closed", "yes"), ("measures", "Gewist")]),
            ("no such vault", vec![("vault", "cellar")]),
        ] {
            let answer = send(&app, "nl", "/incidents", Some(&typed(&more))).await;
            assert_eq!(answer.status, 422, "{what}");
            assert!(what == "no text" || answer.text.contains("Laptop kwijt"), "{what}: typed input is kept");
            check(what, &answer.text);
        }
        for _ in 0..2 {
            assert_eq!(send(&app, "nl", "/incidents", Some(&typed(&[]))).await.status, 303);
        }
        let cx = officer(&app);
        let far = (kit::At::from_micros(0), kit::At::from_micros(i64::MAX));
        let all = crate::registers::incidents::between(&mut cx.read().await.unwrap(), cx.code(), far.0, far.1).await.unwrap();
        assert_eq!(all.len(), 1, "the same form twice is one incident");
        assert_eq!(all[0].due_at.unwrap().micros() - all[0].noticed_at.micros(), 72 * 3_600_000_000, "AVG art. 33(1)");
        for language in ["nl", "en"] {
            for path in ["/incidents".to_owned(), "/incidents/new".into(), format!("/incidents/{}", all[0].id)] {
                let answer = send(&app, language, &path, None).await;
                assert_eq!(answer.status, 200, "{path}");
                check(&path, &answer.text);
            }
        }
        let again = app.clock.id().to_string();
        let mut change: Vec<(&str, &str)> = typed(&[("reported", "2024-06-03T09:00"), ("measures", "Gewist"), ("closed", "yes")]);
        change.retain(|(k, _)| *k != "request");
        change.extend([("request", again.as_str()), ("version", "1")]);
        let path = format!("/incidents/{}", all[0].id);
        assert_eq!(send(&app, "nl", &path, Some(&change)).await.status, 303);
        let page = send(&app, "nl", "/incidents", None).await.text;
        assert!(page.contains("Op tijd gemeld"), "{page}");
        let stale = app.clock.id().to_string();
        change.retain(|(k, _)| *k != "request");
        change.push(("request", &stale));
        assert_eq!(send(&app, "nl", &path, Some(&change)).await.status, 409);
    }
}
