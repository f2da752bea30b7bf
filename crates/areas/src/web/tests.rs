use crate::api;
use crate::atlas::Atlas;
use crate::import;
use kit::Municipality;
use policy::Role;
use site::Shared;
use testkit::Caller;

async fn served() -> (Shared, axum::Router) {
    let app = testkit::app(testkit::sqlite().await, |m: &mut Municipality| {
        let atlas = Atlas::new(&m.file);
        m.put(atlas);
    });
    let table = site::routes::Table::new(&app)
        .get("/areas", "area:read", super::list)
        .get("/areas/{code}", "area:read", super::area)
        .get("/api/v1/areas", "area:read", api::list)
        .get("/api/v1/areas/at", "area:read", api::at)
        .get("/api/v1/areas/{code}", "area:read", api::one);
    let router = testkit::web(&app, table);
    (app, router)
}

async fn seeded() -> (Shared, axum::Router) {
    let (app, router) = served().await;
    let path = testkit::root().join("config/heemskerk/areas.geojson");
    import::seed(&app, "GM0396", &path, 2025).await.unwrap();
    (app, router)
}

#[tokio::test]
async fn everybody_sees_the_list_and_an_area() {
    let (app, router) = seeded().await;
    for role in [None, Some(Role::Mayor), Some(Role::Administrator)] {
        let caller = Caller::new(&app, &router, role);
        let list = caller.get("/areas").await;
        assert_eq!(list.status, 200, "{}", list.text);
        assert_eq!(list.text.matches("href=\"/areas/BU").count(), 2 * 38, "each on the map and in the table");
        assert!(list.text.contains("(schatting)") && list.text.contains("<svg"));
        let area = caller.get("/areas/WK039601").await;
        assert_eq!(area.status, 200);
        assert!(area.text.contains("href=\"/areas/BU039601"), "its neighbourhoods");
        assert!(area.text.contains("<th scope=\"col\" class=\"num\">2025</th>"));
        assert_eq!(caller.get("/areas/BU99999999").await.status, 404);
    }
}

#[tokio::test]
async fn pages_say_that_nothing_was_loaded_and_what_is_withheld() {
    let (app, router) = served().await;
    let caller = Caller::new(&app, &router, None);
    assert!(caller.get("/areas").await.text.contains("nog geen wijken en buurten"));
    let path = testkit::folder().join("a.geojson");
    let feature = |code: &str, n: i64| {
        format!(
            r#"{{"type":"Feature","properties":{{"buurtcode":"{code}","aant_inw":{n}}},
        "geometry":{{"type":"Polygon","coordinates":[[[4.6,52.5],[4.65,52.5],[4.65,52.52],[4.6,52.5]]]}}}}"#
        )
    };
    let features = [feature("BU03960100", -99_997), feature("BU03960101", -99_995), feature("BU03960102", 0)].join(",");
    std::fs::write(&path, format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)).unwrap();
    import::seed(&app, "GM0396", &path, 2024).await.unwrap();
    let text = caller.get("/areas").await.text;
    assert!(text.contains("<span class=\"suppressed\">te klein om te tonen</span>"));
    assert!(text.contains("<span class=\"missing\">niet bekend</span>"));
    assert!(text.contains(">0</td>"), "zero is a figure");
}

#[tokio::test]
async fn the_api_answers_a_stranger_and_a_cache_may_keep_it() {
    let (app, router) = seeded().await;
    let caller = Caller::new(&app, &router, None);
    let list = caller.get("/api/v1/areas").await.json();
    assert_eq!(list["areas"].as_array().unwrap().len(), 50);
    let first = &list["areas"][0];
    assert!(first["centre"][0].as_f64().unwrap() > 4.5 && first["year"] == 2025, "{first}");

    let one = caller.get("/api/v1/areas/BU03960100").await.json();
    assert_eq!((&one["level"], &one["parent"]), (&"neighbourhood".into(), &"WK039601".into()));
    assert_eq!(one["geometry"]["type"], "MultiPolygon");
    assert_eq!(one["figures"][0]["status"], "estimate");
    let (lon, lat) = (one["centre"][0].as_f64().unwrap(), one["centre"][1].as_f64().unwrap());
    let at = caller.get(&format!("/api/v1/areas/at?lon={lon}&lat={lat}")).await.json();
    assert_eq!(at["code"], "BU03960100");

    for (path, status) in [
        ("/api/v1/areas/at?lon=0&lat=0", 404),
        ("/api/v1/areas/at?lon=4.6", 400),
        ("/api/v1/areas/at?lon=NaN&lat=52", 400),
        ("/api/v1/areas/at?lon=400&lat=52", 400),
        ("/api/v1/areas/BU00000000", 404),
    ] {
        assert_eq!(caller.get(path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn who_may_keep_an_answer_depends_on_who_asks() {
    use tower::ServiceExt as _;
    let (app, router) = seeded().await;
    for (role, expected) in [(None, "public, max-age=300"), (Some(Role::Officer), "private, max-age=300")] {
        let mut request = axum::http::Request::get("/api/v1/areas").body(axum::body::Body::empty()).unwrap();
        if let Some(role) = role {
            request.extensions_mut().insert(testkit::cx(&app, Some(role)).actor);
        }
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["cache-control"], expected);
    }
}

#[test]
fn the_description_names_every_address() {
    let doc = api::openapi();
    let paths: Vec<&String> = doc.paths.paths.keys().collect();
    assert_eq!(paths, ["/api/v1/areas", "/api/v1/areas/at", "/api/v1/areas/{code}"]);
}
