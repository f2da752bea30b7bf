//! What the planner says, in words: which shift, why somebody cannot, what is wrong.

use crate::config::{RosterConfig, TRAINING};
use crate::question::Question;
use deployment::roster::{LawFinding, Obstacle, Piece, RosterFinding, SwapVerdict};
use kit::clock::day_date;
use kit::{At, Words};
use law::labour::{LabourKind, Unit};
use patrol::PatrolConfig;
use site::Cx;

/// A short name of a local day: `ma 3 juni`.
pub(crate) fn day(words: &Words, day: i32) -> String {
    let date = day_date(day);
    format!("{} {} {}", weekday(words, day), date.day(), words.t(&format!("month-{}", date.month())))
}

/// The first two letters of a weekday.
pub(crate) fn weekday(words: &Words, day: i32) -> String {
    let name = words.t(&format!("weekday-{}", day_date(day).weekday().to_monday_zero_offset()));
    name.chars().take(2).collect()
}

/// The name of a kind of shift.
pub(crate) fn kind(cx: &Cx, words: &Words, id: &str) -> String {
    let config = cx.municipality.get::<PatrolConfig>();
    let name = config.shift_name(id, words.language());
    if name.is_empty() { words.t("roster-own-hours") } else { name.to_owned() }
}

/// Local hours: `07:30-15:30`.
pub(crate) fn times(words: &Words, from: At, until: At) -> String {
    format!("{}\u{2013}{}", words.time(from), words.time(until))
}

/// A shift: `Vroege dienst, ma 3 juni 07:30–15:30`.
pub(crate) fn shift(cx: &Cx, words: &Words, id: &str, from: At, until: Option<At>) -> String {
    let begin = day(words, from.day_and_hour(&cx.municipality.zone).0);
    let hours = until.map_or_else(|| words.time(from), |until| times(words, from, until));
    format!("{}, {begin} {hours}", kind(cx, words, id))
}

/// Minutes as hours: `8 uur`, `7 uur en 30 minuten`.
pub(crate) fn hours(words: &Words, minutes: i64) -> String {
    let (whole, rest) = (minutes / 60, minutes % 60);
    match (whole, rest) {
        (whole, 0) => words.tn("roster-hours-whole", whole),
        (0, rest) => words.tn("roster-minutes", rest),
        (whole, rest) => {
            let both =
                [("hours", words.tn("roster-hours-whole", whole)), ("minutes", words.tn("roster-minutes", rest))];
            let values: Vec<_> = both.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
            words.ta("roster-hours-and", &values)
        }
    }
}

/// The shift of a question.
fn of(cx: &Cx, question: &Question, index: usize) -> String {
    let row = &question.shifts[index];
    shift(cx, &cx.words, &row.kind, row.starts_at, Some(row.ends_at))
}

/// Why an officer cannot work a shift, in a sentence.
fn obstacle(cx: &Cx, question: &Question, obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Deed => cx.t("roster-cannot-deed"),
        Obstacle::Domain => cx.t("roster-cannot-domain"),
        Obstacle::Territory => cx.t("roster-cannot-territory"),
        Obstacle::Agreement => cx.t("roster-cannot-agreement"),
        Obstacle::Absent => cx.t("roster-cannot-absent"),
        Obstacle::OnIt => cx.t("roster-cannot-on-it"),
        Obstacle::Training { skill: name, last } => {
            let (key, day) = match last {
                Some(last) => ("roster-cannot-training-over", cx.words.day(day_date(*last))),
                None => ("roster-cannot-training", String::new()),
            };
            cx.words.ta(key, &[("skill", skill(cx, name).into()), ("day", day.into())])
        }
        Obstacle::Law { finding } => law(cx, question, finding),
    }
}

/// Why an officer cannot work a shift, in sentences: of each rule of the law the worst, and nothing about rest between
/// two shifts at the same time.
pub(crate) fn obstacles(cx: &Cx, question: &Question, all: &[Obstacle]) -> String {
    let law = |found: &Obstacle| match found {
        Obstacle::Law { finding } => Some((finding.finding.rule, finding.finding.by())),
        _ => None,
    };
    let overlap = all.iter().any(|found| law(found).is_some_and(|(rule, _)| rule == LabourKind::Overlap));
    let is_said = |index: usize, found: &Obstacle| {
        let Some((rule, by)) = law(found) else { return true };
        if overlap {
            return rule == LabourKind::Overlap;
        }
        let same = all.iter().enumerate().filter_map(|(i, other)| law(other).map(|(rule, by)| (i, rule, by)));
        same.filter(|(_, other, _)| *other == rule)
            .max_by_key(|(i, _, by)| (*by, std::cmp::Reverse(*i)))
            .is_none_or(|(i, _, most)| i == index && most == by)
    };
    let said = all.iter().enumerate().filter(|(index, found)| is_said(*index, found));
    said.map(|(_, found)| obstacle(cx, question, found)).collect::<Vec<_>>().join(" ")
}

/// The name of a skill.
pub(crate) fn skill(cx: &Cx, id: &str) -> String {
    if id == TRAINING {
        return cx.t("roster-training");
    }
    let config = cx.municipality.get::<RosterConfig>();
    let found = config.skills.iter().find(|skill| skill.id == id);
    found.map_or_else(|| id.to_owned(), |skill| skill.name.get(cx.words.language()).to_owned())
}

/// What labour-time law forbids, in a sentence: found, limit, article, between which shifts; and whether the reading of
/// the rule is in doubt.
pub(crate) fn law(cx: &Cx, question: &Question, found: &LawFinding) -> String {
    let finding = &found.finding;
    let figure = |value: i64| match finding.unit {
        Unit::Minutes => hours(&cx.words, value),
        Unit::Times => cx.words.whole(value),
    };
    let piece = |piece: Piece| match piece {
        Piece::History(_) => cx.t("roster-before"),
        Piece::Later(_) => cx.t("roster-after"),
        Piece::Shift(index) => of(cx, question, index),
    };
    let (first, last) = (piece(found.first), piece(found.last));
    let values = [
        ("found", figure(finding.found)),
        ("limit", figure(finding.limit)),
        ("by", figure(finding.by())),
        ("weeks", cx.words.whole(finding.per_min / (7 * 24 * 60))),
    ];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    let mut text = cx.words.ta(&format!("roster-law-{}", finding.rule), &values);
    let about = if found.first == found.last {
        cx.words.t1("roster-about-one", "shift", &first)
    } else {
        cx.words.ta("roster-about", &[("first", first.into()), ("last", last.into())])
    };
    if !finding.article.is_empty() {
        text = format!("{} ({}).", text.trim_end_matches('.'), finding.article);
    }
    text = format!("{text} {about}");
    if finding.uncertain {
        text = format!("{text} {}", cx.t("roster-law-doubt"));
    }
    text
}

/// What is wrong with a plan, in a sentence.
pub(crate) fn finding(cx: &Cx, question: &Question, found: &RosterFinding) -> String {
    let name = |officer: usize| question.people[officer].name.clone();
    let said = |key: &str, values: Vec<(&str, String)>| {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        cx.words.ta(key, &values)
    };
    match found {
        RosterFinding::Unable { officer, shift, obstacle: why } => said(
            "roster-found-unable",
            vec![("name", name(*officer)), ("shift", of(cx, question, *shift)), ("why", obstacle(cx, question, why))],
        ),
        RosterFinding::Unlawful { officer, finding } => {
            said("roster-found-unlawful", vec![("name", name(*officer)), ("why", law(cx, question, finding))])
        }
        RosterFinding::Overstaffed { shift, extra } => {
            said("roster-found-over", vec![("shift", of(cx, question, *shift)), ("n", extra.to_string())])
        }
        RosterFinding::NotFixed { officer, shift } => {
            said("roster-found-not-fixed", vec![("name", name(*officer)), ("shift", of(cx, question, *shift))])
        }
        RosterFinding::Understaffed { shift, missing } => {
            said("roster-found-short", vec![("shift", of(cx, question, *shift)), ("n", missing.to_string())])
        }
        RosterFinding::SkillLacking { shift, skill: id, missing } => said(
            "roster-found-skill",
            vec![("shift", of(cx, question, *shift)), ("skill", skill(cx, id)), ("n", missing.to_string())],
        ),
        RosterFinding::Contract { officer, minutes, target_min } => {
            let key = if minutes > target_min { "roster-found-more" } else { "roster-found-less" };
            let by = hours(&cx.words, (minutes - target_min).abs());
            said(key, vec![("name", name(*officer)), ("by", by), ("target", hours(&cx.words, *target_min))])
        }
        RosterFinding::WishRefused { officer, wish } => {
            let wish = &question.roster.officers[*officer].wishes[*wish];
            let on = day(&cx.words, wish.day);
            match &wish.kind {
                None => said("roster-found-wish-free", vec![("name", name(*officer)), ("day", on)]),
                Some(id) => {
                    let kind = kind(cx, &cx.words, id);
                    said("roster-found-wish-shift", vec![("name", name(*officer)), ("day", on), ("kind", kind)])
                }
            }
        }
    }
}

/// What stands in the way of a swap, in sentences.
pub(crate) fn swap(cx: &Cx, question: &Question, verdict: &SwapVerdict) -> String {
    let of_one = |key: &str, obstacles: &[Obstacle]| {
        let why = self::obstacles(cx, question, obstacles);
        (!why.is_empty()).then(|| cx.words.t1(key, "why", &why))
    };
    let lacking = verdict.lacking.iter().map(|(index, id)| {
        cx.words
            .ta("roster-swap-lacking", &[("shift", of(cx, question, *index).into()), ("skill", skill(cx, id).into())])
    });
    let both = [of_one("roster-swap-giver", &verdict.officer), of_one("roster-swap-taker", &verdict.other)];
    both.into_iter().flatten().chain(lacking).collect::<Vec<_>>().join(" ")
}
