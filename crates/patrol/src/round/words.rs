//! Reasons and outcomes in plain words.

use super::Outcome;
use super::candidates::Reason;
use super::replan::Changed;
use kit::clock::day_date;
use kit::{At, Words};
use signals::Catalogue;

/// One reason, as part of a sentence; `today` is the reader's local day.
pub(crate) fn reason(words: &Words, catalogue: &Catalogue, reason: &Reason, today: i32) -> String {
    match reason {
        Reason::Reports { n, days } => {
            let days = words.tn("patrol-why-days", *days);
            words.ta(
                "patrol-why-reports",
                &[("n", (*n).into()), ("number", words.whole(*n).into()), ("days", days.into())],
            )
        }
        Reason::Due { day } => match day - today {
            0 => words.t("patrol-why-due-today"),
            1 => words.t("patrol-why-due-tomorrow"),
            n if n < 0 => words.t1("patrol-why-late", "day", &words.day(day_date(*day))),
            _ => words.t1("patrol-why-due", "day", &words.day(day_date(*day))),
        },
        Reason::Urgent => words.t("patrol-why-urgent"),
        Reason::Priority { id } => {
            words.t1("patrol-why-priority", "name", catalogue.priority_name(id, words.language()))
        }
        Reason::Expected { expected, low, high, from, to } => words.ta(
            "patrol-why-expected",
            &[
                ("expected", words.number(*expected, if *expected < 1.0 { 2 } else { 1 }).into()),
                ("low", words.number(low.floor(), 0).into()),
                ("high", words.number(high.ceil(), 0).into()),
                ("from", i64::from(*from).into()),
                ("to", i64::from(*to).into()),
            ],
        ),
        Reason::Hours { .. } => words.t("patrol-why-hours"),
        Reason::Campaign { title, left } => {
            words.ta("patrol-why-campaign", &[("title", title.as_str().into()), ("n", i64::from(*left).into())])
        }
        Reason::Floor { visits, weeks } => {
            words.ta("patrol-why-floor", &[("n", (*visits).into()), ("weeks", (*weeks).into())])
        }
        Reason::Now => words.t("patrol-why-now"),
        Reason::Control => words.t("patrol-why-control"),
        Reason::Added => words.t("patrol-why-added"),
    }
}

/// All reasons as one sentence.
pub(crate) fn sentences(words: &Words, catalogue: &Catalogue, reasons: &[Reason], today: i32) -> String {
    // Beside another reason, a chance below one half says nothing to an officer.
    let slight = |r: &&Reason| !matches!(r, Reason::Expected { expected, .. } if *expected < 0.5 && reasons.len() > 1);
    let parts: Vec<String> = reasons.iter().filter(slight).map(|r| reason(words, catalogue, r, today)).collect();
    let text = parts.join(", ");
    // A capital has no accent: `Eén melding`.
    let text = text.strip_prefix('é').map_or_else(|| text.clone(), |rest| format!("e{rest}"));
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => text,
    }
}

/// What changed in a round, in a few short sentences.
pub(crate) fn changed(words: &Words, at: At, change: &Changed) -> String {
    let list = |key: &str, places: &[String]| match places {
        [] => None,
        places => Some(words.t1(key, "places", &places.join(", "))),
    };
    let parts = [
        Some(words.t1("patrol-change-at", "time", &words.time(at))),
        list("patrol-change-added", &change.added),
        list("patrol-change-taken", &change.taken),
        list("patrol-change-given", &change.given),
        list("patrol-change-dropped", &change.dropped),
        change.reordered.then(|| words.t("patrol-change-order")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Tone of an outcome's badge.
pub(crate) fn outcome_tone(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NothingFound => "off",
        Outcome::Talk | Outcome::Warning => "info",
        Outcome::Solved => "ok",
        Outcome::SanctionFollows => "soon",
    }
}
