//! The whole crate at work: some reports that everybody may see, some that nobody may.

mod live;
mod ogc;
mod schema;

use crate::{Live, OpenDataConfig, data, feed, ical, map};
use areas::Atlas;
use kit::{At, Municipality, Text, Uuid};
use policy::{Resource, Role};
use signals::intake::{self, NewSignal};
use signals::moderation::{self, Act};
use signals::{Catalogue, Channel, Kind, Source, State};
use site::Shared;
use testkit::{Caller, cx, db_test};

/// One day in microseconds.
const DAY: i64 = 86_400_000_000;
/// What a reporter wrote; it may stand on no public page.
const SECRET: &str = "Geheime woorden van de melder";

fn shelve(municipality: &mut Municipality) {
    let text = std::fs::read_to_string(municipality.folder.join("categories.toml")).unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let priorities = file["category"].as_array().unwrap().iter().map(|c| c["priority"].as_str().unwrap().to_owned());
    let priorities = priorities.map(|id| (id, Text::default())).collect();
    let catalogue = Catalogue::read(&municipality.folder, priorities).unwrap();
    municipality.put(catalogue);
    let atlas = Atlas::new(&municipality.file);
    municipality.put(atlas);
    let config = OpenDataConfig::read(&municipality.folder).unwrap();
    municipality.put(Live::new(config.live));
    municipality.put(config);
}

/// The program with the neighbourhoods of Heemskerk.
async fn app(db: testkit::MainDb) -> Shared {
    let app = testkit::app(db, shelve);
    let home = app.home().unwrap().clone();
    let mut tx = app.main.write().await.unwrap();
    home.get::<Catalogue>().sync(&mut tx, home.code()).await.unwrap();
    tx.commit().await.unwrap();
    areas::import::seed(&app, home.code(), &home.folder.join("areas.geojson"), 2025).await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    home.get::<Atlas>().reload(&mut tx, home.code()).await.unwrap();
    drop(tx);
    app
}

fn routes(app: &Shared) -> axum::Router {
    let table = site::routes::Table::new(app)
        .get("/map", "public:read", map::map)
        .get("/map/list", "public:read", map::list)
        .get("/map/feed.atom", "public:read", feed::atom)
        .get("/map/feed.rss", "public:read", feed::rss)
        .get("/map/{reference}", "public:read", map::one)
        .get("/data", "public:read", data::page)
        .get("/data/{file}", "public:read", data::file)
        .get("/calendar.ics", "public:read", ical::closed_days)
        .get("/ogc", "public:read", crate::ogc::landing)
        .get("/ogc/api", "public:read", crate::ogc::api)
        .get("/ogc/conformance", "public:read", crate::ogc::conformance)
        .get("/ogc/collections", "public:read", crate::ogc::collections)
        .get("/ogc/collections/{id}", "public:read", crate::ogc::collection)
        .get("/ogc/collections/{id}/items", "public:read", crate::ogc::items)
        .get("/ogc/collections/{id}/items/{item}", "public:read", crate::ogc::item);
    testkit::web(app, table)
}

fn visitor(app: &Shared) -> Caller {
    Caller::new(app, &routes(app), None)
}

/// Writes reports of `category`, the first a day old.
async fn add(app: &Shared, category: &str, n: usize) -> Vec<(Uuid, String)> {
    add_aged(app, category, n, DAY).await
}

/// Writes reports of `category`, the first so old, each a minute older than the one before and at another place.
async fn add_aged(app: &Shared, category: &str, n: usize, age: i64) -> Vec<(Uuid, String)> {
    let cx = cx(app, Some(Role::Coordinator));
    let permit = cx.permit("signal:create", &Resource::ordinary("signal", cx.code())).unwrap();
    let mut tx = cx.write().await.unwrap();
    let mut made = vec![];
    for i in 0..n {
        let at = At::from_micros(cx.now.micros() - age - i as i64 * 60_000_000);
        let new = NewSignal {
            id: app.clock.id(),
            kind: Kind::Report,
            channel: Channel::Phone,
            source: Source::Resident,
            source_ref: None,
            category: category.to_owned(),
            words: SECRET.to_owned(),
            address: "Geheimstraat 12".to_owned(),
            place: Some((4.67 + (i % 7) as f64 * 0.002, 52.505 + (i % 11) as f64 * 0.001)),
            area: None,
            occurred_at: at,
            reported_at: at,
            state: State::Reported,
            closed_at: None,
            reporter: None,
            presence_id: None,
            issue_id: None,
            language: "nl".into(),
        };
        let id = new.id;
        let created = intake::create(&cx, &mut tx, &permit, new).await.unwrap();
        made.push((id, created.reference().to_owned()));
    }
    tx.commit().await.unwrap();
    made
}

/// A moderator's act.
async fn moderate(app: &Shared, id: Uuid, act: Act<'_>) {
    let mut cx = cx(app, Some(Role::Coordinator));
    cx.action = "signal:moderate";
    let permit = cx.permit("signal:moderate", &Resource::ordinary("signal", cx.code())).unwrap();
    let mut tx = cx.write().await.unwrap();
    moderation::act(&cx, &mut tx, &permit, id, None, act, "").await.unwrap();
    tx.commit().await.unwrap();
}

db_test! {
    async fn everybody_sees_what_was_released_and_nothing_more(db) {
        let app = app(db).await;
        let shown = add(&app, "household-waste", 3).await;
        let private = add(&app, "dog-loose", 1).await;
        moderate(&app, shown[0].0, Act::Show("Zakken naast de container")).await;
        moderate(&app, shown[2].0, Act::Hide).await;
        let caller = visitor(&app);
        let one = caller.get(&format!("/map/{}", shown[0].1)).await;
        assert_eq!(one.status, 200, "{}", one.text);
        assert!(one.text.contains("Zakken naast de container") && one.text.contains("<svg"));
        assert!(one.text.contains(&format!("/report/follow/{}", shown[0].1)));
        for hidden in [&shown[2].1, &private[0].1, "nergens", "..%2F..%2Fsignals"] {
            assert_eq!(caller.get(&format!("/map/{hidden}")).await.status, 404, "{hidden}");
        }
        for path in [
            "/map", "/map/list", "/map/feed.atom", "/map/feed.rss", "/data/reports.geojson", "/data/reports.csv",
            "/ogc/collections/reports/items", "/ogc/collections/reports/items?f=html",
        ] {
            let page = caller.get(path).await;
            assert_eq!(page.status, 200, "{path}: {}", page.text);
            for there in [&shown[0].1, &shown[1].1] {
                assert!(page.text.contains(there.as_str()), "{path} lacks {there}: {}", page.text);
            }
            for never in [&shown[2].1, &private[0].1, SECRET, "Geheimstraat", &shown[0].0.to_string()] {
                assert!(!page.text.contains(never), "{path} shows {never}");
            }
        }
    }

    async fn every_filter_narrows_map_list_and_feed_alike(db) {
        let app = app(db).await;
        let waste = add(&app, "household-waste", 2).await;
        let wreck = add(&app, "bicycle-wreck", 1).await;
        let area = {
            let sheet = app.home().unwrap().get::<Atlas>().sheet();
            sheet.neighbourhood(4.67, 52.505).unwrap().to_owned()
        };
        let caller = visitor(&app);
        for (query, has_waste, has_wreck) in [
            ("", true, true),
            ("category=household-waste", true, false),
            ("category=waste", true, false),
            ("category=geen", true, true),
            ("state=received", true, true),
            ("state=done", false, false),
            ("period=7", true, true),
            ("period=all", true, true),
            ("bbox=4.5,52.4,4.8,52.6", true, true),
            ("bbox=4.5,52.4,4.55,52.45", false, false),
            ("bbox=onzin", true, true),
            (&format!("area={area}"), true, true),
            ("area=BU00000000", true, true),
        ] {
            for path in ["/map", "/map/list", "/map/feed.atom"] {
                let page = caller.get(&format!("{path}?{query}")).await;
                assert_eq!(page.status, 200);
                let (href, mark) = (format!("/map/{}\"", waste[0].1), format!("/map/{}", wreck[0].1));
                let has = |href: &str| page.text.contains(href.trim_end_matches('"')) || page.text.contains("class=\"stop\"");
                assert_eq!(has(&href), has_waste, "{path}?{query}: {}", page.text);
                if path != "/map" {
                    assert_eq!(page.text.contains(&mark), has_wreck, "{path}?{query}");
                }
            }
        }
    }
}

#[tokio::test]
async fn many_reports_are_drawn_as_marks_and_listed_by_page() {
    let app = app(testkit::sqlite().await).await;
    let made = add(&app, "litter", 120).await;
    let caller = visitor(&app);
    let map = caller.get("/map").await;
    assert!(map.text.contains("120 meldingen"), "{}", map.text);
    let marks: usize = map
        .text
        .split("dominant-baseline=\"central\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().parse::<usize>().unwrap())
        .sum();
    let points = map.text.matches("class=\"point\"").count();
    assert_eq!(marks + points, 120, "each report is in a mark or is a point");
    assert!(map.text.contains("role=\"group\""));
    let mut seen = std::collections::BTreeSet::new();
    let mut path = "/map/list".to_owned();
    for _ in 0..4 {
        let page = caller.get(&path).await;
        for (_, reference) in &made {
            if page.text.contains(&format!("/map/{reference}\"")) {
                assert!(seen.insert(reference.clone()), "{reference} twice");
            }
        }
        let Some(at) = page.text.find("rel=\"next\"") else { break };
        let href = page.text[at..].split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        path = href.replace("&#38;", "&").replace("&amp;", "&");
    }
    assert_eq!(seen.len(), 120, "three pages hold all");
}

#[tokio::test]
async fn downloads_hold_every_shown_report_once() {
    let app = app(testkit::sqlite().await).await;
    let made = add(&app, "litter", 1050).await;
    moderate(&app, made[0].0, Act::Show("=HYPERLINK(\"x\"), met \"aanhaling\"\nen een regel")).await;
    let caller = visitor(&app);
    let file = caller.get("/data/reports.geojson").await;
    assert_eq!(file.header("content-type"), "application/geo+json");
    assert_eq!(file.header("access-control-allow-origin"), "*");
    let json = file.json();
    let features = json["features"].as_array().unwrap();
    let ids: std::collections::BTreeSet<&str> = features.iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!((features.len(), ids.len()), (1050, 1050));
    let file = caller.get("/data/reports.csv").await;
    let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
    let head = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1050);
    let words = head.iter().position(|h| h == "words").unwrap();
    let released = rows.iter().find(|r| &r[0] == made[0].1.as_str()).unwrap();
    assert_eq!(&released[words], "'=HYPERLINK(\"x\"), met \"aanhaling\"\nen een regel", "no formula in a spreadsheet");
    for (name, n) in [("neighbourhoods", 38), ("districts", 0)] {
        let json = caller.get(&format!("/data/{name}.geojson")).await.json();
        let features = json["features"].as_array().unwrap().len();
        assert!(features == n || (n == 0 && features > 0), "{name}: {features}");
        let csv = caller.get(&format!("/data/{name}.csv")).await;
        assert_eq!(csv.text.lines().count(), features + 1, "{name}");
    }
    for wrong in ["reports.pdf", "reports", "signals.csv", "catalog.xml"] {
        assert_eq!(caller.get(&format!("/data/{wrong}")).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn the_catalog_says_what_dcat_ap_nl_asks() {
    let app = app(testkit::sqlite().await).await;
    let caller = visitor(&app);
    let answer = caller.get("/data/catalog.jsonld").await;
    assert_eq!(answer.header("content-type"), "application/ld+json");
    let json = answer.json();
    let graph = json["@graph"].as_array().unwrap();
    let of = |kind: &str| graph.iter().filter(|n| n["@type"] == kind).collect::<Vec<_>>();
    for (kind, n, demanded) in [
        (
            "dcat:Catalog",
            1,
            "dct:title dct:description dct:publisher dct:creator dcat:contactPoint dcat:dataset dct:license dct:modified dct:language",
        ),
        (
            "dcat:Dataset",
            3,
            "dct:identifier dct:title dct:description dct:publisher dct:creator dcat:contactPoint dcat:theme \
             dct:accessRights dct:accrualPeriodicity dct:spatial dcat:distribution dct:modified dct:language",
        ),
        ("dcat:Distribution", 9, "dcat:accessURL dct:license dct:format dct:title"),
        (
            "dcat:DataService",
            1,
            "dct:identifier dct:title dcat:endpointURL dcat:servesDataset dct:publisher dcat:contactPoint",
        ),
    ] {
        let nodes = of(kind);
        assert_eq!(nodes.len(), n, "{kind}");
        for node in nodes {
            for what in demanded.split_whitespace() {
                assert!(node[what].as_array().is_some_and(|v| !v.is_empty()), "{kind} lacks {what}: {node}");
            }
        }
    }
    assert!(graph.iter().any(|n| n["dct:temporal"].is_array()));
    // What a distribution offers is there, and what the catalog names is described.
    for node in of("dcat:Distribution") {
        for url in node["dcat:downloadURL"].as_array().into_iter().flatten() {
            let path = url["@id"].as_str().unwrap().strip_prefix("http://regie.test").unwrap();
            assert_eq!(caller.get(path).await.status, 200, "{path}");
        }
    }
    for named in of("dcat:Catalog")[0]["dcat:dataset"].as_array().unwrap() {
        assert!(graph.iter().any(|n| n["@id"] == named["@id"]));
    }
    let turtle = caller.get("/data/catalog.ttl").await;
    assert_eq!(turtle.header("content-type"), "text/turtle; charset=utf-8");
    for prefix in ["dcat", "dct", "foaf", "vcard", "xsd"] {
        assert!(turtle.text.contains(&format!("@prefix {prefix}: <")));
    }
    assert_eq!(turtle.text.matches(" a dcat:").count(), 14);
    assert!(turtle.text.contains("\"Open data van Heemskerk\"@nl") && turtle.text.contains("@en"));
    assert!(!turtle.text.contains("opendata-") && !answer.text.contains("opendata-"), "a bare key");
}

#[tokio::test]
async fn feeds_are_valid_and_asked_again_cheaply() {
    let app = app(testkit::sqlite().await).await;
    let made = add(&app, "litter", 2).await;
    moderate(&app, made[0].0, Act::Show("Blik & <glas> \u{1}")).await;
    let caller = visitor(&app);
    let atom = caller.get("/map/feed.atom?category=litter").await;
    assert_eq!(atom.header("content-type"), "application/atom+xml; charset=utf-8");
    assert!(atom.text.contains("Blik &amp; &lt;glas&gt;</summary>"), "{}", atom.text);
    // RFC 4287, 4.1.1 and 4.1.2: each exactly once in a feed and in an entry.
    let (head, entries) = atom.text.split_once("<entry>").unwrap();
    for element in ["<id>", "<title>", "<updated>", "<author>", "rel=\"self\""] {
        assert_eq!(head.matches(element).count(), 1, "{element}");
    }
    for entry in entries.split("<entry>") {
        for element in ["<id>", "<title>", "<updated>", "rel=\"alternate\"", "<summary>"] {
            assert_eq!(entry.matches(element).count(), 1, "{element}");
        }
    }
    let tag = atom.header("etag").to_owned();
    let ask = |tag: String| {
        let request = axum::http::Request::get("/map/feed.atom?category=litter").header("if-none-match", tag);
        request.body(axum::body::Body::empty()).unwrap()
    };
    assert_eq!(caller.send(ask(tag.clone())).await.status, 304);
    app.clock.set(At::from_micros(app.clock.now().micros() + 1_000_000).0);
    add(&app, "litter", 1).await;
    assert_eq!(caller.send(ask(tag)).await.status, 200, "something is new");
    let rss = caller.get("/map/feed.rss").await;
    assert_eq!(rss.text.matches("<item>").count(), 3);
    assert!(rss.text.contains("<pubDate>Sun, 2 Jun 2024 08:00:00 ") || rss.text.contains("<pubDate>Sun, 02 Jun 2024"));
}

#[tokio::test]
async fn the_calendar_has_the_days_of_this_year_and_the_next() {
    let app = app(testkit::sqlite().await).await;
    let calendar = visitor(&app).get("/calendar.ics").await;
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(calendar.text.matches("BEGIN:VEVENT").count(), 18);
    for line in ["DTSTART;VALUE=DATE:20240509", "DTSTART;VALUE=DATE:20251226", "UID:closed-2024-12-25@regie.test"] {
        assert!(calendar.text.contains(&format!("{line}\r\n")), "{line}");
    }
}

#[tokio::test]
async fn pages_render_in_both_languages() {
    let app = app(testkit::sqlite().await).await;
    let made = add(&app, "litter", 2).await;
    let caller = visitor(&app);
    for path in [
        "/map",
        "/map/list",
        &format!("/map/{}", made[0].1),
        "/data",
        "/map/list?state=done",
        "/ogc?f=html",
        "/ogc/conformance?f=html",
        "/ogc/collections?f=html",
        "/ogc/collections/reports?f=html",
        "/ogc/collections/neighbourhoods/items?f=html",
    ] {
        for language in ["nl", "en"] {
            let request = axum::http::Request::get(path).header("cookie", format!("language={language}"));
            let page = caller.send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(page.text.contains(&format!("<html lang=\"{language}\"")));
            for mark in [">opendata-", "\"opendata-", " opendata-"] {
                assert!(!page.text.contains(mark), "{path}: a bare key");
            }
        }
    }
}

#[test]
fn every_municipality_has_its_settings() {
    for folder in ["heemskerk", "stlouis"] {
        OpenDataConfig::read(&testkit::root().join("config").join(folder)).unwrap();
    }
}
