//! The search: small exchanges, of which the worse ones are taken less and less often (simulated annealing,
//! Kirkpatrick, Gelatt & Vecchi 1983, Science 220). Every plan on the way is lawful. Chance comes from a seed.

use super::fill::Budget;
use super::state::State;

/// Lengths in days of the stretches that two officers exchange.
const STRETCHES: [i32; 8] = [1, 1, 2, 3, 4, 5, 7, 14];

/// Makes the plan better. `heat` is how much worse it may become at first: 1 for a first plan, less for a good one.
pub(super) fn search(state: &mut State<'_, '_>, budget: Budget, heat: f64) {
    let weights = &state.planner.roster.weights;
    // A change of one shift costs about this much; the search begins there and ends where only better is taken.
    let one_shift = weights.burden.iter().sum::<i64>() as f64 * 1000.0 / 3.0 + 1.0;
    let (first, last) = (one_shift * heat, one_shift * 0.003);
    let mut chance = Chance(budget.seed);
    let (mut best, mut best_plan) = (state.cost, state.plan());
    let (mut flips, mut officers) = (Vec::new(), Vec::new());
    let mut temperature = first;
    for number in 0..budget.tries {
        if number % 64 == 0 {
            temperature = first * (last / first).powf(number as f64 / budget.tries as f64);
        }
        flips.clear();
        propose(state, &mut chance, &mut flips);
        let cost: i64 = flips.iter().map(|&(officer, shift)| state.flip(officer, shift)).sum();
        officers.clear();
        officers.extend(flips.iter().map(|&(officer, _)| officer));
        officers.sort_unstable();
        officers.dedup();
        let is_taken = !flips.is_empty()
            && cost as f64 <= -temperature * chance.unit().ln()
            && officers.iter().all(|&officer| state.is_lawful(officer));
        if !is_taken {
            flips.iter().rev().for_each(|&(officer, shift)| {
                state.flip(officer, shift);
            });
        } else if state.cost < best {
            best = state.cost;
            best_plan = state.plan();
        }
    }
    if best < state.cost {
        *state = State::of(state.planner, &best_plan);
    }
}

/// A change to try, as flips of an officer on a shift; none if chance led nowhere.
fn propose(state: &State<'_, '_>, chance: &mut Chance, flips: &mut Vec<(usize, usize)>) {
    match chance.below(10) {
        0..=3 => replace(state, chance, flips),
        4..=6 => exchange_stretch(state, chance, flips),
        7..=8 => exchange_two(state, chance, flips),
        _ => squeeze_in(state, chance, flips),
    }
}

/// Another officer on a place, or somebody on an open one.
fn replace(state: &State<'_, '_>, chance: &mut Chance, flips: &mut Vec<(usize, usize)>) {
    let shift = chance.below(state.on.len());
    let officer = chance.below(state.of.len());
    if !state.is_free(officer, shift) || state.on[shift].contains(&officer) {
        return;
    }
    if state.open(shift) == 0 {
        let Some(&leaves) = chance.one_of(&state.on[shift]) else { return };
        if !state.is_free(leaves, shift) {
            return;
        }
        flips.push((leaves, shift));
    }
    flips.push((officer, shift));
}

/// Two officers exchange all their shifts of some days.
fn exchange_stretch(state: &State<'_, '_>, chance: &mut Chance, flips: &mut Vec<(usize, usize)>) {
    let (one, other) = (chance.below(state.of.len()), chance.below(state.of.len()));
    if one == other {
        return;
    }
    let roster = state.planner.roster;
    let first = roster.first_day + chance.below(roster.days as usize) as i32;
    let last = first + chance.one_of(&STRETCHES).copied().unwrap_or(1);
    for (from, to) in [(one, other), (other, one)] {
        for &shift in &state.of[from] {
            let day = roster.shifts[shift].duty.day;
            if day < first || day >= last || state.on[shift].contains(&to) {
                continue;
            }
            if !state.is_free(from, shift) || !state.is_free(to, shift) {
                flips.clear();
                return;
            }
            flips.extend([(from, shift), (to, shift)]);
        }
    }
}

/// Two officers exchange one shift each, at most some days apart; or one goes to an open place.
fn exchange_two(state: &State<'_, '_>, chance: &mut Chance, flips: &mut Vec<(usize, usize)>) {
    let one = chance.below(state.of.len());
    let Some(&gives) = chance.one_of(&state.of[one]) else { return };
    let planner = state.planner;
    let near = planner.rank[gives] + chance.below(31);
    let Some(&takes) = near.checked_sub(15).and_then(|place| planner.order.get(place)) else { return };
    if state.on[takes].contains(&one) || !state.is_free(one, gives) || !state.is_free(one, takes) {
        return;
    }
    if state.open(takes) == 0 {
        let Some(&other) = chance.one_of(&state.on[takes]) else { return };
        if state.on[gives].contains(&other) || !state.is_free(other, takes) || !state.is_free(other, gives) {
            return;
        }
        flips.extend([(other, takes), (other, gives)]);
    }
    flips.extend([(one, gives), (one, takes)]);
}

/// An officer takes a place, and somebody else takes what he worked around that time.
fn squeeze_in(state: &State<'_, '_>, chance: &mut Chance, flips: &mut Vec<(usize, usize)>) {
    let shift = chance.below(state.on.len());
    // Open places first, if there are any near.
    let places = state.on.len();
    let shift = (0..places.min(40)).map(|ahead| (shift + ahead) % places).find(|&s| state.open(s) > 0).unwrap_or(shift);
    replace(state, chance, flips);
    let Some(&(officer, taken)) = flips.last() else { return };
    let shift = if state.open(shift) > 0 && state.is_free(officer, shift) && !state.on[shift].contains(&officer) {
        flips.clear();
        flips.push((officer, shift));
        shift
    } else {
        taken
    };
    let duty = &state.planner.roster.shifts[shift].duty;
    for &near in &state.of[officer] {
        let other = &state.planner.roster.shifts[near].duty;
        if (other.start - duty.start).abs() >= 24 * 60 || near == shift {
            continue;
        }
        let helper = chance.below(state.of.len());
        let can = helper != officer && state.is_free(helper, near) && !state.on[near].contains(&helper);
        if !can || !state.is_free(officer, near) || flips.contains(&(helper, near)) {
            flips.clear();
            return;
        }
        flips.extend([(officer, near), (helper, near)]);
    }
}

/// Random numbers from a seed (SplitMix64; Steele, Lea & Flood 2014).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `many`; 0 if there is none.
    fn below(&mut self, many: usize) -> usize {
        ((u128::from(self.next()) * many as u128) >> 64) as usize
    }

    fn one_of<'b, T>(&mut self, list: &'b [T]) -> Option<&'b T> {
        list.get(self.below(list.len()))
    }

    /// A number above 0 and at most 1.
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }
}
