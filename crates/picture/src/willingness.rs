//! How readily do residents report, compared with a second, independent source?
//!
//! A count of reports says what happens times how readily people report it. Beside a second source
//! that does not depend on residents' reports - what officers find per hour, police figures, the share
//! of respondents with much nuisance in a survey - the reports of an area can be fewer or more than
//! what is usual in the municipality: the ratio of this module, 1 being usual.
//!
//! **What it can say**: "in this area fewer reports come in than the other source makes us expect".
//! **What it cannot**: why (willingness, access, language, trust, one busy reporter, or another sort of
//! trouble than the second source sees), nor how many incidents there are, nor anything about persons.
//! It is as good as the second source: officers who always come at a quiet hour, or police figures that
//! follow reports, make it wrong. It stands beside a count and is never multiplied into it.

use crate::interval::Range;
use crate::special::normal_quantile;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// A source that does not come from residents' reports.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Signal {
    /// What officers found themselves.
    Found {
        /// Observations.
        finds: u64,
        /// Hours of presence.
        hours: f64,
    },
    /// Registrations of the police in the same period.
    Police {
        /// Registrations.
        count: u64,
    },
    /// Respondents of a survey with much nuisance.
    Survey {
        /// Their share, 0-1.
        share: f64,
        /// Respondents, divided by the design effect.
        respondents: f64,
    },
}

/// What is known of one area over one period.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaSignals {
    /// Reports by residents.
    pub reports: u64,
    /// Size: inhabitants, or hectares of public space; the same measure for every area. Finds per hour
    /// and shares are levels, so reports are taken per size beside them. Not used with [`Signal::Police`].
    pub size: f64,
    /// The second source, when there is one.
    pub signal: Option<Signal>,
}

/// Reports beside the second source, relative to what is usual in the municipality.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Willingness {
    /// Reports of the area per unit of the second source, divided by what is usual in the areas with the
    /// same kind of source; shrunk towards 1 as far as the figures are few; with its 95 % interval.
    /// `None` when nothing independent is known, or of fewer than three areas.
    pub relative: Option<Range>,
    /// Share (0-1) of the figure that rests on the area itself; the rest is that of all areas.
    pub own: f64,
}

impl Willingness {
    /// Clearly less or more than usual; `None` when not known, `Equal` when the interval
    /// holds 1: no clear difference.
    pub fn verdict(&self) -> Option<Ordering> {
        self.relative.map(|r| match (r.high < 1.0, r.low > 1.0) {
            (true, _) => Ordering::Less,
            (_, true) => Ordering::Greater,
            _ => Ordering::Equal,
        })
    }
}

/// With fewer areas there is no municipality to compare with.
const LEAST_AREAS: usize = 3;

/// The willingness to report of each area, in the order given.
///
/// Logarithms of the ratios, with variances from the counts on both sides, around one common mean with
/// a spread between areas (random effects; Paule and Mandel 1982), each area shrunk towards that mean
/// (empirical Bayes; Morris 1983). Half an event is added to each count.
pub fn willingness(areas: &[AreaSignals]) -> Vec<Willingness> {
    let unknown = Willingness { relative: None, own: 0.0 };
    let mut out = vec![unknown; areas.len()];
    for kind in 0..3 {
        let known: Vec<(usize, f64, f64)> = (0..areas.len())
            .filter_map(|i| match log_ratio(&areas[i]) {
                Some((k, y, v)) if k == kind => Some((i, y, v)),
                _ => None,
            })
            .collect();
        if known.len() < LEAST_AREAS {
            continue;
        }
        let spread = spread(&known);
        let (mean, mean_variance) = mean(&known, spread);
        for &(i, y, v) in &known {
            let own = spread / (spread + v);
            let rest = 1.0 - own;
            let middle = own * (y - mean);
            // The spread itself is an estimate: Morris' correction, 2 / (areas - 3).
            let unsure = 2.0 / (known.len() as f64 - 3.0).max(1.0) * rest * rest * (y - mean).powi(2);
            let half = quantile(known.len()) * (own * v + rest * rest * mean_variance + unsure).sqrt();
            let [low, value, high] = [middle - half, middle, middle + half].map(f64::exp);
            out[i] = Willingness { relative: Some(Range { low, value, high }), own };
        }
    }
    out
}

/// Kind of source, logarithm of reports per unit of it, and its variance.
fn log_ratio(area: &AreaSignals) -> Option<(usize, f64, f64)> {
    let reports = area.reports as f64 + 0.5;
    let sized = area.size.is_finite() && area.size > 0.0;
    let (kind, expected, variance) = match area.signal? {
        Signal::Found { finds, hours } if sized && hours.is_finite() && hours > 0.0 => {
            let finds = finds as f64 + 0.5;
            (0, area.size * finds / hours, 1.0 / finds)
        }
        Signal::Police { count } => (1, count as f64 + 0.5, 1.0 / (count as f64 + 0.5)),
        Signal::Survey { share, respondents: n } if sized && (0.0..=1.0).contains(&share) && n >= 1.0 => {
            let p = (share * n + 0.5) / (n + 1.0);
            (2, area.size * p, (1.0 - p) / (n * p))
        }
        _ => return None,
    };
    Some((kind, (reports / expected).ln(), 1.0 / reports + variance))
}

/// The 97.5 % point of Student's t with one degree of freedom less than there are areas, as the spread
/// is an estimate (first term of the Cornish-Fisher expansion).
fn quantile(areas: usize) -> f64 {
    let z = normal_quantile(0.975);
    z + (z.powi(3) + z) / (4.0 * (areas as f64 - 1.0).max(1.0))
}

/// Weighted mean and its variance, for a given variance between areas.
fn mean(known: &[(usize, f64, f64)], spread: f64) -> (f64, f64) {
    let weights: f64 = known.iter().map(|k| 1.0 / (k.2 + spread)).sum();
    (known.iter().map(|k| k.1 / (k.2 + spread)).sum::<f64>() / weights, 1.0 / weights)
}

/// The variance between areas at which the weighted squares are as many as their degrees of freedom.
fn spread(known: &[(usize, f64, f64)]) -> f64 {
    let free = known.len() as f64 - 1.0;
    let squares = |spread: f64| {
        let m = mean(known, spread).0;
        known.iter().map(|k| (k.1 - m).powi(2) / (k.2 + spread)).sum::<f64>()
    };
    let (mut low, mut high) = (0.0, 16.0);
    if squares(low) <= free {
        return 0.0;
    }
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if squares(middle) > free { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::Dice;

    fn police(reports: u64, count: u64) -> AreaSignals {
        AreaSignals { reports, size: 0.0, signal: Some(Signal::Police { count }) }
    }

    #[test]
    fn a_silent_area_shows_and_a_small_one_is_not_judged() {
        let mut areas: Vec<_> = (0..12).map(|i| police(300 + 10 * i, 100 + 3 * i)).collect();
        areas.push(police(90, 120)); // a quarter of the others
        areas.push(police(1, 1));
        let all = willingness(&areas);
        let silent = all[12].relative.expect("known");
        assert_eq!(all[12].verdict(), Some(Ordering::Less));
        assert!((0.2..0.4).contains(&silent.value), "{silent:?}");
        assert!(all[..12].iter().all(|w| w.verdict() == Some(Ordering::Equal)), "{all:?}");
        assert_eq!(all[13].verdict(), Some(Ordering::Equal));
        assert!(all[13].own < 0.5 && all[12].own > 0.8, "{:?}", (all[13].own, all[12].own));
    }

    #[test]
    fn nothing_independent_nothing_said() {
        let bare = |signal| AreaSignals { reports: 10, size: 1000.0, signal };
        let table = [
            None,
            Some(Signal::Found { finds: 3, hours: 0.0 }),
            Some(Signal::Found { finds: 3, hours: f64::NAN }),
            Some(Signal::Survey { share: 0.2, respondents: 0.0 }),
            Some(Signal::Survey { share: 1.2, respondents: 100.0 }),
        ];
        for signal in table {
            assert_eq!(willingness(&[bare(signal); 5])[0].relative, None, "{signal:?}");
        }
        // No size: finds per hour cannot be put beside a count. Two areas: no municipality.
        let found = Some(Signal::Found { finds: 3, hours: 4.0 });
        assert_eq!(willingness(&[AreaSignals { size: 0.0, ..bare(found) }; 5])[0].relative, None);
        assert_eq!(willingness(&[bare(found); 2])[1].verdict(), None);
        assert_eq!(willingness(&[bare(found); 3])[1].verdict(), Some(Ordering::Equal));
        assert!(willingness(&[]).is_empty());
    }

    #[test]
    fn kinds_are_compared_with_their_own_kind() {
        let found =
            |reports, finds, hours| AreaSignals { reports, size: 2000.0, signal: Some(Signal::Found { finds, hours }) };
        let survey = |reports, share| AreaSignals {
            reports,
            size: 2000.0,
            signal: Some(Signal::Survey { share, respondents: 200.0 }),
        };
        // Twice the hours and twice the finds say the same.
        let areas = [found(50, 40, 20.0), found(50, 80, 40.0), found(50, 20, 10.0)];
        let with = [&areas[..], &[survey(50, 0.2), survey(200, 0.2), survey(50, 0.2), survey(50, 0.2)]].concat();
        let alone = willingness(&areas);
        let all = willingness(&with);
        assert_eq!(all[..3], alone[..]);
        assert!(alone.iter().all(|w| w.verdict() == Some(Ordering::Equal)));
        assert_eq!(all[4].verdict(), Some(Ordering::Greater));
    }

    /// Twenty areas with a known willingness, many times over: the intervals hold it.
    #[test]
    fn intervals_cover() {
        let mut dice = Dice(5);
        let mut shares = Vec::new();
        for sd in [0.0, 0.3, 0.8] {
            let (mut inside, mut all, mut wrong) = (0.0, 0.0, 0.0);
            for _ in 0..200 {
                let truth: Vec<f64> = (0..20).map(|_| sd * normal_quantile(dice.unit().max(1e-9))).collect();
                let areas = (10..).step_by(6).zip(&truth).map(|(incidents, t)| {
                    let incidents = f64::from(incidents);
                    let reports = dice.poisson(0.5 * incidents * t.exp());
                    police(reports.into(), dice.poisson(0.8 * incidents).into())
                });
                let areas = areas.collect::<Vec<_>>();
                let middle = truth.iter().sum::<f64>() / 20.0;
                for (w, t) in willingness(&areas).iter().zip(&truth) {
                    let r = w.relative.expect("known");
                    let t = (t - middle).exp();
                    all += 1.0;
                    inside += f64::from(u8::from((r.low..=r.high).contains(&t)));
                    wrong += f64::from(u8::from((r.low > 1.0 && t < 1.0) || (r.high < 1.0 && t > 1.0)));
                }
            }
            shares.push((inside / all, wrong / all));
        }
        assert!(shares.iter().all(|s| (0.935..=1.0).contains(&s.0) && s.1 < 0.01), "{shares:?}");
    }
}
