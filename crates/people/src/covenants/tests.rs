use super::*;
use crate::partners::Day;
use crate::partners::tests::{app, audited, english, fault, organisation, request, router, whole};
use policy::Role;
use testkit::{Caller, cx, db_test};

/// Tests stand still on 3 June 2024, 10:00 in Heemskerk.
fn day(text: &str) -> Day {
    Day::typed(text)
}

/// A covenant of an organisation that is in force this year.
pub(crate) fn draft(n: u128, organisation: Uuid) -> Draft {
    Draft {
        request: request(n),
        title: "Samenwerking".into(),
        purpose: "Persoonsgerichte aanpak".into(),
        legal_basis: "WGS".into(),
        data_categories: "Conclusies".into(),
        privacy_protocol: "Protocol 2".into(),
        dpia: "Z-2024-1".into(),
        contact: Contact {
            name: "Contactpunt".into(),
            email: "privacy@heemskerk.example".into(),
            phone: String::new(),
        },
        parties: vec![organisation],
        processings: vec!["zvh-cases".into()],
        life_areas: vec!["housing".into()],
        valid_from: day("2024-01-01"),
        valid_until: day("2024-12-31"),
    }
}

fn ending(n: u128, version: i64) -> Ending {
    Ending { request: request(n), version, reason: "Partij stapt uit.".into() }
}

db_test! {
    async fn access_opens_and_closes_in_the_very_second(db) {
        let app = app(db).await;
        let adviser = cx(&app, Some(Role::Adviser));
        let (police, other) = (organisation(&app, 1, "Politie").await, organisation(&app, 2, "RIEC").await);
        let id = create(&adviser, draft(3, police)).await.unwrap();
        let at = |text: &str| At(text.parse().unwrap());
        // organisation, processing, instant, open
        let table = [
            (police, "zvh-cases", "2024-06-03T08:00:00Z", true),
            (police, "zvh-cases", "2023-12-31T22:59:59.999999Z", false), // before midnight in Heemskerk
            (police, "zvh-cases", "2023-12-31T23:00:00Z", true),
            (police, "zvh-cases", "2024-12-31T22:59:59.999999Z", true), // the last microsecond of the last day
            (police, "zvh-cases", "2024-12-31T23:00:00Z", false),
            (police, "riec-cases", "2024-06-03T08:00:00Z", false), // another processing
            (other, "zvh-cases", "2024-06-03T08:00:00Z", false), // not a party
        ];
        for (organisation, processing, instant, open) in table {
            let mut tx = app.main.read().await.unwrap();
            let found = in_force(&mut tx, "GM0396", organisation, processing, at(instant)).await.unwrap();
            assert_eq!(found.map(|c| c.id), open.then_some(id), "{processing} {instant}");
        }
        end(&adviser, id, ending(4, 1)).await.unwrap();
        end(&adviser, id, ending(4, 1)).await.unwrap();
        let mut tx = app.main.read().await.unwrap();
        assert_eq!(in_force(&mut tx, "GM0396", police, "zvh-cases", adviser.now).await.unwrap(), None);
        let ended = get(&mut tx, "GM0396", id).await.unwrap().unwrap();
        drop(tx);
        assert_eq!((ended.standing(adviser.now, 90), ended.ended_at), (Standing::Ended, Some(adviser.now)));
        assert_eq!(audited(&app, "covenant:edit").await, 2, "made once, ended once");
        assert_eq!(fault(end(&adviser, id, ending(5, 2)).await), "stale", "ended is ended");
    }

    async fn what_a_covenant_must_say(db) {
        let app = app(db).await;
        let adviser = cx(&app, Some(Role::Adviser));
        let police = organisation(&app, 1, "Politie").await;
        let ok = || draft(2, police);
        assert_eq!(fault(create(&cx(&app, Some(Role::Mayor)), ok()).await), "refused");
        let table = [
            (Draft { title: String::new(), ..ok() }, "title covenants-title-missing"),
            // AVG art. 5(1)(b): a purpose; art. 6: a basis; art. 35: an assessment; art. 26: a contact point
            (Draft { purpose: " ".into(), ..ok() }, "purpose covenants-purpose-missing"),
            (Draft { legal_basis: String::new(), ..ok() }, "legal_basis covenants-basis-missing"),
            (Draft { dpia: String::new(), ..ok() }, "dpia covenants-dpia-missing"),
            (Draft { contact: Contact::default(), ..ok() }, "contact_name covenants-contact-missing"),
            (Draft { data_categories: String::new(), ..ok() }, "data_categories covenants-data-missing"),
            (Draft { privacy_protocol: String::new(), ..ok() }, "privacy_protocol covenants-protocol-missing"),
            (Draft { parties: vec![], ..ok() }, "parties covenants-parties-missing"),
            (Draft { parties: vec![request(99)], ..ok() }, "parties covenants-parties-missing"),
            (Draft { processings: vec![], ..ok() }, "processings covenants-processings-missing"),
            // not of fenced records: no covenant opens the list of accounts
            (Draft { processings: vec!["accounts".into()], ..ok() }, "processings covenants-processings-missing"),
            (Draft { life_areas: vec!["zodiac".into()], ..ok() }, "life_areas covenants-life-areas-wrong"),
            (Draft { valid_from: Day::Unreadable, ..ok() }, "valid_from covenants-from-missing"),
            (Draft { valid_until: Day::Absent, ..ok() }, "valid_until covenants-until-missing"),
            (Draft { valid_until: day("2024-06-02"), ..ok() }, "valid_until covenants-until-past"),
            (Draft { valid_from: day("2025-01-02"), ..ok() }, "valid_until covenants-until-early"),
        ];
        for (draft, expected) in table {
            assert_eq!(fault(create(&adviser, draft).await), expected);
        }
        assert_eq!(audited(&app, "covenant:edit").await, 0, "a refusal leaves nothing behind");
    }

    async fn a_covenant_in_force_is_replaced_and_never_rewritten(db) {
        let app = app(db).await;
        let adviser = cx(&app, Some(Role::Adviser));
        let police = organisation(&app, 1, "Politie").await;
        let old = create(&adviser, draft(2, police)).await.unwrap();
        assert_eq!(fault(change(&adviser, old, 1, draft(3, police)).await), "covenants-not-changed");
        let contact = Contact { name: "Nieuw punt".into(), email: "nieuw@heemskerk.example".into(), phone: String::new() };
        change_contact(&adviser, old, 1, request(4), contact.clone()).await.unwrap();
        assert_eq!(fault(change_contact(&adviser, old, 1, request(5), contact).await), "stale");
        let wider = Draft { processings: vec!["zvh-cases".into(), "received".into()], ..draft(6, police) };
        assert_eq!(fault(replace(&adviser, old, 1, wider.clone()).await), "stale", "the form showed version 1");
        let new = replace(&adviser, old, 2, wider.clone()).await.unwrap();
        assert_eq!(replace(&adviser, old, 2, wider).await.unwrap(), new, "the same request again");
        let mut tx = app.main.read().await.unwrap();
        let all = all(&mut tx, "GM0396", Some(police)).await.unwrap();
        let before = all.iter().find(|c| c.id == old).unwrap();
        let after = all.iter().find(|c| c.id == new).unwrap();
        assert_eq!((before.ended_at, after.valid_from), (Some(adviser.now), adviser.now), "not a second between them");
        assert_eq!((before.processings.len(), before.contact_name.as_str()), (1, "Nieuw punt"), "the old stays as it was");
        assert_eq!((after.processings.len(), after.replaces_id), (2, Some(old)));
        let found = in_force(&mut tx, "GM0396", police, "zvh-cases", adviser.now).await.unwrap().unwrap();
        assert_eq!(found.id, new);
    }

    async fn before_its_first_day_a_covenant_can_be_changed(db) {
        let app = app(db).await;
        let adviser = cx(&app, Some(Role::Adviser));
        let (police, riec) = (organisation(&app, 1, "Politie").await, organisation(&app, 2, "RIEC").await);
        let later = Draft { valid_from: day("2024-07-01"), ..draft(3, police) };
        let id = create(&adviser, later.clone()).await.unwrap();
        let other = Draft { request: request(4), parties: vec![riec], life_areas: vec![], ..later.clone() };
        change(&adviser, id, 1, other).await.unwrap();
        assert_eq!(fault(change(&adviser, id, 1, Draft { request: request(5), ..later }).await), "stale");
        let mut tx = app.main.read().await.unwrap();
        let found = get(&mut tx, "GM0396", id).await.unwrap().unwrap();
        assert_eq!((found.standing(adviser.now, 90), found.version), (Standing::Later, 2));
        assert_eq!((found.parties[0].name.as_str(), found.parties.len(), found.life_areas.len()), ("RIEC", 1, 0));
    }

    async fn the_pages_keep_what_was_typed(db) {
        let app = app(db).await;
        let router = router(&app);
        let adviser = Caller::new(&app, &router, Some(Role::Adviser));
        let police = organisation(&app, 1, "Politie").await.to_string();
        let n = request(2).to_string();
        let good = [
            ("request", n.as_str()), ("title", "Samen"), ("purpose", "Aanpak"), ("legal_basis", "WGS"),
            ("data_categories", "Conclusies"), ("privacy_protocol", "P2"), ("dpia", "Z1"), ("contact_name", "Punt"),
            ("contact_email", "p@h.example"), ("parties", &police), ("processings", "zvh-cases"),
            ("processings", "riec-cases"), ("life_areas", "housing"), ("valid_from", "2024-01-01"),
        ];
        let mut typed = good.to_vec();
        typed.push(("valid_until", "31 december"));
        let answer = adviser.form("/covenants/new", &typed).await;
        assert_eq!(answer.status, 422);
        for kept in ["value=\"zvh-cases\" checked", "value=\"riec-cases\" checked", "value=\"housing\" checked", "value=\"Samen\""] {
            assert!(answer.text.contains(kept), "{kept}");
        }
        assert!(answer.text.contains("href=\"#valid_until\"") && answer.text.contains("Vul de laatste dag in"));
        typed.pop();
        typed.push(("valid_until", "2024-08-01"));
        let answer = adviser.form("/covenants/new", &typed).await;
        assert_eq!((answer.status, answer.location), (303, format!("/covenants/{n}?saved=1")));
        let page = format!("/covenants/{n}");
        let paths =
            ["/covenants".to_owned(), "/covenants/new".into(), page.clone(), format!("{page}/contact"), format!("/covenants/new?like={n}")];
        for path in &paths {
            for answer in [adviser.get(path).await, english(&adviser, path).await] {
                assert_eq!(answer.status, 200, "{path}");
                whole(&answer);
            }
        }
        assert!(adviser.get("/covenants").await.text.contains("Loopt binnenkort af"), "59 days left");
        assert!(adviser.get(&paths[4]).await.text.contains(&format!("name=\"replaces\" value=\"{n}\"")));
        assert_eq!(adviser.get(&format!("{page}/edit")).await.status, 409, "in force");
        let end = format!("{page}/end");
        let stop = request(3).to_string();
        let answer = adviser.form(&end, &[("request", &stop), ("version", "1"), ("reason", " ")]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("Vul in waarom het convenant eerder stopt."));
        let answer = adviser.form(&end, &[("request", &stop), ("version", "9"), ("reason", "Ruzie")]).await;
        assert_eq!(answer.status, 409);
        assert!(answer.text.contains(">Ruzie</textarea>"));
        assert_eq!(adviser.form(&end, &[("request", &stop), ("version", "1"), ("reason", "Ruzie")]).await.status, 303);
        assert!(adviser.get(&page).await.text.contains("Eerder beëindigd"));
        let mayor = Caller::new(&app, &router, Some(Role::Mayor));
        assert_eq!(mayor.get("/covenants/new").await.status, 403);
        assert!(!mayor.get(&page).await.text.contains("/contact\""));
    }
}

#[test]
fn a_standing_depends_on_the_instant_alone() {
    let day = |n: i64| At::from_micros(n * 86_400_000_000);
    let covenant = |ended: Option<i64>| Covenant {
        id: Uuid::nil(),
        title: String::new(),
        purpose: String::new(),
        legal_basis: String::new(),
        data_categories: String::new(),
        privacy_protocol: String::new(),
        dpia: String::new(),
        contact_name: String::new(),
        contact_email: String::new(),
        contact_phone: String::new(),
        valid_from: day(100),
        valid_until: day(200),
        replaces_id: None,
        ended_at: ended.map(day),
        end_reason: String::new(),
        version: 1,
        parties: vec![],
        processings: vec![],
        life_areas: vec![],
    };
    for (now, ended, standing) in [
        (99, None, Standing::Later),
        (100, None, Standing::InForce),
        (109, None, Standing::InForce),
        (110, None, Standing::EndsSoon),
        (199, None, Standing::EndsSoon),
        (200, None, Standing::Expired),
        (150, Some(120), Standing::Ended),
        (250, Some(120), Standing::Ended),
    ] {
        assert_eq!(covenant(ended).standing(day(now), 90), standing, "day {now}");
        assert_eq!(covenant(ended).in_force(day(now)), matches!(standing, Standing::InForce | Standing::EndsSoon));
    }
}
