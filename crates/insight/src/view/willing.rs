//! How readily residents report per neighbourhood, beside the count: their reports against what officers find there per
//! hour of presence. Shown only where both are known; never multiplied into a count.

use super::places::figure;
use super::{Figure, Findings, Selection};
use crate::seen::Seen;
use crate::wording::{Badge, Wording};
use areas::Level;
use picture::interval::shown_row;
use picture::{AreaSignals, Signal, willingness};
use std::cmp::Ordering;
use std::collections::HashMap;

/// The neighbourhoods of which something independent is known.
pub(crate) struct Willing {
    pub(crate) rows: Vec<WillingRow>,
    /// Neighbourhoods of which nothing independent is known.
    pub(crate) unknown: String,
}

pub(crate) struct WillingRow {
    pub(crate) name: String,
    /// Reports of residents.
    pub(crate) reports: Figure,
    pub(crate) relative: String,
    pub(crate) interval: String,
    pub(crate) verdict: Badge,
}

/// Less presence than this is no second source.
const LEAST_HOURS: f64 = 1.0;

impl Willing {
    pub(crate) fn of(
        seen: &Seen,
        choice: &Selection,
        found: &Findings,
        presence: &[(Option<String>, i64)],
        wording: &Wording,
    ) -> Self {
        let words = &wording.words;
        let hours: HashMap<&str, f64> =
            presence.iter().filter_map(|(a, m)| Some((a.as_deref()?, *m as f64 / 60.0))).collect();
        let hoods: Vec<(usize, &areas::Area)> =
            seen.sheet.areas.iter().enumerate().filter(|(_, a)| a.level == Level::Neighbourhood).collect();
        let count = |list: &[u64], i: usize| list.get(i).copied().unwrap_or(0);
        let signals: Vec<AreaSignals> = hoods
            .iter()
            .map(|(i, area)| {
                let hours = hours.get(area.code.as_str()).copied().filter(|h| *h >= LEAST_HOURS);
                let size = area.inhabitants.unwrap_or(0.0);
                AreaSignals {
                    reports: count(&found.residents.areas, *i),
                    size,
                    signal: hours
                        .filter(|_| size > 0.0)
                        .map(|hours| Signal::Found { finds: count(&found.officers.areas, *i), hours }),
                }
            })
            .collect();
        let reports: Vec<Option<u64>> = signals.iter().map(|s| Some(s.reports)).collect();
        let least = if found.delicate { seen.config.small.least } else { 0 };
        let reports = shown_row(&reports, least);
        let answers = willingness(&signals);
        let mut rows: Vec<(f64, WillingRow)> = Vec::new();
        for (((_, area), answer), reports) in hoods.iter().zip(&answers).zip(reports) {
            if choice.area.is_some_and(|a| seen.area_code(a) != Some(&area.code)) {
                continue;
            }
            let (Some(range), Some(verdict)) = (answer.relative, answer.verdict()) else { continue };
            let (tone, key) = match verdict {
                Ordering::Less => ("soon", "picture-willing-less"),
                Ordering::Equal => ("neutral", "picture-willing-same"),
                Ordering::Greater => ("info", "picture-willing-more"),
            };
            rows.push((
                range.value,
                WillingRow {
                    name: area.name.clone(),
                    reports: figure(reports, words),
                    relative: words.number(range.value, 2),
                    interval: format!("{}\u{2013}{}", words.number(range.low, 2), words.number(range.high, 2)),
                    verdict: Badge { tone, text: words.t(key) },
                },
            ));
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
        let unknown = if choice.area.is_some() { 0 } else { answers.iter().filter(|a| a.relative.is_none()).count() };
        Self {
            rows: rows.into_iter().map(|r| r.1).collect(),
            unknown: words.tn("picture-willing-unknown", unknown as i64),
        }
    }
}
