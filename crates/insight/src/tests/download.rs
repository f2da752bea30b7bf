//! The picture as files: whole drawings, readable pictures, figures that add up, and nothing that the page hides.

use super::{HOME, app, check, fill, get_by, made};
use crate::download;
use areas::Atlas;
use axum::Router;
use policy::Role;
use site::Shared;
use site::routes::Table;
use std::sync::Arc;

fn router(app: &Shared) -> Router {
    let table = Table::new(app)
        .get("/picture/download", "picture:read", download::page)
        .get("/picture/download.csv", "picture:read", download::csv)
        .get("/picture/download.svg", "picture:read", download::svg)
        .get("/picture/download.png", "picture:read", download::png);
    testkit::web(app, table)
}

async fn file(app: &Shared, path: &str) -> testkit::Answer {
    get_by(app, &router(app), Some(Role::Adviser), "nl", path).await
}

const CHARTS: [&str; 5] = ["trend", "grid", "map", "places", "forecast"];

fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn the_page_lists_the_files_and_who_may_not_gets_none() {
    let app = app(testkit::sqlite().await).await;
    fill(&app, &made(1_000)).await;
    for language in ["nl", "en"] {
        let path = "/picture/download?period=13&priority=public-space";
        let answer = get_by(&app, &router(&app), Some(Role::Mayor), language, path).await;
        assert_eq!(answer.status, 200);
        check(language, &answer.text);
        for chart in CHARTS {
            let href = format!("/picture/download.csv?period=13&amp;priority=public-space&amp;chart={chart}");
            assert!(answer.text.replace("&#38;", "&amp;").contains(&href), "{href}");
        }
    }
    for path in ["/picture/download", "/picture/download.csv?chart=trend", "/picture/download.png?chart=map"] {
        let refused = get_by(&app, &router(&app), Some(Role::CouncilMember), "nl", path).await;
        assert_eq!(refused.status, 403, "{path}");
        assert_eq!(get_by(&app, &router(&app), None, "nl", path).await.status, 303, "{path}");
    }
    for wrong in ["", "?chart=persons", "?chart=trend&period=days&from=x&to=y"] {
        let answer = file(&app, &format!("/picture/download.csv{wrong}")).await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn drawings_are_whole_and_pictures_have_their_size() {
    let mut app = app(testkit::sqlite().await).await;
    fill(&app, &made(2_000)).await;
    crate::jobs::run(&app, &app.municipality(HOME).unwrap(), kit::Uuid::from_u128(4)).await.unwrap();
    let package = testkit::root().join("node_modules/@expo-google-fonts/noto-sans");
    let read = |cut: &str| std::fs::read(package.join(cut).join(format!("NotoSans_{cut}.ttf"))).ok();
    let fonts: Option<Vec<&'static [u8]>> =
        ["400Regular", "700Bold"].map(|c| read(c).map(|f| &*f.leak())).into_iter().collect();
    match (fonts, Arc::get_mut(&mut app)) {
        (Some(fonts), Some(app)) => app.fonts = fonts,
        _ => eprintln!("pictures are not looked at: no fonts; run `npm ci` first"),
    }
    for chart in CHARTS {
        let svg = file(&app, &format!("/picture/download.svg?chart={chart}")).await;
        assert_eq!((svg.status, svg.header("content-type")), (200, "image/svg+xml"), "{chart}");
        assert!(svg.header("content-disposition").contains(&format!("{chart}-2024-05-06-2024-06-02.svg")));
        let tree = roxmltree::Document::parse(&svg.text).unwrap();
        let root = tree.root_element();
        assert_eq!(root.tag_name().namespace(), Some("http://www.w3.org/2000/svg"));
        let text: String = tree.descendants().filter_map(|n| n.text()).collect();
        assert!(
            text.contains("Bron: Regie")
                && text.contains(if matches!(chart, "places" | "forecast") {
                    "Van 3 juni 2024"
                } else {
                    "Van 6 mei 2024"
                }),
            "{chart}: {text}"
        );
        assert!(!svg.text.contains("<a ") && !svg.text.contains("NaN"), "{chart}");
        for shape in tree.descendants().filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", "path"))) {
            let class = shape.attribute("class").unwrap_or_default();
            let known = class
                .split(' ')
                .any(|c| c.is_empty() || svg.text.contains(&format!(".{c}{{")) || svg.text.contains(&format!(".{c},")));
            assert!(known, "{chart}: nothing says how to draw a path of class `{class}`");
        }
        if app.fonts.is_empty() {
            continue;
        }
        let png = file(&app, &format!("/picture/download.png?chart={chart}")).await;
        assert_eq!((png.status, png.header("content-type")), (200, "image/png"), "{chart}");
        let at = |i: usize| u32::from_be_bytes(png.bytes[i..i + 4].try_into().unwrap());
        let side = |name: &str| root.attribute(name).unwrap().parse::<f32>().unwrap();
        assert_eq!(
            (at(16), at(20)),
            ((side("width") * 2.0).ceil() as u32, (side("height") * 2.0).ceil() as u32),
            "{chart}"
        );
    }
}

#[tokio::test]
async fn figures_add_up() {
    let app = app(testkit::sqlite().await).await;
    fill(&app, &made(2_000)).await;
    crate::jobs::run(&app, &app.municipality(HOME).unwrap(), kit::Uuid::from_u128(4)).await.unwrap();
    let sum =
        |rows: &[Vec<String>], column: usize| rows.iter().map(|r| r[column].parse::<u64>().unwrap_or(0)).sum::<u64>();
    let csv = |chart: &'static str| {
        let app = &app;
        async move { file(app, &format!("/picture/download.csv?chart={chart}")).await }
    };
    let grid = csv("grid").await;
    assert_eq!(grid.header("content-type"), "text/csv; charset=utf-8");
    assert!(grid.text.starts_with("weekday,day,hour,status,count\r\n"), "{}", &grid.text[..60]);
    let grid = records(&grid.text);
    assert_eq!(grid.len(), 168);
    let trend = records(&csv("trend").await.text);
    let last: Vec<Vec<String>> =
        trend.iter().filter(|r| r[0].as_str() >= "2024-05-06" && r[1].as_str() <= "2024-06-02").cloned().collect();
    assert_eq!((last.len(), sum(&last, 4)), (4, sum(&grid, 4)), "four weeks, as many as the hours");
    assert!(last.iter().all(|r| r[5].parse::<f64>().unwrap() <= r[4].parse().unwrap() && r[7] == "0.95"));
    let map = records(&csv("map").await.text);
    assert!(sum(&map, 4) <= sum(&grid, 4) && map.iter().any(|r| !r[5].is_empty()));
    let (places, forecast) = (records(&csv("places").await.text), records(&csv("forecast").await.text));
    assert!(places.len() == 10 && forecast.len() > places.len());
    assert_eq!(&places[0][1..3], &forecast[0][0..2], "the same square on top");
    let expected: Vec<f64> = forecast.iter().map(|r| r[7].parse().unwrap()).collect();
    assert!(expected.windows(2).all(|w| w[0] >= w[1]));
}

/// Domain chapter 4, as on the page: a small count about persons in one neighbourhood is in no file.
#[tokio::test]
async fn what_the_page_hides_is_in_no_file() {
    let app = app(testkit::sqlite().await).await;
    let sheet = app.municipality(HOME).unwrap().get::<Atlas>().sheet();
    let hoods: Vec<_> = sheet.neighbourhoods().cloned().collect();
    let one = |hood: usize, n: usize| {
        let place = Some(hoods[hood].centre);
        let day = kit::clock::day_number(jiff::civil::date(2024, 5, 20));
        (0..n).map(move |_| super::Made {
            day,
            hour: 12,
            category: "youth-nuisance",
            source: signals::Source::Resident,
            place,
        })
    };
    fill(&app, &one(0, 3).chain(one(1, 6)).chain(one(2, 9)).collect::<Vec<_>>()).await;
    let map = records(&file(&app, "/picture/download.csv?chart=map&priority=youth-groups").await.text);
    let of = |hood: usize| map.iter().find(|r| r[0] == hoods[hood].code).unwrap();
    assert_eq!((of(0)[3].as_str(), of(0)[4].as_str(), of(0)[5].as_str()), ("suppressed", "", ""));
    assert_eq!(of(1)[3], "suppressed", "else it follows from the total");
    assert_eq!((of(2)[3].as_str(), of(2)[4].as_str()), ("value", "9"));
    assert_eq!((of(3)[3].as_str(), of(3)[4].as_str()), ("value", "0"), "zero is shown");
    for (hood, chart) in [(0, "trend"), (0, "grid"), (0, "places")] {
        let path = format!("chart={chart}&priority=youth-groups&area={}", hoods[hood].code);
        let rows = records(&file(&app, &format!("/picture/download.csv?{path}")).await.text);
        let count = if chart == "places" { 8 } else { 4 };
        assert!(rows.iter().all(|r| r[count].is_empty()), "{chart}: {rows:?}");
        let svg = file(&app, &format!("/picture/download.svg?{path}")).await.text;
        assert!(
            svg.contains("te weinig om te tonen") && !svg.contains("class=\"line\"") && !svg.contains("class=\"heat\""),
            "{chart}"
        );
    }
    // enough in all, but few in an hour
    let path = format!("/picture/download.csv?chart=grid&priority=youth-groups&area={}", hoods[1].code);
    let rows = records(&file(&app, &path).await.text);
    assert!(rows.iter().all(|r| r[4].is_empty() || r[4] == "0" || r[4].parse::<u64>().unwrap() >= 5));
}
