//! Promises about the whole web: every route is guarded and listed, the OpenAPI document tells the
//! truth, and the demo's door does not exist elsewhere.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "test code")]

use crate::{api, assets, routes, serve, start};
use axum::http::Method;
use law::Regime;
use policy::{Actor, Hat, Resource, Role};
use site::Shared;
use std::fmt::Write as _;
use testkit::{Answer, Caller};

async fn app() -> Shared {
    let house = testkit::house_sqlite().await;
    let mut app = testkit::app_in(house, |municipality| start::shelve(municipality).unwrap());
    std::sync::Arc::get_mut(&mut app).unwrap().fonts = assets::FONTS.to_vec();
    app
}

fn filled(path: &str) -> String {
    path.replace("{hash}", "x")
        .replace("{*name}", "regie.css")
        .replace("{year}", "2024")
        .replace("{code}", "BU03960100")
        .replace("{vault}", "wpg")
        .replace("{processing}", "wpg-daily")
        .replace("{token}", "x")
        .replace("{query}", "018f0000-0000-7000-8000-000000000000")
        .replace("{disclosure}", "018f0000-0000-7000-8000-000000000000")
        .replace("{visit}", "018f0000-0000-7000-8000-000000000000")
        .replace("{photo}", "018f0000-0000-7000-8000-000000000000")
        .replace("{voice}", "018f0000-0000-7000-8000-000000000000")
        .replace("{id}", "018f0000-0000-7000-8000-000000000000")
}

async fn ask(app: &Shared, caller: &Caller, method: &Method, path: &str) -> Answer {
    let _ = app;
    let request = axum::http::Request::builder()
        .method(method.clone())
        .uri(filled(path))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::empty())
        .unwrap();
    caller.send(request).await
}

/// The list of routes with who may use them is a checked-in text that people read.
#[tokio::test]
async fn the_list_of_routes_is_as_signed() {
    let app = app().await;
    let mut text = String::from("(who may open the route; a record's own rules may refuse more)\n");
    for route in routes::table(&app, None).list() {
        let who: Vec<&str> = [None]
            .into_iter()
            .chain(Role::ALL.iter().map(|r| Some(*r)))
            .filter(|role| {
                let account = role.map(|_| kit::Uuid::from_u128(1));
                app.policy.enter(&Actor { account, role: *role, ..Actor::stranger("GM0396") }, route.action).is_ok()
            })
            .map(|role| role.map_or("stranger", Role::as_str))
            .collect();
        let who = if who.len() == Role::ALL.len() + 1 { "everyone".to_owned() } else { who.join(" ") };
        writeln!(text, "{:<5}{:<64}{:<24}{who}", route.method.as_str(), route.path, route.action).unwrap();
    }
    let path = testkit::root().join("policies/routes.txt");
    if std::env::var("REGIE_BLESS").is_ok() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(path).unwrap(), "run `make bless` and read the change");
}

/// Each route lets in exactly the roles that the policy allows (compare the list above).
#[tokio::test]
async fn every_route_refuses_every_role_that_may_not() {
    let app = app().await;
    let table = routes::table(&app, None);
    // a stream has no end to read to; its door is that of every open page
    let list: Vec<_> = table.list().iter().filter(|r| r.path != STREAM).cloned().collect();
    let router = testkit::web(&app, table);
    let mut wrongly = vec![];
    for role in [None].into_iter().chain(Role::ALL.iter().map(|r| Some(*r))) {
        // Somebody who is signed in has a session and its own place; a stranger has neither.
        let session = role.map(|_| kit::Uuid::from_u128(9).to_string());
        let actor = Actor { session, ..testkit::cx(&app, role).actor };
        let caller = match role {
            Some(_) => Caller::of(&router, actor.clone()),
            None => Caller::new(&app, &router, None),
        };
        for route in &list {
            let allowed = app.policy.enter(&actor, route.action).is_ok();
            let answer = ask(&app, &caller, &route.method, route.path).await;
            let to_login = answer.status == 303 && answer.location.starts_with("/login");
            let refused = matches!(answer.status, 401 | 403) || to_login;
            if !allowed {
                assert!(refused, "{role:?} {} {}: {}", route.method, route.path, answer.status);
            } else if role.is_some() {
                // Behind a fence, and where an authorisation is granted, the record decides: see the next test.
                let by_record = ["record:", "sanction:", "rights:search", "authorisation:decide"];
                // The second half of signing in leads back to the first when there was none; a partner's system has a
                // key of its own; and what is under way to a partner asks for one of two actions by itself.
                let own_door = ["/login/", "/exchange/dispatches/", "/exchange/signalen/v1/"];
                let open = !by_record.iter().any(|a| route.action.starts_with(a))
                    && !own_door.iter().any(|path| route.path.starts_with(path));
                if open && refused {
                    wrongly.push(format!("{role:?} {} {}: {}", route.method, route.path, answer.status));
                }
            } else {
                // The second half of signing in leads back to the first when there was none.
                let half = route.path.starts_with("/login/");
                assert!(!to_login || half, "{} {} is open but asks to sign in", route.method, route.path);
            }
            assert!(
                answer.status < 500,
                "{role:?} {} {}: {}\n{}",
                route.method,
                route.path,
                answer.status,
                answer.text
            );
        }
    }
    assert!(wrongly.is_empty(), "refused though the policy lets in: {wrongly:#?}");
}

/// Behind the fences: with every fence open, each role gets each processing's pages exactly where the policy
/// says so, over HTTP; and with one fence shut, nobody gets any.
#[tokio::test]
async fn every_role_meets_every_regime_over_http() {
    let app = app().await;
    let router = testkit::web(&app, routes::table(&app, None));
    let (mut let_in, mut refused) = (0, 0);
    for role in Role::ALL {
        for processing in app.policy.register().all().iter().filter(|p| p.record) {
            let regime = processing.regimes[0];
            let armed = Actor {
                in_office: true,
                stepped_up_at: Some(app.clock.now()),
                authorised: [processing.id.clone()].into(),
                ..testkit::cx(&app, Some(*role)).actor
            };
            let resource =
                Resource { participant: true, ..Resource::fenced("record", "GM0396", regime, &processing.id) };
            let hat = if regime == Regime::R2 { Hat::Investigator } else { Hat::Supervisor };
            let how = testkit::cx(&app, Some(*role)).how(hat, true);
            for (page, action) in [("/open", "record:open"), ("", "record:list"), ("/new", "record:create")] {
                let path = format!("/records/{}{page}", processing.id);
                let may = app.policy.permit_as(&armed, action, &resource, &how).is_ok();
                let answer = Caller::of(&router, armed.clone()).get(&path).await;
                let inside =
                    answer.status == 200 || answer.location.starts_with(&format!("/records/{}/open", processing.id));
                assert_eq!(inside, may, "{role} {path}: {}", answer.status);
                assert!(may || answer.status == 403, "{role} {path}: {}", answer.status);
                let unnamed = Actor { authorised: [].into(), ..armed.clone() };
                let answer = Caller::of(&router, unnamed).get(&path).await;
                assert!(answer.status == 403 || (regime == Regime::R1 && may), "{role} {path} without authorisation");
                let stale = Actor { stepped_up_at: None, ..armed.clone() };
                let answer = Caller::of(&router, stale).get(&path).await;
                assert!(answer.status == 403 || (regime == Regime::R1 && may), "{role} {path} without a second factor");
                if may { let_in += 1 } else { refused += 1 }
            }
        }
    }
    assert!(let_in > 30 && refused > 300, "{let_in} let in, {refused} refused");
}

/// The one answer that does not end.
const STREAM: &str = "/map/live";

/// The OpenAPI document names exactly the routes under /api/v1, and says of the open ones that they are.
#[tokio::test]
async fn the_openapi_document_tells_the_truth() {
    let app = app().await;
    let document =
        serde_json::to_value(api::document("https://regie.example", ("Gemeente", "post@regie.example"))).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut described: Vec<String> = vec![];
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = &format!("{}{path}", api::BASE);
        for (method, operation) in
            item.as_object().unwrap().iter().filter(|(m, _)| ["get", "post"].contains(&m.as_str()))
        {
            described.push(format!("{} {path}", method.to_uppercase()));
            let table = routes::table(&app, None);
            let route = table
                .list()
                .iter()
                .find(|r| r.path == path && r.method.as_str().eq_ignore_ascii_case(method))
                .cloned()
                .unwrap_or_else(|| panic!("{method} {path} is described but does not exist"));
            let stranger = Actor::stranger("GM0396");
            let open = app.policy.enter(&stranger, route.action).is_ok();
            let says_open = operation["security"].as_array().is_some_and(Vec::is_empty);
            assert_eq!(open, says_open, "{method} {path}: `security` must be [] exactly for open operations");
        }
    }
    let mut real: Vec<String> = routes::table(&app, None)
        .list()
        .iter()
        .filter(|r| r.path.starts_with("/api/v1/") && r.path != "/api/v1/openapi.json")
        .map(|r| format!("{} {}", r.method, r.path))
        .collect();
    real.sort();
    described.sort();
    assert_eq!(described, real);
}

#[tokio::test]
async fn personas_exist_only_in_the_demo() {
    let app = app().await;
    let router = testkit::web(&app, routes::table(&app, None));
    let stranger = Caller::new(&app, &router, None);
    assert_eq!(stranger.form("/demo/sign-in", &[("username", "coordinator")]).await.status, 404);
    let page = stranger.get("/login").await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("/demo/sign-in"));
}

#[tokio::test]
async fn faults_are_pages_for_people_and_problems_for_programs() {
    let app = app().await;
    let router = testkit::web(&app, routes::table(&app, None));
    let stranger = Caller::new(&app, &router, None);
    let page = stranger.get("/no-such-page").await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("Deze pagina bestaat niet"), "{}", page.text);
    let method = stranger.post_json("/api/v1/areas", &serde_json::json!({})).await;
    assert_eq!((method.status, method.json()["status"].as_u64()), (405, Some(405)));
    let problem = stranger.get("/api/v1/signals").await;
    assert_eq!(problem.status, 401);
    assert_eq!(problem.json()["status"], 401);
    let refused = Caller::new(&app, &router, Some(Role::CouncilMember)).get("/signals").await;
    assert_eq!(refused.status, 403);
    assert!(refused.text.contains("Coördinator handhaving"), "the page says who may");
    let request = axum::http::Request::post("/logout")
        .header("sec-fetch-site", "cross-site")
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(stranger.send(request).await.status, 403);
}

#[tokio::test]
async fn the_whole_router_answers_with_security_headers() {
    use tower::ServiceExt as _;
    let app = app().await;
    let router = serve::router(&app, None);
    for path in ["/healthz", "/login", "/no-such-page"] {
        let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let header =
            |name: &str| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        assert!(header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert!(!header("content-security-policy").contains("unsafe"));
        assert_eq!(header("x-content-type-options"), "nosniff");
    }
}

#[test]
fn static_files_sit_under_a_hash_of_their_content() {
    assert!(assets::base().starts_with("/static/"));
    assert_eq!(assets::base().len(), "/static/".len() + 12);
}

#[test]
fn the_built_in_texts_and_migrations_are_those_on_disk() {
    start::library().unwrap();
    for vault in start::vault_names() {
        let disk: Vec<String> = testkit::migrations(vault).into_iter().map(|m| m.name).collect();
        let built: Vec<String> = start::migrations(vault).into_iter().map(|m| m.name).collect();
        assert_eq!(built, disk, "{vault}");
    }
}

#[test]
fn an_address_without_tls_is_for_this_machine_only() {
    for (url, guarded) in [
        ("https://meldingen.example.nl", true),
        ("http://127.0.0.1:8080", true),
        ("http://localhost", true),
        ("http://[::1]:8080", true),
        ("http://127.0.0.1.example.nl", false),
        ("http://meldingen.example.nl", false),
    ] {
        assert_eq!(start::is_guarded(url), guarded, "{url}");
    }
}

/// What works on the envelope works on every vault: `main` and the fenced vaults have the same tables for it.
#[test]
fn every_vault_has_the_same_tables_of_records() {
    let text = |vault: &str, name: &str| {
        let found = start::migrations(vault).into_iter().find(|m| m.name == name).unwrap();
        let lines = |sql: &str| sql.lines().filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        [lines(&found.sqlite), lines(&found.postgres)]
    };
    assert_eq!(text("main", "0012_record"), text("wpg", "0002_record"));
    let (kit, keys) = (text("main", "0001_kit"), text("main", "0009_keys"));
    for (n, fenced) in text("wpg", "0001_kit").into_iter().enumerate() {
        assert_eq!([kit[n].clone(), keys[n].clone()].concat(), fenced);
    }
}

/// A kind of partner is a kind of receiver, or the law could not judge a disclosure to it.
#[test]
fn every_kind_of_partner_is_a_receiver_that_the_law_knows() {
    for kind in people::partners::PartnerKind::ALL {
        assert!(kind.as_str().parse::<law::ReceiverKind>().is_ok(), "{kind}");
    }
}

mod stories;
