//! Did a measure help? Weekly counts of an area with a measure (area approach, campaign, camera,
//! permit condition) against comparison areas, with an interval, placebo tests, the ring around the
//! area apart, and the power known beforehand.
//!
//! # Method
//! 1. **Comparison areas by fit on the history.** A mixture of candidate areas, weights of at least
//!    zero adding up to one, fitted to how the area moved against the town in the weeks before
//!    (synthetic control: Abadie, Diamond & Hainmueller, JASA 105, 2010). What the town shares (season,
//!    trend) is divided out first. Weights are held to a base that gives steady areas most; how firmly
//!    is decided by how well mixtures fitted on one part of the history foretell the other part.
//!    Areas that could feel the measure themselves (the ring) must not be among the candidates.
//! 2. **How the two come apart by themselves.** The ratio of area to mixture is a small state-space
//!    model (structural time series: Brodersen et al., Ann. Appl. Stat. 9, 2015): a level with a walk, a
//!    passing wave or a damped trend, and counts that vary more than chance (quasi-Poisson, as Farrington
//!    et al., JRSS A 159, 1996, and Farrington & Welsh). One short series cannot tell how fast areas drift;
//!    so every candidate, compared with the others, tells it (placebo in space and in time), and the
//!    area's own history weighs it once more (empirical Bayes). This is learnt on weeks that did not set
//!    the weights, so that a close fit does not pass for a small error. A measure that starts because the
//!    last weeks were high starts after counts that chance made high, and the area returns to its mean
//!    by itself (regression to the mean): the settings learnt from all areas tell how much of a peak is
//!    chance, and the level is taken half with and half without the last weeks before the start.
//! 3. **Interval.** The count after the start, given the mixture, is negative binomial with the chance
//!    in the area's own counts, in the donors' counts and in the level learnt before, and the drift to be
//!    expected over so many weeks; the interval holds the effects that do not make the observed count
//!    odd. Without drift and beyond-chance variance this is the exact conditional comparison of two
//!    Poisson counts; nothing is normal or logarithmic, so few events are no trouble. The upper end is
//!    the cautious one (whole tail), because "it helped" hangs on it.
//! 4. **Placebo.** Every candidate is treated as if it had the measure; the rank of the area's result
//!    among theirs is the placebo test of Abadie et al.
//! 5. **Ring.** The ring around the area is judged in the same way and shown apart: more is
//!    displacement, fewer is diffusion of benefit (Bowers & Johnson, J. Quant. Criminol. 19, 2003, whose
//!    weighted displacement quotient is given when both changes are clear).
//!
//! Nothing here is random: same counts, same answer.

mod compare;
mod drift;
mod found;
mod outlook;
mod power;

pub use found::{Effect, Fit, Placebo, RingEffect, Verdict, WeekPoint, Why};
pub use power::{Power, power};

use crate::count;
use compare::{Area, Block, Comparison, Level, Panel, blocks, sum};
use drift::{Pair, Setting, State, learn, settings, weigh};
use outlook::{Outlook, points};
use serde::{Deserialize, Serialize};

/// What is compared: weekly counts of the area with the measure, of the ring around it and of the
/// candidate comparison areas, all over the same weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Study {
    /// First week with the measure.
    pub start: usize,
    /// Week after the last one judged.
    pub end: usize,
    /// Events per week in the area.
    pub treated: Vec<u32>,
    /// Events per week in the ring around it, if there is one.
    pub ring: Option<Vec<u32>>,
    /// Candidates: areas without the measure, outside the ring.
    pub donors: Vec<Donor>,
}

/// A candidate comparison area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Donor {
    /// The caller's key.
    pub name: String,
    /// Events per week.
    pub counts: Vec<u32>,
}

/// The rules of a comparison; all of them configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Level of the intervals, and so of the conclusions.
    pub level: f64,
    /// Chance with which a visible fall must be seen, for [`power`].
    pub power: f64,
    /// Fewest weeks before the start that will do.
    pub least_weeks_before: usize,
    /// Fewest weeks after the start that will do.
    pub least_weeks_after: usize,
    /// Fewest events before the start that will do.
    pub least_events: u64,
    /// Fewest candidates that will do.
    pub least_donors: usize,
    /// Most candidates used: those with most events.
    pub most_donors: usize,
    /// Most candidates put to the placebo test.
    pub placebos: usize,
    /// Weeks taken together.
    pub block_weeks: usize,
    /// Weeks right before the start that do not set the level: use when the measure was announced or
    /// had begun in part.
    pub leave_out: usize,
    /// Weeks right before the start that may have been its reason: the level is learnt half with and
    /// half without them.
    pub peak_weeks: usize,
    /// Weeks in a year.
    pub season_weeks: usize,
    /// Numbers of weeks for which [`power`] is given.
    pub horizons: Vec<u32>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            level: 0.95,
            power: 0.8,
            least_weeks_before: 26,
            least_weeks_after: 4,
            least_events: 5,
            least_donors: 5,
            most_donors: 40,
            placebos: 40,
            block_weeks: 4,
            leave_out: 0,
            peak_weeks: 8,
            season_weeks: 52,
            horizons: vec![8, 13, 26, 52],
        }
    }
}

/// The effect of a measure on an area.
///
/// # Errors
/// The history is too short or too empty, or there are too few comparison areas: [`Why`].
pub fn effect(study: &Study, rules: &Rules) -> Result<Effect, Why> {
    if study.end < study.start.saturating_add(rules.least_weeks_after.max(1)) {
        return Err(Why::TooShortAfter);
    }
    let ground = Ground::new(study, rules, study.end)?;
    let own = ground.judge(&study.treated, None);
    let mut ring = None;
    if let Some(counts) =
        study.ring.as_ref().filter(|r| counted(r, &ground.panel.before) >= rules.least_events.max(1) as f64)
    {
        let around = ground.judge(counts, None);
        let quotient = quotient(&own, &around);
        let Judged { change, low, high, verdict, .. } = around;
        ring = Some(RingEffect { change, low, high, verdict, quotient });
    }
    let odd = own.odd.abs();
    let others: Vec<f64> = (0..ground.panel.donors.len().min(rules.placebos))
        .map(|j| ground.judge(ground.panel.donors[j].counts, Some(j)).odd.abs())
        .collect();
    let rank = 1 + others.iter().filter(|o| **o >= odd).count();
    let of = others.len() + 1;
    let (expected_low, expected_high) = own.outlook.range(rules.level);
    let mut donors: Vec<(String, f64)> = ground
        .chosen
        .iter()
        .zip(&own.comparison.weights)
        .filter(|(_, w)| **w >= 0.01)
        .map(|(at, w)| (study.donors[*at].name.clone(), *w))
        .collect();
    donors.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(Effect {
        change: own.change,
        low: own.low,
        high: own.high,
        observed: own.observed,
        expected: own.outlook.mean(),
        expected_low,
        expected_high,
        verdict: own.verdict,
        fit: ground.fit(&study.treated, &own),
        weeks: ground.weeks(&study.treated, &own),
        donors,
        ring,
        placebo: Placebo { rank, of, p: rank as f64 / of as f64 },
    })
}

/// Events in the weeks before that are used.
fn counted(counts: &[u32], before: &[Block]) -> f64 {
    before.iter().filter(|b| b.seen).map(|b| sum(counts, b)).sum()
}

/// The pairs from which is learnt how an area and its comparison come apart.
fn apart(panel: &Panel, area: &Area, skip: Option<usize>, all: &[Block]) -> Vec<Pair> {
    let each = panel.apart(area, skip, all.len());
    each.iter().map(|(comparison, from, to)| Pair::new(panel, area.counts, comparison, &all[*from..*to])).collect()
}

fn total(counts: &[u32]) -> u64 {
    counts.iter().map(|n| u64::from(*n)).sum()
}

/// Bowers & Johnson's quotient, in events: what the ring has fewer than expected over what the area has.
fn quotient(own: &Judged, ring: &Judged) -> Option<f64> {
    let clear = own.verdict == Verdict::Fewer && matches!(ring.verdict, Verdict::Fewer | Verdict::More);
    let fewer = |j: &Judged| j.outlook.mean() - j.observed as f64;
    clear.then(|| fewer(ring) / fewer(own))
}

/// What all judgements of one study share.
struct Ground<'a> {
    rules: &'a Rules,
    panel: Panel<'a>,
    /// Index of each donor of the panel in the study.
    chosen: Vec<usize>,
    after: Vec<Block>,
    settings: Vec<Setting>,
    weights: Vec<f64>,
}

/// One area judged.
struct Judged {
    change: f64,
    low: f64,
    high: f64,
    observed: u64,
    verdict: Verdict,
    /// Normal score of the count without a measure.
    odd: f64,
    outlook: Outlook,
    comparison: Comparison,
    parts: Vec<(f64, Setting, State)>,
}

impl<'a> Ground<'a> {
    /// Checks, chooses and learns; `known`: the week up to which the candidates' counts are real.
    fn new(study: &'a Study, rules: &'a Rules, known: usize) -> Result<Self, Why> {
        let Study { start, end, .. } = *study;
        let uneven = |n: &[u32], least: usize| n.len() < least;
        if start < rules.least_weeks_before.max(2 * rules.block_weeks.max(1)) {
            return Err(Why::TooShortBefore);
        }
        if uneven(&study.treated, start.max(known.min(end)))
            || study.ring.as_ref().is_some_and(|r| uneven(r, end))
            || study.donors.iter().any(|d| uneven(&d.counts, end))
        {
            return Err(Why::Uneven);
        }
        let (before, after) = blocks(start, end, rules);
        if counted(&study.treated, &before) < rules.least_events.max(1) as f64 {
            return Err(Why::TooFewEvents);
        }
        let mut chosen: Vec<usize> = (0..study.donors.len()).collect();
        let size = |at: &usize| total(&study.donors[*at].counts[..start]);
        chosen.retain(|at| size(at) >= rules.least_events.max(1));
        let silent = known > start && chosen.iter().all(|at| total(&study.donors[*at].counts[start..end]) == 0);
        if chosen.len() < rules.least_donors.max(2) || silent {
            return Err(Why::TooFewDonors);
        }
        chosen.sort_by(|a, b| size(b).cmp(&size(a)).then(a.cmp(b)));
        chosen.truncate(rules.most_donors.max(2));
        let counts: Vec<&[u32]> = chosen.iter().map(|at| &study.donors[*at].counts[..]).collect();
        let mut panel = Panel::new(&counts, &before);
        panel.choose(&panel.area(&study.treated));
        let settings = settings();
        let mut all: Vec<Block> = before.clone();
        all.extend(after.iter().filter(|b| b.to <= known));
        all.iter_mut().for_each(|b| b.seen = true);
        let pairs: Vec<Vec<Pair>> =
            panel.donors.iter().enumerate().map(|(j, donor)| apart(&panel, donor, Some(j), &all)).collect();
        let weights = learn(&settings, &pairs);
        Ok(Self { rules, panel, chosen, after, settings, weights })
    }

    fn level(&self, comparison: &Comparison, block: &Block) -> Level {
        self.panel.level(comparison, block.from, block.to)
    }

    /// The settings that matter for an area, and its comparison.
    fn weigh(&self, counts: &'a [u32]) -> (Vec<(f64, Setting, State)>, Comparison) {
        let area = self.panel.area(counts);
        let comparison = self.panel.compare(&area, None);
        (self.parts(&area, &comparison, None), comparison)
    }

    /// Half with all weeks before the start and half without the last of them: a start that was chosen
    /// for its high counts must not make the answer, and nor must leaving them out.
    fn parts(&self, area: &Area, comparison: &Comparison, skip: Option<usize>) -> Vec<(f64, Setting, State)> {
        let before = &self.panel.before;
        let apart = apart(&self.panel, area, skip, before);
        let mut pair = Pair::new(&self.panel, area.counts, comparison, before);
        let mut parts = weigh(&self.settings, &self.weights, &apart, &pair);
        let last = self.rules.peak_weeks.div_ceil(self.rules.block_weeks.max(1)).min(before.len() / 3);
        if last > 0 {
            pair.forget(last);
            for at in 0..parts.len() {
                let (weight, setting, _) = parts[at];
                parts[at].0 = 0.5 * weight;
                parts.push((0.5 * weight, setting, setting.run(&pair).1));
            }
        }
        parts
    }

    /// Judges an area; `skip` is the candidate it is itself.
    fn judge(&self, counts: &'a [u32], skip: Option<usize>) -> Judged {
        let area = self.panel.area(counts);
        let comparison = self.panel.compare(&area, skip);
        let parts = self.parts(&area, &comparison, skip);
        let levels: Vec<Level> = self.after.iter().map(|b| self.level(&comparison, b)).collect();
        let outlook = Outlook::new(&parts, &levels, counted(counts, &self.panel.before));
        let observed = self.after.iter().map(|b| total(&counts[b.from..b.to])).sum();
        let odd = count::z(outlook.middle(observed, 1.0).clamp(1e-9, 1.0 - 1e-9));
        let (low, best, high) =
            if skip.is_some() { (0.0, 1.0, 1.0) } else { outlook.factors(observed, self.rules.level) };
        let verdict = if outlook.mean() < 1.0 {
            Verdict::TooLittle
        } else if high < 1.0 {
            Verdict::Fewer
        } else if low > 1.0 {
            Verdict::More
        } else if outlook.most_that_shows(self.rules.level).is_none() {
            Verdict::TooLittle
        } else {
            Verdict::NoDemonstrableDifference
        };
        Judged {
            change: best - 1.0,
            low: low - 1.0,
            high: high - 1.0,
            observed,
            verdict,
            odd,
            outlook,
            comparison,
            parts,
        }
    }

    fn fit(&self, counts: &[u32], own: &Judged) -> Fit {
        let blocks: Vec<(f64, f64)> = self
            .panel
            .before
            .iter()
            .filter(|b| b.seen)
            .map(|b| (sum(counts, b), self.level(&own.comparison, b).expected))
            .collect();
        let n = blocks.len() as f64;
        let error = (blocks.iter().map(|(o, e)| ((o - e) / e.max(1e-9)).powi(2)).sum::<f64>() / n).sqrt();
        let (a, b) = (blocks.iter().map(|x| x.0).sum::<f64>() / n, blocks.iter().map(|x| x.1).sum::<f64>() / n);
        let spread = |f: &dyn Fn(&(f64, f64)) -> f64| blocks.iter().map(f).sum::<f64>();
        let both = spread(&|x| (x.0 - a) * (x.1 - b));
        let single = (spread(&|x| (x.0 - a).powi(2)) * spread(&|x| (x.1 - b).powi(2))).sqrt();
        Fit {
            error,
            r: if single > 1e-12 { both / single } else { 0.0 },
            weeks: self.panel.before.iter().filter(|b| b.seen).map(|b| b.to - b.from).sum(),
            dispersion: own.outlook.chance,
        }
    }

    /// Every week with what was expected in it and the points that chance keeps it between.
    fn weeks(&self, counts: &[u32], own: &Judged) -> Vec<WeekPoint> {
        let mut ratios = Vec::new();
        if let Some((_, setting, _)) = own.parts.iter().max_by(|a, b| a.0.total_cmp(&b.0)) {
            ratios = setting.smoothed(&Pair::new(&self.panel, counts, &own.comparison, &self.panel.before));
        }
        ratios.extend(&own.outlook.ratios);
        let tail = (1.0 - self.rules.level) / 2.0;
        let mut weeks = Vec::new();
        for (block, (ratio, variance)) in self.panel.before.iter().chain(&self.after).zip(ratios) {
            for (week, observed) in (block.from..block.to).zip(&counts[block.from..block.to]) {
                let level = self.panel.level(&own.comparison, week, week + 1);
                let chance = own.outlook.chance;
                let expected = (level.expected * ratio).max(0.0);
                let extra =
                    (chance - 1.0) * expected + chance * level.noise + level.expected * level.expected * variance;
                let (low, high) = points(expected, extra, tail);
                weeks.push(WeekPoint {
                    week,
                    observed: *observed,
                    expected,
                    low: low.min(expected),
                    high: high.max(expected),
                });
            }
        }
        weeks
    }
}
