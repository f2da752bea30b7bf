//! After the year of free use (Wpg art. 8), and after the removal (Wpg art. 14).

use super::*;
use testkit::house_test;

house_test! {
    async fn after_a_year_only_a_targeted_query_finds_it(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        officer.open("wpg-daily").await;
        let id = officer.note("wpg-daily", &[("title", "Oude zaak"), ("person-0-name", "José van Dám"),
            ("person-0-birth", "1990-01-02")]).await;
        travel(&app, 364);
        officer.open("wpg-daily").await;
        assert!(officer.get("/records/wpg-daily").await.text.contains("Oude zaak"), "the last day of free use");
        travel(&app, 366);
        officer.open("wpg-daily").await;
        let path = format!("/records/wpg-daily/{id}");
        assert!(!officer.get("/records/wpg-daily").await.text.contains("Oude zaak"));
        let (old, unknown) = (officer.get(&path).await, officer.id());
        let none = officer.get(&format!("/records/wpg-daily/{unknown}")).await;
        assert_eq!((old.status, old.text.replace(&id, "ID")), (404, none.text.replace(&unknown, "ID")));
        let search = "/records/wpg-daily/search";
        let request = officer.id();
        let asked = [("request", request.as_str()), ("name", "jose van dam"), ("birth", "1990-01-02")];
        let short = officer.form(search, &asked).await;
        assert_eq!(short.status, 422, "a reason is asked (Wpg art. 8(2))");
        assert!(short.text.contains("value=\"jose van dam\"") && short.text.contains("value=\"1990-01-02\""));
        let mut whole = asked.to_vec();
        whole.push(("reason", "Zelfde betrokkene in een nieuwe zaak"));
        let found = officer.form(search, &whole).await;
        assert_eq!(found.location, format!("{search}/{request}"));
        assert_eq!(officer.form(search, &whole).await.location, found.location, "the same request once more");
        assert!(officer.get(&found.location).await.text.contains("Oude zaak"));
        assert_eq!(officer.get(&path).await.status, 200, "what was found is open for a while");
        assert_eq!(count(&app, "wpg", "select count(*) from targeted_query where hits = 1").await, 1);
        let colleague = user(&app, Role::Coordinator, &["wpg-daily"]);
        colleague.open("wpg-daily").await;
        assert_eq!(colleague.get(&path).await.status, 404, "a query opens for who asked");
        assert_eq!(colleague.get(&found.location).await.status, 404);
        for (wrong, why) in [("José van Dam", "1991-01-02"), ("Jos van Dam", "1990-01-02")].map(|(n, b)| ((n, b), "no hit")) {
            let miss = officer.form(search, &[("request", &officer.id()), ("name", wrong.0), ("birth", wrong.1), ("reason", REASON)]).await;
            assert!(officer.get(&miss.location).await.text.contains("Niets gevonden"), "{why}");
        }
        let by_number = colleague.form(search, &[("request", &colleague.id()), ("record", &id), ("reason", REASON)]).await;
        assert_eq!(by_number.location, path);
        assert_eq!(colleague.get(&path).await.status, 200);
        travel(&app, 367);
        officer.open("wpg-daily").await;
        assert_eq!(officer.get(&path).await.status, 404, "and closed again");
    }

    async fn after_five_years_it_is_out_of_operations(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        officer.open("wpg-daily").await;
        let id = officer.note("wpg-daily", &[("title", "Lang geleden"), ("person-0-name", "Jan Jansen")]).await;
        let privacy = user(&app, Role::PrivacyOfficer, &[]);
        let form = |reason| [("processing", "wpg-daily"), ("record", id.as_str()), ("reason", reason)];
        let early = privacy.form("/records/review", &form("Klacht over verwerking 12")).await;
        assert_eq!(early.status, 404, "what is in use is not reviewed");
        assert!(early.text.contains("Klacht over verwerking 12") && early.text.contains(&id));
        travel(&app, 5 * 365 + 3);
        officer.open("wpg-daily").await;
        let search = officer.form("/records/wpg-daily/search", &[("request", &officer.id()), ("name", "Jan Jansen"), ("reason", REASON)]).await;
        assert!(officer.get(&search.location).await.text.contains("Niets gevonden"), "Wpg art. 14");
        assert_eq!(officer.get(&format!("/records/wpg-daily/{id}")).await.status, 404);
        assert_eq!(officer.get("/records/review").await.status, 403);
        assert_eq!(privacy.form("/records/review", &form("kort")).await.status, 422);
        let tired = User { stepped_up: false, ..privacy.clone() };
        assert_eq!(tired.form("/records/review", &form("Klacht over verwerking 12")).await.status, 403);
        let seen = privacy.form("/records/review", &form("Klacht over verwerking 12")).await;
        assert_eq!(seen.status, 200);
        assert!(seen.text.contains("Lang geleden"));
        assert_eq!(count(&app, "wpg", "select count(*) from audit_entry where action = 'record:review'").await, 1);
    }

    async fn an_inquiry_that_ended_is_targeted_at_once(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-inquiry"]);
        officer.open("wpg-inquiry").await;
        let id = officer.note("wpg-inquiry", &[]).await;
        let path = format!("/records/wpg-inquiry/{id}");
        assert_eq!(officer.get(&path).await.status, 200);
        let end = officer.form(&format!("{path}/change"), &[("what", "end"), ("request", &officer.id()), ("version", "1"),
            ("close-reason", "Het onderzoek is klaar")]).await;
        assert_eq!(end.status, 303);
        assert_eq!(officer.get(&path).await.status, 404, "Wpg art. 9(4)");
    }
}
