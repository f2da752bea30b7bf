//! A cost that no plan can be below.

use super::{Cost, Load, Planner};

impl Planner<'_> {
    /// A cost that no plan can be below: shifts that nobody can staff, hours of all contracts against hours of all
    /// shifts, and what remains of hours and fairness because shifts cannot be cut in pieces and some need a skill
    /// that few have; wishes that cannot be granted. The law between shifts is left out, so the best plan can lie above it.
    pub fn bound(&self) -> Cost {
        let weights = &self.roster.weights;
        let (mut structural, mut most_saved) = (0, 0);
        for (index, shift) in self.roster.shifts.iter().enumerate() {
            let able = self.never.iter().filter(|by_shift| by_shift[index].is_none()).count() as i64;
            structural += (i64::from(shift.staff) - able).max(0);
            let burdens = shift.load.each().into_iter().zip(weights.burden).filter(|(is_so, _)| *is_so);
            let saved =
                shift.duty.work() * weights.under.max(weights.over) + burdens.map(|(_, w)| 1000 * w).sum::<i64>();
            most_saved = most_saved.max(saved);
        }
        // Whoever leaves a place open saves at most this much elsewhere; if that pays, the rest is no bound.
        if most_saved > weights.unmet {
            return Cost { unmet: structural * weights.unmet, ..Cost::default() };
        }
        Cost {
            unmet: structural * (weights.unmet - most_saved),
            hours: self.hours_bound(),
            burden: (0..Load::KINDS).map(|burden| self.burden_bound(burden)).sum(),
            skill: 0,
            wish: self.wish_bound(),
        }
    }

    /// Wishes for a shift that the officer cannot work.
    fn wish_bound(&self) -> i64 {
        let mut impossible = 0;
        for (officer, never) in self.roster.officers.iter().zip(&self.never) {
            for wish in &officer.wishes {
                let Some(kind) = &wish.kind else { continue };
                let mut shifts = self.roster.shifts.iter().zip(never);
                let is_possible = shifts
                    .any(|(s, never)| s.duty.day == wish.day && s.kind == *kind && s.staff > 0 && never.is_none());
                impossible += i64::from(!is_possible);
            }
        }
        impossible * self.roster.weights.wish
    }

    /// Hours: as if every shift had the length of one of them; what the others differ is taken off.
    fn hours_bound(&self) -> i64 {
        let weights = &self.roster.weights;
        let shifts = &self.roster.shifts;
        let places: i64 = shifts.iter().map(|shift| i64::from(shift.staff)).sum();
        let mut lengths: Vec<i64> = shifts.iter().map(|shift| shift.duty.work()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let all: i64 = shifts.iter().map(|shift| shift.duty.work() * i64::from(shift.staff)).sum();
        let common = lengths.iter().copied().fold(0, gcd).max(1);
        let of_parts = rounding(&self.target, common, all / common, weights.under, weights.over);
        let of_length = |length: i64| {
            // A longer shift can save its officer minutes under the contract, a shorter one minutes over it.
            let differs = shifts.iter().map(|shift| {
                let longer = shift.duty.work() - length;
                i64::from(shift.staff) * if longer > 0 { weights.under * longer } else { -weights.over * longer }
            });
            rounding(&self.target, length, places, weights.under, weights.over) - differs.sum::<i64>()
        };
        lengths.into_iter().map(of_length).fold(of_parts, i64::max)
    }

    /// A burden: each officer a whole number of shifts; those with a skill at least as many as need it.
    fn burden_bound(&self, burden: usize) -> i64 {
        let weights = &self.roster.weights;
        let weight = weights.burden[burden];
        let shifts = || self.roster.shifts.iter().filter(|shift| shift.load.each()[burden]);
        let total: i64 = shifts().map(|shift| i64::from(shift.staff)).sum();
        let cost = |shares: &[i64], places: i64| rounding(shares, 1000, places, weight, weight);
        let all: Vec<i64> = self.share.iter().map(|share| share[burden]).collect();
        let plain = cost(&all, total);
        // To leave a skill out must cost more than two shifts of each burden, or it is no constraint.
        if weights.skill < weights.burden.iter().map(|weight| 2000 * weight).sum() {
            return plain;
        }
        let mut skills: Vec<&str> = shifts().flat_map(|shift| &shift.skills).map(|need| need.skill.as_str()).collect();
        skills.sort_unstable();
        skills.dedup();
        let of_skill = |skill: &str| {
            let needs = shifts().flat_map(|shift| &shift.skills).filter(|need| need.skill == skill);
            let least: i64 = needs.map(|need| i64::from(need.count)).sum();
            let has = |officer: usize| self.roster.officers[officer].skills.iter().any(|known| known.name == skill);
            let (with, without): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|&officer| has(officer));
            let pick = |officers: &[usize]| officers.iter().map(|&officer| all[officer]).collect::<Vec<i64>>();
            let (with, without) = (pick(&with), pick(&without));
            (least.min(total)..=total).map(|places| cost(&with, places) + cost(&without, total - places)).min()
        };
        skills.into_iter().filter_map(of_skill).fold(plain, i64::max)
    }
}

/// The least Σ under · max(0, target − step · n) + over · max(0, step · n − target) for whole n that add up to
/// `total`: exact, because each term is convex, so the cheapest steps can be taken one by one.
fn rounding(targets: &[i64], step: i64, total: i64, under: i64, over: i64) -> i64 {
    let mut left = total;
    let (mut cost, mut first_steps) = (0, Vec::new());
    for target in targets {
        let rest = target.rem_euclid(step);
        left -= target.div_euclid(step);
        cost += under * rest;
        first_steps.push(over * (step - rest) - under * rest);
    }
    if left <= 0 {
        return cost - left * under * step;
    }
    first_steps.sort_unstable();
    let taken = usize::try_from(left).unwrap_or(usize::MAX).min(first_steps.len());
    cost += first_steps[..taken].iter().sum::<i64>();
    cost + (left - taken as i64) * over * step
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way to divide `total` over the targets.
    fn by_hand(targets: &[i64], step: i64, total: i64, under: i64, over: i64) -> i64 {
        let Some((target, others)) = targets.split_first() else { return if total == 0 { 0 } else { i64::MAX / 2 } };
        let cost = |n: i64| under * (target - step * n).max(0) + over * (step * n - target).max(0);
        (0..=total).map(|n| cost(n) + by_hand(others, step, total - n, under, over)).min().unwrap()
    }

    #[test]
    fn rounding_is_the_least_of_all_ways() {
        for (targets, step) in [(&[1400, 2600, 900][..], 1000), (&[500, 500, 500], 1000), (&[0, 3300], 450), (&[7], 10)]
        {
            for total in 0..8 {
                for (under, over) in [(1, 1), (1, 2), (3, 1), (0, 1)] {
                    let least = by_hand(targets, step, total, under, over);
                    let bound = rounding(targets, step, total, under, over);
                    assert!(bound <= least, "{targets:?} {total}: {bound} above {least}");
                    let wanted: i64 = targets.iter().map(|target| target / step).sum();
                    if total >= wanted {
                        assert_eq!(bound, least, "{targets:?} {total} {under} {over}");
                    }
                }
            }
        }
    }
}
