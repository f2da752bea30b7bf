//! Writes rounds that were planned anew.

use super::super::{Visit, VisitState, ops, store};
use super::question::Question;
use super::{Changed, FELL_OUT, Ground};
use deployment::solve::{Plan, TourPlan};
use kit::clock::id_at;
use kit::{At, Fault, Tx};
use policy::Permit;
use site::Cx;

/// What was written, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) added: usize,
    pub(super) dropped: usize,
}

/// Writes the new rounds: places in the order, visits that fall out with a note that says why, the new visits, and what
/// changed. The plan keeps what the new places are worth, for who plans anew once more.
///
/// # Errors
/// [`Fault::Stale`] when somebody did something in the rounds meanwhile.
pub(super) async fn write(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (ground, question, plan): (&Ground, &Question, &Plan),
    note: &str,
) -> Result<Written, Fault> {
    for (round, visits) in &ground.rounds {
        if store::visits(tx, permit, round.id).await? != *visits {
            return Err(Fault::Stale);
        }
    }
    let mut changes = vec![Changed::default(); ground.rounds.len()];
    let mut written = Written::default();
    for (round, visits) in &ground.rounds {
        let above = visits.iter().map(|v| v.seq).fold(FELL_OUT, i64::max);
        store::unseat(tx, permit, round.id, above).await?;
    }
    let of = |visit: &Visit| ground.rounds.iter().position(|(one, _)| one.id == visit.round_id);
    let made = plan.order().concat();
    for (_, visit) in question.visits.iter().enumerate().filter(|(n, _)| !made.contains(n)) {
        one(store::drop_visit(tx, permit, visit.id, note).await?)?;
        written.dropped += 1;
        if let Some(change) = of(visit).and_then(|round| changes.get_mut(round)) {
            change.dropped.push(visit.title.clone());
        }
    }
    let mut draft = ground.draft.clone();
    for (crew, tour) in plan.tours.iter().enumerate() {
        let Some((round, visits)) = ground.rounds.get(crew) else { continue };
        let over = visits.iter().filter(|v| v.state != VisitState::Planned && v.seq < FELL_OUT);
        let mut seq = over.map(|v| v.seq).max().unwrap_or(0);
        for stop in &tour.stops {
            let at = At::from_micros(cx.now.micros() + i64::from(stop.begin) * 1_000_000);
            if question.rest_of(stop.visit).is_some() {
                store::set_rest(tx, permit, round.id, Some(at)).await?;
                if let (Some((_, draft)), Some(point)) = (&mut draft, question.points.get(stop.place)) {
                    draft.rests.insert(round.id, *point);
                }
                continue;
            }
            seq += 1;
            if let Some(place) = question.new_place(stop.visit) {
                let visit = ops::visit(place, round.id, seq, at, cx.now)?;
                one(store::insert_visits(tx, store::visit_values(permit.municipality(), &visit)).await?)?;
                written.added += 1;
                if let Some(change) = changes.get_mut(crew) {
                    change.added.push(place.title.clone());
                }
                if let Some((_, draft)) = &mut draft {
                    draft.places.retain(|other| other.key != place.key);
                    draft.places.push(place.clone());
                }
                continue;
            }
            let Some(visit) = question.visits.get(stop.visit) else { continue };
            one(store::seat(tx, permit, (visit.id, round.id), seq, at).await?)?;
            if visit.round_id != round.id {
                if let Some(change) = changes.get_mut(crew) {
                    change.taken.push(visit.title.clone());
                }
                if let Some(change) = of(visit).and_then(|from| changes.get_mut(from)) {
                    change.given.push(visit.title.clone());
                }
            }
        }
        if let Some(change) = changes.get_mut(crew) {
            change.reordered = is_reordered(question, crew, tour);
        }
    }
    for ((round, _), change) in ground.rounds.iter().zip(&changes).filter(|(_, change)| **change != Changed::default())
    {
        let text = serde_json::to_string(change).map_err(|e| Fault::Internal(e.to_string()))?;
        store::insert_change(tx, permit, (id_at(cx.now), round.id), cx.now, &text).await?;
    }
    if let Some((carrier, mut draft)) = draft {
        draft.by_streets = question.by_streets;
        store::keep_draft(tx, permit, carrier, &ops::json(&draft)?).await?;
    }
    Ok(written)
}

/// Whether what stays with a crew comes in another order.
pub(super) fn is_reordered(question: &Question, crew: usize, tour: &TourPlan) -> bool {
    let now = question.now.get(crew);
    let stays: Vec<usize> =
        tour.stops.iter().map(|s| s.visit).filter(|v| now.is_some_and(|now| now.contains(v))).collect();
    !stays.is_sorted()
}

/// A change must have met the state that was read.
fn one(touched: u64) -> Result<(), Fault> {
    if touched == 1 { Ok(()) } else { Err(Fault::Stale) }
}
