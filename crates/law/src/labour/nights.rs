//! Night shifts (ATW art. 5:8): their length, the rest after them, how many in a row; and the nights of the young.

use super::{Duty, Limit, Note, Unit, Work};

pub(super) fn check(work: &Work<'_>, note: &mut Note<'_>) {
    let duties = work.duties;
    match note.rule.limit {
        Limit::NightHours { .. } => hours(duties, note),
        Limit::LongNightRest { over_min, rest_min } => {
            for (index, pair) in duties.windows(2).enumerate() {
                let rest = pair[1].start - pair[0].end;
                if pair[0].is_night && pair[0].work() > i64::from(over_min) && rest < i64::from(rest_min) {
                    note.add((index, index + 1), (rest, rest_min.into()), Unit::Minutes, 0);
                }
            }
        }
        Limit::NightRowRest { nights, rest_min } => row_rest(duties, nights, rest_min.into(), note),
        Limit::RowWithNight { most, collective_most, break_min } => {
            let most = if work.conditions.collective { collective_most } else { most };
            row(duties, most.into(), break_min.into(), note);
        }
        Limit::YouthNight { .. } => {
            for (index, duty) in duties.iter().enumerate() {
                if work.adult_from.is_some_and(|adult| duty.day < adult) && duty.youth_night_min > 0 {
                    note.add((index, index), (duty.youth_night_min.into(), 0), Unit::Minutes, 0);
                }
            }
        }
        _ => {}
    }
}

/// Work per night shift, and how often the longer limit was used.
fn hours(duties: &[Duty], note: &mut Note<'_>) {
    let Limit::NightHours { most_min, long_min, long_times, long_per_min, year_times, year_weeks } = note.rule.limit
    else {
        return;
    };
    let mut long = Vec::new();
    for (index, duty) in duties.iter().enumerate().filter(|(_, duty)| duty.is_night) {
        if duty.work() > i64::from(long_min) {
            note.add((index, index), (duty.work(), long_min.into()), Unit::Minutes, 0);
        }
        if duty.work() > i64::from(most_min) {
            long.push(index);
        }
    }
    for (times, per) in [(long_times, i64::from(long_per_min)), (year_times, i64::from(year_weeks) * 7 * 24 * 60)] {
        for some in long.windows(times as usize + 1) {
            let (first, last) = (some[0], some[some.len() - 1]);
            if duties[last].start - duties[first].start < per {
                note.add((first, last), (i64::from(times) + 1, times.into()), Unit::Times, per);
            }
        }
    }
}

/// Rest after some night shifts in a row. A night shift before that rest is over belongs to the row.
fn row_rest(duties: &[Duty], nights: u32, least: i64, note: &mut Note<'_>) {
    let mut row = 0;
    for (index, pair) in duties.windows(2).enumerate() {
        row = if pair[0].is_night { row + 1 } else { 0 };
        let rest = pair[1].start - pair[0].end;
        if rest >= least {
            row = 0;
        } else if row >= nights && !pair[1].is_night {
            let first = index + 1 - row as usize;
            note.add((first, index + 1), (rest, least), Unit::Minutes, 0);
        }
    }
}

/// Shifts in a row of which at least one is a night shift.
fn row(duties: &[Duty], most: i64, break_min: i64, note: &mut Note<'_>) {
    let mut first = 0;
    for (last, duty) in duties.iter().enumerate() {
        if duties.get(last + 1).is_some_and(|next| next.start - duty.end < break_min) {
            continue;
        }
        let length = (last + 1 - first) as i64;
        if length > most && duties[first..=last].iter().any(|duty| duty.is_night) {
            note.add((first, last), (length, most), Unit::Times, 0);
        }
        first = last + 1;
    }
}
