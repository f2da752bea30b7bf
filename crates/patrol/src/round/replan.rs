//! Planning anew while rounds are walked: what is done stays as it is, and what is still to be done is planned anew, around
//! something urgent ([`urgent`]) or because time came free ([`rest`]). The officers see what changed.

mod question;
pub mod rest;
mod write;

use super::candidates::{self, Place, Reason};
use super::draft::Draft;
use super::value::Draw;
use super::{Round, RoundState, Visit, VisitKind, VisitState, ops, store};
use crate::config::PatrolConfig;
use crate::shift::{self, Shift};
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use question::{Fresh, Question};
use serde::{Deserialize, Serialize};
use site::Cx;
use write::write;

/// Minutes within which the officers must be there, as the form offers them; 0: any time in the shift.
pub const WITHIN: [i32; 4] = [15, 30, 60, 0];

/// Places in the order from here on are of visits that fell out.
const FELL_OUT: i64 = 1_000;

/// What the coordinator asks for.
#[derive(Clone, Debug, Default)]
pub struct Urgent {
    /// The id of the form.
    pub request: Uuid,
    /// Key of the place.
    pub place: String,
    /// Within how many minutes; one of [`WITHIN`].
    pub within: String,
}

/// What changed in a round, as the officers read it: places in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    /// New places.
    pub added: Vec<String>,
    /// Places that a colleague visits now.
    pub given: Vec<String>,
    /// Places that came from a colleague.
    pub taken: Vec<String>,
    /// Places that nobody visits now.
    pub dropped: Vec<String>,
    /// Whether the order of the others is another.
    pub reordered: bool,
}

/// What can be planned anew.
#[derive(Debug)]
pub struct Ground {
    /// The shift.
    pub shift: Shift,
    /// The rounds of the plan that are not over, with their visits.
    pub rounds: Vec<(Round, Vec<Visit>)>,
    /// Who walks each of them.
    pub names: Vec<String>,
    /// Places that no round visits, the most valuable first.
    pub places: Vec<Place>,
    /// Squares drawn by lot for random control, so many as still miss.
    lots: Vec<Place>,
    /// The number from which they were drawn: it follows from the plan and from what happened since, so that looking
    /// again draws the same.
    pub seed: i64,
    /// The plan as it was approved, for what its visits are worth, and the round that carries it.
    draft: Option<(Uuid, Draft)>,
}

/// What there is to plan anew around a round that was approved.
///
/// # Errors
/// [`Fault::Rule`] when the round is over or was never approved.
pub async fn ground(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Ground, Fault> {
    let round = store::get(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    let goes = |round: &Round| matches!(round.state, RoundState::Approved | RoundState::Running);
    if !goes(&round) {
        return Err(Fault::Rule { key: "patrol-rule-not-going", values: vec![] });
    }
    let (shift, officers) = shift::ops::with_officers(tx, permit, round.shift_id).await?;
    let mut draft = None;
    let all = match round.plan_id {
        Some(plan) => {
            let carrier = store::get(tx, permit, plan).await?;
            draft = carrier.as_ref().map(ops::draft).transpose()?.flatten().map(|draft| (plan, draft));
            store::of_plan(tx, permit, plan).await?
        }
        None => vec![round],
    };
    let (mut rounds, mut names) = (Vec::new(), Vec::new());
    for round in all.into_iter().filter(goes) {
        let crew = super::crew(tx, permit, round.id, officers.clone()).await?;
        names.push(crew.iter().map(|o| o.name.as_str()).collect::<Vec<_>>().join(", "));
        let visits = store::visits(tx, permit, round.id).await?;
        rounds.push((round, visits));
    }
    let mut ground = Ground { shift, rounds, names, places: vec![], lots: vec![], seed: 0, draft };
    ground.seed = ground.rounds.iter().map(|(round, _)| round.seed).next().unwrap_or(0).wrapping_add(ground.stamp());
    let mut draw = Draw::new(ground.seed);
    let choice = ops::choice(cx, tx, permit, &ground.shift, &mut draw).await?;
    ground.places = choice.places;
    ground.lots = ground.draw(&choice.cells, cx.municipality.get::<PatrolConfig>().control.share, &mut draw);
    Ok(ground)
}

impl Ground {
    /// Changes with everything that happens in these rounds.
    #[must_use]
    pub fn stamp(&self) -> i64 {
        let visits = self.rounds.iter().flat_map(|(_, visits)| visits);
        let said = visits.map(|v| [v.version, v.seq, v.planned_at.micros()]);
        let rounds =
            self.rounds.iter().map(|(r, visits)| [r.version, r.max_visits, visits.len().try_into().unwrap_or(0)]);
        let all = rounds.chain(said).flatten();
        all.fold(17_i64, |sum, n| sum.wrapping_mul(31).wrapping_add(n)) & 0x7fff_ffff_ffff
    }

    /// Draws the squares for random control that still miss, so that the share of the whole plan holds. None where the
    /// crew crossed one off.
    fn draw(&self, cells: &[Place], share: f64, draw: &mut Draw) -> Vec<Place> {
        let all = self.rounds.iter().map(|(round, _)| round.max_visits).sum::<i64>();
        let lots = draw.control(share, u32::try_from(all).unwrap_or(0));
        let visits = self.rounds.iter().flat_map(|(_, visits)| visits);
        let had = visits.filter(|v| v.kind == VisitKind::Control && v.state != VisitState::Skipped).count();
        let mut lots = candidates::control(cells, &self.places, lots.saturating_sub(had), draw);
        lots.retain(|place| !self.crossed_off(place));
        lots
    }

    /// Whether officers crossed a place off in these rounds: they had a reason, so it does not come back unasked. What
    /// only fell out of a plan may.
    fn crossed_off(&self, place: &Place) -> bool {
        let mut visits = self.rounds.iter().flat_map(|(_, visits)| visits);
        visits.any(|v| v.state == VisitState::Skipped && v.seq < FELL_OUT && is_same(place, v))
    }

    /// A visit in the plan as it was approved.
    fn planned(&self, visit: &Visit) -> Option<(&Draft, &Place)> {
        let (_, draft) = self.draft.as_ref()?;
        Some((draft, draft.places.iter().find(|place| is_same(place, visit))?))
    }
}

/// Whether a visit is to a place.
fn is_same(place: &Place, visit: &Visit) -> bool {
    place.kind == visit.kind
        && place.target == visit.target
        && (place.target.is_some() || place.cell == (visit.cell_x, visit.cell_y))
}

/// Puts a place into the rounds that are walked, and plans what is still to be done anew around it, once per form.
///
/// # Errors
/// [`Fault::Invalid`] when the place is not there or nobody can be there in time, [`Fault::Stale`] when officers went on
/// meanwhile, [`Fault::Rule`].
pub async fn urgent(cx: &Cx, id: Uuid, asked: &Urgent) -> Result<(), Fault> {
    let permit = cx.permit("round:approve", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    if store::handled(&mut tx, &permit, asked.request).await? {
        return Ok(());
    }
    let ground = ground(cx, &mut tx, &permit, id).await?;
    drop(tx);
    let mut faults = FieldFaults::default();
    let within = asked.within.parse::<i32>().ok().filter(|n| WITHIN.contains(n));
    let place = ground.places.iter().find(|place| place.key == asked.place).cloned();
    if place.is_none() {
        faults.add("place", "patrol-replan-place-missing");
    }
    if within.is_none() {
        faults.add("within", "patrol-replan-within-missing");
    }
    let (Some(mut place), Some(within)) = (place, within) else { return Err(Fault::Invalid(faults)) };
    place.why.push(Reason::Now);
    let (work, ms) = (cx.clone(), cx.municipality.get::<PatrolConfig>().search.first_ms);
    let (key, windows) = (place.key.clone(), if within > 0 { vec![(0, within * 60)] } else { vec![] });
    let (ground, question, plan) = ops::blocking(move || {
        let question = Question::of(&work, &ground, vec![Fresh { place, windows, compulsory: true }], None, 0);
        let plan = question.answer(&work.app.clock, ms)?;
        Ok((ground, question, plan))
    })
    .await?;
    if plan.missed.contains(&question.first_new()) {
        faults.add("within", "patrol-replan-not-in-time");
        return Err(Fault::Invalid(faults));
    }
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), asked.request, cx.now, &format!("/rounds/{id}")).await? != Claim::New {
        return Ok(());
    }
    let note = cx.t("patrol-replan-dropped");
    let done = write(cx, &mut tx, &permit, (&ground, &question, &plan), &note).await?;
    let detail =
        serde_json::json!({ "urgent": key, "within_min": within, "rounds": ground.rounds.len(), "out": done.dropped });
    audit::record(&mut tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}
