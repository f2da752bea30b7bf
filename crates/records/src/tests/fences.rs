//! Each fence refuses by itself, and no answer tells whether a record exists.

use super::*;
use testkit::house_test;

house_test! {
    async fn each_fence_refuses_and_says_what_is_missing(house) {
        let app = app(house);
        let officer = |authorised: &[&str]| user(&app, Role::Officer, authorised);
        let all = ["wpg-daily", "radicalisation", "zvh-cases"];
        let tired = User { stepped_up: false, ..officer(&all) };
        let mut adviser = user(&app, Role::Adviser, &all);
        adviser.actor.in_office = false;
        let mut partner = user(&app, Role::Partner, &all);
        partner.actor.organisation = Some(Uuid::from_u128(7));
        let table = [
            ("Wpg art. 6: authorised", officer(&[]), "wpg-daily", "niet geautoriseerd"),
            ("a fresh second factor", tired, "wpg-daily", "tweede factor"),
            ("radicalisation: in the office", adviser, "radicalisation", "op kantoor"),
            ("WGS: covenant in force", partner.clone(), "zvh-cases", "geen geldig convenant"),
        ];
        for (law, who, processing, why) in table {
            let answer = who.get(&format!("/records/{processing}")).await;
            assert_eq!(answer.status, 403, "{law}");
            assert!(answer.text.contains(why), "{law}");
            let home = who.get("/records").await;
            assert!(home.text.contains(why), "{law}: said on the list of vaults");
            assert!(!home.text.contains(&format!("href=\"/records/{processing}\"")), "{law}");
        }
        partner.actor.covenants = ["zvh-cases".to_owned()].into();
        assert_eq!(partner.open("zvh-cases").await.status, 303, "the covenant opens it");
        let stranger = user(&app, Role::Coordinator, &["bibob"]);
        assert_eq!(stranger.get("/records/bibob").await.status, 403, "no role for Bibob");
        assert!(!stranger.get("/records").await.text.contains("Bibob-onderzoek"), "not even named");
    }

    async fn a_purpose_is_asked_before_anything_is_shown(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        let answer = officer.get("/records/wpg-daily").await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/records/wpg-daily/open?back=/records/wpg-daily"));
        let form = officer.get(&answer.location).await;
        assert!(form.text.contains("Wpg artikel 7"), "the duty of secrecy is on the screen");
        let id = officer.id();
        let path = "/records/wpg-daily/open";
        let short = officer.form(path, &[("open-request", &id), ("open-hat", "investigator"), ("open-reason", "zo")]).await;
        assert_eq!(short.status, 422);
        assert!(short.text.contains(">zo</textarea>") && short.text.contains("ten minste 15 tekens"));
        let wrong = officer.form(path, &[("open-request", &id), ("open-hat", "supervisor"), ("open-reason", REASON)]).await;
        assert_eq!(wrong.status, 422, "Wpg: not in the supervisor's hat");
        assert!(wrong.text.contains("Kies opsporing") && wrong.text.contains(REASON), "what was typed stays");
        assert_eq!(count(&app, "wpg", "select count(*) from opening").await, 0);
        assert_eq!(officer.open("wpg-daily").await.location, "/records/wpg-daily");
        assert_eq!(officer.get("/records/wpg-daily").await.status, 200);
        assert_eq!(count(&app, "wpg", "select count(*) from opening").await, 1);
        assert!(count(&app, "wpg", "select count(*) from audit_entry where action = 'record:open'").await == 1);
        travel(&app, 1);
        assert_eq!(officer.get("/records/wpg-daily").await.status, 303, "the opening is over");
    }

    async fn a_form_that_comes_too_late_is_kept(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, &["wpg-daily"]);
        let id = officer.id();
        let fields = [("request", id.as_str()), ("title", "Te laat"), ("text", "Getypt voor het einde.")];
        let ask = officer.form("/records/wpg-daily/new", &fields).await;
        assert_eq!(ask.status, 200);
        assert!(ask.text.contains("name=\"title\" value=\"Te laat\"") && ask.text.contains("name=\"open-post\""));
        let request = officer.id();
        let mut again = fields.to_vec();
        again.extend([
            ("open-request", request.as_str()),
            ("open-hat", "investigator"),
            ("open-reason", REASON),
            ("open-back", "/records/wpg-daily/new"),
            ("open-post", "yes"),
        ]);
        let opened = officer.form("/records/wpg-daily/open", &again).await;
        assert_eq!((opened.status, opened.location.as_str()), (307, "/records/wpg-daily/new"), "sent again by the browser");
        assert_eq!(officer.form("/records/wpg-daily/new", &again).await.status, 303);
        assert!(officer.get(&format!("/records/wpg-daily/{id}")).await.text.contains("Getypt voor het einde."));
        let away = officer.form("/records/wpg-daily/open", &[("open-request", &officer.id()), ("open-hat", "investigator"),
            ("open-reason", REASON), ("open-back", "https://elders.example")]).await;
        assert_eq!(away.location, "/records/wpg-daily", "never to another site");
    }

    async fn what_you_may_not_know_answers_as_what_is_not_there(house) {
        let app = app(house);
        let all = ["wpg-daily", "wpg-inquiry", "zvh-cases"];
        let officer = user(&app, Role::Officer, &all);
        let director = user(&app, Role::ProcessDirector, &all);
        let mut other = officer.clone();
        other.actor.municipality = "US-STL".to_owned();
        let partner = user(&app, Role::Partner, &all);
        for (who, processing) in [(&officer, "wpg-daily"), (&officer, "wpg-inquiry"), (&director, "zvh-cases"),
            (&partner, "zvh-cases"), (&other, "wpg-daily")] {
            who.open(processing).await;
        }
        let ours = officer.note("wpg-daily", &[]).await;
        let case = director.note("zvh-cases", &[]).await;
        assert_eq!(officer.get(&format!("/records/wpg-daily/{ours}")).await.status, 200);
        assert_eq!(director.get(&format!("/records/zvh-cases/{case}")).await.status, 200);
        let nothing = officer.id();
        let table = [
            ("another processing", &officer, "wpg-inquiry", ours.as_str()),
            ("another municipality", &other, "wpg-daily", ours.as_str()),
            ("no participant (WGS)", &partner, "zvh-cases", case.as_str()),
        ];
        for (what, who, processing, hidden) in table {
            for end in ["", "/edit", "/disclose"] {
                let at = |id: &str| format!("/records/{processing}/{id}{end}");
                let (seen, unseen) = (who.get(&at(hidden)).await, who.get(&at(&nothing)).await);
                assert_eq!(seen.status, unseen.status, "{what}{end}");
                assert!([403, 404].contains(&seen.status), "{what}{end}");
                assert_eq!(seen.text.replace(hidden, "ID"), unseen.text.replace(&nothing, "ID"), "{what}{end}");
            }
        }
        let bare = user(&app, Role::Officer, &[]);
        let (seen, unseen) = (
            bare.get(&format!("/records/wpg-daily/{ours}")).await,
            bare.get(&format!("/records/wpg-daily/{nothing}")).await,
        );
        assert_eq!((seen.status, unseen.status), (403, 403), "refused before any look into the vault");
        assert_eq!(seen.text.replace(&ours, "ID"), unseen.text.replace(&nothing, "ID"));
    }
}
