//! Does tasking on a model run away? A town in which the truth is known and constant.
//!
//! Officers find where they look. When each find counts like a report and the hours follow the counts,
//! the place that was looked at most soon seems the worst place by far (Lum and Isaac 2016; Ensign and
//! others, "Runaway feedback loops in predictive policing", 2018). This module plays that out: every
//! week residents report a part of what happens, the model says where, officers go there and find in
//! proportion to their hours. The test suite holds our models against it, and shows that plain counting
//! fails. The figures are of an invented town; they say nothing of a real one.

use crate::forecast::{Ask, Model};
use crate::history::{Cell, Event, History, UNKNOWN_AREA, source};

/// The town: what happens never changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Town {
    /// Incidents a week in each area.
    pub incidents: Vec<f64>,
    /// Share (0-1) of them that residents report, the same everywhere.
    pub reported: f64,
    /// What officers find per hour in an area with one incident a week.
    pub found: f64,
}

/// How officers are sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tasking {
    /// Rounds of one hour a week.
    pub rounds: u32,
    /// Share (0-1) of the rounds to an area picked at random; the others follow the model.
    pub random: f64,
    /// How sharply they follow it: in proportion to the expectation to this power. 1 is in proportion,
    /// 2 sends four times as many officers where twice as much is expected.
    pub focus: f64,
    /// Weeks on which the model is followed; before them a quarter of that number, all at random.
    pub weeks: u32,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Share of each area in the rounds that follow a model that knows what happens.
    pub truth: Vec<f64>,
    /// Per week in which the model was followed, the hours in each area.
    pub hours: Vec<Vec<f64>>,
    random: f64,
}

impl Course {
    /// Share of each area in the hours of the last `weeks` weeks.
    pub fn shares(&self, weeks: usize) -> Vec<f64> {
        let mut sums = vec![0.0; self.truth.len()];
        for week in self.hours.iter().rev().take(weeks) {
            sums.iter_mut().zip(week).for_each(|(s, h)| *s += h);
        }
        let all = sums.iter().sum::<f64>().max(1e-12);
        sums.iter_mut().for_each(|s| *s /= all);
        sums
    }

    /// Share (0-1) of the hours of the last `weeks` weeks spent in the wrong area: half the summed
    /// difference with a division by the truth, the random rounds spread evenly.
    pub fn misplaced(&self, weeks: usize) -> f64 {
        let even = self.random / self.truth.len().max(1) as f64;
        let fair = self.truth.iter().map(|t| even + (1.0 - self.random) * t);
        self.shares(weeks).iter().zip(fair).map(|(s, f)| (s - f).abs()).sum::<f64>() / 2.0
    }

    /// The area with most hours in the last `weeks` weeks, with its share.
    pub fn most(&self, weeks: usize) -> (usize, f64) {
        let shares = self.shares(weeks).into_iter().enumerate();
        shares.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0))
    }
}

/// Plays the weeks. Each Monday `model` makes a model from the mean hours of presence per week and area
/// so far, as [`crate::Officers::PerPresence`] wants them. The same `seed`, the same course.
pub fn simulate<M: Model>(town: &Town, tasking: &Tasking, seed: u64, model: impl Fn(Vec<(Cell, f64)>) -> M) -> Course {
    let n = town.incidents.len();
    let mut dice = Dice(seed);
    let sharp = |v: &f64| v.max(0.0).powf(tasking.focus);
    let mut fair: Vec<f64> = town.incidents.iter().map(sharp).collect();
    let all = fair.iter().sum::<f64>().max(1e-12);
    fair.iter_mut().for_each(|f| *f /= all);
    let mut course = Course { truth: fair, hours: Vec::new(), random: tasking.random.clamp(0.0, 1.0) };
    if n == 0 {
        return course;
    }
    // Far apart: no area is another's neighbour.
    let cell = |area: usize| Cell { x: 100 * area as i32, y: 0 };
    let mut events: Vec<Event> = Vec::new();
    let mut presence = vec![0.0; n];
    let before = tasking.weeks / 4;
    for week in 0..before + tasking.weeks {
        let monday = week as i32 * 7 - 3;
        let mut expected = vec![0.0; n];
        if week >= before {
            let known = History::spanning(events.clone(), -3, monday - 1);
            let mean = |h: &f64| h / f64::from(week.max(1));
            let hours = presence.iter().enumerate().map(|(a, h)| (cell(a), mean(h))).collect();
            for (at, total) in model(hours).expect_cells(&known, &Ask::week(monday)) {
                expected[(at.x / 100) as usize] += sharp(&total.expected);
            }
        }
        let all: f64 = expected.iter().sum();
        let mut hours = vec![0.0; n];
        for _ in 0..tasking.rounds {
            let random = dice.unit() < course.random || all <= 0.0;
            hours[if random { dice.pick(&vec![1.0; n]) } else { dice.pick(&expected) }] += 1.0;
        }
        for (area, happens) in town.incidents.iter().enumerate() {
            let seen = [
                (source::RESIDENT, dice.poisson(happens * town.reported)),
                (source::OFFICER, dice.poisson(happens * town.found * hours[area])),
            ];
            for (source, count) in seen {
                for _ in 0..count {
                    let day = monday + (dice.unit() * 7.0) as i32;
                    let cell = Some(cell(area));
                    events.push(Event { day, hour: 12, cell, area: UNKNOWN_AREA, category: 0, group: 0, source });
                }
            }
            presence[area] += hours[area];
        }
        if week >= before {
            course.hours.push(hours);
        }
    }
    course
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same seed gives the same numbers.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Uniform in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number of the list, in proportion to its weight.
    fn pick(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        let at = weights.iter().position(|w| {
            left -= w;
            left < 0.0
        });
        at.unwrap_or(weights.len() - 1)
    }

    /// A Poisson count: arrivals in a time of length `mean`.
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        let (mut count, mut at) = (0, 0.0);
        loop {
            at -= (1.0 - self.unit()).ln();
            if at >= mean {
                return count;
            }
            count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::LastWeeks;
    use crate::{Blend, Ewma, Officers, Sources};

    /// Ten areas of nearly equal trouble; residents report a tenth of it, officers find most.
    fn town() -> Town {
        Town { incidents: (0..10).map(|i| 9.5 + 0.1 * f64::from(i)).collect(), reported: 0.1, found: 0.2 }
    }

    fn tasking(random: f64) -> Tasking {
        Tasking { rounds: 40, random, focus: 2.0, weeks: 100 }
    }

    /// An hour in ten is random: four hours over ten areas is the reference that every area gets.
    fn guarded(hours: Vec<(Cell, f64)>, reference: f64) -> Ewma {
        let sources = Sources { officers: Officers::PerPresence { hours, reference } };
        Ewma { sources, ..Ewma::default() }
    }

    #[test]
    fn plain_counting_runs_away_to_an_area_that_chance_picks() {
        let mut picked = Vec::new();
        for seed in 1..=5 {
            let course = simulate(&town(), &tasking(0.0), seed, |_| LastWeeks { weeks: 4 });
            let (area, share) = course.most(20);
            assert!(share > 0.98, "seed {seed}: area {area} gets {share}");
            assert!(course.misplaced(20) > 0.85 && course.hours.len() == 100);
            picked.push(area);
        }
        picked.sort_unstable();
        picked.dedup();
        assert!(picked.len() >= 3, "always the same areas: {picked:?}");
        // Random rounds alone do not save it.
        let course = simulate(&town(), &tasking(0.1), 1, |_| LastWeeks { weeks: 4 });
        assert!(course.most(20).1 > 0.8, "{:?}", course.most(20));
    }

    #[test]
    fn our_models_stay_with_the_truth() {
        for random in [0.0, 0.1] {
            for seed in 1..=2 {
                let told = [
                    simulate(&town(), &tasking(random), seed, |_| Ewma::default()),
                    simulate(&town(), &tasking(random), seed, |hours| guarded(hours, 0.4)),
                    simulate(&town(), &tasking(random), seed, |hours| guarded(hours, 1e6)),
                ];
                for (model, course) in told.iter().enumerate() {
                    let (most, off) = (course.most(50).1, course.misplaced(50));
                    assert!(most < 0.18 && off < 0.12, "model {model}, seed {seed}, random {random}: {most} {off}");
                }
            }
        }
        let blend = |hours| Blend { sources: guarded(hours, 0.4).sources, ..Blend::default() };
        let course = simulate(&town(), &Tasking { weeks: 50, ..tasking(0.1) }, 1, blend);
        assert!(course.most(25).1 < 0.18 && course.misplaced(25) < 0.15, "{:?}", course.shares(50));
    }

    #[test]
    fn a_town_with_one_bad_area_gets_its_officers_there_and_no_more() {
        let town = Town { incidents: vec![5.0, 5.0, 5.0, 5.0, 20.0], reported: 0.2, found: 0.1 };
        let tasking = Tasking { rounds: 40, random: 0.25, focus: 1.0, weeks: 100 };
        let course = simulate(&town, &tasking, 7, |hours| guarded(hours, 2.0));
        let (area, share) = course.most(50);
        assert_eq!((area, course.truth[4]), (4, 0.5));
        assert!((0.36..0.50).contains(&share), "{share}"); // 0.25 / 5 + 0.75 x 0.5 = 0.425
        let again = simulate(&town, &tasking, 7, |hours| guarded(hours, 2.0));
        assert_eq!(course, again);
    }
}
