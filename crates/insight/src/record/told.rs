//! The record in plain words.

use crate::chart::CalibrationPoint;
use crate::wording::{Badge, Wording};
use kit::Words;
use picture::interval::{Range, count_with_dispersion};
use picture::score::{Score, Verdict};

/// One scored week.
pub(super) struct Week {
    pub(super) monday: i32,
    pub(super) events: u64,
    /// Reports in the squares that the model picked.
    pub(super) model: f64,
    /// The same of last year's counts.
    pub(super) last_year: f64,
}

impl Week {
    /// Hits as a share of the week's reports; `None` without reports.
    pub(super) fn rate(&self, hits: f64) -> Option<f64> {
        (self.events > 0).then(|| hits / self.events as f64)
    }
}

/// What the page tells.
pub(super) struct Record {
    /// Share of the squares that is picked.
    coverage: f64,
    pub(super) weeks: Vec<Week>,
    /// Hit rate of the model minus that of last year's counts, paired by week, with its interval.
    difference: Range,
    verdict: Verdict,
    pub(super) points: Vec<CalibrationPoint>,
    /// Expected over happened.
    level: f64,
    /// Share of the squares and weeks within their 90 % ends.
    inside90: f64,
}

/// How much the number of reports varies from week to week beyond chance: variance over mean, less one.
fn beyond_chance(weeks: &[Week]) -> f64 {
    let n = weeks.len() as f64;
    let mean = weeks.iter().map(|w| w.events as f64).sum::<f64>() / n.max(1.0);
    let squares: f64 = weeks.iter().map(|w| (w.events as f64 - mean).powi(2)).sum();
    if n >= 2.0 && mean > 0.0 { (squares / (n - 1.0) / mean - 1.0).max(0.0) } else { 0.0 }
}

/// Nine of ten, give or take this much.
const AS_IT_SHOULD: f64 = 0.03;

impl Record {
    /// The record at `coverage`; `None` when an older version made the score or the history is too short.
    pub(super) fn of(score: &Score, coverage: f64, level: f64) -> Option<Self> {
        let at = score.against.iter().position(|a| (a.coverage - coverage).abs() < 1e-9)?;
        let against = score.against.get(at)?;
        let week = |w: &picture::score::Scored| {
            let (model, last_year) = (*w.model.get(at)?, *w.last_52_weeks.get(at)?);
            Some(Week { monday: w.first_day, events: w.events, model, last_year })
        };
        let weeks: Vec<Week> = score.by_week.iter().filter_map(week).collect();
        let beyond = beyond_chance(&weeks);
        let happened: f64 = score.model.bins.iter().map(|b| b.happened).sum();
        let point = |b: &picture::score::Bin| {
            let spread = 1.0 + beyond * b.happened / happened.max(1.0);
            let seen = count_with_dispersion(b.happened, spread, level).times(1.0 / b.cells.max(1) as f64);
            CalibrationPoint {
                expected: b.expected / b.cells.max(1) as f64,
                seen: seen.value,
                ends: (seen.low, seen.high),
            }
        };
        Some(Self {
            coverage,
            difference: against.difference,
            verdict: against.verdict,
            points: score.model.bins.iter().filter(|b| b.cells > 0).map(point).collect(),
            level: score.model.level,
            inside90: score.model.inside90,
            weeks,
        })
        .filter(|r| !r.weeks.is_empty())
    }

    /// The conclusion about places.
    fn better(&self) -> &'static str {
        match self.verdict {
            Verdict::Better => "better",
            Verdict::Worse => "worse",
            Verdict::Same => "same",
        }
    }

    pub(super) fn verdict(&self, words: &Words) -> Badge {
        let tone = match self.better() {
            "better" => "ok",
            "worse" => "late",
            _ => "neutral",
        };
        Badge { tone, text: words.t(&format!("record-verdict-{}", self.better())) }
    }

    pub(super) fn sentences(&self, wording: &Wording) -> Vec<String> {
        let words = &wording.words;
        let events: u64 = self.weeks.iter().map(|w| w.events).sum();
        let rate =
            |of: &dyn Fn(&Week) -> f64| words.percent(self.weeks.iter().map(of).sum::<f64>() / events.max(1) as f64);
        let hit = [
            ("weeks", (self.weeks.len() as i64).into()),
            ("model", rate(&|w| w.model).into()),
            ("year", rate(&|w| w.last_year).into()),
            ("share", words.percent(self.coverage).into()),
        ];
        let sign = if self.better() == "worse" { -1.0 } else { 1.0 };
        let (low, high) = if sign > 0.0 {
            (self.difference.low, self.difference.high)
        } else {
            (-self.difference.high, -self.difference.low)
        };
        let points = |v: f64| words.number(v * 100.0, 1);
        let values = [
            ("value", points(self.difference.value * sign).into()),
            ("low", points(low).into()),
            ("high", points(high).into()),
        ];
        vec![words.ta("record-hit", &hit), words.ta(&format!("record-says-{}", self.better()), &values)]
    }

    /// Whether the numbers are right.
    pub(super) fn calibration(&self, words: &Words) -> Vec<String> {
        let inside = self.points.iter().filter(|p| p.ends.0 <= p.expected && p.expected <= p.ends.1).count();
        let values = [("n", (self.points.len() as i64).into()), ("inside", (inside as i64).into())];
        let more = if self.level > 0.0 { 1.0 / self.level - 1.0 } else { 0.0 };
        let side = match more {
            m if m > 0.005 => "more",
            m if m < -0.005 => "less",
            _ => "same",
        };
        let level = words.t1(&format!("record-right-level-{side}"), "pct", &words.percent(more.abs()));
        vec![words.ta("record-right-yes", &values), level]
    }

    /// Whether the ends hold.
    pub(super) fn inside(&self, words: &Words) -> Vec<String> {
        let verdict = match self.inside90 - 0.9 {
            d if d < -AS_IT_SHOULD => "narrow",
            d if d > AS_IT_SHOULD => "wide",
            _ => "good",
        };
        vec![
            words.t1("record-ends-inside", "share", &words.percent(self.inside90)),
            words.t(&format!("record-ends-{verdict}")),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use picture::score::{Against, Bin, Marks, Scored};

    fn score(verdict: Verdict, difference: Range) -> Score {
        let week = |i: i32| Scored {
            first_day: 19_800 + 7 * i,
            events: 100,
            model: vec![10.0, 30.0],
            last_52_weeks: vec![9.0, 28.0],
        };
        let bin = |expected: f64, happened: f64| Bin { cells: 100, expected, happened };
        Score {
            weeks: 8,
            model: Marks {
                bins: vec![bin(40.0, 42.0), bin(40.0, 90.0)],
                level: 0.8,
                inside90: 0.84,
                ..Marks::default()
            },
            by_week: (0..8).map(week).collect(),
            against: vec![
                Against {
                    coverage: 0.01,
                    difference: Range { low: 0.0, value: 0.01, high: 0.02 },
                    verdict: Verdict::Same,
                },
                Against { coverage: 0.05, difference, verdict },
            ],
            ..Score::default()
        }
    }

    #[tokio::test]
    async fn it_says_so_when_the_model_is_no_better_than_counting() {
        let app = testkit::app(testkit::sqlite().await, crate::tests::shelve);
        let cx = testkit::cx(&app, None);
        let wording = Wording::new(&cx.words, &cx.municipality);
        let range = |low, value, high| Range { low, value, high };
        for (verdict, difference, says) in [
            (Verdict::Better, range(0.005, 0.02, 0.035), "aantoonbaar beter aan dan tellen"),
            (Verdict::Same, range(-0.01, 0.02, 0.05), "kunt u net zo goed tellen"),
            (Verdict::Worse, range(-0.05, -0.03, -0.01), "3,0 punten minder (tussen 1,0 en 5,0)"),
        ] {
            let record = Record::of(&score(verdict, difference), 0.05, 0.95).unwrap();
            let text = record.sentences(&wording).join(" ");
            assert!(text.contains(says), "{text}");
            assert!(
                text.contains("In de laatste 8 weken viel 30\u{a0}% van de meldingen")
                    && text.contains("haalt 28\u{a0}%")
            );
        }
        let record = Record::of(&score(Verdict::Same, range(-0.01, 0.0, 0.01)), 0.05, 0.95).unwrap();
        let numbers = record.calibration(&wording.words).join(" ");
        assert!(
            numbers.contains("Van de 2 groepen vakken ligt bij 1") && numbers.contains("25\u{a0}% meer"),
            "{numbers}"
        );
        assert!(record.inside(&wording.words)[1].contains("te krap"));
        assert!(Record::of(&Score::default(), 0.05, 0.95).is_none(), "what an older version stored says nothing");
    }
}
