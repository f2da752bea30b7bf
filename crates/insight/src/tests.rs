//! What this area promises: one query reads what a row-by-row read would; the nightly run can be repeated and
//! adds up; every role gets its pages in both languages, with and without data; small counts are hidden.

mod alarm;
mod compare;
mod download;
mod measure;
mod page;
mod week;

use crate::config::PictureConfig;
use crate::run::newest;
use crate::seen::{Seen, number};
use crate::view::{Findings, Query, Selection};
use crate::{algorithms, desk, jobs, place, view};
use areas::Atlas;
use jiff::civil::date;
use kit::clock::{day_date, day_number};
use kit::{At, Municipality, Text, Uuid, args};
use picture::history::{Cell, Event, UNKNOWN_AREA};
use picture::{Ask, Part};
use policy::Role;
use signals::{Catalogue, Source};
use site::Shared;
use site::routes::Table;
use std::sync::Arc;
use std::time::Instant;
use testkit::{Caller, db_test};

const HOME: &str = "GM0396";

pub(crate) fn shelve(municipality: &mut Municipality) {
    let text = std::fs::read_to_string(municipality.folder.join("categories.toml")).unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let mut priorities: Vec<(String, Text)> = Vec::new();
    for category in file["category"].as_array().unwrap() {
        let id = category["priority"].as_str().unwrap().to_owned();
        if priorities.iter().all(|(p, _)| *p != id) {
            let name = [("nl".to_owned(), format!("Prioriteit {id}"))].into();
            priorities.push((id, Text(name)));
        }
    }
    municipality.put(Atlas::new(&municipality.file));
    municipality.put(Catalogue::read(&municipality.folder, priorities).unwrap());
    municipality.put(PictureConfig::read(&municipality.folder).unwrap());
    municipality.put(crate::seen::Memory::default());
}

/// The program with the areas of both towns and no signals.
async fn app(db: testkit::MainDb) -> Shared {
    let app = testkit::app(db, shelve);
    for (code, folder) in [(HOME, "heemskerk"), ("US-STL", "stlouis")] {
        let file = testkit::root().join("config").join(folder).join("areas.geojson");
        areas::import::seed(&app, code, &file, 2024).await.unwrap();
        let mut tx = app.main.read().await.unwrap();
        app.municipality(code).unwrap().get::<Atlas>().reload(&mut tx, code).await.unwrap();
    }
    app
}

/// A number that repeats for the same seed.
struct Dice(u64);
impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// One made-up signal.
struct Made {
    day: i32,
    hour: u8,
    category: &'static str,
    source: Source,
    place: Option<(f64, f64)>,
}

/// `n` signals over the two years before the tests' now, busier in the middle of town and on Friday nights, and a
/// rise of youth nuisance near the station in the last weeks.
fn made(n: usize) -> Vec<Made> {
    let last = day_number(date(2024, 6, 2));
    let categories = ["litter", "dog-mess", "youth-nuisance", "speeding", "bulky-waste", "greenery", "no-longer-used"];
    let sources = [Source::Resident, Source::Resident, Source::Resident, Source::Officer, Source::Police];
    let mut dice = Dice(11);
    let mut out: Vec<Made> = (0..n)
        .map(|_| {
            let near = |dice: &mut Dice, wide: f64| (dice.roll(1000) + dice.roll(1000)) as f64 / 2000.0 * wide;
            let place = (dice.roll(20) > 0).then(|| (4.65 + near(&mut dice, 0.04), 52.50 + near(&mut dice, 0.02)));
            Made {
                day: last - dice.roll(730) as i32,
                hour: dice.roll(24).max(dice.roll(24)) as u8,
                category: categories[dice.roll(7) as usize],
                source: sources[dice.roll(5) as usize],
                place,
            }
        })
        .collect();
    for i in 0..(n / 100).clamp(20, 60) {
        let place = Some((4.6735, 52.5160));
        let day = last - (i % 14) as i32;
        out.push(Made { day, hour: 21, category: "youth-nuisance", source: Source::Resident, place });
    }
    out
}

/// Writes them as intake would place them.
async fn fill(app: &Shared, signals: &[Made]) {
    let atlas = app.municipality(HOME).unwrap().get::<Atlas>();
    let sheet = atlas.sheet();
    let mut values = Vec::new();
    for (i, s) in signals.iter().enumerate() {
        let cell = s.place.and_then(|(lon, lat)| atlas.cell(lon, lat));
        let area = s.place.and_then(|(lon, lat)| sheet.neighbourhood(lon, lat)).map(str::to_owned);
        let at = At(day_date(s.day).at(s.hour as i8, 0, 0, 0).in_tz("Europe/Amsterdam").unwrap().timestamp());
        let closed = (i % 3 > 0).then_some(at);
        values.extend(args![
            HOME,
            Uuid::from_u128(i as u128 + 1),
            format!("R{i}"),
            s.source,
            s.category,
            "reported",
            s.place.map(|p| p.0),
            s.place.map(|p| p.1),
            cell.map(|c| c.0),
            cell.map(|c| c.1),
            area,
            at,
            s.day,
            s.hour,
            closed,
            "normal",
            "",
            "",
            "nl",
            1_i64,
            "",
            at
        ]);
    }
    let mut tx = app.main.write().await.unwrap();
    tx.insert_many(
        "insert into signal (municipality, id, reference, source, category, state, lon, lat, cell_x, cell_y, area,
            occurred_at, day, hour, closed_at, urgency, words, address, language, version, search, reported_at)",
        "",
        22,
        values,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[derive(sqlx::FromRow)]
struct Row {
    day: i64,
    hour: i64,
    category: String,
    source: Source,
    cell_x: Option<i64>,
    cell_y: Option<i64>,
    area: Option<String>,
}

type Key = (i32, u8, Option<Cell>, u32, String, u8);

db_test! {
    async fn one_query_reads_what_a_row_by_row_read_gives(db) {
        let app = app(db).await;
        fill(&app, &made(2_000)).await;
        let home = app.municipality(HOME).unwrap();
        let mut tx = app.main.read().await.unwrap();
        let seen = Seen::read(&mut tx, &home, app.clock.now()).await.unwrap();
        let rows: Vec<Row> = tx
            .all("select day, hour, category, source, cell_x, cell_y, area from signal where municipality = $1", args![HOME])
            .await
            .unwrap();
        assert_eq!(rows.len(), 2_020);
        let mut naive: Vec<Key> = rows
            .into_iter()
            .map(|r| {
                let cell = r.cell_x.zip(r.cell_y).map(|(x, y)| Cell { x: x as i32, y: y as i32 });
                let area = r.area.map_or(UNKNOWN_AREA, |a| seen.area_number(&a).unwrap());
                (r.day as i32, r.hour as u8, cell, area, r.category, number(r.source))
            })
            .collect();
        let key = |e: &Event| {
            let category = seen.lists.categories[usize::from(e.category)].clone();
            (e.day, e.hour, e.cell, e.area, category, e.source)
        };
        let mut quick: Vec<Key> = seen.history.events().iter().map(key).collect();
        naive.sort();
        quick.sort();
        assert_eq!(quick, naive);
        let other = seen.lists.groups.iter().position(|g| g == "other").unwrap() as u16;
        let unused = seen.lists.categories.iter().position(|c| c == "no-longer-used").unwrap();
        assert_eq!(seen.lists.group_of[unused], other, "a category that the catalogue lost is still counted");
        assert!(seen.history.events().iter().any(|e| e.area == UNKNOWN_AREA && e.cell.is_none()));
    }

    async fn the_nightly_run_can_be_repeated_and_adds_up(db) {
        let app = app(db).await;
        fill(&app, &made(6_000)).await;
        let home = app.municipality(HOME).unwrap();
        let mut registry = kit::jobs::Registry::default();
        registry.add(areas::import::RELOAD_JOB, areas::import::reload);
        registry.add(jobs::REFRESH, jobs::refresh);
        registry.run_due(&app.main, &app.clock, &app).await.unwrap(); // what the import of the areas asked for
        let mut tx = app.main.write().await.unwrap();
        jobs::schedule(&mut tx, &home, app.clock.now()).await.unwrap();
        jobs::schedule(&mut tx, &home, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(registry.run_due(&app.main, &app.clock, &app).await.unwrap(), 0, "not before the night");
        app.clock.set("2024-06-04T02:10:00Z".parse().unwrap());
        assert_eq!(registry.run_due(&app.main, &app.clock, &app).await.unwrap(), 1, "at 04:10 local, once");
        let job = kit::jobs::Job {
            id: Uuid::from_u128(7), municipality: HOME.into(), name: jobs::REFRESH.into(), payload: "{}".into(), attempts: 1, vault: "main",
        };
        let cells = "select day, band, cell_x, cell_y, grp, expected, low90, high90 from forecast_cell
             where municipality = $1 order by day, band, cell_x, cell_y, grp";
        type CellRow = (i64, i64, i64, i64, String, f64, f64, f64);
        let mut tables: Vec<Vec<CellRow>> = Vec::new();
        for _ in 0..2 {
            jobs::refresh(app.clone(), job.clone()).await.unwrap();
            let mut tx = app.main.read().await.unwrap();
            tables.push(tx.all(cells, args![HOME]).await.unwrap());
        }
        assert_eq!(tables[0], tables[1]);
        let mut tx = app.main.read().await.unwrap();
        let (runs,): (i64,) = tx
            .one("select cast(count(*) as bigint) from forecast_run where municipality = $1", args![HOME])
            .await
            .unwrap();
        assert_eq!(runs, 2, "the night's own run, and one for the job that ran twice");
        let (waiting,): (i64,) = tx
            .one("select cast(count(*) as bigint) from job where municipality = $1 and name = $2", args![HOME, jobs::REFRESH])
            .await
            .unwrap();
        assert_eq!(waiting, 1, "the next night, once");

        let seen = Seen::read(&mut tx, &home, app.clock.now()).await.unwrap();
        assert_eq!(day_date(seen.today), date(2024, 6, 4));
        let week = seen.config.model().expect(&seen.known(), &Ask::week(seen.today)).total(&Part::all()).expected;
        let stored: f64 =
            tables[0].iter().filter(|r| r.0 < i64::from(seen.today) + 7).map(|r| r.5).sum();
        assert!(stored <= week * 1.001 && stored > week * 0.9, "{stored} of {week}");
        assert!(tables[0].iter().all(|r| r.6 <= r.5 && r.5 <= r.7 && (0..6).contains(&r.1)));
        let groups: Vec<&str> = tables[0].iter().map(|r| r.4.as_str()).collect();
        assert!(groups.contains(&"people") && groups.contains(&"waste"));
        let days = tables[0].last().unwrap().0 - tables[0][0].0 + 1;
        assert_eq!(days, i64::from(seen.config.forecast.days));

        let run = newest(&mut tx, HOME).await.unwrap().unwrap();
        assert_eq!((run.from_day, run.model.as_str()), (seen.today, "blend"));
        let score = run.score.unwrap();
        assert!(score.weeks == 8 && score.model.hits.iter().all(|h| (0.0..=1.0).contains(&h.hit_rate)));
        let brief = run.brief.unwrap();
        assert!(brief.total > 0, "{brief:?}");
        println!("{} rows, {} of {:.0} expected stored", tables[0].len(), stored, week);
    }

    async fn old_runs_are_removed(db) {
        let app = app(db).await;
        fill(&app, &made(300)).await;
        let home = app.municipality(HOME).unwrap();
        for (id, at) in [(1, "2024-04-01T02:10:00Z"), (2, "2024-05-20T02:10:00Z"), (3, "2024-06-03T02:10:00Z")] {
            app.clock.set(at.parse().unwrap());
            jobs::run(&app, &home, Uuid::from_u128(id)).await.unwrap();
        }
        let mut tx = app.main.read().await.unwrap();
        let (runs, made): (i64, i64) = tx
            .one(
                "select (select cast(count(*) as bigint) from forecast_run where municipality = $1),
                    (select cast(count(distinct made_at) as bigint) from forecast_cell where municipality = $1)",
                args![HOME],
            )
            .await
            .unwrap();
        assert_eq!((runs, made), (2, 1));
    }
}

fn router(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/picture", "picture:read", view::picture)
        .get("/picture/place", "picture:read", place::place)
        .get("/algorithms", "public:read", algorithms::algorithms)
        .get("/desk", "desk:read", desk::desk);
    testkit::web(app, table)
}

async fn get(app: &Shared, role: Option<Role>, language: &str, path: &str) -> testkit::Answer {
    get_by(app, &router(app), role, language, path).await
}

async fn get_by(
    app: &Shared,
    router: &axum::Router,
    role: Option<Role>,
    language: &str,
    path: &str,
) -> testkit::Answer {
    let request = axum::http::Request::get(path)
        .header("cookie", format!("language={language}"))
        .body(axum::body::Body::empty())
        .unwrap();
    Caller::new(app, router, role).send(request).await
}

fn check(what: &str, text: &str) {
    for bad in ["NaN", "inf", "picture-", "desk-", "algorithms-", "compare-", "download-", "week-", "record-"] {
        let shown = text.split('>').filter_map(|part| part.split('<').next()).find(|part| part.contains(bad));
        // words such as "informatie" are fine; a lone "inf" is not
        if let Some(part) = shown.filter(|p| bad != "inf" || p.split_whitespace().any(|w| w == "inf")) {
            panic!("{what}: `{bad}` in `{part}`");
        }
    }
}

/// The busiest cell of the made-up signals.
fn busy(app: &Shared) -> String {
    let (x, y) = app.municipality(HOME).unwrap().get::<Atlas>().cell(4.6735, 52.5160).unwrap();
    format!("/picture/place?x={x}&y={y}")
}

#[tokio::test]
async fn every_role_gets_its_pages_in_both_languages_with_and_without_data() {
    let app = app(testkit::sqlite().await).await;
    let place = busy(&app);
    for filled in [false, true] {
        if filled {
            fill(&app, &made(4_000)).await;
            jobs::run(&app, &app.municipality(HOME).unwrap(), Uuid::from_u128(9)).await.unwrap();
        }
        for language in ["nl", "en"] {
            for role in Role::ALL.iter().map(|r| Some(*r)).chain([None]) {
                for path in ["/picture", &place, "/desk", "/algorithms"] {
                    let answer = get(&app, role, language, path).await;
                    let may = match (path, role) {
                        ("/algorithms", _) => 200,
                        (_, None) => 303, // to the sign-in page
                        ("/desk", _) => 200,
                        (_, Some(Role::Coordinator | Role::Adviser | Role::Officer | Role::Mayor)) => 200,
                        _ => 403,
                    };
                    let what = format!("{role:?} {language} {path} filled: {filled}");
                    assert_eq!(answer.status, may, "{what}");
                    check(&what, &answer.text);
                }
            }
        }
    }
}

#[tokio::test]
async fn the_page_says_what_happened_and_who_may_read_reports_gets_them() {
    let app = app(testkit::sqlite().await).await;
    let empty = get(&app, Some(Role::Coordinator), "nl", "/picture").await.text;
    assert!(empty.contains("Nog geen meldingen"));
    fill(&app, &made(4_000)).await;
    let page = get(&app, Some(Role::Coordinator), "nl", "/picture").await.text;
    for says in ["In de afgelopen 4 weken kwamen", "nog niet berekend"] {
        assert!(page.contains(says), "{says}");
    }
    jobs::run(&app, &app.municipality(HOME).unwrap(), Uuid::from_u128(9)).await.unwrap();
    let page = get(&app, Some(Role::Adviser), "nl", "/picture").await.text;
    for says in ["We toetsten 8 weken", "PEI*", "href=\"/alarms/0", "Waarschijnlijk sinds"] {
        assert!(page.contains(says), "{says}");
    }
    let place = busy(&app);
    let coordinator = get(&app, Some(Role::Coordinator), "nl", &place).await.text;
    let mayor = get(&app, Some(Role::Mayor), "nl", &place).await.text;
    assert!(coordinator.contains("href=\"/signals/") && !mayor.contains("href=\"/signals/0"));
    assert!(!mayor.contains("Meldingen op deze plek"));
    assert_eq!(
        get(&app, Some(Role::Mayor), "nl", "/picture/place?x=1&y=1").await.status,
        404,
        "outside the municipality"
    );
    let desk = get(&app, Some(Role::Mayor), "nl", "/desk").await.text;
    assert!(desk.contains("In de afgelopen 4 weken kwamen") && desk.contains("/plan/decisions"));
}

#[tokio::test]
async fn a_choice_narrows_what_is_counted_and_what_cannot_be_read_falls_back() {
    let app = app(testkit::sqlite().await).await;
    fill(&app, &made(3_000)).await;
    let home = app.municipality(HOME).unwrap();
    let mut tx = app.main.read().await.unwrap();
    let seen = Seen::read(&mut tx, &home, app.clock.now()).await.unwrap();
    let count = |query: Query| {
        let choice = Selection::of(&query, &seen);
        (Findings::of(&seen, &choice).summary.total, choice)
    };
    let query = |source: &str, priority: &str, area: &str, period: &str| Query {
        source: source.into(),
        priority: priority.into(),
        area: area.into(),
        period: period.into(),
        ..Query::default()
    };
    let (reports, choice) = count(query("", "", "", ""));
    assert_eq!((day_date(choice.days.from), day_date(choice.days.to)), (date(2024, 5, 6), date(2024, 6, 2)));
    let (all, _) = count(query("all", "", "", ""));
    let (officers, _) = count(query("officer", "", "", ""));
    assert_eq!(all, reports + officers, "officers' own observations are counted apart");
    let (year, _) = count(query("", "", "", "52"));
    let (wrong, choice) = count(query("nobody", "nothing", "BU0", "century"));
    assert_eq!((wrong, choice.area, choice.priority), (reports, None, None));
    assert!(year > 8 * reports, "{year} {reports}");
    let (youth, _) = count(query("", "youth-groups", "", ""));
    assert!(youth > 0 && youth < reports);
    let area = seen.sheet.neighbourhoods().next().unwrap().code.clone();
    let (one, choice) = count(query("", "", &area, ""));
    assert!(one < reports);
    assert_eq!(choice.link("/picture", Some(&area), None), format!("/picture?period=4&area={area}"));
    let days =
        |from: &str, to: &str| Query { period: "days".into(), from: from.into(), to: to.into(), ..Query::default() };
    let (may, choice) = count(days("2024-05-06", "2024-06-02"));
    assert_eq!((may, choice.days.weeks, choice.wrong_days), (reports, None, false));
    for (from, to) in [("2024-06-02", "2024-05-06"), ("", "2024-05-06"), ("yesterday", "today")] {
        let (fallen, choice) = count(days(from, to));
        assert!(choice.wrong_days && fallen == reports, "{from} {to}");
    }
}

/// Domain chapter 4: 1 to 4 at neighbourhood level are hidden for what is about persons and groups, with a second
/// cell so that none follows from the total.
#[tokio::test]
async fn small_counts_about_persons_are_hidden_per_neighbourhood() {
    let app = app(testkit::sqlite().await).await;
    let sheet = app.municipality(HOME).unwrap().get::<Atlas>().sheet();
    let hoods: Vec<_> = sheet.neighbourhoods().cloned().collect();
    let day = day_number(date(2024, 5, 20));
    let one = |hood: usize, category: &'static str| Made {
        day,
        hour: 12,
        category,
        source: Source::Resident,
        place: Some(hoods[hood].centre),
    };
    let mut signals: Vec<Made> = (0..3).map(|_| one(0, "youth-nuisance")).collect();
    signals.extend((0..6).map(|_| one(1, "youth-nuisance")));
    signals.extend((0..9).map(|_| one(2, "youth-nuisance")));
    signals.extend((0..2).map(|_| one(3, "litter")));
    fill(&app, &signals).await;
    let row = |text: &str, hood: usize| {
        let start = text.find(&format!(">{}</a></th>", hoods[hood].name.replace('\'', "&#39;"))).unwrap();
        text[start..].split("<td class=\"num\">").nth(1).unwrap().split("</td>").next().unwrap().to_owned()
    };
    for (path, hood, expected) in [
        ("/picture?priority=youth-groups", 0, "suppressed"),
        ("/picture?priority=youth-groups", 1, "suppressed"), // else 3 = total - 6 - 9
        ("/picture?priority=youth-groups", 2, "9"),
        ("/picture?priority=youth-groups", 3, "0"),
        ("/picture?priority=public-space", 3, "2"), // litter is about no person
        ("/picture", 0, "3"),
    ] {
        let page = get(&app, Some(Role::Coordinator), "nl", path).await.text;
        assert!(row(&page, hood).contains(expected), "{path} {hood}: {}", row(&page, hood));
    }
    let path = format!("/picture?priority=youth-groups&area={}", hoods[0].code);
    let page = get(&app, Some(Role::Mayor), "nl", &path).await.text;
    assert!(page.contains("te weinig om te tonen") && !page.contains("id=\"when\""));
}

/// Prints what a page costs at 100,000 signals of two years; meaningful in an optimised build only.
#[tokio::test]
async fn what_the_page_costs() {
    let app = app(testkit::sqlite().await).await;
    let n = if cfg!(debug_assertions) { 10_000 } else { 100_000 };
    fill(&app, &made(n)).await;
    let home = app.municipality(HOME).unwrap();
    let mut tx = app.main.read().await.unwrap();
    for _ in 0..2 {
        let clock = Instant::now();
        let seen = Seen::light(&mut tx, &home, app.clock.now()).await.unwrap();
        let read = clock.elapsed();
        let mut took = Vec::new();
        for period in ["4", "52"] {
            let choice = Selection::of(&Query { period: period.into(), ..Query::default() }, &seen);
            let clock = Instant::now();
            let found = Findings::of(&seen, &choice);
            took.push(clock.elapsed());
            assert!(found.summary.total > 0);
        }
        println!("{n} signals: read {read:?}, findings of 4 and 52 weeks {took:?}, kept {:?}", seen.tally.size());
    }
    let place = busy(&app);
    jobs::run(&app, &home, Uuid::from_u128(2)).await.unwrap();
    let some = format!(
        "/picture?period=13&group=people&area={}",
        home.get::<Atlas>().sheet().neighbourhoods().next().unwrap().code
    );
    for path in ["/picture", "/picture", "/picture?period=52", "/picture?priority=youth-groups", &some, &place, "/desk"]
    {
        let clock = Instant::now();
        let page = get(&app, Some(Role::Coordinator), "nl", path).await;
        assert_eq!(page.status, 200);
        println!("{path}: {:?}, {} kB", clock.elapsed(), page.bytes.len() / 1000);
    }
    let clock = Instant::now();
    jobs::run(&app, &home, Uuid::from_u128(1)).await.unwrap();
    println!("nightly run: {:?}", clock.elapsed());
}
