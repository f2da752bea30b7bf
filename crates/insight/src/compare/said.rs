//! A comparison in words.

use super::choice::Choice;
use super::findings::{Compared, Findings, Side, Verdict};
use crate::seen::Seen;
use crate::view::Figure;
use crate::view::places::figure;
use crate::wording::{Badge, Wording};
use kit::Words;
use kit::clock::{day_date, day_number};
use picture::history::source;
use picture::interval::{Shown, count, shown_row};
use site::chart::Point;

/// One kind.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) counts: [Figure; 2],
    pub(super) rates: [String; 2],
    pub(super) ratio: String,
    pub(super) verdict: Badge,
}

/// Names of the two sides: the neighbourhoods, or first and second.
pub(super) fn names(seen: &Seen, choice: &Choice, wording: &Wording) -> [String; 2] {
    let words = &wording.words;
    if choice.areas_differ() && !choice.days_differ() {
        return choice.parts.map(|p| place(seen, p.area, wording));
    }
    let what = if choice.areas_differ() { "both" } else { "period" };
    [1, 2].map(|i| words.t(&format!("compare-name-{what}-{i}")))
}

/// The same within a sentence.
fn spoken(seen: &Seen, choice: &Choice, wording: &Wording) -> [String; 2] {
    if choice.areas_differ() && !choice.days_differ() {
        return choice.parts.map(|p| match p.area {
            Some(_) => place(seen, p.area, wording),
            None => wording.words.t("compare-in-whole"),
        });
    }
    let what = if choice.areas_differ() { "both" } else { "period" };
    [1, 2].map(|i| wording.words.t(&format!("compare-in-{what}-{i}")))
}

/// With a capital in front.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn place(seen: &Seen, area: Option<u32>, wording: &Wording) -> String {
    match area.and_then(|a| seen.area_code(a)) {
        Some(code) => wording.area(code),
        None => wording.words.t("compare-whole"),
    }
}

/// Days, neighbourhood and rate of one side.
pub(super) fn about(seen: &Seen, choice: &Choice, found: &Findings, i: usize, wording: &Wording) -> String {
    let (words, side) = (&wording.words, &found.sides[i]);
    let values = [
        ("from", wording.day(side.days.0).into()),
        ("to", wording.day(side.days.1).into()),
        ("place", place(seen, choice.parts[i].area, wording).into()),
    ];
    let mut text = words.ta("compare-about", &values);
    if !found.hidden
        && let Some(rate) = rate(side.summary.total, side)
    {
        text.push(' ');
        text.push_str(&words.t1("compare-about-rate", "rate", &words.number(rate, 1)));
    }
    text
}

/// Per 1,000 inhabitants, in the days of the side.
fn rate(n: u64, side: &Side) -> Option<f64> {
    side.inhabitants.map(|people| n as f64 / people * 1000.0)
}

/// The conclusion as a badge.
pub(super) fn verdict(verdict: Verdict, words: &Words) -> Badge {
    let (tone, key) = match verdict {
        Verdict::More => ("soon", "compare-verdict-more"),
        Verdict::Less => ("info", "compare-verdict-less"),
        Verdict::NoDifference => ("neutral", "compare-verdict-none"),
        Verdict::TooFew => ("off", "compare-verdict-few"),
    };
    Badge { tone, text: words.t(key) }
}

/// What the totals say.
pub(super) fn sentences(seen: &Seen, choice: &Choice, found: &Findings, wording: &Wording) -> Vec<String> {
    let words = &wording.words;
    let names = spoken(seen, choice, wording);
    let mut out = Vec::new();
    if let Some(priority) = &choice.priority {
        out.push(words.t1("compare-of", "name", &wording.priority(priority)));
    }
    if found.hidden {
        out.push(words.t("picture-hidden"));
        return out;
    }
    let range = found.total.range.filter(|_| found.total.verdict != Verdict::TooFew);
    if let Some(range) = range {
        let base = if found.rates && choice.areas_differ() { "compare-base-people" } else { "compare-base-day" };
        let same = found.sides[0].length() == found.sides[1].length() && !choice.areas_differ();
        let values = [
            ("first", capital(&names[0]).into()),
            ("second", names[1].clone().into()),
            ("ratio", wording.ratio(range.value).into()),
            ("between", wording.between(range.low, Some(range.high).filter(|h| h.is_finite())).into()),
            ("base", if same { String::new() } else { words.t(base) }.into()),
        ];
        let alike = (range.value - 1.0).abs() < 0.005 || range.value >= 2.0;
        out.push(match range.value.is_finite() {
            true => words.ta(if alike { "compare-says-as" } else { "compare-says-than" }, &values),
            false => words.t1("compare-says-only", "second", &capital(&names[1])),
        });
    }
    let level = words.percent(seen.config.page.level);
    out.push(match found.total.verdict {
        Verdict::More | Verdict::Less => words.t1("compare-means-clear", "level", &level),
        Verdict::NoDifference => words.t("compare-means-none"),
        Verdict::TooFew => words.t("compare-means-few"),
    });
    out
}

/// The kinds with their comparison. About persons and groups small counts are hidden in a neighbourhood, and with them
/// as many others of the same main category as needed.
pub(super) fn rows(
    seen: &Seen,
    found: &Findings,
    list: &[(usize, Compared)],
    name: impl Fn(usize) -> String,
    wording: &Wording,
) -> Vec<Row> {
    let words = &wording.words;
    let shown = [0, 1].map(|side| shown(seen, found, list, side));
    list.iter()
        .enumerate()
        .map(|(row, (i, compared))| {
            let counts = [shown[0][row], shown[1][row]];
            let visible = counts.iter().all(|c| c.value().is_some());
            let range = compared.range.filter(|_| visible && compared.verdict != Verdict::TooFew);
            let rated = |side: usize| {
                let rate = counts[side].value().and_then(|n| rate(n, &found.sides[side]));
                rate.map_or_else(String::new, |r| words.number(r, 1))
            };
            Row {
                name: name(*i),
                counts: counts.map(|c| figure(c, words)),
                rates: [rated(0), rated(1)],
                ratio: range.map_or_else(String::new, |r| {
                    let between = wording.between(r.low, Some(r.high).filter(|h| h.is_finite()));
                    // nothing at all on the other side: there is a lower end only
                    if r.value.is_finite() { format!("{} ({between})", wording.ratio(r.value)) } else { between }
                }),
                verdict: verdict(if visible { compared.verdict } else { Verdict::TooFew }, words),
            }
        })
        .collect()
}

/// What may be shown of the counts of one side.
fn shown(seen: &Seen, found: &Findings, list: &[(usize, Compared)], side: usize) -> Vec<Shown<u64>> {
    let counts: Vec<u64> = list.iter().map(|(_, c)| c.counts[side]).collect();
    if !found.narrow[side] {
        return counts.into_iter().map(Shown::Value).collect();
    }
    let least = seen.config.small.least;
    let is_groups = std::ptr::eq(list, found.groups.as_slice());
    let hide = |rows: &[usize], all: &[u64]| -> Vec<Shown<u64>> {
        let small = |r: &usize| {
            let kind = list[*r].0;
            let delicate = match is_groups {
                true => seen.lists.groups.get(kind).is_some_and(|g| seen.config.small.groups.contains(g)),
                false => seen.is_delicate(&[kind as u16]),
            };
            delicate && (1..least).contains(&all[*r])
        };
        let mine: Vec<Option<u64>> = rows.iter().map(|r| Some(all[*r])).collect();
        match rows.iter().any(small) {
            true => shown_row(&mine, least),
            false => rows.iter().map(|r| Shown::Value(all[*r])).collect(),
        }
    };
    if is_groups {
        return hide(&(0..counts.len()).collect::<Vec<_>>(), &counts);
    }
    // within each main category, so that nothing follows from its total; all of one that is hidden itself
    let groups = shown(seen, found, &found.groups, side);
    let mut out = vec![Shown::Suppressed; counts.len()];
    for ((group, _), total) in found.groups.iter().zip(groups) {
        let of = |r: &usize| seen.lists.group_of.get(list[*r].0).is_some_and(|g| usize::from(*g) == *group);
        let rows: Vec<usize> = (0..list.len()).filter(of).collect();
        if total != Shown::Suppressed {
            for (row, count) in rows.iter().zip(hide(&rows, &counts)) {
                out[*row] = count;
            }
        }
    }
    out
}

/// What makes the two sides unlike, beside what was chosen.
pub(super) fn cautions(
    seen: &Seen,
    choice: &Choice,
    found: &Findings,
    names: &[String; 2],
    wording: &Wording,
) -> Vec<String> {
    let words = &wording.words;
    let mut out = Vec::new();
    let mut say = |key: &str, values: &[(&str, String)]| {
        let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.clone().into())).collect();
        let text = words.ta(key, &values);
        if !out.contains(&text) {
            out.push(text);
        }
    };
    for ((part, side), name) in choice.parts.iter().zip(&found.sides).zip(names) {
        let name = || ("name", name.clone());
        if part.days.0 < side.days.0 {
            say("compare-caution-before", &[name(), ("day", wording.day(side.days.0))]);
        }
        if part.days.1 > side.days.1 {
            say("compare-caution-running", &[name(), ("day", wording.day(side.days.1))]);
        }
        for (from, to) in &side.gaps {
            say("compare-caution-gap", &[name(), ("from", wording.day(*from)), ("to", wording.day(*to))]);
        }
    }
    let (first, last) = (
        found.sides.iter().map(|s| s.days.0).min().unwrap_or_default(),
        found.sides.iter().map(|s| s.days.1).max().unwrap_or_default(),
    );
    for change in &seen.config.method_breaks {
        let day = day_number(change.day);
        if first < day && day <= last {
            let what = change.what.get(words.language()).to_owned();
            say("compare-caution-break", &[("day", words.day(change.day)), ("what", what)]);
        }
    }
    for (source, side) in found.lone_sources() {
        let source = words.t(&format!("picture-source-{}", source_word(source)));
        say(
            "compare-caution-source",
            &[("source", source), ("with", names[side].clone()), ("without", names[1 - side].clone())],
        );
    }
    for (category, since) in young(seen, found) {
        let name = wording.category(seen.lists.categories.get(category).map_or("", String::as_str));
        say("compare-caution-category", &[("kind", name), ("day", wording.day(since))]);
    }
    let lengths = [0, 1].map(|i| found.sides[i].length());
    if lengths[0] != lengths[1] {
        say("compare-caution-length", &[]);
    }
    if choice.days_differ() {
        let apart = (found.sides[0].days.0 - found.sides[1].days.0).rem_euclid(364);
        if apart.min(364 - apart) > 14 {
            say("compare-caution-season", &[]);
        }
        if lengths.iter().any(|l| l % 7 != 0) {
            say("compare-caution-weekdays", &[]);
        }
    }
    if choice.areas_differ() {
        if choice.days_differ() {
            say("compare-caution-both", &[]);
        }
        if !found.rates {
            say("compare-caution-inhabitants", &[]);
        }
        say("compare-caution-willing", &[]);
    }
    out
}

fn source_word(number: usize) -> &'static str {
    match number as u8 {
        source::OFFICER => "officer",
        source::POLICE => "police",
        source::PARTNER => "partner",
        source::IMPORT => "import",
        _ => "resident",
    }
}

/// Categories that only the later side has because they did not exist before: with their first day; at most three.
fn young(seen: &Seen, found: &Findings) -> Vec<(usize, i32)> {
    let lone = |c: &Compared| c.counts.iter().any(|n| *n >= 10) && c.counts.contains(&0);
    let out = found.categories.iter().filter(|(_, c)| lone(c)).filter_map(|(i, c)| {
        let without = usize::from(c.counts[1] == 0);
        let first = seen.history.events().iter().find(|e| usize::from(e.category) == *i)?.day;
        (first > found.sides[without].days.1).then_some((*i, first))
    });
    out.take(3).collect()
}

/// The development of one side, for the chart.
pub(super) fn points(seen: &Seen, choice: &Choice, found: &Findings, side: &Side, wording: &Wording) -> Vec<Point> {
    let words = &wording.words;
    let factor = side.inhabitants.filter(|_| found.rates && choice.areas_differ()).map_or(1.0, |n| 1000.0 / n);
    let label = |i: usize| {
        if choice.days_differ() {
            return words.tn(&format!("compare-block-{}", found.block), i as i64 + 1);
        }
        let date = day_date(side.days.0 + i as i32 * found.block);
        format!("{} {}", date.day(), words.t(&format!("picture-month-{}", date.month())))
    };
    let point = |(i, n): (usize, &u64)| {
        let range = count(*n, seen.config.page.level).times(factor);
        Point { label: label(i), value: Some(range.value), low: Some(range.low), high: Some(range.high) }
    };
    side.blocks.iter().enumerate().map(point).collect()
}
