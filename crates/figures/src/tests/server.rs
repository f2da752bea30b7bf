//! A small server that speaks as the platform of the statistical office does, and misbehaves on request.

use super::*;
use crate::refresh::{self, Outcome};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use kit::fetch::{Http, Reach};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Good,
    NextLink,
    Html,
    Busy,
    Slow,
    CutOff,
    OtherServer,
    Renamed,
}

struct Fake {
    mode: Mode,
    modified: &'static str,
    burglaries: u32,
    asked: Vec<String>,
}

type Shelf = Arc<Mutex<Fake>>;

const AREAS: [&str; 5] = ["NL01      ", "GM0396    ", "WK039601  ", "BU03960101", "GM0637    "];

fn periods() -> Vec<String> {
    let months = |year: i32, n: i32| (1..=n).map(move |m| format!("{year}MM{m:02}"));
    ["2022JJ00".to_owned()].into_iter().chain(months(2022, 12)).chain(months(2023, 3)).collect()
}

/// Rows as the untyped set gives them: texts, padded; sexual offences without months.
fn rows(burglaries: u32) -> Vec<Value> {
    let mut rows = Vec::new();
    for area in AREAS {
        for period in periods() {
            let year = period.ends_with("JJ00");
            let burglary = if year { 12 * burglaries } else { burglaries };
            let sexual = if year { "      1".to_owned() } else { "      .".to_owned() };
            let total = burglary + u32::from(year);
            for (code, value) in
                [("0.0.0 ", format!("{total:>7}")), ("1.1.1 ", format!("{burglary:>7}")), ("1.4.1 ", sexual)]
            {
                rows.push(json!({ "ID": rows.len(), "SoortMisdrijf": code, "WijkenEnBuurten": area, "Perioden": period, "GeregistreerdeMisdrijven_1": value }));
            }
        }
    }
    rows
}

fn part(fake: &Fake, part: &str, query: &str, base: &str) -> Value {
    let meta =
        |rows: Value| json!({ "odata.metadata": format!("{base}/$metadata#Cbs.OData.WebAPI.{part}"), "value": rows });
    let figures = if fake.mode == Mode::Renamed { "Misdrijven_1" } else { "GeregistreerdeMisdrijven_1" };
    match part {
        "TableInfos" => meta(json!([{ "ID": 0, "Title": "Misdrijven", "Identifier": "47022NED", "Modified": fake.modified }])),
        "DataProperties" => meta(json!([
            { "ID": 0, "Type": "Dimension", "Key": "SoortMisdrijf", "Title": "Soort misdrijf" },
            { "ID": 1, "Type": "GeoDetail", "Key": "WijkenEnBuurten", "Title": "Wijken en buurten" },
            { "ID": 2, "Type": "TimeDimension", "Key": "Perioden", "Title": "Perioden" },
            { "ID": 3, "Type": "Topic", "Key": figures, "Title": "Geregistreerde misdrijven", "Unit": "aantal" },
        ])),
        "SoortMisdrijf" => meta(json!([{ "Key": "0.0.0 ", "Title": "Totaal misdrijven" }, { "Key": "1.1.1 ", "Title": "1.1.1 Diefstal/inbraak woning" }, { "Key": "1.4.1 ", "Title": "1.4.1 Zedendelicten" }])),
        "WijkenEnBuurten" => meta(AREAS.iter().map(|a| json!({ "Key": a, "Title": format!("Gebied {}", a.trim()) })).collect()),
        "Perioden" => meta(periods().iter().map(|p| json!({ "Key": p, "Title": p, "Status": if p.starts_with("2023") { "Voorlopig" } else { "Definitief" } })).collect()),
        _ => {
            let number = |name: &str| query.split('&').find_map(|p| p.strip_prefix(name)?.parse::<usize>().ok()).unwrap_or(0);
            let (top, skip) = (number("$top=").max(1), number("$skip="));
            let all = rows(fake.burglaries);
            let page: Vec<Value> = all.iter().skip(skip).take(top).cloned().collect();
            let mut answer = meta(Value::Array(page));
            if fake.mode == Mode::OtherServer {
                answer["odata.nextLink"] = json!("http://elders.example/47022NED/UntypedDataSet?$skip=1");
            } else if fake.mode == Mode::NextLink && skip + top < all.len() {
                answer["odata.nextLink"] = json!(format!("{base}/UntypedDataSet?$top={top}&$skip={}", skip + top));
            }
            answer
        }
    }
}

async fn answer(
    State(shelf): State<Shelf>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let (mode, etag) = {
        let mut fake = shelf.lock().unwrap();
        fake.asked.push(format!("{name}?{query}"));
        (fake.mode, format!("\"{}\"", fake.modified))
    };
    let data = name == "UntypedDataSet";
    match mode {
        Mode::Html if data => {
            return Html("<!DOCTYPE html><html><head><title>Onderhoud</title></head></html>").into_response();
        }
        Mode::Busy if data => return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1800")]).into_response(),
        Mode::Slow if data => tokio::time::sleep(Duration::from_secs(8)).await,
        _ => {}
    }
    if headers.get("if-none-match").is_some_and(|v| v.to_str().unwrap() == etag) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let base = format!("http://{}/47022NED", headers["host"].to_str().unwrap());
    let mut text = part(&shelf.lock().unwrap(), &name, &query, &base).to_string();
    if mode == Mode::CutOff && data {
        text.truncate(text.len() / 2);
    }
    ([("content-type", "application/json"), ("etag", etag.as_str())], text).into_response()
}

async fn fake() -> (String, Shelf) {
    let shelf =
        Arc::new(Mutex::new(Fake { mode: Mode::Good, modified: "2023-04-15T02:00:00", burglaries: 6, asked: vec![] }));
    let router = Router::new().route("/47022NED/{part}", get(answer)).with_state(shelf.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/47022NED", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, shelf)
}

/// The police's table at `url`, asked every week.
fn weekly(url: &str) -> String {
    CRIMES.replace("compare", &format!("url = \"{url}\"\nevery_days = 7\ncompare"))
}

async fn ask(cx: &Cx, url: &str) -> Outcome {
    let asked = refresh::Ask { dataset: "crimes", url, id: cx.app.clock.id(), reference: "", stated: None };
    refresh::fetch(cx, asked).await.unwrap()
}

fn failed(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Failed(why, _) => why.key.clone(),
        Outcome::File(received) => received.report.stopped.as_ref().map(|s| s.key.clone()).unwrap_or_default(),
        Outcome::Unchanged => "unchanged".to_owned(),
    }
}

testkit::db_test! {
    async fn the_command_line_does_the_same(db) {
        let (url, _) = fake().await;
        let app = app(db, &format!("{COUNTS}{}", weekly(&url)));
        let cx = adviser(&app);
        let run = async |what: &str, dataset: &str, dry| refresh::run(&app, "GM0396", what, dataset, "", dry).await;
        assert!(run(&url, "crimes", true).await.unwrap().starts_with("dry run, nothing is used: 240 rows"));
        assert!(kept(&cx, "crimes").await.is_empty());
        assert!(run(&url, "crimes", false).await.unwrap().contains("160 new"));
        assert!(run(&url, "crimes", false).await.unwrap().contains("nothing new"));
        let file = testkit::folder().join("a.csv");
        std::fs::write(&file, "buurt,jaar,soort,aantal\nGM0396,2022,a,3\nGM0396,2022,b,veel\n").unwrap();
        let text = run(file.to_str().unwrap(), "counts", false).await.unwrap();
        assert!(text.contains("1 new") && text.contains("row 3: In de kolom"), "{text}");
        std::fs::write(&file, "<html>").unwrap();
        assert!(run(file.to_str().unwrap(), "counts", false).await.unwrap_err().to_string().contains("webpagina"));
        assert!(run("/nowhere", "counts", false).await.is_err());
        assert!(run("/nowhere", "counted", false).await.unwrap_err().to_string().contains("counts, crimes"));
    }

    async fn a_table_is_fetched_page_by_page_and_asked_again_politely(db) {
        let (url, shelf) = fake().await;
        let app = app(db, &weekly(&url));
        let cx = adviser(&app);
        let Outcome::File(received) = ask(&cx, &url).await else { panic!("a file comes") };
        let report = import::apply(&cx, received.id, false).await.unwrap();
        // 16 periods × 3 codes × 4 areas; sexual offences of district and neighbourhood are left out, Castricum too
        assert_eq!((report.rows, report.elsewhere, report.kept_back, report.new), (240, 48, 32, 160), "{report}");
        assert_eq!(report.statuses["unspecified"], 30, "a point is not zero");
        assert_eq!((report.first.as_str(), report.last.as_str(), report.refused), ("2022", "2023-03", 0));
        assert_eq!(report.sums[0].1, 4.0 * 2.0 * (72.0 + 15.0 * 6.0) + 4.0 + 2.0, "burglaries and totals of 4 areas");
        let notes: Vec<&str> = report.notes.iter().map(|n| n.key.as_str()).collect();
        // the months of the total lack the sexual offences, as the police explain in the table's own description
        assert_eq!(notes, ["figures-note-half-year", "figures-note-months-year"], "{:?}", report.notes);
        let asked = std::mem::take(&mut shelf.lock().unwrap().asked);
        assert_eq!(asked.iter().filter(|a| a.starts_with("UntypedDataSet")).count(), 81, "pages of 3 and an empty one");
        assert!(asked.iter().any(|a| a.contains("GM0396") && a.starts_with("UntypedDataSet")), "only our own areas are asked for");
        // reading: no total in a sum, no month with its year, the half year is no year
        let config = cx.municipality.get::<FiguresConfig>();
        let codes = ["0.0.0".to_owned(), "1.1.1".to_owned()];
        let question = crate::read::Ask { dataset: "crimes", measure: "GeregistreerdeMisdrijven_1", categories: &codes, area: "GM0396" };
        let years = crate::read::by_year(&mut cx.read().await.unwrap(), cx.code(), &config, question).await.unwrap();
        let got: Vec<_> = years.iter().map(|y| (y.year, y.figure.number(), y.whole, y.preliminary)).collect();
        assert_eq!(got, [(2022, Some(72.0), true, false), (2023, Some(18.0), false, true)]);
        // the same version: one request, nothing new
        assert!(matches!(ask(&cx, &url).await, Outcome::Unchanged));
        assert_eq!(shelf.lock().unwrap().asked, ["TableInfos?"]);
        // a revision
        {
            let mut fake = shelf.lock().unwrap();
            (fake.modified, fake.burglaries, fake.mode) = ("2023-05-15T02:00:00", 7, Mode::NextLink);
        }
        let Outcome::File(received) = ask(&cx, &url).await else { panic!("a file comes") };
        assert_eq!((received.report.new, received.report.changed, received.report.same), (0, 128, 32), "{}", received.report);
    }

    async fn a_server_that_misbehaves_leaves_the_old_figures_and_says_so(db) {
        let (url, shelf) = fake().await;
        let app = app(db, &weekly(&url));
        let cx = adviser(&app);
        let Outcome::File(received) = ask(&cx, &url).await else { panic!("a file comes") };
        import::apply(&cx, received.id, false).await.unwrap();
        let before = kept(&cx, "crimes").await;
        for (mode, key) in [
            (Mode::Html, "figures-stop-html-title"),
            (Mode::Busy, "fetch-later"),
            (Mode::CutOff, "figures-stop-cut-off"),
            (Mode::OtherServer, "figures-stop-other-server"),
            (Mode::Renamed, "figures-stop-columns"),
            (Mode::Slow, "fetch-slow"),
        ] {
            {
                let mut fake = shelf.lock().unwrap();
                (fake.mode, fake.modified) = (mode, "2023-06-15T02:00:00");
            }
            let outcome = ask(&cx, &url).await;
            assert_eq!(failed(&outcome), key, "{mode:?}: {outcome:?}");
            if mode == Mode::Busy {
                assert!(matches!(outcome, Outcome::Failed(_, Some(1800))));
            }
            let known = store::datasets(&mut cx.read().await.unwrap(), cx.code()).await.unwrap();
            assert!(known[0].failed_at.is_some() && known[0].failure.contains(key), "{mode:?}");
        }
        assert_eq!(kept(&cx, "crimes").await, before, "the old figures stay");
        shelf.lock().unwrap().mode = Mode::Good;
        ask(&cx, &url).await;
        let known = store::datasets(&mut cx.read().await.unwrap(), cx.code()).await.unwrap();
        assert!(known[0].failed_at.is_none(), "a success takes the failure away");
    }

    async fn the_schedule_refreshes_uses_and_comes_back(db) {
        let (url, shelf) = fake().await;
        let app = app(db, &weekly(&url));
        let cx = adviser(&app);
        let mut registry = kit::jobs::Registry::default();
        registry.add(refresh::REFRESH, refresh::refresh);
        let run = async |at: &str| {
            app.clock.set(at.parse().unwrap());
            registry.run_due(&app.main, &app.clock, &app).await.unwrap()
        };
        for _ in 0..2 {
            let mut tx = app.main.write().await.unwrap();
            refresh::schedule(&mut tx, &cx.municipality, app.clock.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(run("2024-06-03T09:00:00Z").await, 0, "not by day");
        assert_eq!(run("2024-06-04T01:41:00Z").await, 1, "at night, once");
        assert_eq!(kept(&cx, "crimes").await.len(), 160, "what is new is used");
        assert_eq!(run("2024-06-10T12:00:00Z").await, 0);
        shelf.lock().unwrap().mode = Mode::Busy;
        shelf.lock().unwrap().modified = "2024-06-10T02:00:00";
        assert_eq!(run("2024-06-11T01:41:00Z").await, 1, "a week later");
        assert_eq!(run("2024-06-11T02:05:00Z").await, 0, "it asked for half an hour");
        shelf.lock().unwrap().mode = Mode::Good;
        shelf.lock().unwrap().burglaries = 8;
        assert_eq!(run("2024-06-11T02:12:00Z").await, 1);
        assert!(kept(&cx, "crimes").await.iter().any(|r| r.4 == Some(8.0)));
    }

    async fn a_private_address_is_refused_before_anything_is_sent(db) {
        let (url, shelf) = fake().await;
        let mut app = Arc::try_unwrap(app(db, &weekly(&url))).unwrap();
        // as in use: this machine itself is private, and every redirect goes through the same door
        app.http = Http::new(Reach { allow_http: true, ..Reach::default() }).unwrap();
        let app = Arc::new(app);
        let cx = adviser(&app);
        assert_eq!(failed(&ask(&cx, &url).await), "fetch-private");
        assert!(shelf.lock().unwrap().asked.is_empty(), "nothing was sent");
        let known = store::datasets(&mut cx.read().await.unwrap(), cx.code()).await.unwrap();
        assert!(known[0].failure.contains("fetch-private"));
    }
}
