//! A plan while it is searched: every change is a flip of one officer on one shift, with its cost at once.

use law::labour::Duty;

use super::{Load, Plan, Planner};

/// A plan with its sums.
pub(super) struct State<'p, 'a> {
    pub(super) planner: &'p Planner<'a>,
    /// Officers on each shift, rising.
    pub(super) on: Vec<Vec<usize>>,
    /// Shifts of each officer, by rising begin.
    pub(super) of: Vec<Vec<usize>>,
    /// Cost, without the constant part of wishes.
    pub(super) cost: i64,
    minutes: Vec<i64>,
    counts: Vec<[i64; Load::KINDS]>,
    is_fixed: Vec<Vec<bool>>,
    scratch: Vec<Duty>,
}

impl<'p, 'a> State<'p, 'a> {
    /// Nobody works.
    fn empty(planner: &'p Planner<'a>) -> Self {
        let (officers, shifts) = (planner.roster.officers.len(), planner.roster.shifts.len());
        let mut is_fixed = vec![vec![false; shifts]; officers];
        for (officer, fixed) in planner.roster.officers.iter().zip(&mut is_fixed) {
            for &shift in &officer.fixed {
                fixed[shift] = true;
            }
        }
        let mut state = Self {
            planner,
            on: vec![Vec::new(); shifts],
            of: vec![Vec::new(); officers],
            cost: 0,
            minutes: vec![0; officers],
            counts: vec![[0; Load::KINDS]; officers],
            is_fixed,
            scratch: Vec::new(),
        };
        state.cost = (0..officers).map(|officer| state.officer_cost(officer)).sum::<i64>()
            + (0..shifts).map(|shift| state.shift_cost(shift)).sum::<i64>();
        state
    }

    /// The state of a plan.
    pub(super) fn of(planner: &'p Planner<'a>, plan: &Plan) -> Self {
        let mut state = Self::empty(planner);
        for (shift, on) in plan.0.iter().enumerate() {
            for &officer in on {
                state.flip(officer, shift);
            }
        }
        state
    }

    pub(super) fn plan(&self) -> Plan {
        Plan(self.on.clone())
    }

    /// Whether the officer can ever work the shift, and nothing fixes him off or on it.
    pub(super) fn is_free(&self, officer: usize, shift: usize) -> bool {
        self.planner.never[officer][shift].is_none() && !self.is_fixed[officer][shift]
    }

    /// Places of a shift that nobody has.
    pub(super) fn open(&self, shift: usize) -> usize {
        (self.planner.roster.shifts[shift].staff as usize).saturating_sub(self.on[shift].len())
    }

    /// Whether all shifts of the officer together are lawful.
    pub(super) fn is_lawful(&mut self, officer: usize) -> bool {
        self.planner.is_lawful(officer, &self.of[officer], &mut self.scratch)
    }

    /// Puts the officer on the shift, or takes him off; gives what that costs more.
    pub(super) fn flip(&mut self, officer: usize, shift: usize) -> i64 {
        let before = self.officer_cost(officer) + self.shift_cost(shift);
        let rank = &self.planner.rank;
        let sign = match self.on[shift].binary_search(&officer) {
            Ok(place) => {
                self.on[shift].remove(place);
                self.of[officer].retain(|&other| other != shift);
                -1
            }
            Err(place) => {
                self.on[shift].insert(place, officer);
                let place = self.of[officer].partition_point(|&other| rank[other] < rank[shift]);
                self.of[officer].insert(place, shift);
                1
            }
        };
        let asked = &self.planner.roster.shifts[shift];
        self.minutes[officer] += sign * asked.duty.work();
        for (count, is_so) in self.counts[officer].iter_mut().zip(asked.load.each()) {
            *count += sign * i64::from(is_so);
        }
        let after = self.officer_cost(officer) + self.shift_cost(shift);
        let change = after - before + sign * self.planner.wish[officer][shift];
        self.cost += change;
        change
    }

    fn officer_cost(&self, officer: usize) -> i64 {
        let weights = &self.planner.roster.weights;
        weights.hours(self.minutes[officer], self.planner.target[officer])
            + weights.fairness(&self.counts[officer], &self.planner.share[officer])
    }

    fn shift_cost(&self, shift: usize) -> i64 {
        let weights = &self.planner.roster.weights;
        let lacking: i64 = self.planner.roster.lacking_skills(shift, &self.on[shift]).map(|(_, n)| n).sum();
        weights.unmet * self.open(shift) as i64 + weights.skill * lacking
    }
}
