//! The picture in words: comparisons, places and moments, in the language of the page.

use crate::alarm::{Alarm, title};
use crate::brief::{Brief, Priority};
use areas::Sheet;
use kit::clock::day_date;
use kit::{Municipality, Words};
use picture::{Change, Ground, Verdict};
use signals::Catalogue;
use std::sync::Arc;

/// Words and names of one municipality.
pub(crate) struct Wording {
    pub(crate) words: Words,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) sheet: Arc<Sheet>,
}

/// A conclusion as a badge: tone and text.
pub(crate) struct Badge {
    pub(crate) tone: &'static str,
    pub(crate) text: String,
}

impl Wording {
    pub(crate) fn new(words: &Words, municipality: &Municipality) -> Self {
        Self {
            words: words.clone(),
            catalogue: municipality.get::<Catalogue>(),
            sheet: municipality.get::<areas::Atlas>().sheet(),
        }
    }

    /// Name of a main category.
    pub(crate) fn group(&self, id: &str) -> String {
        let found = self.catalogue.mains.iter().find(|m| m.id == id);
        found.map_or_else(|| self.words.t("picture-other"), |m| m.name.get(self.words.language()).to_owned())
    }

    /// Name of a category.
    pub(crate) fn category(&self, id: &str) -> String {
        self.catalogue.name(id, self.words.language()).to_owned()
    }

    /// Name of a priority.
    pub(crate) fn priority(&self, id: &str) -> String {
        self.catalogue.priority_name(id, self.words.language()).to_owned()
    }

    /// Name of a neighbourhood's code.
    pub(crate) fn area(&self, code: &str) -> String {
        self.sheet.name(code).to_owned()
    }

    /// Name of a cell: its neighbourhood and its number on the grid.
    pub(crate) fn cell(&self, area: Option<&str>, cell: (i32, i32)) -> String {
        let area = area.map_or_else(|| self.words.t("picture-no-area"), |code| self.area(code));
        self.words.ta("picture-cell", &[("area", area.into()), ("cell", format!("{}-{}", cell.0, cell.1).into())])
    }

    /// A day, e.g. `3 mei 2024`.
    pub(crate) fn day(&self, day: i32) -> String {
        self.words.day(day_date(day))
    }

    /// A day of the week and four hours: `vrijdag van 20 tot 24 uur`.
    pub(crate) fn moment(&self, weekday: u8, band: u8) -> String {
        let day = self.words.t(&format!("weekday-{}", weekday.min(6)));
        let ends =
            [("day", day.into()), ("from", (band * 4).to_string().into()), ("to", (band * 4 + 4).to_string().into())];
        self.words.ta("picture-moment", &ends)
    }

    /// Four hours, e.g. 20 to 24.
    pub(crate) fn hours(&self, band: u8) -> String {
        format!("{:02}\u{2013}{:02}", band * 4, band * 4 + 4)
    }

    /// Observed against expected: `8 % meer`, `even veel`, `2,3 keer zoveel`.
    pub(crate) fn ratio(&self, ratio: f64) -> String {
        let difference = (ratio - 1.0).abs();
        let with = |key: &str| self.words.t1(key, "pct", &self.words.percent(difference));
        if difference < 0.005 {
            self.words.t("picture-ratio-same")
        } else if ratio >= 2.0 {
            self.words.t1("picture-ratio-times", "n", &self.words.number(ratio, 1))
        } else if ratio > 1.0 {
            with("picture-ratio-more")
        } else {
            with("picture-ratio-less")
        }
    }

    /// `8 % meer dan verwacht`.
    fn than_expected(&self, ratio: f64) -> String {
        let same = (ratio - 1.0).abs() < 0.005 || ratio >= 2.0;
        self.words.t1(if same { "picture-as-expected" } else { "picture-than-expected" }, "ratio", &self.ratio(ratio))
    }

    /// `tussen 2 % minder en 19 % meer`.
    pub(crate) fn between(&self, low: f64, high: Option<f64>) -> String {
        match high {
            Some(high) => {
                let ends = [("low", self.ratio(low).into()), ("high", self.ratio(high).into())];
                self.words.ta("picture-between", &ends)
            }
            None => self.words.t1("picture-at-least", "low", &self.ratio(low)),
        }
    }

    /// The conclusion of a comparison, as a badge.
    pub(crate) fn verdict(&self, change: Option<&Change>) -> Badge {
        let (tone, key) = match change.map(|c| c.verdict) {
            Some(Verdict::Higher) => ("soon", "picture-verdict-higher"),
            Some(Verdict::Lower) => ("info", "picture-verdict-lower"),
            Some(Verdict::NoClearDifference) => ("neutral", "picture-verdict-same"),
            Some(Verdict::TooFew) => ("off", "picture-verdict-few"),
            None => ("off", "picture-verdict-none"),
        };
        Badge { tone, text: self.words.t(key) }
    }

    /// `8 % meer dan verwacht voor deze tijd van het jaar (tussen …): geen duidelijk verschil`.
    pub(crate) fn compared(&self, change: &Change) -> Option<String> {
        let ratio = change.ratio.filter(|_| change.verdict != Verdict::TooFew)?;
        let ground = match change.ground {
            Ground::Season { .. } => "picture-ground-season",
            Ground::Level => "picture-ground-level",
        };
        let mut text = self.words.ta(
            "picture-compared",
            &[
                ("expected", self.than_expected(ratio).into()),
                ("ground", self.words.t(ground).into()),
                ("between", self.between(change.low, change.high).into()),
                ("verdict", self.verdict(Some(change)).text.to_lowercase().into()),
            ],
        );
        if let Some(since) = change.since {
            text.push(' ');
            text.push_str(&self.words.t1("picture-since", "day", &self.day(since)));
        }
        Some(text)
    }

    /// The period, to begin a sentence with.
    pub(crate) fn period(&self, brief: &Brief) -> String {
        if brief.weeks > 0 {
            return self.words.tn("picture-in-weeks", i64::from(brief.weeks));
        }
        let ends = [("from", self.day(brief.from_day).into()), ("to", self.day(brief.to_day).into())];
        self.words.ta("picture-in-days", &ends)
    }

    /// How many, and against what was expected; `came` is the key of the kind, `of` narrows it (` over X in Y`).
    pub(crate) fn came(&self, brief: &Brief, came: &str, of: &str) -> String {
        let n = i64::try_from(brief.total).unwrap_or(i64::MAX);
        let head = self.words.ta(
            came,
            &[
                ("n", n.into()),
                ("number", self.words.whole(n).into()),
                ("period", self.period(brief).into()),
                ("of", of.to_owned().into()),
            ],
        );
        match brief.change.as_ref().map(|c| (c, self.compared(c))) {
            Some((_, Some(compared))) => format!("{head}, {compared}"),
            Some((_, None)) => format!("{head}. {}", self.words.t("picture-too-few")),
            None => format!("{head}."),
        }
    }

    /// Where and what most, and when; nothing below `least` events.
    pub(crate) fn most(&self, brief: &Brief, least: u64, with_area: bool) -> Vec<String> {
        let count = |n: u64| self.words.whole(i64::try_from(n).unwrap_or(i64::MAX));
        let mut out = Vec::new();
        if brief.total < least {
            return out;
        }
        let what = brief.top_category.as_ref().map(|(id, n)| (self.category(id), count(*n)));
        let area = brief.top_area.as_ref().filter(|_| with_area).map(|(code, n)| (self.area(code), count(*n)));
        if let (Some((what, n)), Some((area, m))) = (&what, &area) {
            out.push(self.words.ta(
                "picture-most",
                &[
                    ("what", what.clone().into()),
                    ("whatcount", n.clone().into()),
                    ("area", area.clone().into()),
                    ("areacount", m.clone().into()),
                ],
            ));
        } else if let Some((what, n)) = what {
            out.push(self.words.ta("picture-most-what", &[("what", what.into()), ("count", n.into())]));
        }
        if let Some((day, band, n)) = brief.busiest {
            let values = [("moment", self.moment(day, band).into()), ("count", count(n).into())];
            out.push(self.words.ta("picture-busiest", &values));
        }
        out
    }

    /// What stands out, in one sentence; `alarms` those that ask for attention first.
    pub(crate) fn newest(&self, alarms: &[Alarm]) -> String {
        match alarms.first() {
            None => self.words.t("picture-news-none"),
            Some(first) => {
                let n = alarms.len() as i64;
                self.words.ta(
                    "picture-news-some",
                    &[
                        ("n", n.into()),
                        ("number", self.words.whole(n).into()),
                        ("first", title(&first.found, self).into()),
                    ],
                )
            }
        }
    }

    /// A priority that rises, in one line.
    pub(crate) fn rise(&self, priority: &Priority) -> String {
        let text = priority.change.as_ref().and_then(|c| self.compared(c)).unwrap_or_default();
        let values = [
            ("priority", self.priority(&priority.id).into()),
            ("number", self.words.whole(priority.total as i64).into()),
            ("text", text.into()),
        ];
        self.words.ta("picture-rise", &values)
    }
}
