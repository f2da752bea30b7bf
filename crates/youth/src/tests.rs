//! What this area promises: a contact is one note and one presence; no name or number gets in unseen; who may not read
//! words gets counts; wrong input keeps what was typed; notes go in time.

use crate::config::YouthConfig;
use crate::contact::ops::all;
use crate::{contact, place, retention};
use areas::Atlas;
use axum::Router;
use kit::{At, args};
use policy::Role;
use site::Shared;
use site::routes::Table;
use testkit::{Caller, db_test};

const HOME: &str = "GM0396";
const AREA: &str = "BU03960100";
const PLACE: &str = "019a0000-0000-7000-8000-000000000001";
const ID: &str = "019a0000-0000-7000-8000-000000000002";

async fn town(db: testkit::MainDb) -> Shared {
    let app = testkit::app(db, |m| {
        m.put(Atlas::new(&m.file));
        let config = YouthConfig::read(&m.folder).unwrap();
        m.put(config);
    });
    let file = testkit::root().join("config/heemskerk/areas.geojson");
    areas::import::seed(&app, HOME, &file, 2024).await.unwrap();
    let account = testkit::cx(&app, Some(Role::Officer)).actor.account;
    let mut tx = app.main.write().await.unwrap();
    app.municipality(HOME).unwrap().get::<Atlas>().reload(&mut tx, HOME).await.unwrap();
    tx.run(
        "insert into account (municipality, id, username, name, role, password_hash, active, created_at)
         values ($1, $2, 'jeugdboa', 'Noor', 'officer', '!', $3, 0)",
        args![HOME, account, true],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    app
}

fn router(app: &Shared) -> Router {
    testkit::web(
        app,
        Table::new(app)
            .get("/youth", "youth:overview", place::web::overview)
            .get("/youth/new", "youth:write", contact::web::new)
            .post("/youth/new", "youth:write", contact::web::create)
            .get("/youth/place", "youth:write", place::web::form)
            .post("/youth/place", "youth:write", place::web::save)
            .get("/youth/places/{id}", "youth:overview", place::web::place)
            .post("/youth/contacts/{id}", "youth:write", contact::web::change),
    )
}

fn with<'a>(all: &[(&'a str, &'a str)], other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut out: Vec<_> =
        all.iter().map(|(n, v)| other.iter().find(|o| o.0 == *n).copied().unwrap_or((*n, *v))).collect();
    out.extend(other.iter().filter(|o| all.iter().all(|a| a.0 != o.0)));
    out
}

/// A hang-out.
fn spot<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    with(&[("request", PLACE), ("version", "0"), ("name", "Skatebaan"), ("area", AREA)], other)
}

/// A contact: three taps and a few words.
fn note<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let all = [
        ("request", ID),
        ("place_id", PLACE),
        ("size", "some"),
        ("mood", "quiet"),
        ("seen", "Muziek aan, verder rustig"),
        ("agreement", "Muziek uit na tien uur"),
    ];
    with(&all, other)
}

async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, args![HOME]).await.unwrap();
    n
}

const CONTACTS: &str = "select cast(count(*) as bigint) from youth_contact where municipality = $1";

db_test! {
    async fn a_contact_is_one_note_and_one_presence_and_its_agreement_is_looked_at(db) {
        let app = town(db).await;
        let router = router(&app);
        let officer = Caller::new(&app, &router, Some(Role::Officer));
        let coordinator = Caller::new(&app, &router, Some(Role::Coordinator));
        let adviser = Caller::new(&app, &router, Some(Role::Adviser));
        assert_eq!(coordinator.form("/youth/place", &spot(&[])).await.status, 403);
        for _ in 0..2 {
            let made = officer.form("/youth/place", &spot(&[])).await;
            assert_eq!((made.status, made.location), (303, format!("/youth/places/{PLACE}?saved=1")), "{}", made.text);
        }
        assert_eq!(coordinator.form("/youth/new", &note(&[])).await.status, 403);
        let blank = officer.get(&format!("/youth/new?place={PLACE}")).await;
        assert!(blank.text.contains(&format!("value=\"{PLACE}\" checked")), "{}", blank.text);
        for _ in 0..2 {
            let made = officer.form("/youth/new", &note(&[])).await;
            assert_eq!(made.status, 303, "{}", made.text);
        }
        assert_eq!(count(&app, CONTACTS).await, 1);
        // the presence has the id of the note, and is where and as long as the contact was
        let presence = "select cast(count(*) as bigint) from presence p
            join youth_contact c on c.municipality = p.municipality and c.id = p.id and c.area = p.area
            where p.municipality = $1 and p.started_at = c.at and p.ended_at - p.started_at = 600000000";
        assert_eq!(count(&app, presence).await, 1);
        let page = format!("/youth/places/{PLACE}");
        for (caller, reads) in [(&officer, true), (&coordinator, true), (&adviser, false)] {
            for path in ["/youth", &page] {
                let answer = caller.get(path).await;
                assert_eq!(answer.status, 200);
                assert!(answer.text.contains("Skatebaan") && answer.text.contains("Rustig"), "{}", answer.text);
                assert_eq!(answer.text.contains("Muziek uit na tien uur"), reads, "{path}");
            }
        }
        let change = format!("/youth/contacts/{ID}");
        let checked = |request: &'static str, version: &'static str, kept: &'static str, note: &'static str| {
            [("request", request), ("version", version), ("do", "checked"), ("kept", kept), ("note", note)]
        };
        let wrong = officer.form(&change, &checked("019a0000-0000-7000-8000-00000000000a", "1", "", "Ging goed")).await;
        assert!(wrong.status == 422 && wrong.text.contains("Ging goed"), "{}", wrong.text);
        assert_eq!(officer.form(&change, &checked("019a0000-0000-7000-8000-00000000000b", "1", "yes", "Ging goed")).await.status, 303);
        assert_eq!(officer.form(&change, &checked("019a0000-0000-7000-8000-00000000000c", "1", "no", "")).await.status, 409);
        assert!(officer.get(&page).await.text.contains("Ging goed"));
        let wipe = [("request", "019a0000-0000-7000-8000-00000000000d"), ("version", "2"), ("do", "wipe")];
        assert_eq!(officer.form(&change, &wipe).await.status, 303);
        assert!(!officer.get(&page).await.text.contains("Muziek"), "the words are gone");
        let audit = "select cast(count(*) as bigint) from audit_entry where municipality = $1 and action = 'youth:write'";
        assert_eq!(count(&app, audit).await, 4);
    }

    async fn notes_go_when_their_term_is_over(db) {
        let app = town(db).await;
        let home = app.municipality(HOME).unwrap();
        let cx = testkit::cx(&app, Some(Role::Officer));
        crate::seed::seed(&app, &home, &cx.actor, cx.now).await.unwrap();
        let mut tx = app.main.write().await.unwrap();
        let (places, contacts) = all(&cx, &mut tx).await.unwrap();
        assert!(places.len() == 5 && contacts.len() > 50, "{}", contacts.len());
        assert!(contacts.iter().any(|c| c.is_open()), "something is left to look at");
        let before = At::from_micros(cx.now.micros() - 100 * 86_400_000_000);
        let old = contacts.iter().filter(|c| c.at < before).count() as i64;
        let due: i64 = retention::CONTACT.due(&mut tx, HOME, before).await.unwrap().iter().map(|d| d.rows).sum();
        assert_eq!(due, old);
        assert_eq!(retention::CONTACT.go(&mut tx, HOME, before, 1000).await.unwrap(), old as u64);
        assert_eq!(retention::CONTACT.total(&mut tx, HOME).await.unwrap(), contacts.len() as i64 - old);
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_per_field_and_nothing_typed_is_lost() {
    let app = town(testkit::sqlite().await).await;
    let router = router(&app);
    let officer = Caller::new(&app, &router, Some(Role::Officer));
    assert_eq!(officer.form("/youth/place", &spot(&[("name", "")])).await.status, 422);
    assert_eq!(officer.form("/youth/place", &spot(&[("area", "")])).await.status, 422);
    assert_eq!(officer.form("/youth/place", &spot(&[])).await.status, 303);
    for (field, wrong, says) in [
        ("place_id", "", "Kies een plek"),
        ("place_id", "other", "Kies een plek op de kaart"),
        ("size", "", "Kies hoeveel jongeren"),
        ("mood", "boos", "Kies de stemming"),
        ("minutes", "1000", "Vul een aantal minuten in van 1 tot en met 180."),
        ("at", "gisteren", "Vul dag en tijd in"),
        ("at", "2024-06-03T13:00", "Deze tijd moet nog komen"),
        ("at", "2024-05-01T13:00", "tot 7 dagen later"),
        ("check_on", "2024-05-01", "Kies een dag op of na"),
        ("seen", "Bel 06 12345678", "Haal dit weg: 06 12345678"),
        ("seen", "Mail a@b.example", "Haal dit weg: a@b.example"),
        ("seen", "Scooter 12-ABC-3", "Haal dit weg: 12-ABC-3"),
        ("agreement", "Gesproken met Piet de Boer", "naam of een huisnummer: Piet de Boer"),
    ] {
        let answer = officer.form("/youth/new", &note(&[(field, wrong)])).await;
        assert!(answer.status == 422 && answer.text.contains(says), "{field}: {}", answer.text);
        let other = if field == "agreement" { "Muziek aan, verder rustig" } else { "Muziek uit na tien uur" };
        assert!(answer.text.contains(other), "{field}");
    }
    assert_eq!(count(&app, CONTACTS).await, 0);
    // a shop is no person: the officer says so; a number stays refused
    let shop = [("seen", "Groep stond bij de Blokker")];
    assert_eq!(officer.form("/youth/new", &note(&shop)).await.status, 422);
    assert_eq!(officer.form("/youth/new", &note(&[("seen", "Bel 06 12345678"), ("sure", "yes")])).await.status, 422);
    assert_eq!(officer.form("/youth/new", &note(&[shop[0], ("sure", "yes")])).await.status, 303);
    // elsewhere: the street is kept, the number of a door is not
    let other = [
        ("request", "019a0000-0000-7000-8000-000000000009"),
        ("place_id", "other"),
        ("area", AREA),
        ("address", "Kerkweg 12"),
    ];
    let made = officer.form("/youth/new", &note(&other)).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let cx = testkit::cx(&app, Some(Role::Officer));
    let mut tx = app.main.read().await.unwrap();
    let (_, contacts) = all(&cx, &mut tx).await.unwrap();
    assert_eq!(contacts.iter().find(|c| c.place_id.is_none()).unwrap().place, "Kerkweg");
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let app = town(testkit::sqlite().await).await;
    let home = app.municipality(HOME).unwrap();
    let cx = testkit::cx(&app, Some(Role::Officer));
    crate::seed::seed(&app, &home, &cx.actor, cx.now).await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    let place = all(&cx, &mut tx).await.unwrap().0[0].id;
    drop(tx);
    let router = router(&app);
    for path in [
        "/youth",
        "/youth/new",
        "/youth/place",
        &format!("/youth/place?place={place}"),
        &format!("/youth/places/{place}"),
    ] {
        for language in ["nl", "en"] {
            let request = axum::http::Request::get(path).header("accept-language", language);
            let answer =
                Caller::of(&router, cx.actor.clone()).send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(!answer.text.contains(">youth-"), "{path} {language}: a text is missing");
        }
    }
}
