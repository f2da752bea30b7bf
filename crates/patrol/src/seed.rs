//! Shifts and rounds of the past at once: for the demonstration, and for moving a municipality in.

use crate::config::Mode;
use crate::round::{self, Outcome, Round, RoundState, Visit, VisitKind, VisitState};
use crate::shift::{self, Shift};
use areas::Atlas;
use kit::clock::id_at;
use kit::{At, Fault, Municipality, Result, Tx, Uuid, args};
use policy::{Permit, Resource};
use signals::presence::{self, Presence};
use site::Cx;

/// A shift, with the rounds that were walked in it; none for a shift to come.
#[derive(Clone, Debug)]
pub struct PastShift {
    /// Id.
    pub id: Uuid,
    /// Team id of `patrol.toml`.
    pub team: String,
    /// Kind of shift of `patrol.toml`.
    pub kind: String,
    /// Begin.
    pub starts_at: At,
    /// End.
    pub ends_at: At,
    /// Accounts of the officers.
    pub officers: Vec<Uuid>,
    /// Its rounds.
    pub rounds: Vec<PastRound>,
}

/// A round that was walked.
#[derive(Clone, Debug)]
pub struct PastRound {
    /// Id.
    pub id: Uuid,
    /// When it was approved.
    pub approved_at: At,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// Why it was approved.
    pub reason: String,
    /// When the officers were back.
    pub finished_at: At,
    /// Its visits in order.
    pub visits: Vec<PastVisit>,
}

/// A visit that was done.
#[derive(Clone, Debug)]
pub struct PastVisit {
    /// Longitude (WGS84).
    pub lon: f64,
    /// Latitude (WGS84).
    pub lat: f64,
    /// Category that it was about.
    pub category: Option<String>,
    /// Place in words; empty takes the name of the neighbourhood.
    pub title: String,
    /// Planned arrival.
    pub planned_at: At,
    /// Arrival.
    pub arrived_at: At,
    /// Departure.
    pub left_at: At,
    /// What was found and done.
    pub outcome: Outcome,
    /// Note; never about a person.
    pub note: String,
}

/// Writes shifts with their officers, rounds, visits and presence; what is there already stays as it is.
/// The shifts start from the municipality's base, and the accounts must exist. Visits at a point outside the
/// municipality's plane are left out. The caller writes one audit entry for the whole.
///
/// # Errors
/// When the database refuses.
pub async fn seed(tx: &mut Tx, permit: &Permit, municipality: &Municipality, past: &[PastShift]) -> Result<u64> {
    let code = permit.municipality();
    let (mut shifts, mut officers, mut rounds, mut visits) = (vec![], vec![], vec![], vec![]);
    for one in past {
        let row = Shift {
            id: one.id,
            team: one.team.clone(),
            kind: one.kind.clone(),
            starts_at: one.starts_at,
            ends_at: one.ends_at,
            day: i64::from(one.starts_at.day_and_hour(&municipality.zone).0),
            lon: municipality.file.base.lon,
            lat: municipality.file.base.lat,
            version: 1,
        };
        officers.extend(one.officers.iter().flat_map(|o| args![code, one.id, *o]));
        for round in &one.rounds {
            rounds.extend(round::round_values(code, &round_row(one.id, round), row.day));
            for (seq, visit) in (1..).zip(&round.visits) {
                let Some(row) = visit_row(municipality, round.id, seq, visit) else { continue };
                if let (Some(officer), Some(id)) = (one.officers.first(), row.presence_id) {
                    let times = (visit.arrived_at, visit.left_at);
                    if let Some(p) = Presence::at(municipality, id, *officer, times, (visit.lon, visit.lat)) {
                        presence::record(tx, permit, &p).await?;
                    }
                }
                visits.extend(round::visit_values(code, &row));
            }
        }
        shifts.extend(shift::values(code, &row));
    }
    let new = shift::insert_many(tx, shifts).await?;
    shift::insert_officers(tx, officers).await?;
    round::insert_rounds(tx, rounds).await?;
    round::insert_visits(tx, visits).await?;
    Ok(new)
}

/// Proposes and approves, as the coordinator of `cx` would, a round of at most `visits` visits for the shift that this
/// officer has today and that is not over; for the demonstration. Gives the round; `None` without such a shift, or when
/// there is nothing to visit.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn today(cx: &Cx, officer: Uuid, visits: u32, reason: &str) -> std::result::Result<Option<Uuid>, Fault> {
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let shifts = shift::of_officer(&mut tx, &permit, officer, cx.now, 5).await?;
    drop(tx);
    let day = i64::from(cx.now.day_and_hour(&cx.municipality.zone).0);
    let Some(shift) = shifts.into_iter().find(|s| s.day == day) else { return Ok(None) };
    let (crews, modes) = (vec![], vec![]);
    let ask = round::ops::Ask { request: id_at(cx.now), shift: shift.id, max_visits: visits.to_string(), crews, modes };
    let (draft, seed) = match round::ops::prepare(cx, &ask).await {
        Err(Fault::Rule { .. }) => return Ok(None),
        other => other?,
    };
    if draft.visits() == 0 {
        return Ok(None);
    }
    let mut tx = cx.write().await?;
    let address = round::ops::propose(cx, &mut tx, &ask, (&draft, seed)).await?;
    tx.commit().await?;
    let Some(id) = address.rsplit('/').next().and_then(|id| Uuid::try_parse(id).ok()) else { return Ok(None) };
    let approval = round::ops::Approval {
        request: id_at(cx.now),
        version: 1,
        plan: String::new(),
        decision: "follow".to_owned(),
        reason: reason.to_owned(),
    };
    round::ops::approve(cx, id, &approval).await?;
    Ok(Some(id))
}

fn round_row(shift: Uuid, round: &PastRound) -> Round {
    Round {
        id: round.id,
        shift_id: shift,
        state: RoundState::Finished,
        proposed_at: round.approved_at,
        approved_at: Some(round.approved_at),
        approved_by: round.approved_by,
        finished_at: Some(round.finished_at),
        reason: round.reason.clone(),
        seed: 0,
        max_visits: i64::try_from(round.visits.len()).unwrap_or(0),
        proposal: String::new(),
        version: 1,
        plan_id: None,
        travel: Mode::Foot,
        rest_at: None,
        rest_min: 0,
        decision: None,
    }
}

/// The visit's id follows from the round's, so that writing again adds nothing.
fn visit_row(municipality: &Municipality, round: Uuid, seq: i64, visit: &PastVisit) -> Option<Visit> {
    let atlas = municipality.get::<Atlas>();
    let (cell_x, cell_y) = atlas.cell(visit.lon, visit.lat)?;
    let sheet = atlas.sheet();
    let area = sheet.neighbourhood(visit.lon, visit.lat).map(str::to_owned);
    let id = Uuid::from_u128(round.as_u128().wrapping_add(u128::from(seq.unsigned_abs())));
    let minutes = (visit.left_at.micros() - visit.arrived_at.micros()) / 60_000_000;
    Some(Visit {
        id,
        round_id: round,
        seq,
        kind: VisitKind::Cell,
        target: None,
        category: visit.category.clone(),
        title: match &area {
            Some(code) if visit.title.is_empty() => sheet.name(code).to_owned(),
            _ => visit.title.clone(),
        },
        lon: visit.lon,
        lat: visit.lat,
        cell_x,
        cell_y,
        area,
        planned_at: visit.planned_at,
        minutes,
        why: "[]".to_owned(),
        state: VisitState::Left,
        arrived_at: Some(visit.arrived_at),
        left_at: Some(visit.left_at),
        outcome: Some(visit.outcome),
        note: visit.note.clone(),
        presence_id: Some(id),
        version: 1,
    })
}
