//! What this area promises: a campaign goes from draft to closed by the table; every write is once, refused without a
//! permit and in the audit trail; what is due follows the week; wrong input keeps what was typed.

use crate::model::State;
use crate::{CampaignsConfig, obligation, ops, step, web};
use areas::Atlas;
use axum::Router;
use insight::PictureConfig;
use kit::{At, Municipality, Text, Uuid, args};
use policy::{Resource, Role};
use signals::Catalogue;
use site::Shared;
use site::routes::Table;
use testkit::{Caller, db_test};

const HOME: &str = "GM0396";
const AREA: &str = "BU03960100";

fn shelve(municipality: &mut Municipality) {
    let text = std::fs::read_to_string(municipality.folder.join("categories.toml")).unwrap();
    let ids = text.lines().filter_map(|l| l.strip_prefix("priority = \"")?.strip_suffix('"'));
    let mut priorities: Vec<(String, Text)> = Vec::new();
    for id in ids {
        if priorities.iter().all(|(p, _)| p != id) {
            priorities.push((id.to_owned(), Text([("nl".to_owned(), format!("Prioriteit {id}"))].into())));
        }
    }
    municipality.put(Atlas::new(&municipality.file));
    municipality.put(Catalogue::read(&municipality.folder, priorities).unwrap());
    municipality.put(PictureConfig::read(&municipality.folder).unwrap());
    municipality.put(insight::seen::Memory::default());
    let config = CampaignsConfig::read(&municipality.folder, &municipality.get::<Catalogue>()).unwrap();
    municipality.put(config);
}

async fn town(db: testkit::MainDb) -> Shared {
    let app = testkit::app(db, shelve);
    let file = testkit::root().join("config/heemskerk/areas.geojson");
    areas::import::seed(&app, HOME, &file, 2024).await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    app.municipality(HOME).unwrap().get::<Atlas>().reload(&mut tx, HOME).await.unwrap();
    drop(tx);
    app
}

fn router(app: &Shared) -> Router {
    testkit::web(
        app,
        Table::new(app)
            .get("/campaigns", "campaign:read", web::list)
            .get("/campaigns/new", "campaign:edit", web::form::new)
            .post("/campaigns/new", "campaign:edit", web::form::create)
            .get("/campaigns/{id}", "campaign:read", web::detail::page)
            .get("/campaigns/{id}/edit", "campaign:edit", web::form::edit)
            .post("/campaigns/{id}/edit", "campaign:edit", web::form::save)
            .get("/campaigns/{id}/step", "campaign:edit", step::web::form)
            .post("/campaigns/{id}/step", "campaign:edit", step::web::save)
            .get("/campaigns/{id}/obligation", "campaign:edit", obligation::web::form)
            .post("/campaigns/{id}/obligation", "campaign:edit", obligation::web::save)
            .post("/campaigns/{id}/effect", "campaign:edit", web::detail::follow)
            .post("/campaigns/{id}/decide", "campaign:decide", web::detail::decide),
    )
}

const ID: &str = "019a0000-0000-7000-8000-000000000001";
const DUTY: &str = "019a0000-0000-7000-8000-000000000002";

/// The form with some fields otherwise; today is Monday 3 June 2024.
fn form(other: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let all = [
        ("request", ID),
        ("version", "1"),
        ("kind", "hang-out"),
        ("name", "Rust op het plein"),
        ("problem", "Overlast in de avond"),
        ("context", "Bewoners slapen slecht"),
        ("areas", AREA),
        ("categories", "youth-nuisance"),
        ("priorities", "youth-groups"),
        ("partners", "Politie\r\n\r\n Jongerenwerk "),
        ("budget_hours", "40"),
        ("starts_on", "2024-05-27"),
        ("ends_on", "2024-08-18"),
        ("review_on", "2024-09-01"),
        ("do", "save"),
    ];
    all.into_iter().map(|(name, value)| other.iter().find(|o| o.0 == name).copied().unwrap_or((name, value))).collect()
}

fn visit(other: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let all = [
        ("request", DUTY),
        ("version", "0"),
        ("name", "Plein"),
        ("area", AREA),
        ("address", ""),
        ("per_week", "3"),
        ("minutes", "15"),
        ("hour_from", "22"),
        ("hour_to", "2"),
        ("category", "youth-nuisance"),
    ];
    all.into_iter().map(|(name, value)| other.iter().find(|o| o.0 == name).copied().unwrap_or((name, value))).collect()
}

async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, args![HOME]).await.unwrap();
    n
}

fn at(text: &str) -> At {
    At(text.parse().unwrap())
}

/// What is due at `from`, as `(place, left, last day after Monday 3 June, hours)`.
async fn due(app: &Shared, from: &str) -> Vec<(String, u32, i64, Option<(u8, u8)>)> {
    let cx = testkit::cx(app, Some(Role::Coordinator));
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code())).unwrap();
    let mut tx = app.main.read().await.unwrap();
    let from = at(from);
    let to = At::from_micros(from.micros() + 8 * 3_600_000_000);
    let due = obligation::due(&cx, &mut tx, &permit, from, to).await.unwrap();
    due.into_iter().map(|o| (o.place, o.left, o.last_day - 19_877, o.hours)).collect()
}

/// Visits asked and made, and minutes, of the week from this day.
async fn week(app: &Shared, monday: i64) -> Vec<(i64, i64, i64)> {
    let cx = testkit::cx(app, Some(Role::Coordinator));
    let permit = cx.permit("round:read", &Resource::ordinary("round", cx.code())).unwrap();
    let mut tx = app.main.read().await.unwrap();
    let found = obligation::in_week(&mut tx, &permit, monday).await.unwrap();
    found.into_iter().map(|w| (w.asked, w.made, w.minutes)).collect()
}

async fn made(app: &Shared, visit: u128, arrived: &str) -> bool {
    let cx = testkit::cx(app, Some(Role::Officer));
    let permit = cx.permit("round:walk", &Resource::ordinary("round", cx.code()).own(true)).unwrap();
    let mut tx = app.main.write().await.unwrap();
    let arrived = at(arrived);
    let left = At::from_micros(arrived.micros() + 20 * 60_000_000);
    let duty = Uuid::try_parse(DUTY).unwrap();
    let new = obligation::made(&cx, &mut tx, &permit, duty, Uuid::from_u128(visit), (arrived, left)).await.unwrap();
    let other = Uuid::from_u128(99);
    assert!(!obligation::made(&cx, &mut tx, &permit, other, Uuid::from_u128(visit), (arrived, left)).await.unwrap());
    tx.commit().await.unwrap();
    new
}

db_test! {
    async fn a_campaign_is_made_started_met_reviewed_and_closed(db) {
        let app = town(db).await;
        let router = router(&app);
        let coordinator = Caller::new(&app, &router, Some(Role::Coordinator));
        let officer = Caller::new(&app, &router, Some(Role::Officer));
        assert_eq!(officer.form("/campaigns/new", &form(&[])).await.status, 403);
        let blank = coordinator.get("/campaigns/new?kind=hang-out").await;
        assert!(blank.status == 200 && blank.text.contains("Jongerenwerk Welschap"), "{}", blank.text);
        for _ in 0..2 {
            let saved = coordinator.form("/campaigns/new", &form(&[])).await;
            assert_eq!((saved.status, saved.location), (303, format!("/campaigns/{ID}?saved=1")), "{}", saved.text);
        }
        assert_eq!(count(&app, "select cast(count(*) as bigint) from campaign where municipality = $1").await, 1);
        assert_eq!(count(&app, "select cast(count(*) as bigint) from campaign_step where municipality = $1").await, 3);
        let page = format!("/campaigns/{ID}");
        let (visits, decide) = (format!("{page}/obligation"), format!("{page}/decide"));
        for _ in 0..2 {
            assert_eq!(coordinator.form(&visits, &visit(&[])).await.status, 303);
        }
        assert_eq!(due(&app, "2024-06-03T18:00:00Z").await, [], "a draft asks for nothing");
        assert_eq!(week(&app, 19_877).await, []);
        assert_eq!(officer.form(&decide, &[("request", "019a0000-0000-7000-8000-00000000000a"), ("version", "1"), ("becomes", "running")]).await.status, 403);
        let stale = coordinator.form(&decide, &[("request", "019a0000-0000-7000-8000-00000000000b"), ("version", "7"), ("becomes", "running")]).await;
        assert_eq!(stale.status, 409);
        let started = coordinator.form(&decide, &[("request", "019a0000-0000-7000-8000-00000000000c"), ("version", "1"), ("becomes", "running")]).await;
        assert_eq!(started.status, 303, "{}", started.text);

        let night = Some((22, 26));
        assert_eq!(due(&app, "2024-06-03T18:00:00Z").await, [("Plein".to_owned(), 3, 6, night)]);
        assert!(made(&app, 1, "2024-06-03T21:00:00Z").await);
        assert!(!made(&app, 1, "2024-06-03T21:00:00Z").await, "a visit counts once");
        assert_eq!(due(&app, "2024-06-04T18:00:00Z").await[0].1, 2);
        // 00:30 on Monday in Heemskerk is still Sunday in UTC: it is of the new week
        assert!(made(&app, 2, "2024-06-09T22:30:00Z").await);
        assert_eq!(due(&app, "2024-06-09T12:00:00Z").await[0].1, 2);
        assert_eq!(due(&app, "2024-06-10T12:00:00Z").await[0], ("Plein".to_owned(), 2, 13, night));
        assert_eq!(due(&app, "2024-08-19T12:00:00Z").await, [], "after the last day");
        assert_eq!((week(&app, 19_877).await, week(&app, 19_884).await), (vec![(3, 1, 20)], vec![(3, 1, 20)]));
        assert_eq!(week(&app, 19_954).await, [], "after the last day");

        for (language, words) in [("nl", "1\u{a0}van\u{a0}3"), ("en", "1\u{a0}of\u{a0}3")] {
            let cx = testkit::cx(&app, Some(Role::Officer));
            let request = axum::http::Request::get(&page).header("accept-language", language);
            let answer = Caller::of(&router, cx.actor).send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert!(answer.status == 200 && answer.text.contains(words), "{}", answer.text);
            assert!(!answer.text.contains(&format!("{page}/edit")), "an officer changes nothing");
        }
        let wrong = coordinator.form(&decide, &[("request", "019a0000-0000-7000-8000-00000000000d"), ("version", "2"), ("becomes", "reviewed"), ("lesson", "Het werkte"), ("verdict", "")]).await;
        assert!(wrong.status == 422 && wrong.text.contains("Het werkte"), "{}", wrong.text);
        let closed = coordinator.form(&decide, &[("request", "019a0000-0000-7000-8000-00000000000e"), ("version", "2"), ("becomes", "closed")]).await;
        assert_eq!(closed.status, 409, "what ran is reviewed first");
        for (n, version, becomes) in [("1", "2", "reviewed"), ("2", "3", "closed")] {
            let request = format!("019a0000-0000-7000-8000-0000000000a{n}");
            let fields = [("request", request.as_str()), ("version", version), ("becomes", becomes), ("lesson", "Het werkte"), ("verdict", "stop")];
            let answer = coordinator.form(&decide, &fields).await;
            assert_eq!(answer.status, 303, "{}", answer.text);
        }
        let late = coordinator.form(&visits, &visit(&[("request", "019a0000-0000-7000-8000-0000000000b1")])).await;
        assert_eq!(late.status, 409, "a closed campaign changes no more");
        let audit = "select cast(count(*) as bigint) from audit_entry where municipality = $1 and kind = 'campaign'";
        assert_eq!(count(&app, audit).await, 5);
        let list = officer.get("/campaigns").await.text;
        assert!(list.contains("Afgesloten") && list.contains("Rust op het plein"));
    }

    async fn a_visit_is_changed_and_ended_and_the_effect_is_followed_once(db) {
        let app = town(db).await;
        let router = router(&app);
        let adviser = Caller::new(&app, &router, Some(Role::Adviser));
        assert_eq!(adviser.form("/campaigns/new", &form(&[])).await.status, 303);
        let page = format!("/campaigns/{ID}");
        let visits = format!("{page}/obligation");
        assert_eq!(adviser.form(&visits, &visit(&[])).await.status, 303);
        let again = |request: &'static str, version: &'static str, act: &'static str| {
            let mut fields = visit(&[("request", request), ("version", version), ("per_week", "5")]);
            fields.extend([("duty", DUTY), ("do", act)]);
            fields
        };
        assert_eq!(adviser.form(&visits, &again("019a0000-0000-7000-8000-0000000000c1", "1", "save")).await.status, 303);
        let stale = adviser.form(&visits, &again("019a0000-0000-7000-8000-0000000000c2", "1", "end")).await;
        assert!(stale.status == 409 && stale.text.contains("intussen gewijzigd"), "{}", stale.text);
        assert_eq!(adviser.form(&visits, &again("019a0000-0000-7000-8000-0000000000c3", "2", "end")).await.status, 303);
        assert!(adviser.get(&page).await.text.contains("gestopt"));
        let shown = adviser.get(&format!("{visits}?duty={DUTY}")).await;
        assert!(shown.status == 200 && shown.text.contains("value=\"Plein\""));

        for _ in 0..2 {
            let followed = adviser.form(&format!("{page}/effect"), &[("request", "019a0000-0000-7000-8000-0000000000d1")]).await;
            assert_eq!(followed.status, 303, "{}", followed.text);
        }
        assert_eq!(adviser.form(&format!("{page}/effect"), &[("request", "019a0000-0000-7000-8000-0000000000d2")]).await.status, 409);
        assert_eq!(count(&app, "select cast(count(*) as bigint) from measure where municipality = $1").await, 1);
        let cx = testkit::cx(&app, Some(Role::Adviser));
        let mut tx = app.main.read().await.unwrap();
        let measures = insight::measure::ops::all(&cx, &mut tx).await.unwrap();
        assert_eq!((measures[0].areas.clone(), measures[0].subjects.clone()), (vec![AREA.to_owned()], vec!["people".to_owned()]));
        drop(tx);
        let text = adviser.get(&page).await.text;
        assert!(text.contains("loopt nog te kort"), "why nothing can be said: {text}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_per_field_and_nothing_typed_is_lost() {
    let app = town(testkit::sqlite().await).await;
    let router = router(&app);
    let coordinator = Caller::new(&app, &router, Some(Role::Coordinator));
    for (field, wrong, says) in [
        ("name", "", "Geef de campagne een naam."),
        ("problem", "", "Schrijf op wat het probleem is."),
        ("kind", "party", "Kies een soort campagne."),
        ("areas", "BU99", "Kies buurten uit de lijst."),
        ("categories", "", "Kies een of meer onderwerpen"),
        ("budget_hours", "veel", "Vul een heel aantal uren in"),
        ("budget_hours", "0", "Vul een heel aantal uren in"),
        ("starts_on", "morgen", "Vul de eerste dag in"),
        ("ends_on", "2024-05-01", "De laatste dag ligt op of na"),
        ("ends_on", "2034-05-01", "De laatste dag ligt op of na"),
        ("review_on", "", "Vul een dag in op of na"),
    ] {
        let answer = coordinator.form("/campaigns/new", &form(&[(field, wrong)])).await;
        assert!(answer.status == 422 && answer.text.contains(says), "{field}: {}", answer.text);
        assert!(answer.text.contains("Bewoners slapen slecht"), "{field}");
    }
    assert_eq!(coordinator.form("/campaigns/new", &form(&[("do", "look"), ("name", "")])).await.status, 200);
    assert_eq!(count(&app, "select cast(count(*) as bigint) from campaign where municipality = $1").await, 0);
    assert_eq!(coordinator.form("/campaigns/new", &form(&[])).await.status, 303);
    let visits = format!("/campaigns/{ID}/obligation");
    for (field, wrong, says) in [
        ("per_week", "0", "Vul een aantal in van 1 tot en met 21."),
        ("minutes", "999", "Vul een aantal minuten in"),
        ("hour_from", "25", "Vul twee hele uren in"),
        ("hour_to", "", "Vul twee hele uren in"),
        ("area", "", "Kies een plek op de kaart"),
        ("category", "party", "Kies een of meer onderwerpen"),
    ] {
        let answer = coordinator.form(&visits, &visit(&[(field, wrong)])).await;
        assert!(answer.status == 422 && answer.text.contains(says), "{field}: {}", answer.text);
        assert!(answer.text.contains("value=\"Plein\""), "{field}");
    }
    let mut pressed = visit(&[("area", "")]);
    pressed.extend([("map640.x", "320"), ("map640.y", "200")]);
    let near = coordinator.form(&visits, &pressed).await;
    assert!(near.status == 200 && near.text.contains("name=\"centre\" value=\"4."), "{}", near.text);
    assert_eq!(
        count(&app, "select cast(count(*) as bigint) from campaign_obligation where municipality = $1").await,
        0
    );
    let steps = format!("/campaigns/{ID}/step");
    for (field, wrong, says) in [
        ("what", "", "Schrijf op wat er wordt gedaan."),
        ("state", "later", "Kies de stand."),
        ("state", "dropped", "Schrijf op waarom de maatregel vervalt."),
        ("to_on", "2024-01-01", "De laatste dag ligt op of na"),
        ("from_on", "x", "Vul een dag in"),
    ] {
        let all = [
            ("request", DUTY),
            ("version", "0"),
            ("what", "Extra bak"),
            ("partner", "Wijkteam"),
            ("from_on", "2024-06-03"),
            ("to_on", ""),
            ("state", "planned"),
            ("reason", ""),
        ];
        let fields: Vec<_> = all.into_iter().map(|(n, v)| if n == field { (n, wrong) } else { (n, v) }).collect();
        let answer = coordinator.form(&steps, &fields).await;
        assert!(answer.status == 422 && answer.text.contains(says), "{field}: {}", answer.text);
        assert!(answer.text.contains("Wijkteam"), "{field}");
    }
}

#[tokio::test]
async fn the_demonstration_has_a_running_a_closed_and_a_coming_campaign() {
    let app = town(testkit::sqlite().await).await;
    let home = app.municipality(HOME).unwrap();
    let cx = testkit::cx(&app, Some(Role::Coordinator));
    crate::seed::seed(&app, &home, &cx.actor, cx.now).await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    let all = ops::all(&cx, &mut tx).await.unwrap();
    let states: Vec<State> = all.iter().map(|(c, ..)| c.state).collect();
    assert_eq!(states, [State::Draft, State::Running, State::Closed]);
    for (campaign, made, minutes) in &all {
        assert_eq!(*made > 10, campaign.state != State::Draft, "{}", campaign.name);
        assert!(*minutes < campaign.budget_hours * 60, "{}: {minutes}", campaign.name);
    }
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code())).unwrap();
    let due = obligation::due(&cx, &mut tx, &permit, cx.now, cx.now).await.unwrap();
    assert!(!due.is_empty() && due.iter().all(|o| o.title == "Donkere-dagenoffensief"), "{due:?}");
}
