//! Tests of the pages, the nightly anchor and the export, on both databases with every vault open.

use super::*;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use kit::audit::{self, Deed, Verdict};
use kit::config::OtlpConfig;
use kit::jobs::Registry;
use kit::{At, Trace, ledger};
use policy::Role;
use serde_json::{Value, json};
use site::Shared;
use site::routes::Table;
use std::sync::{Arc, Mutex};
use testkit::{Caller, app_in, house_test, web};

const DAY: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

fn routes(app: &Shared) -> Router {
    let table = Table::new(app).get("/audit", "audit:read", trail).get("/audit/anchors", "audit:read", stamps).get(
        "/audit/anchors.csv",
        "audit:read",
        stamps_csv,
    );
    web(app, table)
}

fn jobs() -> Registry<Shared> {
    let mut registry = Registry::default();
    registry.add(ANCHOR_DAY, anchor_day);
    registry.add(EXPORT, export);
    registry
}

/// Runs what is due in every vault; gives how many jobs ran.
async fn work(app: &Shared) -> usize {
    let mut ran = 0;
    for db in app.every_vault() {
        ran += jobs().run_due(&db, &app.clock, app).await.unwrap();
    }
    ran
}

fn deed<'a>(app: &'a Shared, at: i64, trace: Trace) -> Deed<'a> {
    Deed {
        municipality: app.home().unwrap().code(),
        actor: None,
        role: "coordinator",
        at: At::from_micros(app.clock.now().micros() + at),
        purpose: "reports",
        trace,
    }
}

/// `n` links in the vault `name`.
async fn links(app: &Shared, name: &str, n: i64) {
    let db = app.every_vault().into_iter().find(|db| db.name() == name).unwrap();
    let mut tx = db.write().await.unwrap();
    for i in 0..n {
        let kind = if i % 2 == 0 { "signal" } else { "issue" };
        let detail = json!({ "was": "new", "becomes": format!("<{i}>") });
        audit::record(&mut tx, &deed(app, i, Trace::start()), "signal:handle", kind, &format!("r{i}"), &detail)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

house_test! {
    async fn the_trail_of_each_vault_can_be_read_searched_and_verified(house) {
        let app = app_in(house, |_| {});
        links(&app, "main", 60).await;
        links(&app, "wpg", 3).await;
        let router = routes(&app);
        let officer = Caller::new(&app, &router, Some(Role::PrivacyOfficer));
        for role in [Role::Coordinator, Role::Administrator] {
            let other = Caller::new(&app, &router, Some(role));
            for path in ["/audit", "/audit?vault=wpg", "/audit/anchors", "/audit/anchors.csv"] {
                assert_eq!(other.get(path).await.status, 403, "{role}: {path}");
            }
        }
        let page = officer.get("/audit").await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("60 regels gecontroleerd") && page.text.contains("r59"), "{}", page.text);
        assert!(page.text.contains("Meldingen over de openbare ruimte"), "the purpose in words");
        assert!(page.text.contains("becomes: &#60;59&#62;") && !page.text.contains("<59>"));
        assert!(page.text.contains("/audit?vault=main&#38;before=11") && !page.text.contains("r9 "));
        assert!(officer.get("/audit?vault=main&before=11").await.text.contains("r9"));
        let found = officer.get("/audit?vault=main&kind=issue&record=r3").await.text;
        assert!(found.contains("issue r3") && !found.contains("signal r"));
        assert!(officer.get("/audit?vault=main&action=plan:read").await.text.contains("Geen regels"));
        assert_eq!(officer.get("/audit?vault=main&actor=nobody").await.status, 400);
        let wpg = officer.get("/audit?vault=wpg").await.text;
        assert!(wpg.contains("3 regels gecontroleerd") && wpg.contains("Opsporing"));
        assert_eq!(officer.get("/audit?vault=elsewhere").await.status, 404);
        let (register, words) = (app.policy.register(), testkit::cx(&app, None).words);
        for action in app.policy.actions().into_iter().filter(|a| register.is_impersonal(a) && a.contains(':')) {
            let key = format!("purpose-{}", action.split(':').next().unwrap());
            assert_ne!(words.t(&key), key, "{action}: say in words what it is for");
        }
        for html in [&page.text, &wpg] {
            assert!(!html.contains(">audit-") && !html.contains(">purpose-"), "a bare key");
        }
        let wpg = app.vaults.get("wpg").unwrap();
        let mut tx = wpg.write().await.unwrap();
        tx.run("update audit_entry set action = 'x' where seq = 2", vec![]).await.unwrap();
        tx.commit().await.unwrap();
        let broken = officer.get("/audit?vault=wpg").await.text;
        assert!(broken.contains("De eerste fout staat bij regel 2") && broken.contains("veranderd"));
        assert!(officer.get("/audit").await.text.contains("Het logboek is heel"), "the other vaults stand apart");
    }

    async fn every_night_each_vault_is_anchored_and_can_be_compared_with_paper(house) {
        let app = app_in(house, |_| {});
        links(&app, "main", 5).await;
        links(&app, "bibob", 2).await;
        schedule(&app).await.unwrap();
        schedule(&app).await.unwrap();
        assert_eq!(work(&app).await, 0, "the day is not over");
        // Midnight in Heemskerk, and two hours later in St. Louis.
        for hours in [24, 48] {
            app.clock.set(testkit::now() + jiff::SignedDuration::from_hours(hours));
            assert_eq!(work(&app).await, 9 * 2, "nine vaults, two municipalities, once a day");
        }
        let town = app.home().unwrap().code();
        let days = |name: &'static str| {
            let db = app.every_vault().into_iter().find(|db| db.name() == name).unwrap();
            async move {
                let anchors = audit::anchors(&mut db.read().await.unwrap(), town).await.unwrap();
                anchors.iter().map(|a| (a.date().to_string(), a.seq)).collect::<Vec<_>>()
            }
        };
        assert_eq!(days("main").await, [("2024-06-03".to_owned(), 5)], "nothing happened on the second day");
        assert_eq!(days("bibob").await, [("2024-06-03".to_owned(), 2)]);
        assert!(days("ggz").await.is_empty());

        let router = routes(&app);
        let officer = Caller::new(&app, &router, Some(Role::PrivacyOfficer));
        let page = officer.get("/audit/anchors").await.text;
        assert!(page.contains("2024-06-03") && page.contains("…") && page.contains("Bibob"), "{page}");
        assert_eq!(officer.get("/audit/anchors?vault=elsewhere").await.status, 404);
        let file = officer.get("/audit/anchors.csv").await;
        assert!(file.header("content-type").starts_with("text/csv"));
        assert_eq!(file.text.lines().count(), 3);
        let kept = audit::read_csv(&file.text).unwrap();
        let mut tx = app.main.read().await.unwrap();
        assert_eq!(audit::compare(&mut tx, "main", town, &kept).await.unwrap(), Verdict::Whole(1));
        drop(tx);
        let page = officer.get("/audit").await.text;
        assert!(page.contains("Heel sinds de dagstempel van") && page.contains("één regel gecontroleerd"), "{page}");
        assert!(officer.get("/audit?check=all").await.text.contains("Eén dagstempel klopt"));
        let mut tx = app.main.write().await.unwrap();
        tx.run("delete from audit_anchor", vec![]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(officer.get("/audit?check=all").await.text.contains("Een dagstempel is veranderd"));
    }

    async fn every_line_reaches_the_logbook_once_and_in_order(house) {
        let seen = Seen::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/v1/traces", listener.local_addr().unwrap());
        let server = Router::new().route("/v1/traces", post(receive)).with_state(seen.clone());
        tokio::spawn(async move { axum::serve(listener, server).await });
        let token = testkit::folder().join("token");
        std::fs::write(&token, "letmein\n").unwrap();
        let config = OtlpConfig {
            endpoint,
            token_file: Some(token),
            allow_private_addresses: true,
            allow_http: true,
        };
        let app = app_in(house, |m| m.put(Logbook::open(&config).unwrap()));
        let caller = Trace::follow("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").unwrap();
        let mut tx = app.main.write().await.unwrap();
        for n in 0..1_203 {
            let subjects = [format!("subject-{n}")];
            ledger::write(&mut tx, &deed(&app, n, caller), "report:create", "reports", &subjects).await.unwrap();
        }
        let two = ["one".to_owned(), "other".to_owned()];
        ledger::write(&mut tx, &deed(&app, 2_000, caller), "signal:read", "reports", &two).await.unwrap();
        tx.commit().await.unwrap();
        let wpg = app.vaults.get("wpg").unwrap();
        let mut tx = wpg.write().await.unwrap();
        ledger::write(&mut tx, &deed(&app, 0, Trace::start()), "record:read", "wpg-daily", &[]).await.unwrap();
        tx.commit().await.unwrap();

        schedule(&app).await.unwrap();
        *seen.trouble.lock().unwrap() = 1;
        work(&app).await;
        assert_eq!(seen.trouble.lock().unwrap().to_owned(), 0, "it answered 500 once");
        assert!(seen.spans.lock().unwrap().len() < 1_207, "the job that met it waits");
        app.clock.set(testkit::now() + jiff::SignedDuration::from_mins(10));
        work(&app).await;
        app.clock.set(testkit::now() + DAY / 2);
        work(&app).await;

        let spans = seen.spans.lock().unwrap().clone();
        assert_eq!(spans.len(), 1_203 + 3 + 1, "each once");
        let mut ids: Vec<_> = spans.iter().map(|s| s["spanId"].as_str().unwrap().to_owned()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), spans.len());
        let main: Vec<_> = spans.iter().filter(|s| attribute(s, "vault") == "main").collect();
        let subjects: Vec<_> = main[..1_203].iter().map(|s| attribute(s, "dpl.core.data_subject_id")).collect();
        assert_eq!(subjects, (0..1_203).map(|n| format!("subject-{n}")).collect::<Vec<_>>(), "in order");
        assert!(main.iter().all(|s| s["traceId"] == "0af7651916cd43dd8448eb211c80319c"));
        assert_eq!(attribute(main[0], "dpl.core.foreign_operation.span_id"), "b7ad6b7169203331");
        assert_eq!(attribute(main[0], "dpl.core.processing_activity_id"), "http://regie.test/register#reports");
        let whole = main.iter().find(|s| s["name"] == "signal:read" && s["flags"] == 0x301).unwrap();
        let children = main.iter().filter(|s| s["parentSpanId"] == whole["spanId"]).count();
        assert_eq!(children, 2, "one line per data subject below the deed as a whole");
        let mut tx = app.main.read().await.unwrap();
        assert!(ledger::waiting(&mut tx, app.home().unwrap().code(), 10).await.unwrap().is_empty());
    }

    async fn without_a_logbook_the_lines_stay(house) {
        let app = app_in(house, |_| {});
        let mut tx = app.main.write().await.unwrap();
        ledger::write(&mut tx, &deed(&app, 0, Trace::start()), "report:create", "reports", &[]).await.unwrap();
        tx.commit().await.unwrap();
        schedule(&app).await.unwrap();
        assert_eq!(work(&app).await, 0);
        let mut tx = app.main.read().await.unwrap();
        assert_eq!(ledger::waiting(&mut tx, app.home().unwrap().code(), 10).await.unwrap().len(), 1);
    }
}

#[test]
fn only_tls_leads_out_unless_the_configuration_says_otherwise() {
    let config = |endpoint: &str, allow_http| OtlpConfig {
        endpoint: endpoint.to_owned(),
        token_file: None,
        allow_private_addresses: false,
        allow_http,
    };
    assert!(Logbook::open(&config("https://logboek.example/v1/traces", false)).is_ok());
    assert!(Logbook::open(&config("http://logboek.example/v1/traces", true)).is_ok());
    for wrong in ["http://logboek.example/v1/traces", "logboek", "", "ftp://logboek.example/"] {
        assert!(Logbook::open(&config(wrong, false)).is_err(), "{wrong}");
    }
}

/// What the logbook got. `trouble`: how many requests it still answers with 500.
#[derive(Clone, Default)]
struct Seen {
    spans: Arc<Mutex<Vec<Value>>>,
    trouble: Arc<Mutex<usize>>,
}

async fn receive(State(seen): State<Seen>, headers: HeaderMap, body: String) -> (StatusCode, String) {
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(header("authorization"), "Bearer letmein");
    assert_eq!(header("content-type"), "application/json");
    assert!(Trace::follow(&header("traceparent")).is_some(), "the caller's chain of work");
    let mut trouble = seen.trouble.lock().unwrap();
    if *trouble > 0 {
        *trouble -= 1;
        return (StatusCode::INTERNAL_SERVER_ERROR, "not now".to_owned());
    }
    let request: Value = serde_json::from_str(&body).unwrap();
    for resource in only(&request, &["resourceSpans"])["resourceSpans"].as_array().unwrap() {
        only(resource, &["resource", "scopeSpans"]);
        let vault = attribute(&resource["resource"], "service.instance.id");
        assert_eq!(attribute(&resource["resource"], "service.name"), "regie");
        for scope in resource["scopeSpans"].as_array().unwrap() {
            only(&only(scope, &["scope", "spans"])["scope"], &["name", "version"]);
            let spans = scope["spans"].as_array().unwrap();
            assert!(!spans.is_empty() && spans.len() <= 500);
            for span in spans {
                check_span(span);
                let mut span = span.clone();
                let of = json!({ "key": "vault", "value": { "stringValue": vault } });
                span["attributes"].as_array_mut().unwrap().push(of);
                seen.spans.lock().unwrap().push(span);
            }
        }
    }
    (StatusCode::OK, r#"{"partialSuccess":{}}"#.to_owned())
}

/// The object, when it has no other keys.
fn only<'a>(object: &'a Value, keys: &[&str]) -> &'a Value {
    for key in object.as_object().unwrap().keys() {
        assert!(keys.contains(&key.as_str()), "OTLP knows no `{key}` here");
    }
    object
}

/// A span as opentelemetry-proto `trace.proto` and the JSON mapping of OTLP want it.
fn check_span(span: &Value) {
    only(
        span,
        &[
            "traceId",
            "spanId",
            "parentSpanId",
            "name",
            "kind",
            "startTimeUnixNano",
            "endTimeUnixNano",
            "attributes",
            "status",
            "flags",
        ],
    );
    let hex = |key: &str, length: usize| {
        let text = span[key].as_str().unwrap();
        assert!(text.len() == length && text.bytes().all(|b| b.is_ascii_hexdigit()), "{key}: {text}");
    };
    hex("traceId", 32);
    hex("spanId", 16);
    if span.get("parentSpanId").is_some() {
        hex("parentSpanId", 16);
    }
    assert!(!span["name"].as_str().unwrap().is_empty());
    assert!((0..=5).contains(&span["kind"].as_i64().unwrap()));
    for key in ["startTimeUnixNano", "endTimeUnixNano"] {
        let nanos: u64 = span[key].as_str().unwrap().parse().unwrap();
        assert!((1_600_000_000..2_000_000_000).contains(&(nanos / 1_000_000_000)), "{key} is in nanoseconds");
    }
    assert!((0..=2).contains(&only(&span["status"], &["code", "message"])["code"].as_i64().unwrap()));
    assert!(span["flags"].as_u64().unwrap() <= u64::from(u32::MAX));
    for pair in span["attributes"].as_array().unwrap() {
        only(only(pair, &["key", "value"]).get("value").unwrap(), &["stringValue"]);
    }
    assert!(attribute(span, "dpl.core.processing_activity_id").starts_with("http"));
    let subject = attribute(span, "dpl.core.data_subject_id").is_empty();
    assert_eq!(subject, attribute(span, "dpl.core.data_subject_id_type").is_empty());
}

/// The text of an attribute; empty when it is absent.
fn attribute(of: &Value, key: &str) -> String {
    let found = of["attributes"].as_array().unwrap().iter().find(|pair| pair["key"] == key);
    found.and_then(|pair| pair["value"]["stringValue"].as_str()).unwrap_or_default().to_owned()
}
