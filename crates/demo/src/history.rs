//! The life of a signal: a legal path through the states (domain of the open-source system
//! Signalen), with moments in office hours, cut off at the end of the period so that recent
//! signals are still open.

use crate::calendar::{DAY, HOUR, working_day};
use crate::profile::CategoryShare;
use crate::rng::Rng;
use crate::signals::Source;

/// Share of the reports that is handled late; with officers and police the whole is about 10 %.
const LATE: f64 = 0.125;

/// Steps as (local second, state), at most until `end` (exclusive).
pub(crate) fn of(
    category: &CategoryShare,
    source: Source,
    reported: i64,
    end: i64,
    rng: &mut Rng,
) -> Vec<(i64, &'static str)> {
    let mut steps = Vec::with_capacity(5);
    steps.push((reported, "reported"));
    match source {
        Source::Police => {
            let taken_in = (reported.div_euclid(DAY) + 1) * DAY + 7 * HOUR;
            steps.extend([(taken_in, "in-progress"), (taken_in + 120, "done")]);
        }
        Source::Officer if rng.chance(0.55) => {
            let done = reported + rng.between(300, 2_700);
            steps.extend([(reported + rng.between(60, 240), "in-progress"), (done, "done")]);
        }
        _ => handled(category, reported, &mut steps, rng),
    }
    steps.retain(|(at, _)| *at < end);
    steps
}

/// The path through the office.
fn handled(category: &CategoryShare, reported: i64, steps: &mut Vec<(i64, &'static str)>, rng: &mut Rng) {
    // Working days within the term, with room for a holiday in a long term.
    let term = if category.term.working { category.term.days } else { category.term.days * 5 / 7 - 1 };
    let within = (term - 1).max(0);
    let late = rng.chance(LATE);
    let days = if late {
        let much = if rng.chance(0.2) { rng.between(15, 45) } else { rng.between(1, 3 + term / 2) };
        term + 1 + much
    } else {
        ((within + 1) as f64 * rng.unit().powf(0.95)) as i64
    };
    let done = office(reported, days, rng).max(reported + 20 * 60);
    let luck = rng.unit();
    let middle: &[&str] = if luck < 0.04 {
        steps.push((reported + (done - reported).min(2 * DAY) / 2, "cancelled"));
        return;
    } else if luck < 0.09 {
        &["forwarded", "completion-requested"]
    } else if luck < 0.13 {
        &["in-progress", "reaction-requested", "reaction-received", "in-progress"]
    } else if luck < 0.25 {
        &["waiting", "in-progress"]
    } else if luck < 0.60 && matches!(category.main, "waste" | "nature" | "traffic" | "people") {
        &["in-progress", "planned"]
    } else {
        &["in-progress"]
    };
    // First look soon, the rest spread towards the end.
    let look =
        office(reported, rng.between(0, days.clamp(0, 2)), rng).clamp(reported + 120, reported + (done - reported) / 2);
    let rest = (done - look) / middle.len() as i64;
    let left = middle.len() as i64;
    let at = |i: i64| at_work(look + i * rest).min(done - 60 * (left - i));
    steps.extend((0i64..).zip(middle).map(|(i, state)| (at(i), *state)));
    steps.push((done, "done"));
    if rng.chance(0.03) {
        let asked = done + rng.between(3 * HOUR, 4 * DAY);
        let again = office(asked, 1, rng).max(asked + HOUR);
        let fixed = office(again, rng.between(1, 4), rng).max(again + HOUR);
        steps.extend([
            (asked, "reopen-requested"),
            (again, "reopened"),
            (again + 1_200, "in-progress"),
            (fixed, "done"),
        ]);
    }
}

/// A moment in office hours, a number of working days after a local second.
fn office(from: i64, days: i64, rng: &mut Rng) -> i64 {
    working_day(from.div_euclid(DAY), days) * DAY + rng.between(8 * HOUR, 16 * HOUR + 1800)
}

/// The same moment, or the next in office hours.
fn at_work(at: i64) -> i64 {
    let (day, clock) = (at.div_euclid(DAY), at.rem_euclid(DAY));
    match working_day(day, 0) {
        same if same == day => day * DAY + clock.clamp(8 * HOUR + clock / 40, 17 * HOUR + clock / 40),
        next => next * DAY + 8 * HOUR + clock / 20,
    }
}
