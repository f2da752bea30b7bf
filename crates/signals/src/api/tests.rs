//! The API: what it gives, and a table of what it refuses.

use super::*;
use crate::fixture::{self, add, coordinator, report};
use axum::body::Body;
use axum::http::Request;
use policy::Role;
use serde_json::{Value, json};
use site::Shared;
use site::routes::Table;
use testkit::{Caller, db_test, web};

fn routes(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/api/v1/signals", "signal:list", list)
        .get("/api/v1/signals/{id}", "signal:read", read)
        .get("/api/v1/categories", "public:read", categories);
    web(app, table.post("/api/v1/signals/new", "report:create", create))
}

fn good(app: &Shared) -> Value {
    json!({
        "id": app.clock.id(), "category": "litter", "words": "Blikjes in het gras", "lon": 4.67, "lat": 52.51,
        "occurred_at": "2024-06-03T07:00:00+02:00", "reporter": { "email": "an@voorbeeld.nl" }
    })
}

db_test! {
    async fn a_report_comes_in_once(db) {
        let app = fixture::app(db).await;
        let stranger = Caller::new(&app, &routes(&app), None);
        let body = good(&app);
        let first = stranger.post_json("/api/v1/signals/new", &body).await;
        assert_eq!(first.status, 201, "{}", first.text);
        assert_eq!(first.location, format!("/api/v1/signals/{}", body["id"].as_str().unwrap()));
        let again = stranger.post_json("/api/v1/signals/new", &body).await;
        assert_eq!((again.status, again.json()), (200, first.json()));
        let staff = Caller::new(&app, &routes(&app), Some(Role::Adviser));
        let got = staff.get(&first.location).await;
        assert_eq!(got.status, 200);
        let got = got.json();
        assert_eq!(
            (&got["source"], &got["words"], &got["area"], &got["is_late"]),
            (&json!("resident"), &json!("Blikjes in het gras"), &json!(fixture::EAST), &json!(false))
        );
        assert_eq!(got["occurred_at"], "2024-06-03T05:00:00Z");
        assert!(!got.to_string().contains("an@voorbeeld.nl"));
        let cx = coordinator(&app);
        let mut tx = cx.read().await.unwrap();
        let (n,): (i64,) = tx.one("select cast(count(*) as bigint) from signal", vec![]).await.unwrap();
        assert_eq!(n, 1);
    }
    async fn bad_input_is_refused_with_the_field(db) {
        let app = fixture::app(db).await;
        let stranger = Caller::new(&app, &routes(&app), None);
        for (field, value, named) in [
            ("id", json!("018f0000-0000-4000-8000-000000000000"), "id"),
            ("id", json!("x"), "id"),
            ("id", json!(7), "id"),
            ("id", json!(null), "id"),
            ("nonsense", json!(1), "body"),
            ("category", json!("nope"), "category"),
            ("category", json!(null), "category"),
            ("category", json!(["litter"]), "category"),
            ("words", json!(""), "words"),
            ("words", json!("\u{0}\u{1}  \n"), "words"),
            ("words", json!("x".repeat(10_000)), "words"),
            ("words", json!(5), "words"),
            ("address", json!("x".repeat(201)), "address"),
            ("lon", json!(5.9), "place"),
            ("lon", json!("4.67"), "lon"),
            ("lat", json!(null), "place"),
            ("occurred_at", json!("2024-06-04T07:00:00Z"), "occurred_at"),
            ("occurred_at", json!("1890-01-01T00:00:00Z"), "occurred_at"),
            ("occurred_at", json!("yesterday"), "occurred_at"),
            ("reporter", json!("An"), "reporter"),
            ("reporter", json!({ "email": "an" }), "email"),
            ("reporter", json!({ "phone": "12" }), "phone"),
            ("reporter", json!({ "bsn": "123456782" }), "body"),
        ] {
            let mut body = good(&app);
            body[field] = value.clone();
            let answer = stranger.post_json("/api/v1/signals/new", &body).await;
            assert_eq!(answer.status, 422, "{field} {value}: {}", answer.text);
            let problem = answer.json();
            let fields: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
            assert!(fields.contains(&named), "{field} {value}: {fields:?}");
            for error in problem["errors"].as_array().unwrap() {
                let detail = error["detail"].as_str().unwrap();
                assert!(detail.contains(' ') && !detail.starts_with("signal"), "{detail}");
            }
        }
        let huge = format!("{{\"words\": \"{}\"}}", "x".repeat(1_100_000));
        let deep = "[".repeat(100_000);
        for (bytes, status) in [
            (b"".to_vec(), 400),
            (b"{\"id\": ".to_vec(), 400),
            (b"[1, 2]".to_vec(), 400),
            (b"{\"words\": \"\xff\xfe\"}".to_vec(), 400),
            (b"{\"words\": \"\\ud800\"}".to_vec(), 400),
            (deep.into_bytes(), 400),
            (b"{}".to_vec(), 422),
            (huge.into_bytes(), 413),
        ] {
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(20)]).into_owned();
            let request = Request::post("/api/v1/signals/new").body(Body::from(bytes)).unwrap();
            let answer = stranger.send(request).await;
            assert_eq!(answer.status, status, "{start}: {}", answer.text);
            assert_eq!(answer.json()["status"], status);
        }
        let cx = coordinator(&app);
        let mut tx = cx.read().await.unwrap();
        let (n,): (i64,) = tx.one("select cast(count(*) as bigint) from signal", vec![]).await.unwrap();
        assert_eq!(n, 0, "nothing that was refused is kept");
    }
    async fn lists_are_paged_and_filtered_for_staff_only(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        for _ in 0..51 {
            add(&cx, report(&cx)).await;
        }
        let router = routes(&app);
        let staff = Caller::new(&app, &router, Some(Role::Officer));
        let first = staff.get("/api/v1/signals?category=household-waste").await;
        let page = first.json();
        assert_eq!(page["signals"].as_array().unwrap().len(), 50);
        assert_eq!(first.header("link"), format!("<{}>; rel=\"next\"", page["next"].as_str().unwrap()));
        assert_eq!(first.header("cache-control"), "no-store");
        let next = page["next"].as_str().unwrap();
        let path = next.strip_prefix("http://regie.test").unwrap();
        assert!(path.starts_with("/api/v1/signals?category=household-waste&after="), "{path}");
        let second = staff.get(path).await.json();
        assert_eq!(second["signals"].as_array().unwrap().len(), 1);
        assert!(second["next"].is_null());
        assert_ne!(second["signals"][0]["id"], page["signals"][49]["id"]);
        for (query, status) in [("state=nope", 422), ("after=x", 422), ("from=31-05-2024", 422), ("state=done", 200)] {
            assert_eq!(staff.get(&format!("/api/v1/signals?{query}")).await.status, status, "{query}");
        }
        for (role, status) in [(None, 401), (Some(Role::Mayor), 403), (Some(Role::CouncilMember), 403)] {
            let caller = Caller::new(&app, &router, role);
            assert_eq!(caller.get("/api/v1/signals").await.status, status);
            assert_eq!(caller.get("/api/v1/categories").await.status, 200);
        }
        let missing = staff.get("/api/v1/signals/nope").await;
        assert_eq!((missing.status, missing.header("content-type")), (404, "application/problem+json"));
        for answer in [&first, &missing] {
            assert_eq!(answer.header("api-version"), "1.0.0");
        }
        let categories = staff.get("/api/v1/categories").await.json();
        assert!(categories["categories"].as_array().unwrap().iter().any(|c| c["id"] == "litter" && c["main"] == "waste"));
    }
}

#[test]
fn the_document_is_openapi_3_1_and_says_what_is_open() {
    let document = serde_json::to_value(openapi()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, method, open) in [
        ("/api/v1/signals", "get", false),
        ("/api/v1/signals", "post", true),
        ("/api/v1/signals/{id}", "get", false),
        ("/api/v1/categories", "get", true),
    ] {
        let operation = &document["paths"][path][method];
        assert!(operation["operationId"].is_string(), "{path}");
        // the whole document, where parts are joined, writes `security: []` where nothing is demanded
        let expected = if open { Value::Null } else { json!([{ "session": [] }]) };
        assert_eq!(operation["security"], expected, "{method} {path}");
    }
    for schema in [
        "SignalInput",
        "SignalItem",
        "SignalDetail",
        "SignalPage",
        "SignalReceipt",
        "Problem",
        "ProblemField",
        "ReporterInput",
    ] {
        assert!(document["components"]["schemas"][schema].is_object(), "{schema}");
    }
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name} is not described");
    }
}
