use crate::fixture::{self, Mood, Signalen};
use crate::signalen::{POLL, SEND, poll, send};
use axum::http::Request;
use kit::jobs::Registry;
use kit::{Uuid, args};
use policy::Role;
use serde_json::{Value, json};
use signals::intake::{self, NewSignal, Reporter};
use signals::{Channel, Kind, Source, State};
use site::Shared;
use site::routes::Table;
use testkit::{Answer, Caller, db_test, web};

fn router(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/exchange", "exchange:edit", crate::signalen::links_page)
        .post("/exchange/links/{id}/token", "exchange:edit", crate::signalen::link_token)
        .post("/exchange/dispatches/{id}", "desk:read", crate::signalen::dispatch_settle)
        .get("/exchange/forward/{id}", "exchange:send", crate::signalen::forward_form)
        .post("/exchange/forward/{id}", "exchange:send", crate::signalen::forward_submit)
        .post("/exchange/signalen/v1/signals", "report:create", crate::signalen::receive)
        .get("/exchange/signalen/v1/signals/{id}", "report:follow", crate::signalen::received);
    web(app, table)
}

fn link(url: &str, api: &str) -> String {
    let token = testkit::folder().join("token");
    std::fs::write(&token, "geheim\n").unwrap();
    let file = if api == "public" { String::new() } else { format!("token_file = \"{}\"\n", token.display()) };
    format!(
        "id = \"velsen\"\nname = \"Gemeente Velsen\"\nbase_url = \"{url}\"\napi = \"{api}\"\n{file}source = \"Heemskerk\"\nfallback = \"obstructing-object\"\nsends = true\nreceives = true\n"
    )
}

async fn report(app: &Shared) -> Uuid {
    let cx = testkit::cx(app, Some(Role::Coordinator));
    let permit = cx.permit("signal:create", &policy::Resource::ordinary("signal", cx.code())).unwrap();
    let new = NewSignal {
        id: app.clock.id(),
        kind: Kind::Report,
        channel: Channel::Web,
        source: Source::Resident,
        source_ref: None,
        category: "litter".into(),
        words: "Afval langs de grens".into(),
        address: "Grensweg 1".into(),
        place: Some((4.67, 52.51)),
        area: None,
        occurred_at: cx.now,
        reported_at: cx.now,
        state: State::Reported,
        closed_at: None,
        reporter: Some(Reporter {
            email: "zoe@voorbeeld.nl".into(),
            phone: "0612345678".into(),
            ..Reporter::default()
        }),
        presence_id: None,
        issue_id: None,
        language: "nl".into(),
    };
    let id = new.id;
    let mut tx = cx.write().await.unwrap();
    intake::create(&cx, &mut tx, &permit, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn forward(app: &Shared, signal: Uuid, more: &[(&str, &str)]) -> Answer {
    let caller = Caller::new(app, &router(app), Some(Role::Intake));
    let request = app.clock.id().to_string();
    let version = version(app, signal).await.to_string();
    let mut fields =
        vec![("request", request.as_str()), ("version", &version), ("link", "velsen"), ("note", "Ligt bij jullie")];
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend(more.iter().copied());
    caller.form(&format!("/exchange/forward/{signal}"), &fields).await
}

async fn version(app: &Shared, signal: Uuid) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    let (version,): (i64,) = tx.one("select version from signal where id = $1", args![signal]).await.unwrap();
    version
}

fn jobs() -> Registry<Shared> {
    let mut registry = Registry::default();
    registry.add(SEND, send);
    registry.add(POLL, poll);
    registry.add(kit::outbox::DELIVER, async |_: Shared, _| Ok(()));
    registry
}

/// Runs what is due now.
async fn work(app: &Shared) {
    jobs().run_due(&app.main, &app.clock, app).await.unwrap();
}

fn later(app: &Shared, minutes: i64) {
    app.clock.set(kit::At::from_micros(app.clock.now().micros() + minutes * 60_000_000).0);
}

async fn standing(app: &Shared) -> (String, String, String, String) {
    let mut tx = app.main.read().await.unwrap();
    tx.one(
        "select d.state, d.partner_ref, d.failure, s.state as signal from dispatch d join signal s on s.id = d.signal_id",
        vec![],
    )
    .await
    .unwrap()
}

async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, vec![]).await.unwrap();
    n
}

db_test! {
    async fn a_report_goes_to_the_partner_and_its_end_comes_back(db) {
        let there = Signalen::start(&[]).await;
        let app = fixture::app(db, &link(&there.url, "private")).await;
        let signal = report(&app).await;
        let page = Caller::new(&app, &router(&app), Some(Role::Intake)).get(&format!("/exchange/forward/{signal}")).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("Gemeente Velsen") && page.text.contains("Afval langs de grens"));
        fixture::no_bare_keys(&page.text);
        let bad = forward(&app, signal, &[("note", " "), ("link", "nergens")]).await;
        assert_eq!(bad.status, 422);
        assert!(bad.text.contains("Kies naar welke partner") && bad.text.contains("Schrijf waarom"));
        let lines = count(&app, "select cast(count(*) as bigint) from processing_log").await;

        let request = app.clock.id().to_string();
        let one = forward(&app, signal, &[("request", &request)]).await;
        assert_eq!((one.status, one.location.as_str()), (303, format!("/exchange/forward/{signal}").as_str()), "{}", one.text);
        assert_eq!(forward(&app, signal, &[("request", &request)]).await.status, 303, "the same press again");
        assert_eq!(forward(&app, signal, &[]).await.status, 409, "it is under way");
        assert_eq!(standing(&app).await, ("waiting".into(), "".into(), "".into(), "forwarded".into()));
        assert_eq!(count(&app, "select cast(count(*) as bigint) from audit_entry where action = 'exchange:send' and kind = 'dispatch'").await, 1);
        assert!(count(&app, "select cast(count(*) as bigint) from processing_log").await > lines, "a disclosure is logged");

        later(&app, 1);
        work(&app).await;
        assert_eq!(standing(&app).await, ("sent".into(), "SIG-1000".into(), "".into(), "forwarded".into()));
        let got = there.got();
        assert_eq!((got.len(), got[0].path.as_str(), got[0].token.as_str()), (1, "/signals/v1/private/signals/", "Bearer geheim"));
        let body = &got[0].body;
        assert_eq!(body["text"], "Afval langs de grens");
        assert_eq!(body["location"]["geometrie"]["coordinates"], json!([4.67, 52.51]));
        assert_eq!(body["reporter"], json!({ "email": "", "phone": "", "sharing_allowed": false }), "nobody agreed");
        assert_eq!(body["source"], "Heemskerk");
        assert!(body["category"]["sub_category"].as_str().unwrap().ends_with("/categories/afval/sub_categories/veeg-zwerfvuil"));
        assert!(body["text_extra"].as_str().unwrap().starts_with("Ligt bij jullie"));

        work(&app).await;
        assert_eq!(there.got().len(), 1, "asked only after a while");
        later(&app, 16);
        there.set_state("b", "In behandeling");
        work(&app).await;
        assert_eq!(standing(&app).await.3, "forwarded");
        later(&app, 16);
        there.set_state("o", "Afgehandeld");
        work(&app).await;
        assert_eq!(standing(&app).await, ("done".into(), "SIG-1000".into(), "".into(), "completion-requested".into()));
        let mut tx = app.main.read().await.unwrap();
        let notes: Vec<(String,)> = tx.all("select note from signal_event where note <> '' order by at, id", vec![]).await.unwrap();
        let notes: Vec<String> = notes.into_iter().map(|n| n.0).collect();
        assert_eq!(notes, [
            "Doorgestuurd naar Gemeente Velsen. Ligt bij jullie",
            "Aangekomen bij Gemeente Velsen met nummer SIG-1000.",
            "Gemeente Velsen meldt: In behandeling. Opgeruimd",
            "Gemeente Velsen meldt: Afgehandeld. Opgeruimd",
        ]);
        drop(tx);
        later(&app, 16);
        let before = there.got().len();
        work(&app).await;
        assert_eq!(there.got().len(), before, "nothing is left to ask");
    }

    async fn contact_goes_along_only_with_a_yes(db) {
        let there = Signalen::start(&[]).await;
        let app = fixture::app(db, &link(&there.url, "private")).await;
        let signal = report(&app).await;
        forward(&app, signal, &[("contact", "yes")]).await;
        work(&app).await;
        assert_eq!(there.reports()[0]["reporter"], json!({ "email": "zoe@voorbeeld.nl", "phone": "0612345678", "sharing_allowed": true }));
    }

    async fn whatever_the_partner_does_it_gets_the_report_once(db) {
        // what it does at the first tries, what is known after the first, and what is known in the end
        for (moods, first, failure) in [
            (vec![Mood::Busy], "waiting", "fetch-later|"),
            (vec![Mood::Stranger], "waiting", "exchange-partner-token|"),
            (vec![Mood::Broken], "sending", "fetch-status|500"),
            (vec![Mood::MadeBut500], "sending", "fetch-status|500"),
            (vec![Mood::Slow], "sending", "fetch-slow|"),
            (vec![Mood::Html], "sending", "exchange-partner-answer|"),
            (vec![Mood::Strange, Mood::Broken, Mood::Busy], "sending", "exchange-partner-answer|"),
            (vec![Mood::Picky], "refused", "exchange-partner-fields|location, text"),
        ] {
            let there = Signalen::start(&moods).await;
            let app = fixture::app(testkit::sqlite().await, &link(&there.url, "private")).await;
            let signal = report(&app).await;
            assert_eq!(forward(&app, signal, &[]).await.status, 303);
            work(&app).await;
            let (state, _, why, _) = standing(&app).await;
            assert_eq!((state.as_str(), why.as_str()), (first, failure), "{moods:?}");
            for _ in 0..6 {
                later(&app, 60);
                work(&app).await;
            }
            if moods == [Mood::Picky] {
                assert!(there.reports().is_empty());
                continue;
            }
            assert_eq!(there.reports().len(), 1, "{moods:?}: exactly once");
            assert_eq!(standing(&app).await.0, "sent", "{moods:?}");
        }
        // the database is needed by the macro; a crash between "sending" and the answer is the same as no answer
        let there = Signalen::start(&[]).await;
        let app = fixture::app(db, &link(&there.url, "private")).await;
        let signal = report(&app).await;
        forward(&app, signal, &[]).await;
        let mut tx = app.main.write().await.unwrap();
        tx.run("update dispatch set state = 'sending', attempts = 1, tried_at = created_at", vec![]).await.unwrap();
        tx.commit().await.unwrap();
        work(&app).await;
        assert_eq!((there.reports().len(), standing(&app).await.0.as_str()), (1, "sent"), "it was not there, so it goes");
        let asked = there.got().into_iter().find(|g| g.method == "GET").unwrap();
        assert!(asked.path.starts_with("/signals/v1/private/signals/?created_after=2024-06-03T07%3A55%3A00Z"), "{}", asked.path);
    }

    async fn where_nobody_can_look_a_person_decides(db) {
        let there = Signalen::start(&[Mood::MadeBut500]).await;
        let app = fixture::app(db, &link(&there.url, "public")).await;
        let signal = report(&app).await;
        forward(&app, signal, &[]).await;
        work(&app).await;
        assert_eq!(standing(&app).await.0, "unsure");
        later(&app, 600);
        work(&app).await;
        assert_eq!(there.got().len(), 1, "not sent again by itself");
        let router = router(&app);
        let (desk, administrator) = (Caller::new(&app, &router, Some(Role::Intake)), Caller::new(&app, &router, Some(Role::Administrator)));
        let page = administrator.get("/exchange").await;
        assert!(page.text.contains("Niet zeker of het aankwam") && !page.text.contains("Afval langs"), "{}", page.text);
        fixture::no_bare_keys(&page.text);
        let mut tx = app.main.read().await.unwrap();
        let (id,): (Uuid,) = tx.one("select id from dispatch", vec![]).await.unwrap();
        drop(tx);
        let path = format!("/exchange/dispatches/{id}");
        let press = |what: &'static str| vec![("what", what)];
        let request = || app.clock.id().to_string();
        for (caller, fields, status) in [
            (&administrator, press("again"), 403),
            (&administrator, press("retry"), 409),
            (&desk, press("arrived"), 422),
            (&desk, press("bogus"), 400),
            (&desk, vec![("what", "arrived"), ("number", "SIG-1000")], 303),
            (&desk, press("withdraw"), 409),
        ] {
            let id = request();
            let mut fields = fields.clone();
            fields.push(("request", &id));
            assert_eq!(caller.form(&path, &fields).await.status, status, "{fields:?}");
        }
        assert_eq!(standing(&app).await.0, "done");
    }

    async fn a_partner_without_a_key_or_a_server_is_shown(db) {
        let app = fixture::app(db, &link("http://127.0.0.1:9", "public")).await;
        let signal = report(&app).await;
        forward(&app, signal, &[]).await;
        work(&app).await;
        let (state, _, why, _) = standing(&app).await;
        assert_eq!(state, "waiting", "no connection: nothing was sent, so it may be tried again: {why}");
        assert!(why.starts_with("fetch-down|"));
        let page = Caller::new(&app, &router(&app), Some(Role::Administrator)).get("/exchange").await;
        assert!(page.text.contains("Werkt niet") && page.text.contains("Nu opnieuw proberen"));
    }

    async fn a_partner_sends_reports_with_its_token_once_each(db) {
        let app = fixture::app(db, &link("https://signalen.velsen.example", "private")).await;
        let router = router(&app);
        let administrator = Caller::new(&app, &router, Some(Role::Administrator));
        let request = app.clock.id().to_string();
        let page = administrator.form("/exchange/links/velsen/token", &[("request", &request)]).await;
        assert_eq!(page.status, 200, "{}", page.text);
        fixture::no_bare_keys(&page.text);
        let token = page.text.split_once("<code>").unwrap().1.split('<').next().unwrap().to_owned();
        assert_eq!(token.len(), 64);
        assert_eq!(administrator.form("/exchange/links/velsen/token", &[("request", &request)]).await.status, 303, "shown once");
        assert_eq!(count(&app, "select cast(count(*) as bigint) from exchange_link where token_hash like '%' || (select token_hash from exchange_link)").await, 1);
        let mut tx = app.main.read().await.unwrap();
        let (kept,): (String,) = tx.one("select token_hash from exchange_link", vec![]).await.unwrap();
        assert_ne!(kept, token, "only its hash is kept");
        drop(tx);

        let stranger = Caller::new(&app, &router, None);
        let post = async |token: &str, body: &str| {
            let request = Request::post("/exchange/signalen/v1/signals")
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json")
                .body(axum::body::Body::from(body.to_owned()))
                .unwrap();
            stranger.send(request).await
        };
        let mut body: Value = json!({
            "signal_id": "sig-55", "text": "Luidruchtige vergadering", "text_extra": "heel luid",
            "location": { "geometrie": { "type": "Point", "coordinates": [4.67, 52.51] }, "address": { "openbare_ruimte": "Amstel", "huisnummer": 1 } },
            "category": { "sub_category": "/signals/v1/public/terms/categories/overig/sub_categories/overig" },
            "reporter": { "email": "melder@example.com", "phone": "0123456789", "sharing_allowed": true },
            "incident_date_start": "2024-06-01T13:30:47.604472Z", "incident_date_end": null, "extra_properties": [],
        });
        if let Some(file) = testkit::shared("data/standaarden/signalen_api/request_data/create_initial.json") {
            // the community's own example, moved to our place
            body = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
            body["location"]["geometrie"]["coordinates"] = json!([4.67, 52.51]);
            body["signal_id"] = json!("sig-55");
        }
        assert_eq!(post("fout", &body.to_string()).await.status, 401);
        assert_eq!(count(&app, "select cast(count(*) as bigint) from signal").await, 0);
        let made = post(&token, &body.to_string()).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let again = post(&token, &body.to_string()).await;
        assert_eq!((again.status, again.json()["id"].clone()), (200, made.json()["id"].clone()));
        assert_eq!(made.json()["status"]["state"], "m");
        assert_eq!(count(&app, "select cast(count(*) as bigint) from signal where source = 'partner' and channel = 'exchange' and category = 'obstructing-object' and publication = 'none'").await, 1);
        assert_eq!(count(&app, "select cast(count(*) as bigint) from reporter").await, 1);

        let mut wrong = body.clone();
        wrong["signal_id"] = json!(null);
        wrong["location"] = json!({});
        wrong["text"] = json!("");
        wrong["incident_date_start"] = json!("gisteren");
        let answer = post(&token, &wrong.to_string()).await;
        assert_eq!(answer.status, 400);
        let mut fields: Vec<String> = answer.json().as_object().unwrap().keys().cloned().collect();
        fields.sort();
        assert_eq!(fields, ["incident_date_start", "location", "signal_id", "text"]);
        assert_eq!(post(&token, "<html>").await.status, 400);

        let read = async |token: &str, id: &str| {
            let request = Request::get(format!("/exchange/signalen/v1/signals/{id}"))
                .header("authorization", format!("Bearer {token}"))
                .body(axum::body::Body::empty())
                .unwrap();
            stranger.send(request).await
        };
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let mut tx = app.main.write().await.unwrap();
        tx.run("update signal set state = 'done', closed_at = 1", vec![]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(read(&token, &id).await.json()["status"]["state"], "o");
        assert_eq!(read("fout", &id).await.status, 401);
        let own = report(&app).await.to_string();
        for other in [own.as_str(), "x"] {
            assert_eq!(read(&token, other).await.status, 404, "only their own reports");
        }
        let mut unreachable = body.clone();
        unreachable["signal_id"] = json!("sig-56");
        unreachable["reporter"] = json!({ "email": "melder", "phone": "1", "sharing_allowed": true });
        let answer = post(&token, &unreachable.to_string()).await;
        assert_eq!((answer.status, answer.json()["reporter"].as_array().map(Vec::len)), (400, Some(2)), "{}", answer.text);
        let busy = post(&token, &body.to_string()).await;
        assert_eq!((busy.status, busy.header("retry-after").is_empty()), (429, false), "five an hour in this test");
    }
}
