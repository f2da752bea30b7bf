//! What this crate's tests share: the program with Heemskerk's categories and two square neighbourhoods.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

use crate::Catalogue;
use crate::intake::{self, NewSignal};
use crate::model::{Channel, Kind, Source, State};
use areas::Atlas;
use kit::{At, Municipality, Text, Tx, Uuid, args};
use policy::{Permit, Resource, Role};
use site::{Cx, Shared};

/// Western neighbourhood: longitude below 4.66.
pub(crate) const WEST: &str = "BU03960001";
/// Eastern neighbourhood: longitude from 4.66.
pub(crate) const EAST: &str = "BU03960002";
/// One day in microseconds.
pub(crate) const DAY: i64 = 86_400_000_000;

fn shelve(municipality: &mut Municipality) {
    let text = std::fs::read_to_string(municipality.folder.join("categories.toml")).unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let mut ids: Vec<String> = Vec::new();
    for category in file["category"].as_array().unwrap() {
        let id = category["priority"].as_str().unwrap().to_owned();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let priorities = ids.into_iter().map(|id| (id, Text::default())).collect();
    let catalogue = Catalogue::read(&municipality.folder, priorities).unwrap();
    municipality.put(catalogue);
    municipality.put(crate::contact::ContactConfig::read(&municipality.folder).unwrap());
    let atlas = Atlas::new(&municipality.file);
    municipality.put(atlas);
}

/// The program on `db`, with categories and areas in the database.
pub(crate) async fn app(db: testkit::MainDb) -> Shared {
    app_with(db, |_| ()).await
}

/// The same with `more` on the shelves.
pub(crate) async fn app_with(db: testkit::MainDb, more: impl Fn(&mut Municipality)) -> Shared {
    let app = testkit::app(db, |municipality| {
        shelve(municipality);
        more(municipality);
    });
    let home = app.home().unwrap().clone();
    let mut tx = app.main.write().await.unwrap();
    home.get::<Catalogue>().sync(&mut tx, home.code()).await.unwrap();
    for (code, name, west, east) in [(WEST, "West", 4.58, 4.66), (EAST, "Oost", 4.66, 4.73)] {
        let ring = [(west, 52.48), (east, 52.48), (east, 52.54), (west, 52.54), (west, 52.48)];
        let points: Vec<String> = ring.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
        let outline = format!(r#"{{"type":"MultiPolygon","coordinates":[[[{}]]]}}"#, points.join(","));
        tx.run(
            "insert into area (municipality, year, code, level, name, parent, lon, lat, surface_m2, outline, origin)
             values ($1, 2024, $2, 'neighbourhood', $3, null, $4, 52.51, null, $5, 'test')",
            args![home.code(), code, name, (west + east) / 2.0, outline],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    home.get::<Atlas>().reload(&mut tx, home.code()).await.unwrap();
    drop(tx);
    app
}

/// A coordinator at work.
pub(crate) fn coordinator(app: &Shared) -> Cx {
    testkit::cx(app, Some(Role::Coordinator))
}

/// A permit for `action`.
pub(crate) fn permit(cx: &Cx, action: &'static str) -> Permit {
    cx.permit(action, &Resource::ordinary("signal", cx.code())).unwrap()
}

/// A resident's report of household waste in the east, an hour ago.
pub(crate) fn report(cx: &Cx) -> NewSignal {
    let at = At::from_micros(cx.now.micros() - DAY / 24);
    NewSignal {
        id: cx.app.clock.id(),
        kind: Kind::Report,
        channel: Channel::Web,
        source: Source::Resident,
        source_ref: None,
        category: "household-waste".into(),
        words: "Vuilniszakken naast de container".into(),
        address: "Maerelaan 1".into(),
        place: Some((4.67, 52.51)),
        area: None,
        occurred_at: at,
        reported_at: at,
        state: State::Reported,
        closed_at: None,
        reporter: None,
        presence_id: None,
        issue_id: None,
        language: "nl".into(),
    }
}

/// Writes a signal through intake.
pub(crate) async fn add(cx: &Cx, new: NewSignal) -> Uuid {
    let id = new.id;
    let permit = permit(cx, "signal:create");
    let mut tx = cx.write().await.unwrap();
    intake::create(cx, &mut tx, &permit, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// One number from the database.
pub(crate) async fn number(tx: &mut Tx, sql: &'static str, id: Uuid) -> i64 {
    let (n,): (i64,) = tx.one(sql, args![id]).await.unwrap();
    n
}

/// Fails when a key of this crate's texts shows instead of its text.
pub(crate) fn no_bare_keys(html: &str) {
    for prefix in ["signals-", "signal-", "issues-", "state-", "source-", "urgency-", "site-", "menu-"] {
        for (at, _) in html.match_indices(prefix) {
            let before = html[..at].chars().next_back().unwrap_or(' ');
            assert!(!matches!(before, '>' | ' '), "bare key: {}", &html[at..html.len().min(at + 60)]);
        }
    }
}
