//! Notes: made once, read with a trace, corrected with the old value kept, closed, shared with participants.

use super::*;
use crate::{Person, hit};
use law::Regime;
use testkit::house_test;

house_test! {
    async fn a_note_is_made_once_read_and_logged(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        officer.open("wpg-daily").await;
        let id = officer.id();
        let fields = [("request", id.as_str()), ("title", "Vechtpartij"), ("text", "Bij de haven."),
            ("person-0-name", "José Jansen"), ("person-0-birth", "1990-01-02"), ("person-1-name", "Ans Smit")];
        for _ in 0..2 {
            let answer = officer.form("/records/wpg-daily/new", &fields).await;
            assert_eq!((answer.status, answer.location.as_str()), (303, format!("/records/wpg-daily/{id}").as_str()));
        }
        assert_eq!(count(&app, "wpg", "select count(*) from record").await, 1, "the same request is one record");
        let page = officer.get(&format!("/records/wpg-daily/{id}")).await;
        assert!(page.text.contains("José Jansen, geboren op 2 januari 1990") && page.text.contains(&id));
        assert!(officer.get("/records/wpg-daily").await.text.contains("José Jansen, Ans Smit"));
        let english = User { language: "en", ..officer.clone() };
        assert!(english.get(&format!("/records/wpg-daily/{id}")).await.text.contains("José Jansen, born on"));
        for path in ["/records", "/records/wpg-daily/new", "/records/wpg-daily/search", "/records/wpg-daily/open"] {
            assert_eq!(english.get(path).await.status, 200, "{path}");
            assert!(!english.get(path).await.text.contains("records-"), "{path}: a text is missing");
        }
        let reads = "select count(*) from processing_log where name = 'record:read' and subject <> ''";
        assert_eq!(count(&app, "wpg", reads).await, 4, "two readers, two persons: a line each");
        let audits = "select count(*) from audit_entry where action = 'record:read'";
        assert_eq!(count(&app, "wpg", audits).await, 2);
    }

    async fn a_form_with_faults_keeps_what_was_typed(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        officer.open("wpg-daily").await;
        let answer = officer.form("/records/wpg-daily/new", &[("request", &officer.id()), ("text", "Wel een tekst"),
            ("person-3-name", "Vierde Rij"), ("person-3-birth", "gisteren")]).await;
        assert_eq!(answer.status, 422);
        for kept in ["Wel een tekst", "Vierde Rij", "gisteren", "Geef een titel.", "is geen datum"] {
            assert!(answer.text.contains(kept), "{kept}");
        }
        assert_eq!(count(&app, "wpg", "select count(*) from record").await, 0);
    }

    async fn a_correction_keeps_the_old_value_sealed(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        officer.open("wpg-daily").await;
        let id = officer.note("wpg-daily", &[("person-0-name", "Jan Jansen")]).await;
        let path = format!("/records/wpg-daily/{id}/edit");
        let request = officer.id();
        let fields = [("request", request.as_str()), ("version", "1"), ("title", "Vechtpartij"), ("text", "Drie mannen."),
            ("person-0-name", "Jan Janssen"), ("reason", "Naam was verkeerd gespeld")];
        assert!(officer.get(&path).await.text.contains("Twee mannen bij de haven."));
        assert_eq!(officer.form(&path, &fields[..5]).await.status, 422, "a reason is asked");
        assert_eq!(officer.form(&path, &fields).await.status, 303);
        assert_eq!(officer.form(&path, &fields).await.status, 303, "again: nothing more");
        let lines = "select count(*) from record_history where act = 'corrected' and sealed_bytes is not null";
        assert_eq!(count(&app, "wpg", lines).await, 2, "text and persons (Wpg art. 4)");
        let page = officer.get(&format!("/records/wpg-daily/{id}")).await;
        assert!(page.text.contains("Jan Janssen") && page.text.contains("Naam was verkeerd gespeld"));
        assert!(!page.text.contains("Twee mannen"), "the old value is not on the page");
        let mut stale = fields;
        let another = officer.id();
        stale[0].1 = &another;
        let answer = officer.form(&path, &stale).await;
        assert_eq!(answer.status, 409);
        assert!(answer.text.contains("Drie mannen.") && answer.text.contains("Een collega"));
        let change = format!("/records/wpg-daily/{id}/change");
        let close = officer.form(&change, &[("what", "close"), ("request", &officer.id()), ("version", "2"),
            ("close-reason", "Afgedaan met een boete")]).await;
        assert_eq!(close.status, 303);
        assert_eq!(count(&app, "wpg", "select count(*) from record where closed_at is not null and version = 3").await, 1);
    }

    async fn nothing_of_a_record_is_readable_in_the_database(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        officer.open("wpg-daily").await;
        let id = officer.note("wpg-daily", &[("title", "Zeldzaamwoord"), ("text", "Zeldzaamwoord"),
            ("person-0-name", "Zeldzaamwoord")]).await;
        let path = format!("/records/wpg-daily/{id}/edit");
        officer.form(&path, &[("request", &officer.id()), ("version", "1"), ("title", "Anders"), ("text", "Anders"),
            ("reason", "Verbetering van de tekst")]).await;
        officer.form("/records/wpg-daily/search", &[("request", &officer.id()), ("name", "Zeldzaamwoord"),
            ("reason", REASON)]).await;
        let mut tx = vault(&app, "wpg").read().await.unwrap();
        let bytes: Vec<(Vec<u8>,)> = tx.all("select sealed_bytes from record_field union all
            select sealed_bytes from record_history where sealed_bytes is not null", vec![]).await.unwrap();
        let texts: Vec<(String,)> = tx.all("select detail from record_history union all select detail from audit_entry
            union all select fingerprint from record_subject union all select fingerprint from targeted_query
            union all select subject from processing_log union all select payload from job", vec![]).await.unwrap();
        assert!(bytes.len() >= 5 && texts.len() >= 8, "{} {}", bytes.len(), texts.len());
        assert!(bytes.iter().all(|(b,)| !b.windows(5).any(|w| w == b"dzaam")));
        assert!(texts.iter().all(|(t,)| !t.to_lowercase().contains("dzaam")), "{texts:?}");
    }

    async fn a_case_is_seen_by_who_takes_part(house) {
        let app = app(house);
        let director = user(&app, Role::ProcessDirector, &["zvh-cases"]);
        let partner = user(&app, Role::Partner, &["zvh-cases"]);
        for who in [&director, &partner] {
            add_account(&app, who).await;
            who.open("zvh-cases").await;
        }
        let id = director.note("zvh-cases", &[("title", "Een casus")]).await;
        let path = format!("/records/zvh-cases/{id}");
        assert_eq!(partner.get(&path).await.status, 404);
        assert!(!partner.get("/records/zvh-cases").await.text.contains("Een casus"));
        let change = format!("{path}/change");
        let account = partner.account().to_string();
        let add = [("what", "add"), ("request", &*director.id()), ("version", "1"), ("participant", &account)].map(|(k, v)| (k, v.to_owned()));
        let add: Vec<(&str, &str)> = add.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(partner.form(&change, &add).await.status, 403, "a partner adds nobody");
        assert_eq!(director.form(&change, &add).await.status, 303);
        assert!(partner.get("/records/zvh-cases").await.text.contains("Een casus"));
        assert_eq!(partner.get(&path).await.status, 200);
        assert!(director.get(&path).await.text.contains("Persoon partner"));
        let remove = director.form(&change, &[("what", "remove"), ("request", &director.id()), ("version", "2"), ("participant", &account)]).await;
        assert_eq!(remove.status, 303);
        assert_eq!(partner.get(&path).await.status, 404);
        let own = director.account().to_string();
        let last = director.form(&change, &[("what", "remove"), ("request", &director.id()), ("version", "3"), ("participant", &own)]).await;
        assert_eq!(last.status, 422, "one participant stays");
    }

    async fn lists_go_page_by_page(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        officer.open("wpg-daily").await;
        for n in 0..27 {
            officer.note("wpg-daily", &[("title", &format!("Stuk-{n:02}-"))]).await;
        }
        let first = officer.get("/records/wpg-daily").await;
        assert_eq!(first.text.matches("Stuk-").count(), 25);
        let href = first.text.split("class=\"older\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let second = officer.get(&href.replace("&#38;", "&")).await;
        assert_eq!(second.text.matches("Stuk-").count(), 2);
    }

    async fn a_hit_is_told_only_where_the_law_lets_one_ask(house) {
        let app = app(house);
        let adviser = user(&app, Role::Adviser, &["police-reports"]);
        adviser.open("received").await;
        adviser.note("received", &[("person-0-name", "Jan Jansen"), ("person-0-birth", "1990-01-02")]).await;
        let mut cx = testkit::cx(&app, Some(Role::Adviser));
        cx.actor = Actor { stepped_up_at: Some(cx.now), ..adviser.actor.clone() };
        let born = Some(jiff::civil::date(1990, 1, 2));
        let known = Person { name: "JAN JANSEN".to_owned(), birth: born };
        let found = hit(&cx, Regime::R1, &known, REASON).await.unwrap();
        assert!(found.found && found.ask == [Role::Coordinator, Role::Adviser]);
        let unknown = Person { name: "Piet Pietersen".to_owned(), birth: born };
        assert!(!hit(&cx, Regime::R1, &unknown, REASON).await.unwrap().found);
        assert_eq!(count(&app, "main", "select count(*) from targeted_query").await, 2, "both are kept");
        for regime in Regime::ALL.into_iter().filter(|r| r.vault() != "main") {
            let refused = hit(&cx, regime, &known, REASON).await;
            assert!(matches!(refused, Err(kit::Fault::Rule { key: "records-hit-forbidden", .. })), "{regime}: Wpg art. 7, 16");
        }
        assert_eq!(count(&app, "police", "select count(*) from targeted_query").await, 0);
    }
}
