use super::*;
use crate::wreck::{NewWreck, State, Step, Taken, Terms, Wreck};
use kit::{At, Fault};
use testkit::house_test;

fn at(text: &str) -> At {
    At(text.parse().unwrap())
}

/// A stored wreck that was labelled and removed then.
fn wreck(removed: &str, copied: Option<&str>) -> Wreck {
    Wreck {
        id: Uuid::from_u128(1),
        number: 1,
        kind: "bicycle".into(),
        state: State::Stored,
        description: String::new(),
        place: String::new(),
        lon: None,
        lat: None,
        area: String::new(),
        visit_id: None,
        is_urgent: false,
        found_at: at("2024-03-01T09:00:00Z"),
        labelled_at: Some(at("2024-03-01T09:00:00Z")),
        label_until: Some(at("2024-03-15T23:00:00Z")),
        removed_at: Some(at(removed)),
        record: String::new(),
        lock: String::new(),
        copied_at: copied.map(at),
        stored_at: Some(at(removed)),
        store_place: String::new(),
        ended_at: None,
        outcome: String::new(),
        proof: String::new(),
        costs_cents: 0,
        proceeds_cents: 0,
        version: 1,
    }
}

#[test]
fn terms_hold_back_and_name_their_article() {
    let law = site::app::Law::read(&testkit::root().join("config/law")).unwrap();
    let home = kit::Municipality::read(&testkit::root().join("config/heemskerk")).unwrap();
    let terms = Terms { municipality: &home, register: &law.terms };
    let labelled = Wreck { state: State::Labelled, removed_at: None, ..wreck("2024-04-02T09:00:00Z", None) };
    let bare = Wreck { label_until: None, ..labelled.clone() };
    let urgent = Wreck { is_urgent: true, ..bare.clone() };
    // 13 weeks after Tuesday 2 April end with Tuesday 2 July
    let stored = wreck("2024-04-02T09:00:00Z", None);
    let copied = wreck("2024-04-02T09:00:00Z", Some("2024-06-25T09:00:00Z"));
    type Case<'a> = (&'a str, Step, &'a Wreck, &'a str, bool, Option<&'a str>);
    let table: [Case<'_>; 11] = [
        (
            "Awb 5:24(2): the last day of the label",
            Step::Remove,
            &labelled,
            "2024-03-15T22:59:00Z",
            false,
            Some("wrecks-rule-label"),
        ),
        ("Awb 5:24(2): the day after", Step::Remove, &labelled, "2024-03-15T23:00:00Z", false, None),
        ("Awb 5:24: no label", Step::Remove, &bare, "2024-05-01T09:00:00Z", false, Some("wrecks-rule-unlabelled")),
        ("Awb 5:31: urgent", Step::Remove, &urgent, "2024-03-01T10:00:00Z", false, None),
        ("Awb 5:30(1): within 13 weeks", Step::Sell, &stored, "2024-07-02T21:59:00Z", false, Some("wrecks-rule-sale")),
        ("Awb 5:30(1): after 13 weeks", Step::Sell, &stored, "2024-07-02T22:00:00Z", false, None),
        ("Awb 5:30(2): storing costs too much", Step::Destroy, &stored, "2024-04-03T09:00:00Z", true, None),
        (
            "Awb 5:30(3): 2 weeks after the copy",
            Step::Sell,
            &copied,
            "2024-07-08T09:00:00Z",
            false,
            Some("wrecks-rule-sale"),
        ),
        (
            "Awb 5:30(3): also when storing costs too much",
            Step::Destroy,
            &copied,
            "2024-07-08T09:00:00Z",
            true,
            Some("wrecks-rule-sale"),
        ),
        ("Awb 5:30(3): over", Step::Sell, &copied, "2024-07-10T09:00:00Z", false, None),
        ("Awb 5:29(4): returning has no term", Step::Return, &stored, "2024-04-03T09:00:00Z", false, None),
    ];
    for (article, step, wreck, now, early, refused) in table {
        let outcome = terms.allow(step, wreck, (at(now), early));
        match (outcome, refused) {
            (Ok(()), None) => {}
            (Err(Fault::Rule { key, .. }), Some(expected)) => assert_eq!(key, expected, "{article}"),
            (outcome, _) => panic!("{article}: {outcome:?}"),
        }
    }
}

house_test! {
    async fn a_wreck_goes_from_label_to_its_end(house) {
        let app = app(house);
        let officer = user(&app, Role::Officer, 1).await;
        let coordinator = user(&app, Role::Coordinator, 2).await;
        let id = officer.id();
        let wrong = officer.form("/wrecks/new", &[("request", &id), ("description", "Blauwe fiets")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("Blauwe fiets") && wrong.text.contains("Kies wat het is"));
        let fields = [("request", id.as_str()), ("kind", "bicycle"), ("description", "Blauwe fiets"), ("place", "Station"), ("labelled", "yes")];
        for _ in 0..2 {
            let made = officer.form("/wrecks/new", &fields).await;
            assert_eq!((made.status, made.location.as_str()), (303, format!("/wrecks/{id}").as_str()), "{}", made.text);
        }
        let path = format!("/wrecks/{id}");
        let page = officer.get(&path).await;
        assert!(page.text.contains("Awb art. 5:24(2)"), "the term is named");
        let step = async |user: &User, step: &str, version: &str, other: &[(&str, &str)]| {
            let request = user.id();
            let mut all = vec![("request", request.as_str()), ("version", version), ("step", step)];
            all.extend(other);
            user.form(&path, &all).await
        };
        let removal = [("note", "Kapotte fiets, foto's gemaakt"), ("lock", "Slot doorgeknipt"), ("store_place", "Werf, vak 3")];
        assert_eq!(step(&officer, "remove", "1", &removal).await.status, 409, "too early");
        travel(&app, 15);
        assert_eq!(step(&officer, "remove", "1", &[]).await.status, 422, "no record");
        assert_eq!(step(&officer, "remove", "1", &removal).await.status, 303);
        assert_eq!(step(&officer, "remove", "1", &removal).await.status, 409, "an old page");
        // the officer does not sell, and nobody before the term is over
        let sale = [("note", "Verkocht aan kringloop"), ("euros", "12,50")];
        assert_eq!(step(&officer, "sell", "2", &sale).await.status, 403);
        assert_eq!(step(&coordinator, "sell", "2", &sale).await.status, 409);
        assert_eq!(step(&officer, "copy", "2", &[]).await.status, 303);
        travel(&app, 15 + 92);
        assert_eq!(step(&coordinator, "sell", "3", &[("note", "x"), ("euros", "veel")]).await.status, 422);
        assert_eq!(step(&coordinator, "sell", "3", &sale).await.status, 303);
        let page = officer.get(&path).await;
        assert!(page.text.contains("Verkocht") && page.text.contains("12,50") && !page.text.contains("name=\"step\""));
        let mut tx = app.main.read().await.unwrap();
        let (lines,): (i64,) = tx.one("select count(*) from wreck_history", vec![]).await.unwrap();
        let (entries,): (i64,) = tx.one("select count(*) from audit_entry where kind = 'wreck'", vec![]).await.unwrap();
        assert_eq!((lines, entries), (5, 5), "found, label, remove, copy, sell");
        let (wrecks,): (i64,) = tx.one("select count(*) from wreck", vec![]).await.unwrap();
        assert_eq!(wrecks, 1);
    }

    async fn steps_are_taken_by_those_who_may(house) {
        let app = app(house);
        let cx = testkit::cx(&app, Some(Role::Adviser));
        let mut tx = app.main.write().await.unwrap();
        let refused = wreck::add(&cx, &mut tx, &NewWreck { kind: "bicycle".into(), ..NewWreck::default() }).await;
        assert!(matches!(refused, Err(Fault::Refused { .. })), "{refused:?}");
        let gone = wreck::take(&testkit::cx(&app, Some(Role::Officer)), &mut tx, Uuid::from_u128(9), (Step::Gone, &Taken::default())).await;
        assert!(matches!(gone, Err(Fault::NotFound)), "{gone:?}");
    }
}
