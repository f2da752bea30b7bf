//! Something urgent comes while rounds are walked: what is done stays as it is, and what is still to be done is planned
//! anew around it. The officers see what changed.

use super::candidates::{Place, Reason};
use super::draft::Draft;
use super::solve::{budget, score};
use super::value::Draw;
use super::ways::ways;
use super::{Round, RoundState, Visit, VisitKind, VisitState, ops, store};
use crate::config::PatrolConfig;
use crate::shift::{self, Shift};
use deployment::solve::{Plan, Rounds, RoundsError, Search, Tour};
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::{At, Clock, Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use serde::{Deserialize, Serialize};
use site::Cx;

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
    /// Places that no round visits, the most valuable first.
    pub places: Vec<Place>,
    /// The plan as it was approved, for what its visits are worth.
    draft: Option<Draft>,
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
    let shift = shift::get(tx, permit, round.shift_id).await?.ok_or(Fault::NotFound)?;
    let mut carrier = None;
    let all = match round.plan_id {
        Some(plan) => {
            carrier = store::get(tx, permit, plan).await?;
            store::of_plan(tx, permit, plan).await?
        }
        None => vec![round],
    };
    let mut rounds = Vec::new();
    for round in all.into_iter().filter(goes) {
        let visits = store::visits(tx, permit, round.id).await?;
        rounds.push((round, visits));
    }
    let places = ops::choice(cx, tx, permit, &shift, &mut Draw::new(0)).await?.places;
    let draft = carrier.as_ref().map(ops::draft).transpose()?.flatten();
    Ok(Ground { shift, rounds, places, draft })
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
    let new = place.clone();
    let (ground, question, plan) = ops::blocking(move || {
        let question = Question::of(&work, &ground, &new, within);
        let plan = question.answer(&work.app.clock, ms)?;
        Ok((ground, question, plan))
    })
    .await?;
    if plan.missed.contains(&question.new) {
        faults.add("within", "patrol-replan-not-in-time");
        return Err(Fault::Invalid(faults));
    }
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), asked.request, cx.now, &format!("/rounds/{id}")).await? != Claim::New {
        return Ok(());
    }
    write(cx, &mut tx, &permit, &ground, &question, &plan, &place).await?;
    let dropped = question.visits.len() + 1 - plan.order().concat().len().min(question.visits.len() + 1);
    let detail =
        serde_json::json!({ "urgent": place.key, "within_min": within, "rounds": ground.rounds.len(), "out": dropped });
    audit::record(&mut tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

/// What is still to be done, as the solver reads it; seconds count from now.
struct Question {
    rounds: Rounds,
    /// The visits that are still to come, in the order of the solver's.
    visits: Vec<Visit>,
    /// The number of the new visit, after them; then come the breaks.
    new: usize,
    /// The tours as they are now.
    now: Vec<Vec<usize>>,
    /// The break of each round that is still to come: its number.
    rests: Vec<Option<usize>>,
}

impl Question {
    fn of(cx: &Cx, ground: &Ground, new: &Place, within: i32) -> Self {
        let config = cx.municipality.get::<PatrolConfig>();
        let second = |at: At| i32::try_from((at.micros() - cx.now.micros()) / 1_000_000).unwrap_or(i32::MAX);
        let (_, to) = ops::times(&ground.shift, &config);
        let base = (ground.shift.lon, ground.shift.lat);
        let visits: Vec<Visit> = ground
            .rounds
            .iter()
            .flat_map(|(_, visits)| visits.iter().filter(|v| v.state == VisitState::Planned).cloned())
            .collect();
        // Points: the base, where each crew is, the visits, the new place.
        let here: Vec<((f64, f64), i32)> =
            ground.rounds.iter().map(|(_, visits)| whereabouts(cx, visits, base)).collect();
        let crews = here.len();
        let mut points = vec![base];
        points.extend(here.iter().map(|(point, _)| *point));
        points.extend(visits.iter().map(|v| (v.lon, v.lat)));
        points.push((new.lon, new.lat));
        let ways = ways(&cx.municipality, &points, ground.rounds.iter().map(|(round, _)| round.travel));
        let mut asked: Vec<deployment::solve::Visit> =
            (1 + crews..).zip(&visits).map(|(at, visit)| ground.visit(at, visit, second)).collect();
        let number = asked.len();
        asked.push(deployment::solve::Visit {
            compulsory: true,
            windows: if within > 0 { vec![(0, within * 60)] } else { vec![] },
            ..deployment::solve::Visit::at(1 + crews + number, score(new.value), 60 * new.minutes.cast_signed())
        });
        let leaves = ops::times(&ground.shift, &config).0;
        let mut rests = Vec::new();
        for (crew, (round, _)) in ground.rounds.iter().enumerate() {
            let coming = round.rest_at.is_some_and(|at| at > cx.now) && round.rest_min > 0;
            rests.push(coming.then_some(asked.len()));
            if coming {
                let at = |minutes: i64| second(At::from_micros(leaves.micros() + minutes * 60_000_000)).max(0);
                asked.push(deployment::solve::Visit {
                    windows: vec![(at(config.rest.from_min), at(config.rest.until_min))],
                    compulsory: true,
                    tours: Some(vec![crew]),
                    ..deployment::solve::Visit::at(0, 0, i32::try_from(round.rest_min * 60).unwrap_or(0))
                });
            }
        }
        let tours = ground.rounds.iter().zip(&here).enumerate().map(|(crew, ((round, _), (_, free)))| {
            let travel = ways.table(round.travel);
            let home = ways.tables.get(travel).map_or(0, |table| table.time(1 + crew, 0));
            let from = (*free).max(second(leaves));
            let most_visits = usize::try_from(config.round.most_visits).unwrap_or(usize::MAX);
            let window = (from, second(to).max(from + home));
            Tour { start: 1 + crew, end: 0, window, travel, most_visits, order: vec![] }
        });
        let tours = tours.collect();
        let of = |id: Uuid| (0..visits.len()).filter(|n| visits.get(*n).is_some_and(|v| v.round_id == id)).collect();
        let now = ground.rounds.iter().map(|(round, _)| of(round.id)).collect();
        Self { rounds: Rounds { travel: ways.tables, visits: asked, tours }, visits, new: number, now, rests }
    }
}

impl Question {
    /// The new plan. Where the place fits between what is to be done without anything falling out, everybody keeps
    /// their visits and their order; else all of it may change, if that saves more.
    fn answer(&self, clock: &Clock, ms: i64) -> Result<Plan, RoundsError> {
        let search = |rounds: &Rounds| {
            let mut search = Search::new(rounds, 1)?;
            search.begin_with(&self.now);
            let start = clock.now().micros();
            search.run(budget(clock, start, ms * 500, ms.unsigned_abs() * 50));
            Ok(search.plan())
        };
        let mut still = self.rounds.clone();
        for (crew, (tour, visits)) in still.tours.iter_mut().zip(&self.now).enumerate() {
            tour.order.clone_from(visits);
            for visit in visits {
                still.visits[*visit].tours = Some(vec![crew]);
            }
        }
        let calm = search(&still)?;
        let made = calm.order().concat();
        if calm.missed.is_empty() && (0..self.visits.len()).all(|visit| made.contains(&visit)) {
            return Ok(calm);
        }
        let free = search(&self.rounds)?;
        let worth = |plan: &Plan| (self.rounds.visits.len() - plan.missed.len(), plan.score);
        Ok(if worth(&free) > worth(&calm) { free } else { calm })
    }
}

/// Where a crew is, and how many seconds from now it is free.
fn whereabouts(cx: &Cx, visits: &[Visit], base: (f64, f64)) -> ((f64, f64), i32) {
    let stays = |v: &Visit| {
        let until = v.arrived_at.map_or(0, |at| at.micros()) + v.minutes * 60_000_000;
        i32::try_from((until - cx.now.micros()) / 1_000_000).unwrap_or(0).max(0)
    };
    if let Some(here) = visits.iter().find(|v| v.state == VisitState::Arrived) {
        return ((here.lon, here.lat), stays(here));
    }
    let last = visits.iter().filter(|v| v.left_at.is_some()).max_by_key(|v| v.left_at.map(At::micros));
    (last.map_or(base, |v| (v.lon, v.lat)), 0)
}

impl Ground {
    /// A visit that is still to come, with what the plan said of it.
    fn visit(&self, at: usize, visit: &Visit, second: impl Fn(At) -> i32) -> deployment::solve::Visit {
        let same = |place: &&Place| {
            place.kind == visit.kind
                && place.target == visit.target
                && (place.target.is_some() || place.cell == (visit.cell_x, visit.cell_y))
        };
        let planned = self.draft.as_ref().and_then(|d| Some((d, d.places.iter().find(same)?)));
        let pinned = planned.is_some_and(|(draft, place)| draft.pins.contains_key(&place.key));
        let windows = planned.map(|(draft, place)| {
            let later = second(draft.from);
            place.windows.iter().map(|(open, close)| (open + later, close + later)).collect()
        });
        let minutes = i32::try_from(visit.minutes).unwrap_or(0);
        deployment::solve::Visit {
            windows: windows.unwrap_or_default(),
            compulsory: pinned || visit.kind == VisitKind::Control,
            ..deployment::solve::Visit::at(at, planned.map_or(100, |(_, place)| score(place.value)), 60 * minutes)
        }
    }
}

/// Writes the new rounds: places in the order, visits that fall out, the new visit, and what changed.
async fn write(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    ground: &Ground,
    question: &Question,
    plan: &Plan,
    place: &Place,
) -> Result<(), Fault> {
    let at = |seconds: i32| At::from_micros(cx.now.micros() + i64::from(seconds) * 1_000_000);
    let made = plan.order().concat();
    let mut changes = vec![Changed::default(); ground.rounds.len()];
    for (round, visits) in &ground.rounds {
        let above = visits.iter().map(|v| v.seq).fold(FELL_OUT, i64::max);
        store::unseat(tx, permit, round.id, above).await?;
    }
    let of = |round: Uuid| ground.rounds.iter().position(|(one, _)| one.id == round);
    for (_, visit) in question.visits.iter().enumerate().filter(|(n, _)| !made.contains(n)) {
        one(store::drop_visit(tx, permit, visit.id, &cx.t("patrol-replan-dropped")).await?)?;
        if let Some(change) = of(visit.round_id).and_then(|round| changes.get_mut(round)) {
            change.dropped.push(visit.title.clone());
        }
    }
    for (crew, (tour, (round, visits))) in plan.tours.iter().zip(&ground.rounds).enumerate() {
        let over = visits.iter().filter(|v| v.state != VisitState::Planned && v.seq < FELL_OUT);
        let mut seq = over.map(|v| v.seq).max().unwrap_or(0);
        let rest = question.rests.get(crew).copied().flatten();
        for stop in &tour.stops {
            if Some(stop.visit) == rest {
                store::set_rest(tx, permit, round.id, Some(at(stop.begin))).await?;
                continue;
            }
            seq += 1;
            if stop.visit == question.new {
                let visit = ops::visit(place, round.id, seq, at(stop.begin), cx.now)?;
                let row = store::visit_values(permit.municipality(), &visit);
                one(store::insert_visits(tx, row).await?)?;
                if let Some(change) = changes.get_mut(crew) {
                    change.added.push(place.title.clone());
                }
                continue;
            }
            let Some(visit) = question.visits.get(stop.visit) else { continue };
            one(store::seat(tx, permit, (visit.id, round.id), seq, at(stop.begin)).await?)?;
            if visit.round_id != round.id {
                if let Some(change) = changes.get_mut(crew) {
                    change.taken.push(visit.title.clone());
                }
                if let Some(change) = of(visit.round_id).and_then(|from| changes.get_mut(from)) {
                    change.given.push(visit.title.clone());
                }
            }
        }
        let stays: Vec<usize> = tour
            .stops
            .iter()
            .map(|s| s.visit)
            .filter(|v| question.now.get(crew).is_some_and(|n| n.contains(v)))
            .collect();
        if let Some(change) = changes.get_mut(crew) {
            change.reordered = !stays.is_sorted();
        }
    }
    for ((round, _), change) in ground.rounds.iter().zip(&changes).filter(|(_, change)| **change != Changed::default())
    {
        let text = serde_json::to_string(change).map_err(|e| Fault::Internal(e.to_string()))?;
        store::insert_change(tx, permit, (id_at(cx.now), round.id), cx.now, &text).await?;
    }
    Ok(())
}

/// A change must have met the state that was read.
fn one(touched: u64) -> Result<(), Fault> {
    if touched == 1 { Ok(()) } else { Err(Fault::Stale) }
}
