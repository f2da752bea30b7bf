//! What could be seen at all: said before a measure starts.

use super::compare::{Block, Level, blocks};
use super::outlook::{Outlook, solve};
use super::{Ground, Rules, Study, Why};
use serde::{Deserialize, Serialize};

/// What a study of some weeks could show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Power {
    /// The smallest fall that would be demonstrated with chance [`Rules::power`], as a share: 0.4 is
    /// "this area is too small to see less than 40 %"; 1 when not even a fall to nothing would show.
    pub smallest_visible: f64,
    /// The same after other numbers of weeks.
    pub by_weeks: Vec<(u32, f64)>,
    /// Events expected in those weeks without a measure.
    pub expected: f64,
    /// Why nothing can be said; then the smallest visible fall is 1 and the rest is empty.
    pub unknown: Option<Why>,
}

/// What can be seen in `weeks` weeks after a measure, told from the history alone: all counts of
/// `before` are history, its `start` and `end` are not looked at. The donors are taken to repeat their
/// last year.
pub fn power(before: &Study, weeks: u32, rules: &Rules) -> Power {
    tell(before, weeks, rules).unwrap_or_else(|why| Power {
        smallest_visible: 1.0,
        by_weeks: Vec::new(),
        expected: 0.0,
        unknown: Some(why),
    })
}

fn tell(before: &Study, weeks: u32, rules: &Rules) -> Result<Power, Why> {
    let start = before.treated.len();
    let mut longest = weeks.max(1);
    let mut horizons: Vec<u32> = rules.horizons.clone();
    horizons.iter().for_each(|w| longest = longest.max(*w));
    let end = start + longest as usize;
    let study = Study {
        start,
        end,
        treated: before.treated.clone(),
        ring: None,
        donors: before
            .donors
            .iter()
            .map(|d| super::Donor { name: d.name.clone(), counts: repeated(&d.counts, end, rules.season_weeks) })
            .collect(),
    };
    let ground = Ground::new(&study, rules, start)?;
    let parts = ground.weigh(&study.treated);
    let counted = super::counted(&study.treated, &ground.panel.before);
    let visible = |weeks: u32| {
        let (_, after) = blocks(start, start + weeks as usize, rules);
        let levels: Vec<Level> = after.iter().map(|b: &Block| ground.level(&parts.1, b)).collect();
        let outlook = Outlook::new(&parts.0, &levels, counted);
        (smallest_visible(&outlook, rules), outlook.mean())
    };
    let (smallest, expected) = visible(weeks.max(1));
    horizons.retain(|w| *w > 0);
    Ok(Power {
        smallest_visible: smallest,
        by_weeks: horizons.into_iter().map(|w| (w, visible(w).0)).collect(),
        expected,
        unknown: None,
    })
}

fn smallest_visible(outlook: &Outlook, rules: &Rules) -> f64 {
    let Some(most) = outlook.most_that_shows(rules.level) else {
        return 1.0;
    };
    // The chance of so few falls with the share that is left.
    let left = solve(0.5, rules.power, |factor| outlook.at_most(most, factor));
    if outlook.at_most(most, 1e-5) < rules.power { 1.0 } else { (1.0 - left).clamp(0.0, 1.0) }
}

/// A history carried on to `end` weeks by repeating its last year.
fn repeated(counts: &[u32], end: usize, year: usize) -> Vec<u32> {
    let mut all = counts.to_vec();
    let back = year.clamp(1, counts.len().max(1));
    while all.len() < end && !counts.is_empty() {
        all.push(all[all.len() - back]);
    }
    all
}
