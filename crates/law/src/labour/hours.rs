//! Hours of work: per shift, per week, on average (ATW art. 5:4, 5:7, 5:8), and Sundays (art. 5:6).

use super::{Limit, NightCap, Note, Unit, Work};

/// Minutes of a week.
const WEEK: i64 = 7 * 24 * 60;

/// The rules that look at one shift: its break and its hours.
pub(super) fn per_shift(work: &Work<'_>, note: &mut Note<'_>) {
    for (index, duty) in work.duties.iter().enumerate() {
        match note.rule.limit {
            Limit::ShiftHours { most_min } if duty.work() > i64::from(most_min) => {
                note.add((index, index), (duty.work(), most_min.into()), Unit::Minutes, 0);
            }
            Limit::Break { over_min, break_min, collective_min, long_over_min, long_break_min } => {
                let normal = if work.conditions.collective { collective_min } else { break_min };
                let long = if work.conditions.collective { collective_min } else { long_break_min };
                let least = match duty.work() {
                    minutes if minutes > i64::from(long_over_min) => long,
                    minutes if minutes > i64::from(over_min) => normal,
                    _ => 0,
                };
                if duty.break_min < least {
                    note.add((index, index), (duty.break_min.into(), least.into()), Unit::Minutes, 0);
                }
            }
            _ => {}
        }
    }
}

/// What is counted per week.
#[derive(Debug, Clone, Copy, Default)]
struct Week {
    /// Minutes of work.
    work: i64,
    /// Minutes of work and of leave.
    counted: i64,
    /// Minutes in the hours of the night.
    night_min: i64,
    /// Night shifts that begin in it.
    nights: i64,
    /// Those that end late.
    late: i64,
    /// Sundays with work: 0 or 1.
    sundays: i64,
    /// First and last shift that touches it.
    shifts: Option<(usize, usize)>,
}

/// The weeks from the first to the last with work or leave.
pub(super) struct Weeks(Vec<Week>);

impl Weeks {
    pub(super) fn of(work: &Work<'_>, offset: i32) -> Self {
        let number = |day: i32| (day + offset).div_euclid(7);
        let days = work.duties.iter().flat_map(|d| [d.day, d.last_day]).chain(work.leave.iter().map(|l| l.day));
        let (first, last) = days.map(number).fold((i32::MAX, i32::MIN), |(a, b), week| (a.min(week), b.max(week)));
        if first > last {
            return Self(Vec::new());
        }
        let mut weeks = vec![Week::default(); (last - first + 1) as usize];
        let at = |day: i32| (number(day) - first) as usize;
        for (index, duty) in work.duties.iter().enumerate() {
            for (day, minutes) in duty.days() {
                let week = &mut weeks[at(day)];
                week.work += minutes;
                week.counted += minutes;
                if is_sunday(day) && (minutes > 0 || duty.day == duty.last_day) {
                    week.sundays = 1;
                }
                week.shifts = Some((week.shifts.map_or(index, |(first, _)| first), index));
            }
            let week = &mut weeks[at(duty.day)];
            week.night_min += i64::from(duty.night_min);
            week.nights += i64::from(duty.is_night);
            week.late += i64::from(duty.is_late);
        }
        for leave in work.leave {
            weeks[at(leave.day)].counted += i64::from(leave.minutes);
        }
        Self(weeks)
    }

    pub(super) fn check(&self, work: &Work<'_>, note: &mut Note<'_>) {
        let conditions = work.conditions;
        match note.rule.limit {
            Limit::WeekHours { most_min } => {
                let most = i64::from(most_min);
                self.each(1, note, |week| (week.work > most).then_some((week.work, most, Unit::Minutes)));
            }
            Limit::AverageHours { weeks, most_min, waived_by_agreement }
                if !(waived_by_agreement && conditions.collective) =>
            {
                self.average(weeks, most_min, 0, note);
            }
            Limit::NightAverage { nights, weeks, most_min } => self.average(weeks, most_min, nights.into(), note),
            Limit::LateNights { most, weeks, collective_most, collective_weeks } => {
                let (most, weeks) = match conditions.night_cap {
                    NightCap::Count => (most, weeks),
                    NightCap::CollectiveCount => (collective_most, collective_weeks),
                    NightCap::CollectiveHours => return,
                };
                let most = i64::from(most);
                self.each(weeks, note, |sum| (sum.late > most).then_some((sum.late, most, Unit::Times)));
            }
            Limit::NightTime { most_min, weeks } if conditions.night_cap == NightCap::CollectiveHours => {
                let most = i64::from(most_min);
                self.each(weeks, note, |sum| (sum.night_min > most).then_some((sum.night_min, most, Unit::Minutes)));
            }
            Limit::SundayWork {} if !conditions.sunday_work => {
                self.each(1, note, |week| (week.sundays > 0).then_some((week.sundays, 0, Unit::Times)));
            }
            Limit::FreeSundays { free, weeks } if !conditions.few_sundays => {
                let (free, all) = (i64::from(free), i64::from(weeks));
                self.each(weeks, note, |sum| {
                    (all - sum.sundays < free).then_some((all - sum.sundays, free, Unit::Times))
                });
            }
            _ => {}
        }
    }

    /// Average work per week over some weeks with at least so many night shifts.
    fn average(&self, weeks: u32, most_min: u32, nights: i64, note: &mut Note<'_>) {
        let (all, most) = (i64::from(weeks), i64::from(most_min));
        self.each(weeks, note, |sum| {
            let is_over = sum.counted > most * all && sum.nights >= nights;
            // Rounded up, so that a minute too much is not shown as just enough.
            is_over.then_some(((sum.counted + all - 1).div_euclid(all), most, Unit::Minutes))
        });
    }

    /// Every period of so many consecutive weeks; after one that is wrong, the next begins where it ends.
    fn each(&self, weeks: u32, note: &mut Note<'_>, wrong: impl Fn(&Week) -> Option<(i64, i64, Unit)>) {
        let length = weeks as usize;
        let mut sum = Week::default();
        let (mut from, mut until) = (0, 0);
        while from < self.0.len() {
            while until < self.0.len().min(from + length) {
                sum.add(&self.0[until], 1);
                until += 1;
            }
            let step = match wrong(&sum) {
                Some((found, limit, unit)) => {
                    let shifts = self.0[from..until].iter().filter_map(|week| week.shifts);
                    let both = shifts.reduce(|(first, _), (_, last)| (first, last)).unwrap_or_default();
                    note.add(both, (found, limit), unit, i64::from(weeks) * WEEK);
                    until - from
                }
                None => 1,
            };
            for week in &self.0[from..from + step] {
                sum.add(week, -1);
            }
            from += step;
        }
    }
}

impl Week {
    fn add(&mut self, other: &Self, sign: i64) {
        self.work += sign * other.work;
        self.counted += sign * other.counted;
        self.night_min += sign * other.night_min;
        self.nights += sign * other.nights;
        self.late += sign * other.late;
        self.sundays += sign * other.sundays;
    }
}

/// 1970-01-01 was a Thursday, so day 3 was a Sunday.
fn is_sunday(day: i32) -> bool {
    (day - 3).rem_euclid(7) == 0
}
