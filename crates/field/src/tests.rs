//! A town with a shift and a round, and what phones may tell of it.

mod merge;
mod pages;
mod simulation;

use crate::FieldConfig;
use areas::Atlas;
use kit::{Municipality, Text, Uuid, args};
use patrol::PatrolConfig;
use policy::Role;
use serde_json::{Value, json};
use signals::Catalogue;
use site::{Cx, Shared};
use std::path::Path;
use testkit::MainDb;

pub(crate) const HOOD: &str = "BU03960001";
const MINUTE: i64 = 60_000_000;

fn catalogue(folder: &Path) -> Catalogue {
    let text = std::fs::read_to_string(folder.join("categories.toml")).unwrap();
    let mut ids: Vec<String> =
        text.lines().filter_map(|l| l.strip_prefix("priority = \"")?.strip_suffix('"').map(str::to_owned)).collect();
    ids.sort();
    ids.dedup();
    Catalogue::read(folder, ids.into_iter().map(|id| (id, Text::default())).collect()).unwrap()
}

fn shelve(municipality: &mut Municipality) {
    let folder = municipality.folder.clone();
    municipality.put(catalogue(&folder));
    municipality.put(PatrolConfig::read(&folder).unwrap());
    municipality.put(FieldConfig::read(&folder).unwrap());
    municipality.put(signals::contact::ContactConfig::read(&folder).unwrap());
    let atlas = Atlas::new(&municipality.file);
    municipality.put(atlas);
}

/// The two officers.
pub(crate) fn officers() -> [Uuid; 2] {
    [Uuid::from_u128(0x2001), Uuid::from_u128(0x2002)]
}

/// The context of one of the officers, now.
pub(crate) fn officer(app: &Shared, account: Uuid) -> Cx {
    let mut cx = testkit::cx(app, Some(Role::Officer));
    cx.actor.account = Some(account);
    cx.action = "field:use";
    cx
}

/// The program with one neighbourhood and two officers.
pub(crate) async fn town(db: MainDb) -> Shared {
    let app = testkit::app(db, shelve);
    let home = app.home().unwrap().clone();
    let code = home.code();
    let mut tx = app.main.write().await.unwrap();
    home.get::<Catalogue>().sync(&mut tx, code).await.unwrap();
    let outline = r#"{"type":"MultiPolygon","coordinates":[[[[4.58,52.48],[4.73,52.48],[4.73,52.54],[4.58,52.54],[4.58,52.48]]]]}"#;
    tx.run(
        "insert into area (municipality, year, code, level, name, parent, lon, lat, surface_m2, outline, origin)
         values ($1, 2024, $2, 'neighbourhood', 'Duinwijk', null, 4.66, 52.51, null, $3, 'test')",
        args![code, HOOD, outline],
    )
    .await
    .unwrap();
    for (id, name) in officers().into_iter().zip(["Daan", "Samira"]) {
        tx.run(
            "insert into account (municipality, id, username, name, role, password_hash, active, created_at)
             values ($1, $2, $3, $3, 'officer', '', $4, 0)",
            args![code, id, name, true],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    home.get::<Atlas>().reload(&mut tx, code).await.unwrap();
    drop(tx);
    app
}

/// A shift of both officers from an hour ago until in seven hours, with an approved round.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub(crate) shift: Uuid,
    pub(crate) round: Uuid,
    pub(crate) visits: Vec<Uuid>,
}

/// The place of the `n`th visit.
pub(crate) fn place(n: usize) -> (f64, f64) {
    (4.64 + f64::from(u32::try_from(n).unwrap()) * 0.003, 52.51)
}

/// Makes that shift with so many visits; `target` is what the first is for.
pub(crate) async fn work(app: &Shared, visits: usize, target: Option<Uuid>) -> Work {
    let now = app.clock.now().micros();
    let code = app.home().unwrap().code().to_owned();
    let work =
        Work { shift: app.clock.id(), round: app.clock.id(), visits: (0..visits).map(|_| app.clock.id()).collect() };
    let mut tx = app.main.write().await.unwrap();
    tx.run(
        "insert into shift (municipality, id, team, kind, starts_at, ends_at, day, lon, lat, version)
         values ($1, $2, 'handhaving', 'own', $3, $4, 19877, 4.66, 52.51, 1)",
        args![&code, work.shift, now - 60 * MINUTE, now + 420 * MINUTE],
    )
    .await
    .unwrap();
    for officer in officers() {
        tx.run(
            "insert into shift_officer (municipality, shift_id, account_id) values ($1, $2, $3)",
            args![&code, work.shift, officer],
        )
        .await
        .unwrap();
    }
    tx.run(
        "insert into round (municipality, id, shift_id, state, day, proposed_at, approved_at, approved_by, finished_at,
            reason, seed, max_visits, proposal, version)
         values ($1, $2, $3, 'approved', 19877, $4, $4, null, null, '', 1, 8, '{}', 1)",
        args![&code, work.round, work.shift, now - 90 * MINUTE],
    )
    .await
    .unwrap();
    for (n, id) in work.visits.iter().enumerate() {
        let (lon, lat) = place(n);
        let seq = i64::try_from(n).unwrap() + 1;
        let first = target.filter(|_| n == 0);
        tx.run(
            "insert into visit (municipality, id, round_id, seq, kind, target, category, title, lon, lat, cell_x, cell_y, area,
                planned_at, minutes, why, state, arrived_at, left_at, outcome, note, presence_id, version)
             values ($1, $2, $3, $4, $5, $6, null, $7, $8, $9, 500, 2500, $10, $11, 12, '[]', 'planned', null, null, null,
                '', null, 1)",
            args![
                &code,
                *id,
                work.round,
                seq,
                if first.is_some() { "signal" } else { "cell" },
                first,
                format!("Plek {seq}"),
                lon,
                lat,
                HOOD,
                now + seq * 20 * MINUTE
            ],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    work
}

/// The payload of a visit's event.
pub(crate) fn stop(work: &Work, n: usize, more: Value) -> Value {
    let (lon, lat) = place(n);
    let mut stop = json!({ "round": work.round, "visit": work.visits[n], "visit_kind": "cell",
        "title": format!("Plek {}", n + 1), "lon": lon, "lat": lat });
    stop.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    stop
}

/// One number from the database; `$1` is the municipality.
pub(crate) async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, args![app.home().unwrap().code()]).await.unwrap();
    n
}
