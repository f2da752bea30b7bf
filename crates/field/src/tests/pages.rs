//! The doors of the app and the board, through the router.

use super::{count, officer, officers, stop, town, work};
use crate::{board, call, day, device, place, shell, sync};
use axum::body::Body;
use axum::http::Request;
use kit::{Uuid, args};
use policy::Role;
use serde_json::{Value, json};
use site::Shared;
use site::routes::Table;
use testkit::{Answer, Caller, db_test};

fn router(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/field", "public:read", shell::shell)
        .get("/field/sw.js", "public:read", shell::worker)
        .get("/field/app.webmanifest", "public:read", shell::manifest)
        .get("/field/texts/{lang}", "public:read", shell::texts)
        .get("/api/field/day", "field:use", day::day)
        .get("/api/field/map", "field:use", day::map)
        .post("/api/field/sync", "field:use", sync::sync)
        .upload("/api/field/photo/{id}", "field:use", sync::photo::piece)
        .post("/api/field/assistance", "field:use", call::send)
        .get("/api/field/assistance/{id}", "field:use", call::state)
        .post("/api/field/assistance/{id}/cancel", "field:use", call::cancel)
        .get("/api/field/device/{id}/wipe", "public:read", device::wipe_asked)
        .post("/api/field/device/{id}/wiped", "public:read", device::wiped)
        .get("/board", "board:read", board::board)
        .get("/board/phones", "device:wipe", board::phones)
        .post("/board/phones/{id}/wipe", "device:wipe", device::wipe)
        .post("/board/calls/{id}", "board:handle", call::settle_form)
        .post("/board/events/{id}/seen", "board:handle", board::seen);
    testkit::web(app, table)
}

async fn piece(caller: &Caller, photo: Uuid, query: &str, bytes: &[u8]) -> Answer {
    let request = Request::post(format!("/api/field/photo/{photo}?{query}")).body(Body::from(bytes.to_vec())).unwrap();
    caller.send(request).await
}

fn message(app: &Shared, phone: Uuid, seq: i64, kind: &str, payload: &Value) -> (Uuid, Value) {
    let (id, now) = (app.clock.id(), app.clock.now().micros() / 1000);
    let event = json!({ "id": id, "seq": seq, "kind": kind, "at": now, "offset": 0, "payload": payload });
    (id, json!({ "device": phone, "now": now, "events": [event] }))
}

db_test! {
    async fn a_day_goes_to_the_phone_and_photos_come_in_pieces(db) {
        let app = town(db).await;
        let work = work(&app, 3, None).await;
        let router = router(&app);
        let daan = Caller::of(&router, officer(&app, officers()[0]).actor);
        let phone = app.clock.id();
        let path = format!("/api/field/day?device={phone}&now=0&name=Android");
        let first = daan.get(&path).await;
        assert_eq!(first.status, 200, "{}", first.text);
        let day = first.json();
        assert_eq!(day["shifts"][0]["rounds"][0]["visits"].as_array().unwrap().len(), 3);
        assert_eq!(day["shifts"][0]["officers"], json!(["Daan", "Samira"]));
        assert!(!day["categories"].as_array().unwrap().is_empty() && !day["rules"].as_array().unwrap().is_empty());
        assert_eq!(first.header("regie-now"), (app.clock.now().micros() / 1000).to_string());
        let known = Request::get(&path).header("if-none-match", first.header("etag")).body(Body::empty()).unwrap();
        assert_eq!(daan.send(known).await.status, 304);
        // nobody else gets it: not a stranger, not another role, not a colleague on the same phone
        assert_eq!(Caller::new(&app, &router, None).get(&path).await.status, 401);
        assert_eq!(Caller::new(&app, &router, Some(Role::Coordinator)).get(&path).await.status, 403);
        assert_eq!(Caller::of(&router, officer(&app, officers()[1]).actor).get(&path).await.status, 409);
        let map = daan.get("/api/field/map").await;
        assert_eq!(map.json()["areas"][0]["name"], "Duinwijk");
        assert!(map.bytes.len() < 200_000);

        // one photo is whole before its observation came, the other is cut off in the middle
        let (one, two) = (app.clock.id(), app.clock.id());
        let seen = json!({ "category": "litter", "words": "Blikjes", "lon": 4.66, "lat": 52.51, "photos": [one, two] });
        let (event, body) = message(&app, phone, 1, "observation", &seen);
        let bytes = include_bytes!("photo.png");
        let size = bytes.len();
        let early = piece(&daan, one, &format!("event={event}&size={size}&start=0"), bytes).await;
        assert_eq!(early.json(), json!({ "have": size, "state": "coming", "text": "" }));
        assert_eq!(daan.post_json("/api/field/sync", &body).await.json()["answers"][0]["outcome"], "done");
        assert_eq!(count(&app, "select count(*) from photo where municipality = $1").await, 1);
        let query = |start: usize| format!("event={event}&size={size}&start={start}");
        assert_eq!(piece(&daan, two, &query(0), &bytes[..40]).await.json()["have"], 40);
        // the answer was lost: the same piece again changes nothing, and the phone hears where it is
        assert_eq!(piece(&daan, two, &query(0), &bytes[..40]).await.json()["have"], 40);
        assert_eq!(piece(&daan, two, &query(40), &bytes[40..]).await.json()["state"], "kept");
        assert_eq!(piece(&daan, two, &query(40), &bytes[40..]).await.json()["state"], "kept");
        assert_eq!(count(&app, "select count(*) from photo where municipality = $1").await, 2);
        assert_eq!(count(&app, "select count(*) from field_photo_part where municipality = $1").await, 0);
        let broken = app.clock.id();
        let refused = piece(&daan, broken, &format!("event={event}&size=5&start=0"), b"%PDF-").await.json();
        assert_eq!(refused["state"], "refused");
        assert!(refused["text"].as_str().unwrap().len() > 10);
        // what cannot be read is said
        let bad = Request::post("/api/field/sync").body(Body::from("{\"device\":1}")).unwrap();
        assert_eq!(daan.send(bad).await.status, 400);
        let gap = message(&app, phone, 7, "void", &Value::Null).1;
        let wait = daan.post_json("/api/field/sync", &gap).await.json();
        assert_eq!((&wait["answers"][0]["outcome"], &wait["expected"]), (&json!("wait"), &json!(2)));
        drop(work);
    }

    async fn a_spoken_note_comes_before_or_after_its_observation_and_a_report_has_one(db) {
        let app = town(db).await;
        let router = router(&app);
        let [daan, samira] = officers().map(|account| Caller::of(&router, officer(&app, account).actor));
        let phone = app.clock.id();
        let kept = "select count(*) from voice_note where municipality = $1";
        let ask = |event: Uuid, size: usize, start: usize| format!("event={event}&media=voice&size={size}&start={start}");
        let sound = [b"\x1A\x45\xDF\xA3\x9fB\x82\x84webm".as_slice(), b"A_OPUS", &[7; 90]].concat();
        let size = sound.len();
        let seen = |voice: Uuid| json!({ "category": "litter", "words": "Blikjes", "lon": 4.66, "lat": 52.51, "voice": voice });
        // cut off in the middle, the answer lost, whole before the observation; then both again
        let first = app.clock.id();
        let (one, body) = message(&app, phone, 1, "observation", &seen(first));
        assert_eq!(piece(&daan, first, &ask(one, size, 0), &sound[..40]).await.json()["have"], 40);
        assert_eq!(piece(&daan, first, &ask(one, size, 0), &sound[..40]).await.json()["have"], 40);
        assert_eq!(piece(&samira, first, &ask(one, size, 40), &sound[40..]).await.status, 404, "a colleague's");
        let whole = piece(&daan, first, &ask(one, size, 40), &sound[40..]).await.json();
        assert_eq!(whole, json!({ "have": size, "state": "coming", "text": "" }));
        assert_eq!(count(&app, kept).await, 0, "not without its observation");
        for outcome in ["done", "replayed"] {
            assert_eq!(daan.post_json("/api/field/sync", &body).await.json()["answers"][0]["outcome"], outcome);
            assert_eq!(count(&app, kept).await, 1);
        }
        assert_eq!(piece(&daan, first, &ask(one, size, size), &[]).await.json()["state"], "kept", "told again");
        // the observation first, and its note in another order of things
        let second = app.clock.id();
        let (two, body) = message(&app, phone, 2, "observation", &seen(second));
        daan.post_json("/api/field/sync", &body).await;
        for (start, piece_of, state) in [(0, &sound[..1], "coming"), (50, &sound[50..], "coming"), (1, &sound[1..], "kept")] {
            assert_eq!(piece(&daan, second, &ask(two, size, start), piece_of).await.json()["state"], state, "{start}");
        }
        assert_eq!(count(&app, kept).await, 2);
        assert_eq!(count(&app, "select count(*) from field_photo_part where municipality = $1").await, 0);
        let same = "select count(*) from voice_note v join field_event e on e.municipality = v.municipality and e.id = v.signal_id
            where v.municipality = $1 and v.account_id = e.account_id and v.at = e.at";
        assert_eq!(count(&app, same).await, 2, "of who spoke, when it was seen");
        // a second note, a photo as a note, a note as a photo, a film, too large: refused in words
        let film = [&sound[..], b"V_VP8"].concat();
        let photo = include_bytes!("photo.png").as_slice();
        for (media, bytes, says) in [
            ("voice", &sound[..], "al een gesproken notitie"),
            ("voice", photo, "geen geluid"),
            ("voice", &film, "ook beeld"),
            ("photo", &sound, "filmpje"),
        ] {
            let query = ask(two, bytes.len(), 0).replace("media=voice", &format!("media={media}"));
            let answer = piece(&daan, app.clock.id(), &query, bytes).await.json();
            assert_eq!(answer["state"], "refused", "{says}: {answer}");
            assert!(answer["text"].as_str().unwrap().contains(says), "{says}: {answer}");
        }
        let wide = ask(two, 16 << 20, 0);
        assert_eq!(piece(&daan, app.clock.id(), &wide, &sound).await.status, 413);
        assert_eq!(piece(&daan, app.clock.id(), &wide.replace("voice", "smell"), &sound).await.status, 400);
        // nobody puts a note with a colleague's observation
        let odd = piece(&samira, app.clock.id(), &ask(one, size, 0), &sound).await.json();
        assert_eq!(odd["state"], "coming", "{odd}");
        // a refused observation takes its note along, in words
        let third = app.clock.id();
        let far = json!({ "category": "litter", "words": "Ver weg", "lon": 5.5, "lat": 52.5, "voice": third });
        let (three, body) = message(&app, phone, 3, "observation", &far);
        daan.post_json("/api/field/sync", &body).await;
        let lost = piece(&daan, third, &ask(three, size, 0), &sound).await.json();
        assert!(lost["state"] == "refused" && lost["text"].as_str().unwrap().contains("gesproken notitie"), "{lost}");
        assert_eq!(count(&app, kept).await, 2);
        // the officer may know of them (AVG art. 15), and they go when nothing needs them (art. 17)
        let cx = officer(&app, officers()[0]);
        let permit = cx.permit("field:use", &policy::Resource::ordinary("field", cx.code())).unwrap();
        let mut tx = cx.write().await.unwrap();
        let about = crate::subject::find(&cx, &mut tx, &permit, officers()[0]).await.unwrap();
        let lines = &about.iter().find(|(name, _)| *name == "field-voices").unwrap().1;
        assert_eq!(lines.lines().count(), 2, "{lines}");
        crate::subject::erase(&cx, &mut tx, &permit, officers()[1]).await.unwrap();
        crate::subject::erase(&cx, &mut tx, &permit, officers()[0]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(&app, kept).await, 0);
        assert_eq!(count(&app, "select count(*) from signal where municipality = $1").await, 2, "the words stay");
    }

    async fn the_board_shows_who_is_where_until_the_shift_ends(db) {
        let app = town(db).await;
        let work = work(&app, 2, None).await;
        let router = router(&app);
        let daan = Caller::of(&router, officer(&app, officers()[0]).actor);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let phone = app.clock.id();
        let now = app.clock.now().micros() / 1000;
        let here = json!({ "device": phone, "now": now, "events": [], "position": { "lon": 4.661, "lat": 52.5104 } });
        assert_eq!(daan.post_json("/api/field/sync", &here).await.json()["shares"], true);
        let kept: (f64, f64) = {
            let mut tx = app.main.read().await.unwrap();
            let sql = "select lon, lat from field_position where municipality = $1";
            tx.one(sql, args![app.home().unwrap().code()]).await.unwrap()
        };
        assert_ne!(kept, (4.661, 52.5104), "only the middle of a square is kept");
        let (_, visit) = message(&app, phone, 1, "visit.nothing", &stop(&work, 0, json!({})));
        daan.post_json("/api/field/sync", &visit).await;
        let outside = json!({ "category": "litter", "words": "Ver weg", "lon": 5.5, "lat": 52.5 });
        let (refused, body) = message(&app, phone, 2, "observation", &outside);
        daan.post_json("/api/field/sync", &body).await;
        let page = desk.get("/board").await;
        for there in ["Daan", "Samira", "Duinwijk", "1 van 2 bezoeken gedaan", "Ver weg", "niet verwerkt", "1:00 van 8:00"] {
            assert!(page.text.contains(there), "{there}: {}", page.text);
        }
        assert!(!page.text.contains("field-") || !page.text.contains(">field-"), "no bare key");
        assert_eq!(daan.get("/board").await.status, 403);
        let request = app.clock.id().to_string();
        for _ in 0..2 {
            let answer = desk.form(&format!("/board/events/{refused}/seen"), &[("request", &request)]).await;
            assert_eq!(answer.status, 303);
        }
        assert!(!desk.get("/board").await.text.contains("Ver weg"));

        // a call for assistance rings, keeps the shared place, and is answered and closed
        let call = json!({ "id": app.clock.id(), "at": now - 5_000, "now": now });
        for _ in 0..2 {
            assert_eq!(daan.post_json("/api/field/assistance", &call).await.json()["state"], "open");
        }
        let page = desk.get("/board").await;
        assert!(page.text.contains("data-alarm") && page.text.contains("Plek: Duinwijk"), "{}", page.text);
        let door = format!("/board/calls/{}", call["id"].as_str().unwrap());
        let press = async |what: &str, note: &str| {
            let request = app.clock.id().to_string();
            desk.form(&door, &[("request", &request), ("what", what), ("note", note)]).await.status
        };
        assert_eq!(press("answer", "").await, 303);
        let state = daan.get(&format!("/api/field/assistance/{}", call["id"].as_str().unwrap())).await.json();
        assert_eq!(state["state"], "answered");
        assert!(!desk.get("/board").await.text.contains("data-alarm"));
        assert_eq!(press("close", &"x".repeat(501)).await, 422);
        assert_eq!(press("close", "Collega kwam").await, 303);
        let samira = Caller::of(&router, officer(&app, officers()[1]).actor);
        assert_eq!(samira.get(&format!("/api/field/assistance/{}", call["id"].as_str().unwrap())).await.status, 404);
        assert_eq!(count(&app, "select count(*) from field_call where municipality = $1").await, 1);

        // the end of the shift: the place is gone, the call keeps its own
        let end = jiff::Span::new().hours(7).minutes(20);
        app.clock.set(app.clock.now().0.checked_add(end).unwrap());
        let mut jobs = kit::jobs::Registry::default();
        jobs.add(place::CLEAR, place::clear);
        jobs.add(kit::events::DELIVER, async |_: Shared, _| Ok(()));
        jobs.run_due(&app.main, &app.clock, &app).await.unwrap();
        assert_eq!(count(&app, "select count(*) from field_position where municipality = $1").await, 0);
        assert_eq!(count(&app, "select count(*) from field_call where municipality = $1 and lon is not null").await, 1);
        let late = json!({ "device": phone, "now": now, "events": [], "position": { "lon": 4.661, "lat": 52.5104 } });
        assert_eq!(daan.post_json("/api/field/sync", &late).await.json()["shares"], false, "outside the shift");
    }

    async fn a_lost_phone_hears_that_it_must_wipe_itself(db) {
        let app = town(db).await;
        let router = router(&app);
        let daan = Caller::of(&router, officer(&app, officers()[0]).actor);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let stranger = Caller::new(&app, &router, None);
        let phone = app.clock.id();
        let asks = format!("/api/field/device/{phone}/wipe");
        assert_eq!(stranger.get(&asks).await.json(), json!({ "wipe": false }), "a phone that nobody knows");
        daan.get(&format!("/api/field/day?device={phone}&now=0&name=Android%2014")).await;
        // nobody but a coordinator can ask, and a phone that says so by itself is not believed
        stranger.post_json(&format!("/api/field/device/{phone}/wiped"), &json!({})).await;
        let request = app.clock.id().to_string();
        let door = format!("/board/phones/{phone}/wipe");
        assert_eq!(daan.form(&door, &[("request", &request)]).await.status, 403);
        let page = desk.get("/board/phones").await;
        assert!(page.text.contains("Daan") && page.text.contains("Android 14"), "{}", page.text);
        for _ in 0..2 {
            assert_eq!(desk.form(&door, &[("request", &request)]).await.status, 303);
        }
        assert_eq!(stranger.get(&asks).await.json(), json!({ "wipe": true }));
        let (_, body) = message(&app, phone, 1, "void", &Value::Null);
        let heard = daan.post_json("/api/field/sync", &body).await.json();
        assert_eq!((&heard["wipe"], &heard["answers"][0]["outcome"]), (&json!(true), &json!("done")), "what waits first");
        stranger.post_json(&format!("/api/field/device/{phone}/wiped"), &json!({})).await;
        assert_eq!(stranger.get(&asks).await.json(), json!({ "wipe": false }));
        assert!(desk.get("/board/phones").await.text.contains("gewist"));
        let wipes = "select count(*) from audit_entry where municipality = $1 and action = 'device:wipe'";
        assert_eq!(count(&app, wipes).await, 2, "asked and done");
    }
}

#[tokio::test]
async fn the_shell_knows_nobody_and_its_worker_says_its_version() {
    let app = town(testkit::sqlite().await).await;
    let router = router(&app);
    let stranger = Caller::new(&app, &router, None);
    let daan = Caller::of(&router, officer(&app, officers()[0]).actor);
    let shell = daan.get("/field").await;
    assert_eq!(shell.text, stranger.get("/field").await.text, "the same for everybody");
    assert!(shell.text.contains("<noscript>") && shell.text.contains("href=\"/rounds\""));
    let worker = stranger.get("/field/sw.js").await;
    assert_eq!(worker.header("service-worker-allowed"), "/field");
    assert!(worker.text.starts_with("const VERSION = \"field-"), "{}", worker.text);
    assert!(worker.text.contains("/field/texts/nl") && worker.text.contains("/static/test/field/app.mjs"));
    assert_eq!(worker.text, stranger.get("/field/sw.js").await.text, "the same version as long as nothing changed");
    let manifest = stranger.get("/field/app.webmanifest").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    assert_eq!((&manifest.json()["start_url"], &manifest.json()["scope"]), (&json!("/field"), &json!("/field")));
    for lang in ["nl", "en"] {
        let texts = stranger.get(&format!("/field/texts/{lang}")).await.json();
        let texts = texts.as_object().unwrap().clone();
        assert!(texts.values().all(|text| !text.as_str().unwrap().starts_with("field-app-")), "{lang}");
        assert!(texts["waits"].as_str().unwrap().contains("{n}"));
    }
    assert_eq!(stranger.get("/field/texts/xx").await.status, 404);
}
