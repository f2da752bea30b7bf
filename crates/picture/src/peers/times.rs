//! Peers for the hour: ways to spread a weekly rate over the 28 six-hour slots of the week.

use super::kernel::Smoother;
use super::{LastWeeks, Peer, Peers, TUNING_WEEKS};
use crate::backtest::panel::{Past, SLOTS};
use crate::score::expected_hits;

/// One way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Times {
    /// Evenly.
    Even,
    /// Counts of the same cell and slot in so many weeks; what dashboards show.
    Same(usize),
    /// As in the whole area, last year.
    Whole,
    /// The cell's own two years, shrunk to the whole area's profile by so many events.
    Own(f64),
    /// The same, shrunk to the profile of the surroundings (events, metres).
    Around(f64, f64),
}

/// The ways asked for, their settings chosen before the test.
pub(crate) fn times(which: Peers, past: &Past<'_>) -> Vec<Times> {
    let own = |kappa| Times::Own(kappa);
    let mut out = vec![Times::Same(52), Times::Same(4), Times::Whole];
    match which {
        Peers::None => return Vec::new(),
        Peers::Quick => out.push(Times::Own(300.0)),
        Peers::All => {
            out.insert(0, Times::Even);
            let around =
                [10.0, 30.0, 100.0].into_iter().flat_map(|k| [400.0, 800.0, 1500.0].map(|m| Times::Around(k, m)));
            out.extend(tuned(past, &[10.0, 30.0, 100.0, 300.0].map(own)));
            out.extend(tuned(past, &around.collect::<Vec<_>>()));
        }
    }
    out
}

/// The way with the most hits at 1 % of the cell-slots in every third week of the half year before the test.
fn tuned(past: &Past<'_>, tried: &[Times]) -> Option<Times> {
    let k = ((0.01 * (past.cells().len() * SLOTS) as f64).round_ties_even() as usize).max(1);
    let weeks = (past.weeks().saturating_sub(TUNING_WEEKS).max(1)..past.weeks()).step_by(3);
    let mut best: Option<(f64, Times)> = None;
    for &way in tried {
        let hits = weeks.clone().map(|week| {
            let before = past.before(week);
            let rates = LastWeeks(52).rates(&before);
            let mut real = vec![0.0; rates.len() * SLOTS];
            past.points(week, week + 1).iter().for_each(|p| real[p.cell as usize * SLOTS + p.slot()] += 1.0);
            let mut order: Vec<(f64, f64)> = way.spread(&before, &rates).into_iter().zip(real).collect();
            top(&mut order, k);
            expected_hits(&order, k)
        });
        let hits: f64 = hits.sum();
        if best.is_none_or(|(most, _)| hits > most) {
            best = Some((hits, way));
        }
    }
    best.map(|b| b.1)
}

/// Brings the pairs that matter for the first `k` to the front, in falling order: those at least as high
/// as the k-th. The rest is cut off.
pub(crate) fn top(order: &mut Vec<(f64, f64)>, k: usize) {
    if k == 0 || k >= order.len() {
        order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        return;
    }
    let cut = order.select_nth_unstable_by(k - 1, |a, b| b.0.total_cmp(&a.0)).1.0;
    order.retain(|o| o.0 >= cut);
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
}

impl Times {
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Even => "rate, even over the week".to_owned(),
            Self::Same(weeks) => format!("same slot, last {weeks} weeks"),
            Self::Whole => "rate x profile of the whole".to_owned(),
            Self::Own(kappa) => format!("rate x shrunk cell profile ({kappa})"),
            Self::Around(kappa, metres) => format!("rate x area-shrunk profile ({kappa}, {metres} m)"),
        }
    }

    /// The rates over the slots: cell by cell, 28 each.
    pub(crate) fn spread(&self, past: &Past<'_>, rates: &[f64]) -> Vec<f64> {
        let seen = |weeks: usize| {
            let mut out = vec![0.0; rates.len() * SLOTS];
            let points = past.points(past.weeks().saturating_sub(weeks), past.weeks());
            points.iter().for_each(|p| out[p.cell as usize * SLOTS + p.slot()] += 1.0);
            out
        };
        let whole = |seen: &[f64]| {
            let mut all = [0.0; SLOTS];
            seen.chunks_exact(SLOTS).for_each(|c| all.iter_mut().zip(c).for_each(|(a, v)| *a += v));
            let sum = all.iter().sum::<f64>().max(1e-12);
            all.map(|v| v / sum)
        };
        let shrunk = |seen: &[f64], kappa: f64, parent: &dyn Fn(usize, usize) -> f64| {
            let mut out = Vec::with_capacity(seen.len());
            for (cell, (own, rate)) in seen.chunks_exact(SLOTS).zip(rates).enumerate() {
                let factor = rate / (own.iter().sum::<f64>() + kappa);
                out.extend(own.iter().enumerate().map(|(s, v)| factor * (v + kappa * parent(cell, s))));
            }
            out
        };
        match *self {
            Self::Even => rates.iter().flat_map(|r| [r / SLOTS as f64; SLOTS]).collect(),
            Self::Same(weeks) => {
                let n = weeks.min(past.weeks()).max(1) as f64;
                seen(weeks).into_iter().map(|v| v / n).collect()
            }
            Self::Whole => {
                let shares = whole(&seen(52));
                rates.iter().flat_map(|r| shares.map(|s| r * s)).collect()
            }
            Self::Own(kappa) => {
                let seen = seen(104);
                let shares = whole(&seen);
                shrunk(&seen, kappa, &|_, slot| shares[slot])
            }
            Self::Around(kappa, metres) => {
                let seen = seen(104);
                let shares = whole(&seen);
                let near = Smoother::new(past, metres);
                let maps: Vec<Vec<f64>> = (0..SLOTS)
                    .map(|slot| near.of(&seen.iter().skip(slot).step_by(SLOTS).copied().collect::<Vec<_>>()))
                    .collect();
                let sums: Vec<f64> = (0..rates.len()).map(|cell| maps.iter().map(|m| m[cell]).sum()).collect();
                shrunk(&seen, kappa, &|cell, slot| (maps[slot][cell] + 0.5 * shares[slot]) / (sums[cell] + 0.5))
            }
        }
    }
}
