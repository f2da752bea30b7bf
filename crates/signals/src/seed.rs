//! Signals with their whole history at once: for the demonstration, and for moving a municipality in.

use crate::intake::{Desk, NewSignal, Reporter};
use crate::model::State;
use kit::clock::id_at;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A signal and what happened to it.
#[derive(Clone, Debug)]
pub struct Past {
    /// The signal as it came in; state, closing time and source id are worked out from the rest.
    pub signal: NewSignal,
    /// Its changes after it came in, oldest first.
    pub changes: Vec<Change>,
}

/// One change in the past.
#[derive(Clone, Debug)]
pub struct Change {
    /// When.
    pub at: At,
    /// To which state.
    pub to: State,
    /// Why.
    pub note: String,
}

/// An issue that some of the signals belong to.
#[derive(Clone, Debug)]
pub struct PastIssue {
    /// Id that the signals name.
    pub id: Uuid,
    /// Category.
    pub category: String,
    /// Title.
    pub title: String,
    /// Longitude and latitude.
    pub place: Option<(f64, f64)>,
    /// When it was opened.
    pub opened_at: At,
    /// When it was closed.
    pub closed_at: Option<At>,
}

/// Writes issues and signals with their history; what is there already stays as it is.
///
/// # Errors
/// When the database refuses.
pub async fn write(tx: &mut Tx, permit: &Permit, desk: &Desk, issues: &[PastIssue], past: Vec<Past>) -> Result<u64> {
    let municipality = permit.municipality();
    let values = issues
        .iter()
        .flat_map(|i| {
            let area = i.place.and_then(|(lon, lat)| desk.sheet.neighbourhood(lon, lat).map(str::to_owned));
            args![
                municipality,
                i.id,
                crate::intake::reference(i.id),
                &i.category,
                &i.title,
                if i.closed_at.is_some() { "solved" } else { "open" },
                i.place.map(|p| p.0),
                i.place.map(|p| p.1),
                area,
                i.opened_at,
                i.closed_at,
                1_i64
            ]
        })
        .collect();
    tx.insert_many(
        "insert into issue (municipality, id, reference, category, title, state, lon, lat, area, opened_at, closed_at,
            version)",
        "on conflict do nothing",
        12,
        values,
    )
    .await?;
    let (mut rows, mut events, mut reporters) = (Vec::new(), Vec::new(), Vec::new());
    for Past { mut signal, changes } in past {
        let mut was = State::Reported;
        events.extend(args![
            municipality,
            id_at(signal.reported_at),
            signal.id,
            signal.reported_at,
            None::<Uuid>,
            "state",
            "",
            was,
            "",
            true
        ]);
        for change in changes {
            events.extend(args![
                municipality,
                id_at(change.at),
                signal.id,
                change.at,
                None::<Uuid>,
                "state",
                was,
                change.to,
                &change.note,
                change.to.is_closed()
            ]);
            was = change.to;
            signal.closed_at = change.to.is_closed().then_some(change.at);
        }
        signal.state = was;
        if let Some(Reporter { name, email, phone, .. }) = signal.reporter.take() {
            reporters.extend(args![municipality, signal.id, name, email, phone]);
        }
        rows.push(desk.prepare(signal));
    }
    let new = crate::intake::insert_many(tx, permit, rows).await?;
    if new == 0 {
        return Ok(0);
    }
    tx.insert_many(
        "insert into signal_event (municipality, id, signal_id, at, actor_id, kind, was, becomes, note, public)",
        "on conflict do nothing",
        10,
        events,
    )
    .await?;
    tx.insert_many(
        "insert into reporter (municipality, signal_id, name, email, phone)",
        "on conflict do nothing",
        5,
        reporters,
    )
    .await?;
    Ok(new)
}
