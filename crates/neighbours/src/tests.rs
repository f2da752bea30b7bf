use crate::follow::{Wish, ask, confirm, stop, token};
use crate::messages::{Draft, letters, send};
use crate::model::{Group, Kind, Rhythm};
use crate::{NeighboursConfig, digest, follow, groups, messages, retention, seed, store};
use kit::clock::day_number;
use kit::{At, Fault, Text, Uuid, args, audit, jobs};
use policy::{Resource, Role};
use signals::Catalogue;
use site::{Cx, Shared};
use testkit::{Caller, MainDb, cx, db_test};

/// Two neighbourhoods: west and east of 4.66 degrees.
const AREAS: [(&str, &str, f64); 2] = [("BU03960101", "Westend", 4.62), ("BU03960201", "Oostend", 4.70)];

async fn app(db: MainDb) -> Shared {
    let app = testkit::app(db, |municipality| {
        let text = std::fs::read_to_string(municipality.folder.join("categories.toml")).unwrap();
        let file: toml::Table = toml::from_str(&text).unwrap();
        let ids = file["category"].as_array().unwrap().iter().map(|c| c["priority"].as_str().unwrap().to_owned());
        let priorities = ids.map(|id| (id, Text::default())).collect();
        let catalogue = Catalogue::read(&municipality.folder, priorities).unwrap();
        municipality.put(catalogue);
        municipality.put(areas::Atlas::new(&municipality.file));
        municipality.put(NeighboursConfig::read(&municipality.folder).unwrap());
    });
    let home = app.home().unwrap().clone();
    let mut tx = app.main.write().await.unwrap();
    home.get::<Catalogue>().sync(&mut tx, home.code()).await.unwrap();
    for (code, name, lon) in AREAS {
        let (w, e) = (lon - 0.04, lon + 0.04);
        let outline = format!(
            r#"{{"type":"MultiPolygon","coordinates":[[[[{w},52.48],[{e},52.48],[{e},52.54],[{w},52.54],[{w},52.48]]]]}}"#
        );
        tx.run(
            "insert into area (municipality, year, code, level, name, lon, lat, outline, origin)
             values ('GM0396', 2024, $1, 'neighbourhood', $2, $3, 52.51, $4, 'test')",
            args![code, name, lon, outline],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    home.get::<areas::Atlas>().reload(&mut tx, home.code()).await.unwrap();
    drop(tx);
    app
}

/// A report of `category` in `area` with this publication, changed at `at`.
async fn report(app: &Shared, number: u32, category: &str, area: &str, publication: &str, at: At) {
    let mut tx = app.main.write().await.unwrap();
    let lon = AREAS.iter().find(|a| a.0 == area).unwrap().2;
    tx.run(
        "insert into signal (municipality, id, reference, source, category, state, urgency, words, address, area, lon,
            lat, occurred_at, reported_at, day, hour, language, version, search, publication, updated_at)
         values ('GM0396', $1, $2, 'resident', $3, 'reported', 'normal', 'geheime woorden', 'Dorpsstraat 1', $4, $5,
            52.51, $6, $6, 19800, 10, 'nl', 1, '', $7, $6)",
        args![Uuid::from_u128(0x7000 + u128::from(number)), format!("R{number}"), category, area, lon, at, publication],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

fn id(app: &Shared) -> Uuid {
    app.clock.id()
}

fn coordinator(app: &Shared) -> Cx {
    cx(app, Some(Role::Coordinator))
}

fn group(app: &Shared, name: &str, areas: &[&str], topics: &[&str]) -> Group {
    let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    Group {
        id: id(app),
        name: name.to_owned(),
        kind: Kind::Chat,
        areas: owned(areas),
        topics: owned(topics),
        coordinator: "Mevrouw De Boer".into(),
        email: format!("{}@buurt.example", name.to_lowercase()),
        phone: String::new(),
        consent_on: Some(19_000),
        language: "nl".into(),
        since_on: 19_000,
        note: String::new(),
        ended_at: None,
        version: 0,
    }
}

fn fault<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> String {
    match outcome {
        Err(Fault::Invalid(faults)) => format!("{} {}", faults.0[0].field, faults.0[0].key),
        Err(Fault::Rule { key, .. }) => key.to_owned(),
        Err(Fault::Stale) => "stale".to_owned(),
        Err(Fault::NotFound) => "not-found".to_owned(),
        Err(Fault::Wait(_)) => "wait".to_owned(),
        Err(Fault::Refused { .. } | Fault::SignIn) => "refused".to_owned(),
        other => panic!("{other:?}"),
    }
}

/// Receiver, subject and text of every mail that waits, in order.
async fn mails(app: &Shared) -> Vec<(String, String, String)> {
    let mut tx = app.main.read().await.unwrap();
    tx.all("select recipient, subject, body from outbox order by created_at, recipient", vec![]).await.unwrap()
}

async fn trail(app: &Shared) -> String {
    let mut tx = app.main.read().await.unwrap();
    let all = audit::newest(&mut tx, "GM0396", i64::MAX, 100).await.unwrap();
    all.into_iter().map(|e| format!("{} {}\n", e.action, e.detail)).collect()
}

async fn one(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    tx.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

fn set(app: &Shared, now: &str) {
    app.clock.set(now.parse().unwrap());
}

fn wish(app: &Shared, email: &str) -> Wish {
    Wish { request: id(app), email: email.to_owned(), rhythm: Some(Rhythm::Soon), ..Wish::default() }
}

/// The end of the link in the newest mail to `email`.
async fn linked(app: &Shared, email: &str) -> String {
    let all = mails(app).await;
    let body = &all.iter().rfind(|m| m.0 == email).unwrap().2;
    body.split("/neighbourhood/follow/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

async fn run_digest(app: &Shared) {
    let job = jobs::Job {
        id: id(app),
        municipality: "GM0396".into(),
        name: digest::DIGEST.into(),
        payload: "{}".into(),
        attempts: 1,
        vault: "main",
    };
    digest::digest(app.clone(), job).await.unwrap();
}

db_test! {
    async fn a_group_is_kept_once_changed_ended_and_its_coordinator_leaves(db) {
        let app = app(db).await;
        let staff = coordinator(&app);
        for role in [None, Some(Role::Officer), Some(Role::Intake)] {
            assert_eq!(fault(groups::save(&cx(&app, role), id(&app), group(&app, "A", &["BU03960101"], &[])).await), "refused");
        }
        let new = group(&app, "Westend", &["BU03960101"], &["waste"]);
        let request = id(&app);
        for _ in 0..2 {
            groups::save(&staff, request, new.clone()).await.unwrap();
        }
        assert_eq!(one(&app, "select count(*) as n from neighbour_group").await, 1, "the same request again");
        let changed = Group { version: 1, email: "nieuw@buurt.example".into(), ..new.clone() };
        groups::save(&staff, id(&app), changed.clone()).await.unwrap();
        assert_eq!(fault(groups::save(&staff, id(&app), changed).await), "stale");
        let nobody = Group { id: id(&app), version: 1, ..new.clone() };
        assert_eq!(fault(groups::save(&staff, id(&app), nobody).await), "not-found", "a change makes no group");
        assert_eq!(fault(groups::end(&staff, id(&app), new.id, 1).await), "stale");
        groups::end(&staff, id(&app), new.id, 2).await.unwrap();
        let after = Group { version: 3, ..new.clone() };
        assert_eq!(fault(groups::save(&staff, id(&app), after).await), "stale", "ended is ended");
        let trail = trail(&app).await;
        assert_eq!(trail.lines().count(), 3);
        assert!(!trail.contains("Boer") && !trail.contains("buurt.example"), "no person in the audit trail: {trail}");
        // thirty days later the coordinator leaves; the group stays
        let mut tx = app.main.write().await.unwrap();
        let later = At::from_micros(staff.now.micros() + 31 * 86_400_000_000);
        assert_eq!(retention::GROUP_CONTACT.due(&mut tx, "GM0396", later).await.unwrap()[0].rows, 1);
        assert_eq!(retention::GROUP_CONTACT.go(&mut tx, "GM0396", later, 10).await.unwrap(), 1);
        assert_eq!(retention::GROUP_CONTACT.total(&mut tx, "GM0396").await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(one(&app, "select count(*) as n from neighbour_group where coordinator = '' and name = 'Westend'").await, 1);
    }

    async fn what_a_group_must_say(db) {
        let app = app(db).await;
        let staff = coordinator(&app);
        let ok = || group(&app, "A", &["BU03960101"], &[]);
        let tomorrow = i64::from(day_number(jiff::civil::date(2024, 6, 4)));
        let table = [
            (Group { name: String::new(), ..ok() }, "name neighbours-name-missing"),
            (Group { areas: vec![], ..ok() }, "areas neighbours-areas-missing"),
            (Group { areas: vec!["BU99".into()], ..ok() }, "areas neighbours-areas-missing"),
            (Group { topics: vec!["horoscope".into()], ..ok() }, "topics neighbours-topics-wrong"),
            (Group { coordinator: String::new(), ..ok() }, "coordinator neighbours-coordinator-missing"),
            (Group { email: "niet".into(), ..ok() }, "email neighbours-email-wrong"),
            // AVG art. 7(1): the municipality can show that the person agreed
            (Group { consent_on: None, ..ok() }, "consent_on neighbours-consent-missing"),
            (Group { consent_on: Some(tomorrow), ..ok() }, "consent_on neighbours-consent-missing"),
            (Group { since_on: tomorrow, ..ok() }, "since_on neighbours-since-wrong"),
            (Group { note: "x".repeat(1001), ..ok() }, "note neighbours-too-long"),
        ];
        for (group, expected) in table {
            assert_eq!(fault(groups::save(&staff, id(&app), group).await), expected);
        }
    }

    async fn a_message_goes_once_to_the_groups_that_want_it(db) {
        let app = app(db).await;
        let staff = coordinator(&app);
        let english = Group { language: "en".into(), ..group(&app, "Both", &["BU03960101", "BU03960201"], &[]) };
        let ended = group(&app, "Gone", &["BU03960101"], &[]);
        for g in [group(&app, "West", &["BU03960101"], &["waste"]), group(&app, "East", &["BU03960201"], &["people"]), english, ended.clone()] {
            groups::save(&staff, id(&app), g).await.unwrap();
        }
        groups::end(&staff, id(&app), ended.id, 1).await.unwrap();
        let draft = |areas: &[&str], topic: &str| Draft {
            areas: areas.iter().map(|a| (*a).to_owned()).collect(),
            topic: topic.to_owned(),
            subject: "{ $area }: { $topic }".into(),
            body: "Beste { $coordinator } van { $group }".into(),
        };
        let names = async |draft: &Draft| {
            let mut tx = app.main.read().await.unwrap();
            let all = letters(&staff, &mut tx, draft).await;
            all.map(|l| l.iter().map(|l| l.name.clone()).collect::<Vec<_>>().join(" ")).unwrap_or_else(|f| fault::<()>(Err(f)))
        };
        for (areas, topic, expected) in [
            (vec![], "", "Both East West"),
            (vec!["BU03960101"], "", "Both West"),
            (vec![], "people", "Both East"),
            (vec!["BU03960101"], "people", "Both"),
            (vec!["BU99"], "", "areas neighbours-areas-missing"),
            (vec![], "horoscope", "topic neighbours-topics-wrong"),
        ] {
            assert_eq!(names(&draft(&areas, topic)).await, expected, "{areas:?} {topic}");
        }
        for (draft, expected) in [
            (Draft { subject: " ".into(), ..draft(&[], "") }, "subject neighbours-subject-missing"),
            (Draft { body: String::new(), ..draft(&[], "") }, "body neighbours-body-missing"),
            (Draft { body: "{ $naam }".into(), ..draft(&[], "") }, "body neighbours-variable-wrong"),
            (Draft { subject: "x".repeat(151), ..draft(&[], "") }, "subject neighbours-too-long"),
        ] {
            assert_eq!(names(&draft).await, expected);
        }
        assert_eq!(fault(send(&cx(&app, Some(Role::Intake)), id(&app), &draft(&[], ""), 3).await), "refused");
        assert_eq!(fault(send(&staff, id(&app), &draft(&[], ""), 2).await), "stale", "another number was looked at");
        let request = id(&app);
        for _ in 0..2 {
            assert_eq!(send(&staff, request, &draft(&["BU03960101"], "waste"), 2).await.unwrap(), request);
        }
        let mails = mails(&app).await;
        assert_eq!(mails.len(), 2, "one mail for each coordinator, once");
        assert_eq!((mails[1].0.as_str(), mails[1].1.as_str()), ("west@buurt.example", "Westend: afval"));
        assert!(mails[1].2.starts_with("Beste Mevrouw De Boer van West\n") && mails[1].2.contains("omdat u coördinator bent van West"));
        assert!(mails[0].1.starts_with("Westend: ") && mails[0].2.contains("because you are the coordinator of Both"));
        let permit = staff.permit("group:read", &Resource::ordinary("group", "GM0396")).unwrap();
        let mut tx = app.main.read().await.unwrap();
        let told = store::messages(&mut tx, &permit, None, 10).await.unwrap();
        assert_eq!((told.len(), told[0].receivers), (1, 2));
        let to = store::receivers(&mut tx, &permit, request).await.unwrap();
        assert_eq!(to.iter().map(|r| (r.1.as_str(), r.2)).collect::<Vec<_>>(), [("Both", false), ("West", false)]);
    }

    async fn an_address_follows_only_after_its_owner_says_so_and_stops_at_once(db) {
        let app = app(db).await;
        let stranger = cx(&app, None);
        for (w, expected) in [
            (wish(&app, "geen adres"), "email neighbours-email-wrong"),
            (wish(&app, "a@b.nl\nBcc: c@d.nl"), "email neighbours-email-wrong"),
            (Wish { areas: vec!["BU99".into()], ..wish(&app, "a@b.nl") }, "areas neighbours-areas-wrong"),
            (Wish { topics: vec!["x".into()], ..wish(&app, "a@b.nl") }, "topics neighbours-topics-wrong"),
            (Wish { rhythm: None, ..wish(&app, "a@b.nl") }, "rhythm neighbours-rhythm-missing"),
        ] {
            assert_eq!(fault(ask(&stranger, w).await), expected);
        }
        let first = wish(&app, "bewoner@voorbeeld.nl");
        for _ in 0..2 {
            ask(&stranger, first.clone()).await.unwrap();
        }
        assert_eq!(mails(&app).await.len(), 1, "the same request again mails nothing");
        assert_eq!(one(&app, "select count(*) as n from follower where state = 'confirmed'").await, 0);
        let link = linked(&app, "bewoner@voorbeeld.nl").await;
        assert_eq!(link, token(&stranger, first.request).unwrap());
        // a link of another id, a changed digit, half a link: nothing is opened
        let other = format!("{}{}", id(&app).simple(), &link[32..]);
        for wrong in [other.as_str(), &link[..40], &format!("{}0", &link[..63]), "", "x"] {
            if *wrong != link {
                assert_eq!(fault(confirm(&stranger, wrong).await), "not-found", "{wrong}");
                assert_eq!(fault(stop(&stranger, wrong).await), "not-found", "{wrong}");
            }
        }
        confirm(&stranger, &link).await.unwrap();
        confirm(&stranger, &link).await.unwrap();
        assert_eq!(one(&app, "select count(*) as n from follower where state = 'confirmed' and ended_at is null").await, 1);
        // a second wish of the same address takes the place of the first, once it is confirmed
        let second = Wish { topics: vec!["waste".into()], ..wish(&app, "Bewoner@voorbeeld.nl") };
        ask(&stranger, second.clone()).await.unwrap();
        assert_eq!(one(&app, "select count(*) as n from follower").await, 2);
        confirm(&stranger, &token(&stranger, second.request).unwrap()).await.unwrap();
        assert_eq!(one(&app, "select count(*) as n from follower where topics = ' waste '").await, 1);
        assert_eq!(one(&app, "select count(*) as n from follower").await, 1);
        // three requests a day for one address
        ask(&stranger, wish(&app, "bewoner@voorbeeld.nl")).await.unwrap();
        assert_eq!(fault(ask(&stranger, wish(&app, "bewoner@voorbeeld.nl")).await), "wait");
        let link = token(&stranger, second.request).unwrap();
        stop(&stranger, &link).await.unwrap();
        stop(&stranger, &link).await.unwrap();
        assert_eq!(one(&app, "select count(*) as n from follower where state = 'confirmed'").await, 0, "forgotten at once");
        assert!(!trail(&app).await.contains('@'), "no address in the audit trail");
        // who never confirmed is forgotten: after two days the link is dead, after one more the address goes
        let late = Cx { now: At(("2024-06-05T08:00:01Z").parse().unwrap()), ..stranger.clone() };
        let waiting = wish(&app, "nooit@voorbeeld.nl");
        ask(&stranger, waiting.clone()).await.unwrap();
        assert_eq!(fault(confirm(&late, &token(&late, waiting.request).unwrap()).await), "not-found");
        let mut tx = app.main.write().await.unwrap();
        assert_eq!(retention::FOLLOWER.go(&mut tx, "GM0396", late.now, 10).await.unwrap(), 2);
        assert_eq!(retention::FOLLOWER.total(&mut tx, "GM0396").await.unwrap(), 0);
    }

    async fn news_is_what_the_public_map_shows_and_is_told_once(db) {
        let app = app(db).await;
        let stranger = cx(&app, None);
        let soon = Wish { areas: vec!["BU03960101".into()], ..wish(&app, "west@voorbeeld.nl") };
        let weekly = Wish { rhythm: Some(Rhythm::Weekly), topics: vec!["waste".into()], ..wish(&app, "week@voorbeeld.nl") };
        for w in [&soon, &weekly] {
            ask(&stranger, w.clone()).await.unwrap();
            confirm(&stranger, &token(&stranger, w.request).unwrap()).await.unwrap();
        }
        assert_eq!(mails(&app).await.len(), 2, "the two confirmations");
        let at = |text: &str| At(text.parse().unwrap());
        report(&app, 1, "household-waste", "BU03960101", "shown", at("2024-06-03T08:05:00Z")).await;
        report(&app, 2, "household-waste", "BU03960201", "shown", at("2024-06-03T08:06:00Z")).await;
        report(&app, 3, "household-waste", "BU03960101", "waiting", at("2024-06-03T08:06:00Z")).await;
        report(&app, 4, "household-waste", "BU03960101", "shown", at("2024-06-03T07:00:00Z")).await; // before the wish
        report(&app, 5, "youth-nuisance", "BU03960101", "none", at("2024-06-03T08:06:00Z")).await;
        set(&app, "2024-06-03T08:15:00Z");
        run_digest(&app).await;
        run_digest(&app).await;
        let all = mails(&app).await;
        assert_eq!(all.len(), 3, "one follower at once, the other not before Monday: {all:?}");
        let news = all.iter().find(|m| m.1.contains("1 melding")).unwrap();
        assert_eq!(news.0, "west@voorbeeld.nl");
        assert_eq!(news.2.matches("\n- ").count(), 1, "{}", news.2);
        assert!(news.2.contains("Westend: ontvangen") && !news.2.contains("geheim") && !news.2.contains("Dorpsstraat"));
        assert!(news.2.contains(&format!("/neighbourhood/follow/{}", token(&stranger, soon.request).unwrap())), "a way out");
        // a report that is released later is news later, and only then
        report(&app, 6, "litter", "BU03960101", "shown", at("2024-06-03T08:20:00Z")).await;
        set(&app, "2024-06-03T08:30:00Z");
        run_digest(&app).await;
        assert_eq!(mails(&app).await.len(), 4);
        // Monday 10 June, 8 o'clock in Heemskerk: the weekly news, of both neighbourhoods
        set(&app, "2024-06-10T05:59:00Z");
        run_digest(&app).await;
        assert_eq!(mails(&app).await.len(), 4);
        set(&app, "2024-06-10T06:00:00Z");
        run_digest(&app).await;
        let all = mails(&app).await;
        assert_eq!(all.len(), 5);
        assert!(all[4].0 == "week@voorbeeld.nl" && all[4].1.contains("3 meldingen"), "{:?}", all[4]);
        assert!(one(&app, "select count(*) as n from job where name = 'neighbourhood-digest'").await >= 1, "it looks again");
        for w in [soon, weekly] {
            stop(&stranger, &token(&stranger, w.request).unwrap()).await.unwrap();
        }
        run_digest(&app).await;
        assert_eq!(mails(&app).await.len(), 5);
    }
}

fn router(app: &Shared) -> axum::Router {
    use follow::web as follow;
    use groups::web as group;
    use messages::web as message;
    let table = site::routes::Table::new(app)
        .get("/neighbours", "group:read", group::list)
        .get("/neighbours/new", "group:edit", group::new)
        .post("/neighbours/new", "group:edit", group::new_submit)
        .get("/neighbours/messages", "group:read", message::list)
        .get("/neighbours/messages/new", "group:message", message::new)
        .post("/neighbours/messages/new", "group:message", message::new_submit)
        .get("/neighbours/messages/{id}", "group:read", message::message)
        .get("/neighbours/{id}", "group:read", group::group)
        .get("/neighbours/{id}/edit", "group:edit", group::edit)
        .post("/neighbours/{id}/edit", "group:edit", group::edit_submit)
        .post("/neighbours/{id}/end", "group:edit", group::end_submit)
        .get("/neighbourhood", "group:follow", follow::neighbourhood)
        .post("/neighbourhood", "group:follow", follow::ask_submit)
        .get("/neighbourhood/asked", "group:follow", follow::asked)
        .get("/neighbourhood/confirmed", "group:follow", follow::confirmed)
        .get("/neighbourhood/stopped", "group:follow", follow::stopped)
        .get("/neighbourhood/follow/{token}", "group:follow", follow::link)
        .post("/neighbourhood/follow/{token}", "group:follow", follow::link_submit);
    testkit::web(app, table)
}

#[tokio::test]
async fn every_page_says_what_it_means_in_both_languages() {
    let app = app(testkit::sqlite().await).await;
    let home = app.home().unwrap().clone();
    seed::seed(&app, &home, &coordinator(&app).actor, app.clock.now()).await.unwrap();
    assert_eq!(one(&app, "select count(*) as n from neighbour_group").await, 12);
    let stranger = cx(&app, None);
    let asked = wish(&app, "a@b.nl");
    ask(&stranger, asked.clone()).await.unwrap();
    let staff = coordinator(&app);
    let text = Draft { subject: "Onderwerp".into(), body: "Tekst".into(), ..Draft::default() };
    let sent = send(&staff, id(&app), &text, 12).await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    let group = groups::all(&staff, &mut tx).await.unwrap()[0].id;
    drop(tx);
    let router = router(&app);
    let caller = Caller::new(&app, &router, Some(Role::Coordinator));
    for path in [
        "/neighbours".to_owned(),
        "/neighbours?area=BU03960101&kind=watch".to_owned(),
        "/neighbours/new".to_owned(),
        format!("/neighbours/{group}"),
        format!("/neighbours/{group}/edit"),
        "/neighbours/messages".to_owned(),
        "/neighbours/messages/new?template=feedback".to_owned(),
        format!("/neighbours/messages/{sent}"),
        "/neighbourhood".to_owned(),
        "/neighbourhood/asked".to_owned(),
        "/neighbourhood/confirmed".to_owned(),
        "/neighbourhood/stopped".to_owned(),
        format!("/neighbourhood/follow/{}", token(&stranger, asked.request).unwrap()),
    ] {
        let english = axum::http::Request::get(&path).header("cookie", "language=en");
        for answer in [caller.get(&path).await, caller.send(english.body(axum::body::Body::empty()).unwrap()).await] {
            assert_eq!(answer.status, 200, "{path}");
            let key = answer.text.find(">neighbours-").or_else(|| answer.text.find("\"neighbours-"));
            assert!(key.is_none(), "{path}: {}", &answer.text[key.unwrap_or(0)..][..60]);
            assert!(!answer.text.contains("style="), "{path}: the CSP refuses it");
        }
    }
    let list = caller.get("/neighbours").await.text;
    assert!(list.contains("regie-map") && list.contains("Burgernet Heemskerk-Noord"));
    let stranger = Caller::new(&app, &router, None);
    let public = stranger.get("/neighbourhood").await;
    assert!(
        public.status == 200 && !public.text.contains("buurt.example") && !public.text.contains("De Boer"),
        "no coordinator"
    );
    assert!([401, 403, 303].contains(&stranger.get("/neighbours").await.status));
}

#[tokio::test]
async fn forms_alone_write_look_send_and_follow() {
    let app = app(testkit::sqlite().await).await;
    let router = router(&app);
    let staff = Caller::new(&app, &router, Some(Role::Coordinator));
    let request = || app.clock.id().to_string();
    let r = request();
    let wrong = [
        ("request", &*r),
        ("name", "Westend"),
        ("kind", "watch"),
        ("areas", "BU03960101"),
        ("coordinator", "Jan"),
        ("email", "jan"),
        ("consent_on", "2024-05-01"),
        ("since_on", "2024-05-01"),
        ("version", ""),
    ];
    let answer = staff.form("/neighbours/new", &wrong).await;
    assert!(
        answer.status == 422 && answer.text.contains("value=\"Westend\"") && answer.text.contains("href=\"#email\"")
    );
    let mut right = wrong;
    right[5].1 = "jan@buurt.example";
    assert_eq!(staff.form("/neighbours/new", &right).await.location, "/neighbours?saved=1");
    let typed = [
        ("areas", "BU03960101"),
        ("topic", ""),
        ("subject", "Nieuws voor { $group }"),
        ("body", "Dag { $coordinator }"),
    ];
    let with = |more: &[(&'static str, String)]| {
        let more = more.iter().map(|(k, v)| (*k, v.clone()));
        typed.iter().map(|(k, v)| (*k, (*v).to_owned())).chain(more).collect::<Vec<_>>()
    };
    let post = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        staff.form("/neighbours/messages/new", &fields).await
    };
    let preview = post(with(&[("act", "preview".into())])).await;
    assert!(
        preview.text.contains("Nieuws voor Westend")
            && preview.text.contains("Dag Jan")
            && preview.text.contains("1 coördinator")
    );
    assert_eq!(mails(&app).await.len(), 0, "a look sends nothing");
    assert!(post(with(&[("act", "back".into())])).await.text.contains("Dag { $coordinator }"));
    let sent = post(with(&[("act", "send".into()), ("request", request()), ("expected", "1".into())])).await;
    assert_eq!(sent.status, 303);
    assert!(staff.get(&sent.location).await.text.contains("onderweg"));
    assert_eq!(mails(&app).await.len(), 1);
    let stranger = Caller::new(&app, &router, None);
    let r = request();
    let wrong = [("request", &*r), ("email", "nee"), ("rhythm", "soon"), ("topics", "waste")];
    let answer = stranger.form("/neighbourhood", &wrong).await;
    assert!(
        answer.status == 422
            && answer.text.contains("value=\"nee\"")
            && answer.text.contains("value=\"waste\" checked")
    );
    let right = [("request", &*r), ("email", "bewoner@voorbeeld.nl"), ("rhythm", "soon"), ("topics", "waste")];
    assert_eq!(stranger.form("/neighbourhood", &right).await.location, "/neighbourhood/asked");
    let link = format!("/neighbourhood/follow/{}", linked(&app, "bewoner@voorbeeld.nl").await);
    assert!(stranger.get(&link).await.text.contains("Ja, stuur mij nieuws"));
    assert_eq!(
        one(&app, "select count(*) as n from follower where state = 'confirmed'").await,
        0,
        "a look confirms nothing"
    );
    assert_eq!(stranger.form(&link, &[("act", "confirm")]).await.location, "/neighbourhood/confirmed");
    assert_eq!(stranger.form(&link, &[("act", "stop")]).await.location, "/neighbourhood/stopped");
    assert!(stranger.get(&link).await.text.contains("vergeten"), "the link of a forgotten address says so");
}
