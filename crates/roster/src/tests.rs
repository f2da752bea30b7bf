//! From a template to a published roster, its changes, requests, swaps and calendars, on both databases and through the
//! pages.

mod flow;
mod people;
mod web;

use crate::RosterConfig;
use crate::period::{self, Change, NewPeriod};
use crate::seed::{DemoOfficer, seed};
use ::people::deed::DeedConfig;
use areas::Atlas;
use jiff::civil::date;
use kit::{Clock, Fault, Uuid};
use patrol::PatrolConfig;
use policy::{Permit, Resource, Role};
use site::{Cx, Shared};
use testkit::{MainDb, cx};

/// The first officer: the one who acts as `Role::Officer` in tests.
fn officer(app: &Shared, n: u128) -> Uuid {
    if n == 0 { cx(app, Some(Role::Officer)).actor.account.unwrap() } else { Uuid::from_u128(0x2000 + n) }
}

/// The context of an officer.
fn as_officer(app: &Shared, n: u128) -> Cx {
    let mut cx = cx(app, Some(Role::Officer));
    cx.actor.account = Some(officer(app, n));
    cx
}

fn coordinator(app: &Shared) -> Cx {
    cx(app, Some(Role::Coordinator))
}

/// The program with `many` accounts of officers: Officer 0, Officer 1, …
async fn empty_town(db: MainDb, many: u128) -> Shared {
    let app = testkit::app(db, |municipality| {
        let folder = municipality.folder.clone();
        let patrol = PatrolConfig::read(&folder).unwrap();
        let mut config = RosterConfig::read(&folder, &patrol).unwrap();
        (config.tries, config.chunk) = (400, 200);
        municipality.put(config);
        municipality.put(patrol);
        municipality.put(DeedConfig::read(&folder).unwrap());
        let atlas = Atlas::new(&municipality.file);
        municipality.put(atlas);
    });
    let mut tx = app.main.write().await.unwrap();
    for n in 0..many {
        tx.run(
            "insert into account (municipality, id, username, name, role, password_hash, active, created_at, email)
             values ('GM0396', $1, $2, $3, 'officer', '', $4, 0, $5)",
            kit::args![officer(&app, n), format!("o{n}"), format!("Officer {n}"), true, format!("o{n}@regie.example")],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    app
}

/// Six officers of enforcement with deeds, two of them seniors; a roster of two weeks from 10 June 2024 for them, and
/// published when `publish` says so.
async fn town(db: MainDb, publish: bool) -> (Shared, Uuid) {
    let app = empty_town(db, 6).await;
    let officers: Vec<DemoOfficer> = (0..6)
        .map(|n| DemoOfficer {
            account: officer(&app, n),
            team: "enforcement",
            hours: "36",
            skills: if n < 3 { &["lead"] } else { &[] },
            deed: "Akte 1",
            deed_days: 400,
            training_days: 300,
            employer: "",
        })
        .collect();
    let teams: &[&str] = if publish { &["enforcement"] } else { &[] };
    seed(&coordinator(&app), &officers, date(2024, 6, 10), 2, teams).await.unwrap();
    let id = rosters(&app).await[0].id;
    (app, id)
}

async fn rosters(app: &Shared) -> Vec<period::Period> {
    let cx = coordinator(app);
    let mut tx = cx.read().await.unwrap();
    period::since(&mut tx, &permit(&cx), 0).await.unwrap()
}

fn permit(cx: &Cx) -> Permit {
    cx.permit("roster:read", &Resource::ordinary("roster", cx.code())).unwrap()
}

/// Who is on which shift of a roster.
async fn places(app: &Shared, id: Uuid) -> Vec<period::Place> {
    let cx = coordinator(app);
    let mut tx = cx.read().await.unwrap();
    period::places(&mut tx, &permit(&cx), id).await.unwrap()
}

async fn shifts(app: &Shared, id: Uuid) -> Vec<period::ShiftRow> {
    let cx = coordinator(app);
    let mut tx = cx.read().await.unwrap();
    period::shifts(&mut tx, &permit(&cx), id).await.unwrap()
}

/// How the officers of patrol stand on a shift.
async fn in_patrol(app: &Shared, shift: Uuid) -> Vec<Uuid> {
    let mut tx = app.main.read().await.unwrap();
    let rows: Vec<(Uuid,)> = tx
        .all("select account_id from shift_officer where shift_id = $1 order by account_id", kit::args![shift])
        .await
        .unwrap();
    rows.into_iter().map(|row| row.0).collect()
}

/// The subjects of the mails to an officer.
async fn mails(app: &Shared, n: u128) -> Vec<String> {
    let mut tx = app.main.read().await.unwrap();
    let rows: Vec<(String,)> = tx
        .all("select subject from outbox where recipient = $1 order by id", kit::args![format!("o{n}@regie.example")])
        .await
        .unwrap();
    rows.into_iter().map(|row| row.0).collect()
}

/// The first fault of an operation: field, key and the value `why` when it has one.
fn fault<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> String {
    match outcome {
        Err(Fault::Invalid(faults)) => format!("{} {}", faults.0[0].field, faults.0[0].key),
        Err(Fault::Rule { key, .. }) => key.to_owned(),
        Err(Fault::Stale) => "stale".to_owned(),
        Err(Fault::NotFound) => "not found".to_owned(),
        Err(Fault::Refused { .. }) => "refused".to_owned(),
        other => panic!("{other:?}"),
    }
}

/// The value `why` of the first fault.
fn why<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> String {
    let Err(Fault::Invalid(faults)) = outcome else { panic!("{outcome:?}") };
    faults.0[0].values.iter().find(|(name, _)| *name == "why").unwrap().1.clone()
}

fn id() -> Uuid {
    Clock::System.id()
}

/// One operation in a transaction of its own, kept when it succeeds.
macro_rules! done {
    ($cx:expr, $tx:ident, $work:expr) => {{
        let mut $tx = $cx.write().await.unwrap();
        let outcome = $work.await;
        if outcome.is_ok() {
            $tx.commit().await.unwrap();
        }
        outcome
    }};
}
pub(crate) use done;

fn change(roster: Uuid, shift: Uuid, account: Uuid, reason: &str) -> Change {
    Change { request: id(), roster, shift, account, reason: reason.to_owned() }
}

/// A draft of one week without anybody on it.
async fn draft(app: &Shared, monday: &str) -> Uuid {
    let cx = coordinator(app);
    let new = NewPeriod { request: id(), team: "enforcement".into(), first_day: monday.into(), weeks: "1".into() };
    done!(cx, tx, period::make(&cx, &mut tx, &new)).unwrap()
}
