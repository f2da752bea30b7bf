//! How sure: what the last runs were worth, beside plain counting.

use crate::run::Run;
use crate::wording::Wording;
use picture::score::{Marks, Verdict};

/// The score of the model in words and in a table.
pub(crate) struct Sure {
    /// When the picture was made, or that it was not yet.
    pub(crate) made: String,
    /// Sentences for a coordinator; empty without a score.
    pub(crate) sentences: Vec<String>,
    /// Model and baselines: name, share of reports hit, share of what was possible, inside the interval.
    pub(crate) rows: Vec<[String; 4]>,
}

impl Sure {
    pub(crate) fn of(run: Option<&Run>, coverage: f64, wording: &Wording) -> Self {
        let words = &wording.words;
        let Some(run) = run else {
            return Self { made: words.t("picture-not-made"), sentences: vec![], rows: vec![] };
        };
        let made = words.ta(
            "picture-made",
            &[
                ("at", words.date_time(run.made_at).into()),
                ("events", words.whole(run.events).into()),
                ("model", words.t(&format!("picture-model-{}", run.model)).into()),
            ],
        );
        let Some(score) = &run.score else {
            return Self { made, sentences: vec![words.t("picture-no-score")], rows: vec![] };
        };
        let at = |m: &Marks| m.hits.iter().copied().find(|h| (h.coverage - coverage).abs() < 1e-9).unwrap_or_default();
        let [model, year, month] = [&score.model, &score.last_52_weeks, &score.last_4_weeks].map(at);
        // Chance is weighed, week by week; a score without it, of an older version, says nothing.
        let verdict = score.against.iter().find(|a| (a.coverage - coverage).abs() < 1e-9).map(|a| a.verdict);
        let better = match verdict {
            Some(Verdict::Better) => "picture-score-better",
            Some(Verdict::Worse) => "picture-score-worse",
            Some(Verdict::Same) | None => "picture-score-equal",
        };
        let values = [
            ("weeks", i64::from(score.weeks).into()),
            ("from", wording.day(score.first_day).into()),
            ("events", words.whole(score.events as i64).into()),
            ("cells", words.whole(model.cells as i64).into()),
            ("all", words.whole(score.cells as i64).into()),
            ("share", words.percent(coverage).into()),
            ("hit", words.percent(model.hit_rate).into()),
            ("year", words.percent(year.hit_rate).into()),
            ("month", words.percent(month.hit_rate).into()),
            ("possible", words.percent(model.pei).into()),
            ("level", words.percent(score.model.level).into()),
        ];
        let mut sentences = vec![
            words.ta("picture-score-how", &values),
            words.ta("picture-score-hit", &values),
            words.ta(better, &values),
            words.ta("picture-score-level", &values),
        ];
        if let Some(inside) = score.model.inside90_busy {
            sentences.push(words.t1("picture-score-inside", "share", &words.percent(inside)));
        }
        let row = |key: &str, marks: &Marks| {
            let hits = at(marks);
            [
                words.t(key),
                words.percent(hits.hit_rate),
                words.number(hits.pei, 2),
                marks.inside90_busy.map_or_else(|| words.t("picture-missing"), |s| words.percent(s)),
            ]
        };
        let rows = vec![
            row("picture-score-model", &score.model),
            row("picture-score-year", &score.last_52_weeks),
            row("picture-score-month", &score.last_4_weeks),
        ];
        Self { made, sentences, rows }
    }
}
