//! What can be done with a round until it is walked: propose, change, approve, withdraw.
//!
//! What takes long is computed without a transaction; what is written is written in one, and meets the version that the
//! computation began with.

mod approve;

pub(super) use approve::visit;
pub use approve::{Approval, approve, withdraw};

use super::candidates::{self, Ground, Place};
use super::draft::{Crew, Draft, Edit};
use super::value::Draw;
use super::{Round, RoundState, demand, store};
use crate::config::{Mode, PatrolConfig};
use crate::shift::{self, Shift};
use areas::Atlas;
use campaigns::obligation;
use kit::clock::id_at;
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use signals::{Catalogue, issues};
use site::Cx;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Most open issues, and most open reports, that are weighed.
const MOST_OPEN: i64 = 1_000;
const MINUTE: i64 = 60_000_000;

/// What a coordinator asks for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The id of the form.
    pub request: Uuid,
    /// The shift.
    pub shift: Uuid,
    /// Most visits of a crew, as filled in.
    pub max_visits: String,
    /// The number of the crew of each officer, from 1; 0, and an officer who is not here, does not go along. Nobody at all:
    /// crews of the usual size.
    pub crews: Vec<(Uuid, usize)>,
    /// How each crew moves, from crew 1 on; as the team does where nothing is said.
    pub modes: Vec<Option<Mode>>,
}

/// What there is to choose from.
#[derive(Debug)]
pub struct Choice {
    /// Places with open reports, busy squares, campaigns and neighbourhoods that had few visits.
    pub places: Vec<Place>,
    /// All squares of the forecast where nobody was a short while ago.
    pub cells: Vec<Place>,
    /// Visits that campaigns ask for.
    pub campaigns: usize,
    /// When the forecast was made.
    pub forecast_at: Option<At>,
}

/// When a round in this shift leaves the base and must be back.
#[must_use]
pub fn times(shift: &Shift, config: &PatrolConfig) -> (At, At) {
    let from = At::from_micros(shift.starts_at.micros() + config.round.start_after_min * MINUTE);
    let to = At::from_micros(shift.ends_at.micros() - config.round.back_before_min * MINUTE);
    if from < to { (from, to) } else { (shift.starts_at, shift.ends_at) }
}

/// Everything that a round in `shift` could visit; what is drawn by lot, is drawn from `draw`.
///
/// # Errors
/// When the database cannot be read or the shift's team is not configured any more.
pub async fn choice(cx: &Cx, tx: &mut Tx, permit: &Permit, shift: &Shift, draw: &mut Draw) -> Result<Choice, Fault> {
    let config = cx.municipality.get::<PatrolConfig>();
    let (catalogue, atlas) = (cx.municipality.get::<Catalogue>(), cx.municipality.get::<Atlas>());
    let zone = &cx.municipality.zone;
    let times = times(shift, &config);
    let team = config.team(&shift.team);
    let weights = config.weights(times.0.local(zone).date());
    let (Some(team), Some(weights)) = (team, weights) else {
        return Err(Fault::Rule { key: "patrol-rule-team", values: vec![("team", shift.team.clone())] });
    };
    let mut open = issues::open_for_patrol(tx, permit, &catalogue, &atlas, MOST_OPEN).await?;
    let taken: HashSet<Uuid> = store::taken(tx, permit).await?.into_iter().map(|t| t.0).collect();
    open.retain(|t| !taken.contains(&t.id));
    let due = obligation::due(cx, tx, permit, times.0, times.1).await?;
    let days = (times.0.day_and_hour(zone).0, times.1.day_and_hour(zone).0);
    let rows = store::forecast(tx, permit, i64::from(days.0), i64::from(days.1)).await?;
    let back = config.equity.weeks * 7 + config.revisit.cell_hours.max(config.revisit.open_hours) / 24 + 1;
    let seen = store::seen(tx, permit, i64::from(days.0) - back).await?;
    let sheet = atlas.sheet();
    let ground =
        Ground { config: &config, weights, team, catalogue: &catalogue, atlas: &atlas, sheet: &sheet, zone, times };
    let mut cells = ground.cells(&rows);
    ground.spaced(&mut cells, &seen);
    demand::shuffle(&mut cells, config.revisit.lot, draw);
    let mut reports = ground.open(&open);
    ground.spaced(&mut reports, &seen);
    let mut places = candidates::merge(reports, &cells, config.round.most_cells);
    let asked = ground.campaigns(due);
    let campaigns = asked.len();
    places.extend(asked);
    ground.floor(&mut places, &cells, &seen, draw);
    places.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.key.cmp(&b.key)));
    Ok(Choice { places, campaigns, forecast_at: rows.iter().map(|r| r.made_at).max(), cells })
}

/// Who goes with whom: as asked, or crews of the usual size in the order of the names.
fn crews(ask: &Ask, officers: &[shift::OnShift], config: &PatrolConfig, team: &str) -> Vec<Crew> {
    let usual = config.mode(team);
    let mut crews: BTreeMap<usize, Crew> = BTreeMap::new();
    for (at, officer) in officers.iter().enumerate() {
        let number = match ask.crews.iter().find(|(account, _)| *account == officer.account_id) {
            Some((_, 0)) => continue,
            Some((_, number)) => *number,
            None if ask.crews.is_empty() => at / config.crew.size + 1,
            None => continue,
        };
        let mode = ask.modes.get(number.saturating_sub(1)).copied().flatten().unwrap_or(usual);
        crews.entry(number).or_insert(Crew { officers: vec![], mode }).officers.push(officer.account_id);
    }
    if officers.is_empty() {
        crews.insert(1, Crew { officers: vec![], mode: usual });
    }
    crews.into_values().collect()
}

/// The break of a round of this length, as [`Draft::rest`] keeps it.
fn rest(config: &PatrolConfig, (from, to): (At, At)) -> Option<(u32, i32, i32)> {
    let rule = &config.rest;
    let length = (to.micros() - from.micros()) / MINUTE;
    let last = rule.until_min.min(length - i64::from(rule.minutes));
    let fits = length > rule.over_min && rule.from_min <= last && rule.minutes > 0;
    fits.then_some((rule.minutes, seconds(rule.from_min), seconds(last)))
}

fn seconds(minutes: i64) -> i32 {
    i32::try_from(minutes * 60).unwrap_or(i32::MAX)
}

/// Makes the first plan for a shift: reads what there is to choose from, and solves it. Nothing is written yet.
///
/// # Errors
/// [`Fault::Rule`] when there is nothing to visit or nobody to go, [`Fault::Invalid`] for a wrong number of visits.
pub async fn prepare(cx: &Cx, ask: &Ask) -> Result<(Draft, i64), Fault> {
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    let config = cx.municipality.get::<PatrolConfig>();
    let mut tx = cx.read().await?;
    let (shift, officers) = shift::ops::with_officers(&mut tx, &permit, ask.shift).await?;
    let most = config.round.most_visits;
    let mut faults = FieldFaults::default();
    let max_visits = ask.max_visits.parse::<u32>().ok().filter(|n| (1..=most).contains(n));
    if max_visits.is_none() {
        faults.add_with("max_visits", "patrol-visits-number", vec![("most", most.to_string())]);
    }
    let crews = crews(ask, &officers, &config, &shift.team);
    if crews.is_empty() {
        faults.add("crews", "patrol-crews-none");
    }
    let Some(max_visits) = max_visits.filter(|_| faults.is_empty()) else { return Err(Fault::Invalid(faults)) };
    // Chance must not be steerable from outside: the seed comes from here, not from the form.
    let seed = i64::try_from(id_at(cx.now).as_u128() & 0x7fff_ffff_ffff_ffff).unwrap_or(0);
    let mut draw = Draw::new(seed);
    let mut choice = choice(cx, &mut tx, &permit, &shift, &mut draw).await?;
    drop(tx);
    let all = max_visits.saturating_mul(u32::try_from(crews.len()).unwrap_or(1));
    let control = draw.control(config.control.share, all);
    choice.places.extend(candidates::control(&choice.cells, &choice.places, control, &mut draw));
    if choice.places.is_empty() {
        return Err(Fault::Rule { key: "patrol-rule-empty", values: vec![] });
    }
    let (from, to) = times(&shift, &config);
    let keep = config.round.keep * crews.len();
    let mut draft = Draft {
        from,
        to,
        forecast_at: choice.forecast_at,
        base: (shift.lon, shift.lat),
        max_visits: usize::try_from(max_visits).unwrap_or(1),
        crews,
        rest: rest(&config, (from, to)),
        rest_places: config.rest.places.clone(),
        rest_at_stops: config.rest.at_stops,
        rests: BTreeMap::new(),
        by_streets: false,
        weighed: choice.places.len(),
        places: choice.places,
        machine: vec![],
        touched: false,
        tours: vec![],
        score: 0,
        pins: BTreeMap::new(),
        orders: BTreeMap::new(),
        removed: BTreeSet::new(),
        left_out: BTreeMap::new(),
        gains: BTreeMap::new(),
        costs: BTreeMap::new(),
        searched: super::draft::Searched::default(),
        decision: None,
    };
    let (cx, ms) = (cx.clone(), config.search.first_ms);
    blocking(move || {
        let ways = draft.ways(&cx.municipality);
        draft.solve(&ways, seed.unsigned_abs(), &cx.app.clock, ms)?;
        draft.trim(keep);
        // The places are others now, and with them their numbers.
        let ways = draft.ways(&cx.municipality);
        let keys = draft.all_keys();
        draft.lay(&ways, &keys)?;
        Ok((draft, seed))
    })
    .await
}

/// Runs work of the solver on a thread of its own; a problem that makes no sense is a fault of the program.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, deployment::solve::RoundsError> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|e| Fault::Internal(e.to_string()))?;
    done.map_err(|e| Fault::Internal(e.to_string()))
}

/// Keeps a first plan as a proposed round, once per form; gives its address.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn propose(cx: &Cx, tx: &mut Tx, ask: &Ask, (draft, seed): (&Draft, i64)) -> Result<String, Fault> {
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    let id = id_at(cx.now);
    let address = format!("/rounds/{id}");
    if let Claim::Replay(before) = once::claim(tx, cx.code(), ask.request, cx.now, &address).await? {
        return Ok(before);
    }
    let shift = shift::get(tx, &permit, ask.shift).await?.ok_or(Fault::NotFound)?;
    let round = Round {
        id,
        shift_id: shift.id,
        state: RoundState::Proposed,
        proposed_at: cx.now,
        approved_at: None,
        approved_by: None,
        finished_at: None,
        reason: String::new(),
        seed,
        max_visits: i64::try_from(draft.max_visits).unwrap_or(0),
        proposal: json(draft)?,
        version: 1,
        plan_id: None,
        travel: Mode::Foot,
        rest_at: None,
        rest_min: 0,
        decision: None,
    };
    store::insert_rounds(tx, store::round_values(permit.municipality(), &round, shift.day)).await?;
    let detail = serde_json::json!({
        "crews": draft.crews.len(), "stops": draft.visits(), "weighed": draft.weighed, "seed": seed,
    });
    audit::record(tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    Ok(address)
}

pub(super) fn json(draft: &Draft) -> Result<String, Fault> {
    serde_json::to_string(draft).map_err(|e| Fault::Internal(e.to_string()))
}

/// The draft that a round was kept with; `None` for a round that was moved in from elsewhere.
///
/// # Errors
/// When the stored text cannot be read.
pub fn draft(round: &Round) -> Result<Option<Draft>, Fault> {
    if round.proposal.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&round.proposal).map(Some).map_err(|e| Fault::Internal(format!("draft: {e}")))
}

/// The proposed round of this version with its draft.
pub(super) async fn proposed(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64) -> Result<(Round, Draft), Fault> {
    let round = store::get(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    if round.version != version {
        return Err(Fault::Stale);
    }
    match (round.state, draft(&round)?) {
        (RoundState::Proposed, Some(draft)) => Ok((round, draft)),
        _ => Err(Fault::Rule { key: "patrol-rule-decided", values: vec![] }),
    }
}

/// What a form about a plan sends along.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// The id of the form.
    pub request: Uuid,
    /// The version that was read.
    pub version: i64,
    /// The plan that was on the page ([`Draft::text`]); empty: the plan as it is kept.
    pub plan: &'a str,
}

/// The tours that were on the page.
fn on_page(draft: &Draft, plan: &str) -> Result<Vec<Vec<String>>, Fault> {
    if plan.is_empty() { Ok(draft.all_keys()) } else { draft.read(plan).ok_or(Fault::Bad("fault-bad-request")) }
}

/// Changes the plan of a proposed round as the coordinator saw it, once per form; gives the version that it has now.
///
/// # Errors
/// [`Fault::Stale`] when somebody changed it since the page was opened, [`Fault::Bad`] for a place that is not there.
pub async fn change(cx: &Cx, id: Uuid, sent: Sent<'_>, edit: &Edit) -> Result<i64, Fault> {
    let permit = cx.permit("round:plan", &Resource::ordinary("round", cx.code()))?;
    let mut tx = cx.read().await?;
    let (round, mut draft) = match proposed(&mut tx, &permit, id, sent.version).await {
        // The same form once more, which finds its own change, changes nothing.
        Err(Fault::Stale) if store::handled(&mut tx, &permit, sent.request).await? => return Ok(sent.version),
        other => other?,
    };
    drop(tx);
    let tours = on_page(&draft, sent.plan)?;
    let config = cx.municipality.get::<PatrolConfig>();
    let (work, asked) = (cx.clone(), edit.clone());
    let draft = blocking(move || {
        let ways = draft.ways(&work.municipality);
        if draft.change(&ways, tours, &asked)?.is_none() {
            return Ok(None);
        }
        if asked == Edit::Solve {
            draft.solve(&ways, round.seed.unsigned_abs(), &work.app.clock, config.search.first_ms)?;
        }
        Ok(Some(draft))
    })
    .await?
    .ok_or(Fault::Bad("fault-bad-request"))?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), sent.request, cx.now, &format!("/rounds/{id}")).await? != Claim::New {
        return Ok(sent.version);
    }
    if store::set_proposal(&mut tx, &permit, id, sent.version, &json(&draft)?).await? != 1 {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({ "edit": edit.to_string(), "stops": draft.visits() });
    audit::record(&mut tx, &cx.deed(), permit.action(), "round", &id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(sent.version + 1)
}
