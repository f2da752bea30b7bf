//! Filling a roster: a first plan at once, then the search.

use serde::Serialize;

use super::planner::RosterError;
use super::search::search;
use super::state::State;
use super::{Cost, Plan, Planner};

/// How long to search. The same budget gives the same plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Number of changes that are tried.
    pub tries: u64,
    /// Where chance begins.
    pub seed: u64,
}

/// A filled roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filled {
    /// The plan; lawful, except for what is fixed or was in the plan that was given.
    pub plan: Plan,
    /// What it costs.
    pub cost: Cost,
    /// Below which cost no plan can be ([`Planner::bound`]).
    pub bound: Cost,
}

impl Planner<'_> {
    /// Fills the roster: fixed shifts first, then the shifts that fewest can work, each with the officer whom it suits
    /// best; then a search over exchanges within the budget. With no tries: the first plan, within milliseconds.
    ///
    /// # Errors
    /// Not for a planner that was made; the signature is that of [`Planner::improve`].
    pub fn fill(&self, budget: Budget) -> Result<Filled, RosterError> {
        let mut state = State::of(self, &self.fixed());
        self.construct(&mut state);
        search(&mut state, budget, 1.0);
        self.filled(state.plan())
    }

    /// Makes a plan better, for instance after a shift was given back or a wish came in. Keeps what is fixed.
    ///
    /// # Errors
    /// When the plan is of another roster.
    pub fn improve(&self, plan: &Plan, budget: Budget) -> Result<Filled, RosterError> {
        self.belongs(plan)?;
        let mut plan = plan.clone();
        for (officer, who) in self.roster.officers.iter().enumerate() {
            who.fixed.iter().for_each(|&shift| plan.add(officer, shift));
        }
        let mut state = State::of(self, &plan);
        self.construct(&mut state);
        search(&mut state, budget, 0.1);
        self.filled(state.plan())
    }

    fn filled(&self, plan: Plan) -> Result<Filled, RosterError> {
        Ok(Filled { cost: self.cost(&plan)?, bound: self.bound(), plan })
    }

    fn fixed(&self) -> Plan {
        let mut plan = Plan::empty(self.roster);
        for (officer, who) in self.roster.officers.iter().enumerate() {
            who.fixed.iter().for_each(|&shift| plan.add(officer, shift));
        }
        plan
    }

    /// Gives every open place to the officer for whom it costs least and is lawful.
    fn construct(&self, state: &mut State<'_, '_>) {
        let able = |shift: usize| self.never.iter().filter(|by_shift| by_shift[shift].is_none()).count();
        let mut order = self.order.clone();
        order.sort_by_key(|&shift| (!self.roster.shifts[shift].load.night, able(shift), self.rank[shift]));
        for shift in order {
            while state.open(shift) > 0 {
                let mut candidates: Vec<(i64, usize)> = Vec::new();
                for officer in 0..self.roster.officers.len() {
                    if state.is_free(officer, shift) && !state.on[shift].contains(&officer) {
                        candidates.push((state.flip(officer, shift), officer));
                        state.flip(officer, shift);
                    }
                }
                candidates.sort_unstable();
                let is_placed = candidates.into_iter().any(|(_, officer)| {
                    state.flip(officer, shift);
                    let is_lawful = state.is_lawful(officer);
                    if !is_lawful {
                        state.flip(officer, shift);
                    }
                    is_lawful
                });
                if !is_placed {
                    break;
                }
            }
        }
    }
}
