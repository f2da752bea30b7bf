//! A measure in words: what could be seen beforehand, and its effect with how sure it is.

use super::Around;
use super::web::area_names;
use crate::chart::{TrendChart, TrendPoint, chart_trend};
use crate::wording::Badge;
use kit::Words;
use kit::clock::day_date;
use picture::effect::{Effect, Power, RingEffect, Verdict, Why};
use site::Cx;

/// Weeks drawn before the start.
const WEEKS_BEFORE: usize = 52;

/// What could be seen, in words.
pub(super) struct Outlook {
    pub(super) sentence: String,
    pub(super) expected: String,
    /// Weeks and the smallest fall that shows.
    pub(super) rows: Vec<(String, String)>,
}

impl Outlook {
    pub(super) fn of(power: &Power, weeks: u32, words: &Words) -> Self {
        let after = words.tn("measure-weeks", i64::from(weeks));
        let fall = |share: f64| {
            if share >= 1.0 { words.t("measure-power-none-short") } else { words.percent(share) }
        };
        let sentence = match power.unknown {
            Some(why) => words.t(why_key(why)),
            None if power.smallest_visible >= 1.0 => words.t1("measure-power-none", "weeks", &after),
            None => words
                .ta("measure-power", &[("weeks", after.into()), ("pct", words.percent(power.smallest_visible).into())]),
        };
        Self {
            sentence,
            expected: if power.unknown.is_some() {
                String::new()
            } else {
                words.t1("measure-power-expected", "n", &words.number(power.expected, 0))
            },
            rows: power
                .by_weeks
                .iter()
                .map(|(weeks, share)| (words.tn("measure-weeks", i64::from(*weeks)), fall(*share)))
                .collect(),
        }
    }
}

/// Why nothing can be said, as a locale key.
pub(super) fn why_key(why: Why) -> &'static str {
    match why {
        Why::TooShortBefore => "measure-why-short-before",
        Why::TooShortAfter => "measure-why-short-after",
        Why::TooFewEvents => "measure-why-few-events",
        Why::TooFewDonors => "measure-why-few-donors",
        Why::Uneven => "measure-why-uneven",
    }
}

/// The effect in words and figures.
pub(super) struct Told {
    pub(super) verdict: Badge,
    pub(super) sentences: Vec<String>,
    pub(super) chart: String,
    /// Week, counted, expected, interval.
    pub(super) weeks: Vec<[String; 4]>,
    pub(super) ring: Vec<String>,
    pub(super) placebo: String,
    pub(super) fit: String,
    /// Neighbourhood and weight.
    pub(super) donors: Vec<(String, String)>,
}

/// `12 % minder`, `even veel`.
fn change_words(words: &Words, change: f64) -> String {
    let pct = words.percent(change.abs());
    if change.abs() < 0.005 {
        words.t("measure-change-same")
    } else if change < 0.0 {
        words.t1("measure-change-less", "pct", &pct)
    } else {
        words.t1("measure-change-more", "pct", &pct)
    }
}

fn verdict_badge(cx: &Cx, verdict: Verdict) -> Badge {
    let (tone, text) = verdict_of(cx, verdict);
    Badge { tone, text }
}

/// Tone and text of a verdict.
pub(super) fn verdict_of(cx: &Cx, verdict: Verdict) -> (&'static str, String) {
    let (tone, key) = match verdict {
        Verdict::Fewer => ("ok", "measure-verdict-fewer"),
        Verdict::More => ("late", "measure-verdict-more"),
        Verdict::NoDemonstrableDifference => ("neutral", "measure-verdict-none"),
        Verdict::TooLittle => ("off", "measure-verdict-little"),
    };
    (tone, cx.t(key))
}

fn number(words: &Words, v: f64) -> String {
    words.number(v, if v < 10.0 { 1 } else { 0 })
}

fn between(words: &Words, low: f64, high: f64) -> String {
    words.ta("measure-between", &[("low", change_words(words, low).into()), ("high", change_words(words, high).into())])
}

/// The effect and how sure it is, in sentences.
pub(super) fn spoken(words: &Words, e: &Effect) -> Vec<String> {
    let ends = [
        ("n", words.whole(e.observed as i64).into()),
        ("expected", number(words, e.expected).into()),
        ("low", number(words, e.expected_low).into()),
        ("high", number(words, e.expected_high).into()),
    ];
    let range = between(words, e.low, e.high);
    let mut sentences = vec![words.ta("measure-counted", &ends)];
    sentences.push(match e.verdict {
        Verdict::Fewer | Verdict::More => {
            words.ta("measure-effect", &[("change", change_words(words, e.change).into()), ("between", range.into())])
        }
        Verdict::NoDemonstrableDifference => words.t1("measure-no-difference", "between", &range),
        Verdict::TooLittle => words.t("measure-too-little"),
    });
    if matches!(e.verdict, Verdict::Fewer | Verdict::More) {
        sentences.push(words.t("measure-not-cause"));
    }
    sentences
}

pub(super) fn tell(cx: &Cx, around: &Around, e: &Effect, delicate: bool) -> Told {
    let words = &cx.words;
    let number = |v: f64| number(words, v);
    let sentences = spoken(words, e);
    let label = |week: usize| words.day(day_date(around.first_monday + 7 * week as i32));
    let drawn: Vec<_> = e.weeks.iter().filter(|w| w.week + WEEKS_BEFORE >= around.study.start).collect();
    let chart = if delicate {
        String::new()
    } else {
        chart_trend(&TrendChart {
            title: cx.t("measure-chart"),
            desc: sentences.join(" "),
            unit: cx.t("measure-chart-unit"),
            points: drawn
                .iter()
                .map(|w| TrendPoint {
                    label: label(w.week),
                    title: format!("{}: {} ({})", label(w.week), w.observed, number(w.expected)),
                    count: Some(f64::from(w.observed)),
                    expected: Some(w.expected),
                    band: (w.week >= around.study.start).then_some((w.low, w.high)),
                    alarm: None,
                })
                .collect(),
            y_max: None,
            format: &|v| words.number(v, 0),
        })
    };
    let weeks = if delicate { Vec::new() } else { drawn };
    Told {
        verdict: verdict_badge(cx, e.verdict),
        sentences,
        chart,
        weeks: weeks
            .iter()
            .rev()
            .map(|w| {
                let range = format!("{}\u{2013}{}", words.number(w.low, 0), words.number(w.high, 0));
                [label(w.week), words.whole(i64::from(w.observed)), words.number(w.expected, 1), range]
            })
            .collect(),
        ring: e.ring.map(|r| ring_words(cx, &r, &between(words, r.low, r.high))).unwrap_or_default(),
        placebo: words.ta(
            "measure-placebo",
            &[
                ("of", (e.placebo.of.saturating_sub(1)).to_string().into()),
                ("odd", (e.placebo.rank - 1).to_string().into()),
            ],
        ),
        fit: words.ta(
            "measure-fit",
            &[
                ("weeks", words.tn("measure-weeks", e.fit.weeks as i64).into()),
                ("pct", words.percent(e.fit.error).into()),
            ],
        ),
        donors: e
            .donors
            .iter()
            .map(|(code, w)| (area_names(cx, std::slice::from_ref(code)), words.percent(*w)))
            .collect(),
    }
}

/// What happened around the measure, never mixed with what happened in it.
fn ring_words(cx: &Cx, ring: &RingEffect, between: &str) -> Vec<String> {
    let key = match ring.verdict {
        Verdict::Fewer => "measure-ring-fewer",
        Verdict::More => "measure-ring-more",
        Verdict::NoDemonstrableDifference => "measure-ring-none",
        Verdict::TooLittle => "measure-ring-little",
    };
    let mut out =
        vec![cx.words.ta(
            key,
            &[("change", change_words(&cx.words, ring.change).into()), ("between", between.to_owned().into())],
        )];
    if ring.quotient.is_some_and(|q| q < -1.0) {
        out.push(cx.t("measure-ring-worse"));
    }
    out
}
