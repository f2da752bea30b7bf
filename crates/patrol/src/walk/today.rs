//! What is going on now: shifts with their officers, rounds and visits. The officer's phone takes its own day
//! along, and the coordinator's board shows all of it.

use super::store;
use crate::round::{self, Round, RoundState, Visit, candidates::Reason};
use crate::shift::{self, OnShift, Shift};
use kit::{At, Fault, Tx, Uuid};
use policy::Permit;
use signals::Catalogue;
use site::Cx;

/// A shift with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Day {
    /// The shift.
    pub shift: Shift,
    /// Who is on it.
    pub officers: Vec<OnShift>,
    /// Its rounds that were approved and not withdrawn, each with its visits in order.
    pub rounds: Vec<(Round, Vec<Visit>)>,
}

/// The shifts that overlap a stretch of time, the first to begin first; those of one officer, or all.
///
/// # Errors
/// When the database cannot be read.
pub async fn days(
    tx: &mut Tx,
    permit: &Permit,
    officer: Option<Uuid>,
    (from, to): (At, At),
) -> Result<Vec<Day>, Fault> {
    let mut days = Vec::new();
    for (id,) in store::shifts_during(tx, permit, officer, from, to).await? {
        let (shift, officers) = shift::ops::with_officers(tx, permit, id).await?;
        let mut rounds = Vec::new();
        for (id,) in store::rounds_of(tx, permit, id).await? {
            if let Some(round) = round::get(tx, permit, id).await?
                && !matches!(round.state, RoundState::Proposed | RoundState::Withdrawn)
                && (officer.is_none()
                    || round::crew(tx, permit, id, officers.clone())
                        .await?
                        .iter()
                        .any(|o| Some(o.account_id) == officer))
            {
                rounds.push((round, round::visits(tx, permit, id).await?));
            }
        }
        days.push(Day { shift, officers, rounds });
    }
    Ok(days)
}

/// Why a visit is in the round, in words.
#[must_use]
pub fn why(cx: &Cx, visit: &Visit) -> String {
    let reasons: Vec<Reason> = serde_json::from_str(&visit.why).unwrap_or_default();
    let today = cx.now.day_and_hour(&cx.municipality.zone).0;
    round::sentences(&cx.words, &cx.municipality.get::<Catalogue>(), &reasons, today)
}

/// What a visit is about, in words.
#[must_use]
pub fn subject(cx: &Cx, visit: &Visit) -> String {
    round::subject(cx, visit.kind, visit.category.as_deref())
}
