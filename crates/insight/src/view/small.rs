//! The main categories side by side: a small chart of each, on a scale of its own or on one scale.

use super::places::figure;
use super::selection::SAME;
use super::{Figure, Findings, Selection};
use crate::chart::{TrendChart, TrendPoint, chart_small};
use crate::seen::Seen;
use crate::wording::{Badge, Wording};
use picture::interval::{Shown, shown_row};

/// The charts.
pub(crate) struct Small {
    pub(crate) rows: Vec<SmallRow>,
    /// Which scale is drawn.
    pub(crate) scale: String,
    /// The address of the other scale, and its name.
    pub(crate) other: (String, String),
}

/// One main category.
pub(crate) struct SmallRow {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) total: Figure,
    pub(crate) svg: String,
    /// Per week on average over the weeks drawn.
    pub(crate) mean: Figure,
    pub(crate) last: Figure,
    /// What was expected of the last week.
    pub(crate) expected: String,
    pub(crate) verdict: Badge,
}

impl Small {
    pub(crate) fn of(seen: &Seen, choice: &Selection, found: &Findings, wording: &Wording) -> Self {
        let words = &wording.words;
        let least = seen.config.small.least;
        let id = |group: u16| seen.lists.groups.get(usize::from(group)).map_or("other", String::as_str);
        let delicate = |group: u16| choice.area.is_some() && seen.least(id(group)) > 1;
        let counts: Vec<Option<u64>> = found.groups.iter().map(|g| Some(g.total)).collect();
        let hides = found.groups.iter().any(|g| delicate(g.group) && (1..least).contains(&g.total));
        let totals: Vec<Shown<u64>> = if hides {
            shown_row(&counts, least)
        } else {
            counts.into_iter().map(|c| c.map_or(Shown::Missing, Shown::Value)).collect()
        };
        let most = found
            .groups
            .iter()
            .flat_map(|g| &g.weeks)
            .fold(0.0, |most: f64, (n, e)| most.max(f64::from(*n)).max(e.map_or(0.0, |e| e.band.1)));
        let rows = found.groups.iter().zip(totals).map(|(group, total)| {
            let name = wording.group(id(group.group));
            let small = |n: u32| delicate(group.group) && (1..least).contains(&u64::from(n));
            let points = group.weeks.iter().map(|(n, expect)| TrendPoint {
                count: (!small(*n)).then(|| f64::from(*n)),
                expected: expect.map(|e| e.mean),
                band: expect.map(|e| e.band),
                ..TrendPoint::default()
            });
            let chart = TrendChart {
                title: words.t1("picture-small-of", "name", &name),
                desc: String::new(),
                unit: String::new(),
                points: points.collect(),
                y_max: choice.same_scale.then_some(most),
                format: &|v| words.number(v, 0),
            };
            let visible = total != Shown::Suppressed;
            let sum: u32 = group.weeks.iter().map(|w| w.0).sum();
            let (last, expect) = group.weeks.last().copied().unwrap_or((0, None));
            let hidden = || figure(Shown::Suppressed, words);
            SmallRow {
                href: Selection { group: Some(group.group), ..choice.clone() }.here("/picture", seen, &[]),
                total: figure(total, words),
                svg: if visible { chart_small(&chart) } else { String::new() },
                mean: if visible {
                    Figure { text: words.number(f64::from(sum) / group.weeks.len().max(1) as f64, 1), class: "" }
                } else {
                    hidden()
                },
                last: if small(last) || !visible { hidden() } else { figure(Shown::Value(u64::from(last)), words) },
                expected: expect.map_or_else(String::new, |e| super::places::span(e.band.0, e.band.1, words)),
                verdict: wording.verdict(group.change.as_ref().filter(|_| visible)),
                name,
            }
        });
        let (scale, other, value) = if choice.same_scale { ("same", "own", "own") } else { ("own", "same", SAME) };
        Self {
            rows: rows.collect(),
            scale: words.t(&format!("picture-scale-{scale}")),
            other: (
                choice.here("/picture", seen, &[("scale", value)]) + "#kinds",
                words.t(&format!("picture-scale-to-{other}")),
            ),
        }
    }
}
