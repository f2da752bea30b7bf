//! What the tests of this crate share: a program with the plan on its shelf, its routes, and signals to count.

use crate::{PlanBook, account, cycle};
use kit::clock::day_number;
use kit::{At, Uuid, args};
use std::sync::Arc;
use testkit::MainDb;

/// The program with plan, categories and areas on the shelf.
pub(crate) fn app(db: MainDb) -> site::Shared {
    testkit::app(db, |municipality| {
        let book = PlanBook::read(&municipality.folder).unwrap();
        let catalogue = signals::Catalogue::read(&municipality.folder, book.priorities()).unwrap();
        municipality.put(book);
        municipality.put(catalogue);
        let sanctions = sanctions::SanctionsConfig::read(&municipality.folder).unwrap();
        municipality.put(sanctions);
        let atlas = areas::Atlas::new(&municipality.file);
        municipality.put(atlas);
    })
}

/// The same with the fonts of documents; `None` (said aloud) when `npm ci` was not run.
pub(crate) fn app_with_fonts(db: MainDb) -> Option<site::Shared> {
    let package = testkit::root().join("node_modules/@expo-google-fonts/noto-sans");
    let cuts = ["400Regular", "400Regular_Italic", "700Bold"];
    let read = |cut: &str| std::fs::read(package.join(cut).join(format!("NotoSans_{cut}.ttf"))).ok();
    let files: Option<Vec<&'static [u8]>> = cuts.into_iter().map(|c| read(c).map(|f| &*f.leak())).collect();
    let Some(files) = files else {
        eprintln!("skipped: no fonts; run `npm ci` first");
        return None;
    };
    let mut app = app(db);
    Arc::get_mut(&mut app).unwrap().fonts = files;
    Some(app)
}

/// All routes of this crate.
pub(crate) fn router(app: &site::Shared) -> axum::Router {
    let table = site::routes::Table::new(app)
        .get("/plan", "plan:read", account::web::overview)
        .get("/plan/priorities/{id}", "plan:read", account::web::priority)
        .post("/plan/priorities/{id}", "programme:edit", account::web::priority_submit)
        .get("/plan/indicators/{id}", "plan:read", account::web::indicator)
        .get("/plan/indicators/{id}/{year}", "programme:edit", account::web::value)
        .post("/plan/indicators/{id}/{year}", "programme:edit", account::web::value_submit)
        .get("/plan/programme/{year}", "plan:read", cycle::web::programme)
        .get("/plan/programme/{year}/{action}", "plan:read", cycle::web::action)
        .post("/plan/programme/{year}/{action}", "programme:edit", cycle::web::action_submit)
        .get("/plan/decisions", "plan:read", cycle::web::decisions_list)
        .post("/plan/decisions", "plan:decide", cycle::web::decisions_submit)
        .get("/plan/report/{year}", "account:read", account::web::report_page)
        .get("/plan/report/{year}/pdf", "account:read", account::web::report_pdf);
    testkit::web(app, table)
}

/// A signal to count.
pub(crate) struct Signal {
    pub category: &'static str,
    pub source: &'static str,
    /// Day and hour (UTC) of the report.
    pub reported: &'static str,
    /// Days until the term ends and until it was closed.
    pub due: Option<i64>,
    pub closed: Option<i64>,
    pub state: &'static str,
    pub area: Option<&'static str>,
}

impl Signal {
    /// A resident's report that was handled after two of its three days.
    pub fn handled(category: &'static str, reported: &'static str) -> Self {
        Self { category, source: "resident", reported, due: Some(3), closed: Some(2), state: "done", area: None }
    }
}

/// Writes a signal and gives its id.
pub(crate) async fn put(db: &MainDb, number: u32, signal: &Signal) -> Uuid {
    let reported = At(signal.reported.parse().unwrap());
    let later = |days: Option<i64>| days.map(|d| At::from_micros(reported.micros() + d * 86_400_000_000));
    let id = Uuid::from_u128(u128::from(number) + 0x7000_0000);
    let mut tx = db.write().await.unwrap();
    tx.run(
        "insert into signal (municipality, id, reference, source, source_ref, category, state, urgency, words, address,
            area, occurred_at, reported_at, day, hour, due_at, closed_at, language, version, search)
         values ('GM0396', $1, $2, $3, $2, $4, $5, 'normal', '', '', $6, $7, $7, $8, 10, $9, $10, 'nl', 1, '')",
        args![
            id,
            format!("R{number}"),
            signal.source,
            signal.category,
            signal.state,
            signal.area,
            reported,
            day_number(reported.0.to_zoned(jiff::tz::TimeZone::UTC).date()),
            later(signal.due),
            later(signal.closed)
        ],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

/// The id of a form; the same number gives the same id.
pub(crate) fn request(number: u32) -> String {
    Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0000 + u128::from(number)).to_string()
}
