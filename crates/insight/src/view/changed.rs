//! What changed since last week: three sentences made from numbers. They say how much, what and where, never why.

use super::expect::{Expect, expectations};
use super::{Findings, Selection};
use crate::seen::Seen;
use crate::wording::Wording;
use areas::Level;
use picture::count::benjamini_hochberg;

/// One series in the last complete week.
struct Week {
    name: String,
    count: u32,
    expect: Expect,
    /// Nothing smaller than this is named.
    least: u64,
}

/// The sentences about the last complete week: all together, what, and where. Without enough weeks there is one, which
/// says so. What and where are named only when chance over all that is compared is ruled out as the settings ask
/// (`alarm.weekly_false_alarms`, Benjamini and Hochberg 1995).
pub(crate) fn sentences(seen: &Seen, choice: &Selection, found: &Findings, wording: &Wording) -> Vec<String> {
    let words = &wording.words;
    if choice.is_officers() {
        return vec![words.t("picture-changed-officers")];
    }
    let rules = seen.config.rules(1);
    let weeks = &found.weeks;
    let last = |counts: &[u32]| Some((*counts.last()?, expectations(counts, 1, &rules).pop()??));
    let Some((count, expect)) = last(&weeks.total) else { return vec![words.t("picture-changed-short")] };
    let monday = weeks.monday(weeks.total.len().saturating_sub(1));
    let hide = found.delicate && choice.area.is_some() && (1..seen.config.small.least).contains(&u64::from(count));
    if hide {
        return vec![words.t("picture-changed-few")];
    }
    let (low, high) = band(&expect, wording);
    let values = [
        ("low", low.into()),
        ("high", high.into()),
        ("from", wording.day(monday).into()),
        ("to", wording.day(monday + 6).into()),
        ("n", i64::from(count).into()),
        ("number", words.whole(i64::from(count)).into()),
    ];
    let mut out = vec![words.ta(&format!("picture-changed-all-{}", side(expect.side(count))), &values)];

    let mut list = Vec::new();
    for group in &found.groups {
        let Some((count, Some(expect))) = group.weeks.last().copied() else { continue };
        let id = seen.lists.groups.get(usize::from(group.group)).map_or("other", String::as_str);
        let least = if choice.area.is_some() { seen.least(id) } else { 1 };
        list.push(Week { name: wording.group(id), count, expect, least });
    }
    let kinds = list.len();
    if choice.area.is_none() {
        let least = if found.delicate { seen.config.small.least } else { 1 };
        let hoods = seen.sheet.areas.iter().zip(&weeks.areas).filter(|(a, _)| a.level == Level::Neighbourhood);
        list.extend(hoods.filter_map(|(area, counts)| {
            let (count, expect) = last(counts)?;
            Some(Week { name: area.name.clone(), count, expect, least })
        }));
    }
    let odd: Vec<f64> = list.iter().map(|w| w.expect.odd(w.count)).collect();
    let sure = benjamini_hochberg(&odd);
    let clear = |range: std::ops::Range<usize>| {
        let shown = |i: &usize| {
            let w = &list[*i];
            sure[*i] <= seen.config.alarm.weekly_false_alarms
                && w.expect.side(w.count) != 0
                && (w.count == 0 && w.least <= 1 || u64::from(w.count) >= w.least)
        };
        range.filter(shown).min_by(|a, b| odd[*a].total_cmp(&odd[*b])).map(|i| &list[i])
    };
    let mut say = |key: &str, week: Option<&Week>| {
        out.push(match week {
            Some(week) => {
                let (low, high) = band(&week.expect, wording);
                let values = [
                    ("low", low.into()),
                    ("high", high.into()),
                    ("name", week.name.clone().into()),
                    ("n", i64::from(week.count).into()),
                    ("number", words.whole(i64::from(week.count)).into()),
                ];
                words.ta(&format!("picture-changed-{key}-{}", side(week.expect.side(week.count))), &values)
            }
            None => words.t(&format!("picture-changed-{key}-same")),
        });
    };
    if kinds > 1 {
        say("what", clear(0..kinds));
    }
    if choice.area.is_none() {
        say("where", clear(kinds..list.len()));
    }
    out
}

fn side(side: i8) -> &'static str {
    match side {
        1 => "more",
        -1 => "less",
        _ => "same",
    }
}

/// The ends of a band in words.
fn band(expect: &Expect, wording: &Wording) -> (String, String) {
    let whole = |v: f64| wording.words.number(v.round(), 0);
    (whole(expect.band.0), whole(expect.band.1))
}
