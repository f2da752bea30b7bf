//! Early warning: which weekly series have more than they should, since when, and how sure.
//!
//! Three steps, one file each. `fit`: what the history of a series makes us expect of each week, with trend,
//! season, drift and doubt, past outbreaks weighing little (`robust`). `chart`: the gaps of the last half year
//! become one p-value per week, for short outbreaks and lasting rises together. `list`: all series together
//! become one list of alarms with a known share of false ones; there the spread is read with more caution.

mod chart;
mod curve;
mod fit;
mod list;
mod robust;
mod tail;

pub use list::{Alarm, Expected, Kind, Weeks, alarms, expectation};

use chart::Chart;
use fit::{Design, Fitter};
use serde::{Deserialize, Serialize};

/// The rules of early warning; all of them configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Share of false alarms in one list that is accepted, over all series and both kinds together.
    pub false_alarms: f64,
    /// Fewest events since the start of an alarm.
    pub least_events: u64,
    /// Fewest weeks of history.
    pub least_weeks: usize,
    /// Level of the interval of a ratio, and of the upper bound of a chart.
    pub level: f64,
    /// Weeks in a year.
    pub year: f64,
    /// Weeks of history that are used at most.
    pub history: usize,
    /// Weeks before the last that do not help to make the expectation, so that a rise does not hide itself.
    pub gap: usize,
    /// Spread (variance over mean) of a series of which nothing is known.
    pub spread: f64,
    /// How far ln spread of series lies apart (standard deviation).
    pub spread_sd: f64,
    /// How steep series rise or fall: standard deviation of the slope of the log mean, per year.
    pub slope_sd: f64,
    /// How strong seasons are: standard deviation of the first harmonic of the log mean.
    pub season_sd: f64,
    /// The same for the second harmonic.
    pub shape_sd: f64,
    /// A week that stood out by this much (standard deviations) in two thirds of the earlier years, and in two at
    /// least, is expected to stand out again.
    pub yearly_residual: f64,
    /// Speeds of a drifting level that are tried (variance per week over that of a week's relative gap).
    pub drift_speeds: Vec<f64>,
    /// How much likelier (log) a drift must be than none.
    pub drift_doubt: f64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            false_alarms: 0.10,
            least_events: 3,
            least_weeks: 8,
            level: 0.95,
            year: 365.2425 / 7.0,
            history: 624,
            gap: 4,
            spread: 1.4,
            spread_sd: 1.2,
            slope_sd: 0.2,
            season_sd: 0.3,
            shape_sd: 0.1,
            yearly_residual: 2.5,
            drift_speeds: vec![0.0, 2.5e-4, 1e-3, 4e-3, 1.6e-2],
            drift_doubt: 3.0,
        }
    }
}

impl Rules {
    /// Weeks that may be fitted for the last of `weeks` weeks: all but the gap, of a short series at least half.
    fn fitted(&self, weeks: usize) -> usize {
        weeks - self.gap.min(weeks / 2)
    }
}

/// Weeks between two fits of a series that is followed week by week.
const REFIT: usize = 4;

/// One p-value per week from `from_week` (1 = the first week of the series) to the end; small means more than
/// expected, now or for some weeks. Each uses the counts of that week and earlier weeks only. The first
/// `rules.least_weeks` weeks get 1: nothing is known yet.
///
/// In a series in which nothing goes on, about a share `a` of the p-values lies below `a`; after a very small one
/// the chart starts anew, so that an outbreak is told once (see the module `chart`).
pub fn weekly_p_values_with(counts: &[u32], from_week: usize, rules: &Rules) -> Vec<f64> {
    let from = from_week.max(1) - 1;
    let first = from.max(rules.least_weeks.max(4));
    let mut out = vec![1.0; counts.len().min(first).saturating_sub(from)];
    if first >= counts.len() {
        return out;
    }
    let design = Design::new(counts.len(), first, rules.year);
    let none = |_: usize| false;
    let mut fitter = Fitter::new(counts, &none, &design, rules);
    let mut chart = Chart::new(chart::TOLD);
    fitter.fit(rules.fitted(first));
    for (t, count) in counts.iter().enumerate().skip(first.saturating_sub(chart::WINDOW)) {
        // a young series learns from each week
        if t > first && (t % REFIT == 0 || t < 13 * REFIT) {
            fitter.fit(rules.fitted(t));
        }
        let expected = fitter.expect(t);
        let (above, at) = expected.above_and_at(*count);
        chart.share(expected.doubtful(), rules.gap + REFIT);
        if t >= first {
            out.push(chart.chance(above, at, &curve::RESTARTING));
        }
        chart.push(tail::normal_above(above + 0.5 * at));
    }
    out
}

/// [`weekly_p_values_with`] for a year of 52 weeks and the rules as they come: what the public benchmark scores.
pub fn weekly_p_values(counts: &[u32], from_week: usize) -> Vec<f64> {
    weekly_p_values_with(counts, from_week, &Rules { year: 52.0, ..Rules::default() })
}

#[cfg(test)]
mod tests;
