//! The peers: well-known ways to say where it will happen, for an honest comparison.
//!
//! Each gives the expected count per cell for the week after what is known ([`Past`]), and nothing else;
//! settings are chosen on the half year before the test, as the protocol says. They are small, and as good
//! as the reference program's: a comparison with a weak opponent says nothing.
//!
//! | peer | method | after |
//! |---|---|---|
//! | [`LastWeeks`] | mean of the last period, or of all | what dashboards show |
//! | [`Ewma`] | exponentially weighted mean | Brown 1959 |
//! | [`Kernel`] | kernel density of the last year, bandwidth tuned | Chainey, Tompson & Uhlig 2008 |
//! | [`EwmaKernel`] | exponential weights and kernel density together | the reference's best simple row |
//! | [`Exciting`] | self-exciting point process per cell | Mohler et al. 2011, 2015 |
//! | [`Regression`] | negative binomial regression | Cameron & Trivedi 2013 |
//! | [`Stack`] | non-negative mixture of counts, neighbours and last year | Breiman 1996 (stacking) |
//! | [`Boosting`] | gradient boosting with Poisson loss | Friedman 2001; Ke et al. 2017 |

mod boosting;
mod counting;
mod exciting;
mod features;
mod kernel;
mod regression;
mod stack;
pub(crate) mod times;
mod trees;

pub use boosting::Boosting;
pub use counting::{Ewma, LastWeeks};
pub use exciting::Exciting;
pub use kernel::{EwmaKernel, Kernel};
pub use regression::Regression;
pub use stack::Stack;

use crate::backtest::panel::Past;
use crate::score::expected_hits;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Weeks before the test on which settings are chosen.
pub const TUNING_WEEKS: usize = 26;
/// The share of the cells at which settings are compared.
const TUNING_COVERAGE: f64 = 0.05;

/// Which peers take part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Peers {
    /// None.
    None,
    /// The last 52 and 4 weeks, and exponential weights: a few hundredths of a second.
    #[default]
    Quick,
    /// All of them; gradient boosting takes a minute.
    All,
}

/// One way of forecasting.
pub trait Peer {
    /// Its name, with the settings that were chosen.
    fn name(&self) -> String;

    /// Chooses settings on these weeks; sees nothing of later ones.
    fn tune(&mut self, _past: &Past<'_>, _weeks: Range<usize>) {}

    /// The expected count per cell in the week after what is known. Origins come in the order of time.
    fn rates(&mut self, past: &Past<'_>) -> Vec<f64>;
}

/// The peers asked for, in the order of the table.
pub fn peers(which: Peers) -> Vec<Box<dyn Peer>> {
    match which {
        Peers::None => Vec::new(),
        Peers::Quick => vec![Box::new(LastWeeks(52)), Box::new(LastWeeks(4)), Box::<Ewma>::default()],
        Peers::All => vec![
            Box::new(LastWeeks(52)),
            Box::new(LastWeeks(4)),
            Box::new(LastWeeks(1)),
            Box::new(LastWeeks(13)),
            Box::new(LastWeeks(usize::MAX)),
            Box::<Ewma>::default(),
            Box::<Kernel>::default(),
            Box::<EwmaKernel>::default(),
            Box::<Exciting>::default(),
            Box::<Regression>::default(),
            Box::<Stack>::default(),
            Box::<Boosting>::default(),
        ],
    }
}

/// The setting with the most hits at 5 % coverage over `weeks`; the first of equals.
fn best<S: Copy>(
    past: &Past<'_>,
    weeks: impl Iterator<Item = usize> + Clone,
    settings: &[S],
    rates: impl Fn(&Past<'_>, S) -> Vec<f64>,
) -> Option<S> {
    let k = ((TUNING_COVERAGE * past.cells().len() as f64).round_ties_even() as usize).max(1);
    let mut best: Option<(f64, S)> = None;
    for &setting in settings {
        let hits = weeks.clone().map(|week| {
            let said = rates(&past.before(week), setting);
            let mut order: Vec<(f64, f64)> =
                said.into_iter().zip(past.counts(week).iter().map(|y| f64::from(*y))).collect();
            order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            expected_hits(&order, k)
        });
        let hits: f64 = hits.sum();
        if best.is_none_or(|(most, _)| hits > most) {
            best = Some((hits, setting));
        }
    }
    best.map(|(_, setting)| setting)
}

/// What the whole area saw per week, lately: mean of the last four weeks (no season).
fn level(past: &Past<'_>) -> f64 {
    let n = past.weeks().min(4);
    let sum = |week: usize| past.counts(week).iter().map(|y| f64::from(*y)).sum::<f64>();
    (past.weeks() - n..past.weeks()).map(sum).sum::<f64>() / n.max(1) as f64
}

/// The rates brought to the recent level of the whole area.
fn rescaled(past: &Past<'_>, mut rates: Vec<f64>) -> Vec<f64> {
    let factor = level(past) / rates.iter().sum::<f64>().max(1e-12);
    rates.iter_mut().for_each(|r| *r *= factor);
    rates
}
