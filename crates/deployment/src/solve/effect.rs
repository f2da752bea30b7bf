//! What a choice costs: the plan beside the one that would be, were something otherwise.

use serde::{Deserialize, Serialize};

use super::plan::Plan;
use super::rounds::{Rounds, RoundsError};
use super::search::Search;

/// Seed of the search for the other plan: any will do.
const SEED: u64 = 1;

/// What becomes of a plan when the rounds are stated otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// Score of the other plan less that of this one.
    pub score: i64,
    /// Visits that only this plan makes.
    pub lost: Vec<usize>,
    /// Visits that only the other plan makes.
    pub gained: Vec<usize>,
}

/// What the plan would lose without a visit, and which others would come instead: the visit is forbidden, and the rest
/// searched anew for so many iterations, beginning with the plan as it is. The score is never above zero: a better plan
/// that is found by the way is no gain of the visit's absence.
///
/// Fails if the rounds are not valid.
pub fn without(rounds: &Rounds, plan: &Plan, visit: usize, iterations: u64) -> Result<Effect, RoundsError> {
    let mut other = rounds.clone();
    if let Some(visit) = other.visits.get_mut(visit) {
        visit.tours = Some(vec![]);
    }
    let mut effect = changed(plan, &other, iterations)?;
    effect.score = effect.score.min(0);
    Ok(effect)
}

/// What becomes of the plan under other rounds of the same visits, searched for so many iterations beginning with the
/// plan: with a pin let go or a ban lifted, its score is what that pin or ban costs.
///
/// Fails if the other rounds are not valid.
pub fn changed(plan: &Plan, other: &Rounds, iterations: u64) -> Result<Effect, RoundsError> {
    let mut search = Search::new(other, SEED)?;
    search.begin_with(&plan.order());
    search.steps(iterations);
    let found = search.plan();
    let made = |plan: &Plan| {
        let mut made = vec![false; other.visits.len()];
        plan.order().concat().into_iter().for_each(|visit| made[visit] = true);
        made
    };
    let (here, there) = (made(plan), made(&found));
    let only = |one: &[bool], other: &[bool]| (0..one.len()).filter(|&v| one[v] && !other[v]).collect();
    Ok(Effect {
        score: found.score.cast_signed() - plan.score.cast_signed(),
        lost: only(&here, &there),
        gained: only(&there, &here),
    })
}
