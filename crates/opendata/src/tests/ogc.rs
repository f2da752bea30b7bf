//! OGC API Features: the standard's schemas, its refusals, paging and formats.

use super::schema::faults;
use super::*;
use serde_json::Value;
use testkit::Answer;

async fn with_accept(caller: &Caller, path: &str, accept: &str) -> Answer {
    let request = axum::http::Request::get(path).header("accept", accept);
    caller.send(request.body(axum::body::Body::empty()).unwrap()).await
}

fn rel<'a>(body: &'a Value, rel: &str) -> Option<&'a str> {
    body["links"].as_array()?.iter().find(|l| l["rel"] == rel)?["href"].as_str()
}

fn path(url: &str) -> &str {
    url.strip_prefix("http://regie.test").expect("an address of ours")
}

#[tokio::test]
async fn every_answer_fits_the_schemas_of_the_standard() {
    let Some(folder) = testkit::shared("data/standaarden/ogc/core_schemas") else { return };
    let app = app(testkit::sqlite().await).await;
    let made = add(&app, "litter", 5).await;
    let caller = visitor(&app);
    let (item, wrong) = (format!("/ogc/collections/reports/items/{}", made[0].1), "/ogc/collections?x=1");
    let hood = {
        let body = caller.get("/ogc/collections/neighbourhoods/items?limit=1").await.json();
        format!("/ogc/collections/neighbourhoods/items/{}", body["features"][0]["id"].as_str().unwrap())
    };
    for (address, status, schema) in [
        ("/ogc", 200, "landingPage.yaml"),
        ("/ogc/conformance", 200, "confClasses.yaml"),
        ("/ogc/collections", 200, "collections.yaml"),
        ("/ogc/collections/reports", 200, "collection.yaml"),
        ("/ogc/collections/districts", 200, "collection.yaml"),
        ("/ogc/collections/reports/items", 200, "featureCollectionGeoJSON.yaml"),
        ("/ogc/collections/reports/items?limit=2", 200, "featureCollectionGeoJSON.yaml"),
        ("/ogc/collections/neighbourhoods/items?limit=1000", 200, "featureCollectionGeoJSON.yaml"),
        ("/ogc/collections/districts/items", 200, "featureCollectionGeoJSON.yaml"),
        (item.as_str(), 200, "featureGeoJSON.yaml"),
        (hood.as_str(), 200, "featureGeoJSON.yaml"),
        (wrong, 400, "exception.yaml"),
        ("/ogc/collections/nothing", 404, "exception.yaml"),
        ("/ogc/collections/reports/items/nothing", 404, "exception.yaml"),
    ] {
        let answer = caller.get(address).await;
        assert_eq!(answer.status, status, "{address}: {}", answer.text);
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{address}");
        let body = answer.json();
        assert_eq!(faults(&folder, schema, &body), Vec::<String>::new(), "{address}");
        if status == 200 {
            let itself = rel(&body, "self").unwrap_or_else(|| panic!("{address} names itself"));
            assert_eq!(caller.get(path(itself)).await.json()["links"], body["links"], "{address}");
            let html = caller.get(path(rel(&body, "alternate").unwrap())).await;
            assert!(html.header("content-type").starts_with("text/html"), "{address}");
            assert!(answer.header("link").contains("rel=\"self\""), "{address}");
        } else {
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
    }
}

#[tokio::test]
async fn a_program_finds_its_way_from_the_landing_page() {
    let app = app(testkit::sqlite().await).await;
    add(&app, "litter", 3).await;
    let caller = visitor(&app);
    let landing = caller.get("/ogc").await.json();
    for (name, kind) in [
        ("service-desc", "application/vnd.oai.openapi+json;version=3.0"),
        ("service-doc", "text/html; charset=utf-8"),
        ("conformance", "application/json"),
        ("data", "application/json"),
    ] {
        let answer = caller.get(path(rel(&landing, name).unwrap())).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{name}");
    }
    let collections = caller.get(path(rel(&landing, "data").unwrap())).await.json();
    for collection in collections["collections"].as_array().unwrap() {
        assert_eq!(collection["crs"][0], "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
        let bbox: Vec<f64> = collection["extent"]["spatial"]["bbox"][0]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_f64().unwrap())
            .collect();
        assert!(bbox[0] > 4.5 && bbox[0] < bbox[2] && bbox[1] > 52.4 && bbox[1] < bbox[3], "{bbox:?}");
        let items = caller.get(path(rel(collection, "items").unwrap())).await;
        assert_eq!(items.header("content-type"), "application/geo+json");
        assert_eq!(items.header("content-crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
        for feature in items.json()["features"].as_array().unwrap() {
            assert!(feature["id"].is_string());
        }
    }
    // The description names every address that answers, and each parameter that it knows.
    let api = caller.get("/ogc/api").await.json();
    for (name, operation) in api["paths"].as_object().unwrap() {
        let address = format!("/ogc{}", name.trim_end_matches('/')).replace("{featureId}", "nothing");
        let known = operation["get"]["parameters"].as_array().unwrap();
        for parameter in known.iter().filter(|p| p["in"] == "query") {
            let value = match parameter["name"].as_str().unwrap() {
                "f" => "json",
                "limit" | "offset" => "1",
                "bbox" => "4,52,5,53",
                "datetime" => "2024-01-01T00:00:00Z/..",
                "after" => "0.x",
                "state" => "done",
                _ => "x",
            };
            let answer = caller.get(&format!("{address}?{}={value}", parameter["name"].as_str().unwrap())).await;
            assert!(answer.status == 200 || name.contains("featureId"), "{address} {parameter}: {}", answer.text);
        }
    }
}

db_test! {
    async fn features_are_paged_filtered_and_counted(db) {
        let app = app(db).await;
        let made = add(&app, "litter", 7).await;
        add(&app, "bicycle-wreck", 2).await;
        let caller = visitor(&app);
        let items = "/ogc/collections/reports/items";
        let mut address = format!("{items}?limit=3&category=litter");
        let mut seen = vec![];
        for n in [3, 3, 1] {
            let body = caller.get(&address).await.json();
            assert_eq!(body["numberReturned"], n, "{body}");
            seen.extend(body["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()));
            address = rel(&body, "next").map(|next| path(next).to_owned()).unwrap_or_default();
        }
        assert_eq!(address, "", "the last page has no next");
        let expected: Vec<String> = made.iter().map(|(_, reference)| reference.clone()).collect();
        assert_eq!(seen, expected, "each once, newest first");
        // the newest is a day old, each next one a minute older
        for (query, n) in [
            ("", 9),
            ("?bbox=4.6,52.4,4.7,52.6", 9),
            ("?bbox=5,52,6,53", 0),
            ("?bbox=4.6,52.4,0,4.7,52.6,9", 9),
            ("?datetime=2024-06-02T08:00:00Z", 2),
            ("?datetime=2024-06-02T07:58:00Z/..", 5),
            ("?datetime=../2024-06-02T07:58:00Z", 5),
            ("?datetime=2024-06-02", 9),
            ("?datetime=2023-01-01/2023-12-31", 0),
            ("?state=received&category=bicycle-wreck", 2),
            ("?state=done", 0),
            ("?category=dog-loose", 0),
            ("?area=BU99999999", 0),
        ] {
            let body = caller.get(&format!("{items}{query}")).await.json();
            assert_eq!((&body["numberReturned"], &body["numberMatched"]), (&n.into(), &n.into()), "{query}: {body}");
        }
        let hoods = "/ogc/collections/neighbourhoods/items";
        let first = caller.get(&format!("{hoods}?limit=10")).await.json();
        assert_eq!((&first["numberMatched"], &first["numberReturned"]), (&38.into(), &10.into()));
        let last = caller.get(&format!("{hoods}?offset=30&limit=10")).await.json();
        assert_eq!((&last["numberReturned"], rel(&last, "next")), (&8.into(), None));
        let parent = first["features"][0]["properties"]["parent"].as_str().unwrap();
        let of = caller.get(&format!("{hoods}?parent={parent}")).await.json();
        assert!(of["features"].as_array().unwrap().iter().all(|f| f["properties"]["parent"] == parent));
    }
}

#[tokio::test]
async fn what_is_not_known_is_refused_and_formats_are_negotiated() {
    let app = app(testkit::sqlite().await).await;
    let caller = visitor(&app);
    let items = "/ogc/collections/reports/items";
    for query in [
        "limit=0",
        "limit=-1",
        "limit=x",
        "limit=",
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=4,53,5,52",
        "datetime=gisteren",
        "datetime=",
        "unknown=1",
        "limit=1&limit=2",
        "f=xml",
        "state=Klaar",
        "after=x",
        "offset=1",
        "crs=x",
        "Limit=1",
    ] {
        let answer = caller.get(&format!("{items}?{query}")).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.text);
        let body = answer.json();
        assert!(body["detail"].as_str().unwrap().len() > 10 && body["status"] == 400, "{query}");
    }
    assert_eq!(caller.get(&format!("{items}?limit=1000000")).await.status, 200, "more than most is most");
    assert_eq!(caller.get("/ogc/collections/neighbourhoods/items?after=1.x").await.status, 400);
    assert_eq!(caller.get("/ogc?limit=1").await.status, 400);
    for (accept, kind) in [
        ("application/geo+json, application/json", "application/geo+json"),
        ("*/*", "application/geo+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/html;q=0.2, application/json", "application/geo+json"),
        ("application/json;q=0, text/html;q=0.1", "text/html; charset=utf-8"),
    ] {
        let answer = with_accept(&caller, items, accept).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{accept}");
        assert!(answer.headers.get_all("vary").iter().any(|v| v == "accept"));
    }
    assert_eq!(with_accept(&caller, items, "image/png").await.status, 406);
    let forced = with_accept(&caller, &format!("{items}?f=json"), "text/html").await;
    assert_eq!(forced.header("content-type"), "application/geo+json", "f wins");
}
