//! Daily and weekly rest (ATW art. 5:3, 5:5, and art. 5:8(2) after a late night).

use super::{Duty, Finding, LabourLaw, LabourRule, Limit, Note, Unit, Work};

/// Longer than any rest that a rule asks for.
const FOREVER: i64 = i64::MAX / 4;

/// Rest after each shift: 11 hours, or 14 after a night shift that ends late; once a week it may be shorter.
pub(super) fn daily(law: &LabourLaw, work: &Work<'_>, out: &mut Vec<Finding>) {
    let find = |is_kind: fn(&Limit) -> bool| law.rules.iter().find(|rule| is_kind(&rule.limit));
    let by_day = find(|limit| matches!(limit, Limit::DailyRest { .. }));
    let by_night = find(|limit| matches!(limit, Limit::LateNightRest { .. }));
    let mut last_short: Option<i64> = None;
    for (index, duty) in work.duties.iter().enumerate() {
        let Some(rule) = by_night.filter(|_| duty.is_late).or(by_day) else { continue };
        let Some((least, short, per)) = numbers(rule) else { continue };
        let rest = rest_after(duty, work.duties.get(index + 1), rule);
        if rest >= least {
            continue;
        }
        let is_first_short = last_short.is_none_or(|before| duty.end - before >= per);
        if work.conditions.short_rest && rest >= short && is_first_short {
            last_short = Some(duty.end);
            continue;
        }
        let next = (index + 1).min(work.duties.len() - 1);
        Note { rule, out }.add((index, next), (rest, least), Unit::Minutes, 0);
    }
}

/// Least rest, the shorter one, and in which period that may be once.
fn numbers(rule: &LabourRule) -> Option<(i64, i64, i64)> {
    match rule.limit {
        Limit::DailyRest { rest_min, short_min, short_per_min, .. }
        | Limit::LateNightRest { rest_min, short_min, short_per_min } => {
            Some((rest_min.into(), short_min.into(), short_per_min.into()))
        }
        _ => None,
    }
}

/// Rest until the next shift; for daily rest no more than what is left of the 24 hours from the begin of the shift.
fn rest_after(duty: &Duty, next: Option<&Duty>, rule: &LabourRule) -> i64 {
    let rest = next.map_or(FOREVER, |next| next.start - duty.end);
    match rule.limit {
        Limit::DailyRest { within_min, .. } => rest.min(i64::from(within_min) - duty.length()),
        _ => rest,
    }
}

/// Weekly rest: from the first shift after a long enough rest on, one long rest in 7 × 24 hours, or several in 14 × 24.
pub(super) fn weekly(work: &Work<'_>, note: &mut Note<'_>) {
    let Limit::WeeklyRest { rest_min, within_min, long_rest_min, long_within_min, part_min } = note.rule.limit else {
        return;
    };
    let duties = work.duties;
    for (first, duty) in duties.iter().enumerate() {
        if first > 0 && duty.start - duties[first - 1].end < i64::from(part_min) {
            continue;
        }
        let week = Span { first, until: duty.start + i64::from(within_min) };
        let (longest, last) = week.rests(duties).fold((0, first), |(most, _), (rest, after)| (most.max(rest), after));
        if longest >= i64::from(rest_min) {
            continue;
        }
        let fortnight = Span { first, until: duty.start + i64::from(long_within_min) };
        let parts: i64 = fortnight.rests(duties).map(|(rest, _)| rest).filter(|&r| r >= i64::from(part_min)).sum();
        if parts < i64::from(long_rest_min) {
            note.add((first, last), (longest, rest_min.into()), Unit::Minutes, within_min.into());
        }
    }
}

/// A period that begins with a shift.
struct Span {
    first: usize,
    until: i64,
}

impl Span {
    /// The rests in the period, as far as they lie in it, each with the shift before it.
    fn rests<'a>(&self, duties: &'a [Duty]) -> impl Iterator<Item = (i64, usize)> + use<'a> {
        let until = self.until;
        (self.first..duties.len()).take_while(move |&i| duties[i].start < until).map(move |i| {
            let next = duties.get(i + 1).map_or(FOREVER, |next| next.start);
            ((next.min(until) - duties[i].end).max(0), i)
        })
    }
}
