use super::*;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use kit::jobs::Job;
use kit::{At, Uuid, args, audit, events};
use policy::Role;
use site::Shared;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use testkit::{Answer, Caller, db_test};

/// One request as the receiver saw it.
#[derive(Clone, Debug)]
struct Got {
    id: String,
    timestamp: i64,
    signature: String,
    content_type: String,
    body: Vec<u8>,
}

/// A receiver on this machine; it answers with the statuses in turn, the last one for ever.
#[derive(Clone)]
struct Receiver {
    url: String,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Receiver {
    async fn start(answers: &'static [u16]) -> Self {
        let got: Arc<Mutex<Vec<Got>>> = Arc::default();
        let seen = got.clone();
        let hook = async move |headers: HeaderMap, body: Bytes| -> Response {
            let text = |name: &str| headers.get(name).map_or("", |v| v.to_str().unwrap()).to_owned();
            let n = {
                let mut seen = seen.lock().unwrap();
                seen.push(Got {
                    id: text("webhook-id"),
                    timestamp: text("webhook-timestamp").parse().unwrap(),
                    signature: text("webhook-signature"),
                    content_type: text("content-type"),
                    body: body.to_vec(),
                });
                seen.len()
            };
            let status = answers.get(n - 1).or(answers.last()).copied().unwrap();
            if status == 0 {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
            let code = StatusCode::from_u16(status.max(200)).unwrap();
            match status {
                302 => (code, [("location", "http://169.254.169.254/latest/meta-data")]).into_response(),
                429 => (code, [("retry-after", "7200")]).into_response(),
                _ => code.into_response(),
            }
        };
        let welcome = async |headers: HeaderMap| {
            assert_eq!(headers["webhook-request-origin"], "regie.test");
            [("webhook-allowed-origin", "regie.test")]
        };
        let refuse = async || [("webhook-allowed-origin", "somebody-else.example")];
        let router = axum::Router::new()
            .route("/hook", axum::routing::post(hook).options(welcome))
            .route("/closed", axum::routing::options(refuse));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, got }
    }

    fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }
}

fn app(db: testkit::MainDb) -> Shared {
    testkit::app(db, |municipality| {
        let config = WebhookConfig::read(&municipality.folder).unwrap();
        municipality.put(WebhookConfig { answer_s: 1, ..config });
    })
}

fn routes(app: &Shared) -> axum::Router {
    let table = site::routes::Table::new(app)
        .get("/exchange/webhooks", "exchange:edit", list)
        .get("/exchange/webhooks/new", "exchange:edit", form)
        .post("/exchange/webhooks/new", "exchange:edit", create)
        .get("/exchange/webhooks/{id}", "exchange:edit", one)
        .post("/exchange/webhooks/{id}/change", "exchange:edit", change);
    testkit::web(app, table)
}

async fn add(caller: &Caller, app: &Shared, url: &str) -> (Uuid, String) {
    let id = app.clock.id();
    let answer = send_form(caller, id, url).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    (id, secret_in(&answer))
}

async fn send_form(caller: &Caller, id: Uuid, url: &str) -> Answer {
    let id = id.to_string();
    let fields =
        [("request", id.as_str()), ("name", "Afvalbeheer"), ("url", url), ("types", TYPES[0]), ("types", TYPES[1])];
    caller.form("/exchange/webhooks/new", &fields).await
}

fn secret_in(answer: &Answer) -> String {
    let at = answer.text.find("whsec_").expect("the page shows the secret");
    answer.text[at..].split('"').next().unwrap().to_owned()
}

async fn change_it(caller: &Caller, app: &Shared, id: Uuid, version: i64, verb: &str) -> Answer {
    let (request, version) = (app.clock.id().to_string(), version.to_string());
    let fields = [("request", request.as_str()), ("version", &version), ("verb", verb), ("sure", "yes")];
    caller.form(&format!("/exchange/webhooks/{id}/change"), &fields).await
}

/// Something happens that receivers want to know.
async fn happen(app: &Shared, subject: &str) -> Uuid {
    let id = app.clock.id();
    let mut tx = app.main.write().await.unwrap();
    events::announce(&mut tx, "GM0396", TYPES[0], subject, id, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn run(app: &Shared) {
    let job = Job {
        id: app.clock.id(),
        municipality: "GM0396".into(),
        name: events::DELIVER.into(),
        payload: "{}".into(),
        attempts: 1,
        vault: "main",
    };
    deliver(app.clone(), job).await.unwrap();
}

fn later(app: &Shared, seconds: i64) {
    app.clock.set(At::from_micros(app.clock.now().micros() + seconds * SECOND).0);
}

async fn number(app: &Shared, sql: &'static str) -> i64 {
    let (n,): (i64,) = app.main.read().await.unwrap().one(sql, args![]).await.unwrap();
    n
}

db_test! {
    async fn a_thin_signed_notice_arrives_and_is_tried_again(db) {
        let app = app(db);
        let router = routes(&app);
        let caller = Caller::new(&app, &router, Some(Role::Administrator));
        let receiver = Receiver::start(&[500, 500, 200]).await;
        let (hook, secret) = add(&caller, &app, &receiver.url).await;
        let subject = "0190b0d0-0000-7000-8000-000000000001";
        let event = happen(&app, subject).await;
        run(&app).await;
        run(&app).await;
        assert_eq!(receiver.got().len(), 1, "after a failure it waits");
        let page = caller.get(&format!("/exchange/webhooks/{hook}")).await;
        assert!(page.text.contains("Antwoord 500") && page.text.contains("Lukt niet sinds"), "{}", page.text);
        later(&app, 6);
        run(&app).await;
        assert_eq!(receiver.got().len(), 2);
        later(&app, 6);
        run(&app).await;
        assert_eq!(receiver.got().len(), 2, "the second wait is longer");
        later(&app, 60);
        run(&app).await;
        run(&app).await;
        let got = receiver.got();
        assert_eq!(got.len(), 3, "delivered once it was taken");
        for one in &got {
            assert_eq!(one.id, event.to_string(), "the same id each time");
            assert_eq!(one.body, got[0].body);
            assert_eq!(one.content_type, "application/cloudevents+json; charset=utf-8");
            assert!(verify(&secret, &one.id, one.timestamp, &one.body, &one.signature));
        }
        assert!(got[2].timestamp > got[0].timestamp);
        let body: serde_json::Value = serde_json::from_slice(&got[0].body).unwrap();
        assert_eq!(body, serde_json::json!({
            "specversion": "1.0", "id": event, "type": "nl.regie.signal.created", "subject": subject,
            "source": "urn:nld:oin:00000001999999999000:systeem:regie", "time": "2024-06-03T08:00:00Z",
            "datacontenttype": "application/json", "dataref": format!("http://regie.test/api/v1/signals/{subject}"),
        }));
        let page = caller.get(&format!("/exchange/webhooks/{hook}")).await;
        assert!(page.text.contains("Aangekomen") && page.text.contains("Actief"), "{}", page.text);
        assert!(!page.text.contains("whsec_"), "the secret is shown once");
        let (sealed,): (String,) =
            app.main.read().await.unwrap().one("select secret from webhook", args![]).await.unwrap();
        assert!(!sealed.contains("whsec") && sealed.len() > 100);
    }

    async fn one_receiver_never_keeps_another_waiting(db) {
        let app = app(db);
        let caller = Caller::new(&app, &routes(&app), Some(Role::Administrator));
        let slow = Receiver::start(&[0]).await;
        let quick = Receiver::start(&[200]).await;
        let (slow_id, _) = add(&caller, &app, &slow.url).await;
        add(&caller, &app, &quick.url).await;
        for n in 0..5 {
            happen(&app, &format!("{n}")).await;
        }
        let start = Instant::now();
        run(&app).await;
        assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
        assert_eq!((slow.got().len(), quick.got().len()), (1, 5));
        let page = caller.get(&format!("/exchange/webhooks/{slow_id}")).await;
        assert!(page.text.contains("Geen antwoord binnen de tijd"), "{}", page.text);
    }

    async fn a_notice_whose_delivery_was_cut_off_goes_again_with_the_same_id(db) {
        let app = app(db);
        let caller = Caller::new(&app, &routes(&app), Some(Role::Administrator));
        let receiver = Receiver::start(&[0, 200]).await;
        add(&caller, &app, &receiver.url).await;
        let event = happen(&app, "x").await;
        let cut = tokio::time::timeout(Duration::from_millis(700), run(&app)).await;
        assert!(cut.is_err() && receiver.got().len() == 1, "the program dies while the receiver has it");
        run(&app).await;
        assert_eq!(receiver.got().len(), 1, "somebody may still be at it");
        later(&app, 62);
        run(&app).await;
        let got = receiver.got();
        assert_eq!(got.len(), 2);
        assert!(got.iter().all(|g| g.id == event.to_string()));
        assert_eq!(number(&app, "select count(*) from notice where state = 'done'").await, 1);
    }

    async fn a_receiver_that_never_answers_is_paused_and_can_be_resumed(db) {
        let app = app(db);
        let caller = Caller::new(&app, &routes(&app), Some(Role::Administrator));
        let receiver = Receiver::start(&[302, 429, 429, 200]).await;
        let (hook, _) = add(&caller, &app, &receiver.url).await;
        happen(&app, "x").await;
        run(&app).await;
        let page = caller.get(&format!("/exchange/webhooks/{hook}")).await;
        assert!(page.text.contains("Antwoord 302"), "a redirect is not followed: {}", page.text);
        later(&app, 10);
        run(&app).await;
        later(&app, 3600);
        run(&app).await;
        assert_eq!(receiver.got().len(), 2, "429 with Retry-After: two hours");
        // A new notice makes a run at once; it waits with the others.
        later(&app, 5 * 86_400);
        happen(&app, "y").await;
        run(&app).await;
        assert_eq!(receiver.got().len(), 3);
        let page = caller.get(&format!("/exchange/webhooks/{hook}")).await;
        assert!(page.text.contains("Gestopt"), "{}", page.text);
        assert_eq!(number(&app, "select count(*) from notice where state = 'given-up'").await, 1, "too old");
        happen(&app, "z").await;
        run(&app).await;
        assert_eq!(receiver.got().len(), 3, "a paused receiver is told nothing");
        assert_eq!(change_it(&caller, &app, hook, 1, "resume").await.status, 409, "stale: it was paused since");
        assert_eq!(change_it(&caller, &app, hook, 2, "resume").await.status, 303);
        run(&app).await;
        assert_eq!(receiver.got().len(), 4, "what waited goes on");
    }

    async fn every_change_is_audited_and_done_once(db) {
        let app = app(db);
        let caller = Caller::new(&app, &routes(&app), Some(Role::Administrator));
        let receiver = Receiver::start(&[410]).await;
        let (hook, first) = add(&caller, &app, &receiver.url).await;
        assert_eq!(send_form(&caller, hook, &receiver.url).await.location, format!("/exchange/webhooks/{hook}"));
        assert_eq!(number(&app, "select count(*) from webhook").await, 1, "the same request, one receiver");
        let rotated = change_it(&caller, &app, hook, 1, "rotate").await;
        let second = secret_in(&rotated);
        assert!(second != first && rotated.text.contains("24 uur"));
        assert_eq!(change_it(&caller, &app, hook, 2, "test").await.status, 303);
        run(&app).await;
        let got = receiver.got().pop().unwrap();
        for secret in [&first, &second] {
            assert!(verify(secret, &got.id, got.timestamp, &got.body, &got.signature), "both sign for a day");
        }
        let body: serde_json::Value = serde_json::from_slice(&got.body).unwrap();
        assert_eq!(body["type"], "nl.regie.webhook.test");
        assert_eq!(number(&app, "select count(*) from webhook where failures = 1").await, 1);
        assert_eq!(change_it(&caller, &app, hook, 3, "pause").await.status, 303, "410: it was paused by itself");
        assert_eq!(change_it(&caller, &app, hook, 4, "delete").await.location, "/exchange/webhooks");
        assert_eq!(number(&app, "select count(*) from notice").await, 0);
        let mut tx = app.main.read().await.unwrap();
        let entries: Vec<(String,)> = tx
            .all("select detail from audit_entry where kind = 'webhook' order by seq", args![])
            .await
            .unwrap();
        let verbs = ["add", "rotate", "test", "pause", "pause", "delete"];
        assert_eq!(entries.len(), verbs.len());
        for ((entry,), verb) in entries.iter().zip(verbs) {
            assert!(entry.contains(&format!("\"verb\":\"{verb}\"")), "{entry}");
            assert!(!entry.contains("whsec_"));
        }
        assert!(audit::verify(&mut tx, "GM0396").await.is_ok());
    }
}

#[tokio::test]
async fn bad_input_says_what_to_do_and_keeps_what_was_typed() {
    let app = app(testkit::sqlite().await);
    let router = routes(&app);
    let caller = Caller::new(&app, &router, Some(Role::Administrator));
    let receiver = Receiver::start(&[200]).await;
    let closed = receiver.url.replace("/hook", "/closed");
    for (url, text) in [
        ("", "Vul het webadres in"),
        ("ftp:/x", "Vul een webadres in"),
        ("https://user:secret@example.org/", "zonder gebruikersnaam"),
        ("https://example.org/a b", "Vul een webadres in"),
        ("geen adres", "Vul een webadres in"),
        (closed.as_str(), "van Regie geen berichten wil"),
    ] {
        let answer = send_form(&caller, app.clock.id(), url).await;
        assert_eq!(answer.status, 422, "{url}");
        assert!(answer.text.contains(text), "{url}: {}", answer.text);
        assert!(answer.text.contains("value=\"Afvalbeheer\""), "what was typed stays");
    }
    let answer = send_form(&caller, app.clock.id(), "http://127.0.0.1:9/hook").await;
    let page = caller.get("/exchange/webhooks").await;
    assert!(answer.status == 200 && page.text.contains("127.0.0.1:9"), "a receiver may be down when it is added");
    for role in [None, Some(Role::Coordinator), Some(Role::Intake), Some(Role::Mayor)] {
        let status = Caller::new(&app, &router, role).get("/exchange/webhooks").await.status;
        assert!(matches!(status, 303 | 403), "{role:?}: {status}");
    }
}

#[tokio::test]
async fn pages_render_in_both_languages() {
    let app = app(testkit::sqlite().await);
    let router = routes(&app);
    let caller = Caller::new(&app, &router, Some(Role::Administrator));
    let receiver = Receiver::start(&[200]).await;
    let (hook, _) = add(&caller, &app, &receiver.url).await;
    happen(&app, "x").await;
    run(&app).await;
    for path in ["/exchange/webhooks", "/exchange/webhooks/new", &format!("/exchange/webhooks/{hook}")] {
        for (language, word) in [("nl", "Webadres"), ("en", "Web address")] {
            let request = axum::http::Request::get(path).header("cookie", format!("language={language}"));
            let page = caller.send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(page.status, 200);
            assert!(!page.text.contains(">webhook-"), "a bare key: {}", page.text);
            assert!(path == "/exchange/webhooks" || page.text.contains(word), "{path} {language}");
        }
    }
}
