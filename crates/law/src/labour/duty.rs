//! A shift as the Act sees it: elapsed minutes, and what the local clock says of them.

use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use serde::{Deserialize, Serialize};

use super::table::{LabourLaw, Limit};

/// One shift. Make it with [`LabourLaw::duty`]; the fields are plain numbers so that thousands can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Begin, in minutes since 1970-01-01 UTC: differences are elapsed time, also when the clock changes.
    pub start: i64,
    /// End, in the same minutes.
    pub end: i64,
    /// Breaks, in minutes; each of at least 15 minutes, not at the begin or the end.
    pub break_min: u32,
    /// Local day of the begin, in days since 1970-01-01.
    pub day: i32,
    /// Local day of the last minute.
    pub last_day: i32,
    /// Minutes of work on `last_day` if it is another day than `day`, else 0.
    pub work_last_day: u32,
    /// Minutes within the hours of the night (midnight to six); breaks are not taken off.
    pub night_min: u32,
    /// Minutes within the hours in which somebody under 18 may not work.
    pub youth_night_min: u32,
    /// Whether it is a night shift (art. 1:7(1)(d)).
    pub is_night: bool,
    /// Whether it is a night shift that ends after 02:00. When the clock goes back, 02:00 is the first of both.
    pub is_late: bool,
}

/// Why a shift cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DutyError {
    /// It ends before it begins, or lasts more than 24 hours.
    #[error("a shift of {0} minutes; it must last more than 0 minutes and at most 24 hours")]
    Length(i64),
    /// The breaks fill the shift.
    #[error("{break_min} minutes of break in a shift of {length} minutes")]
    Break {
        /// Minutes of break.
        break_min: u32,
        /// Minutes from begin to end.
        length: i64,
    },
}

impl Duty {
    /// Minutes from begin to end.
    pub fn length(&self) -> i64 {
        self.end - self.start
    }

    /// Minutes of work: without the breaks.
    pub fn work(&self) -> i64 {
        self.length() - i64::from(self.break_min)
    }

    /// The days it touches, each with its minutes of work.
    pub(super) fn days(&self) -> [(i32, i64); 2] {
        let last = i64::from(self.work_last_day);
        [(self.day, self.work() - last), (self.last_day, last)]
    }
}

impl LabourLaw {
    /// The shift between two moments; the local clock is that of `from`.
    ///
    /// # Errors
    /// When it does not last between 1 minute and 24 hours, or is all break.
    pub fn duty(&self, from: &Zoned, to: &Zoned, break_min: u32) -> Result<Duty, DutyError> {
        let zone = from.time_zone();
        let (start, end) = (minute(from), minute(to));
        let length = end - start;
        if !(1..=24 * 60).contains(&length) {
            return Err(DutyError::Length(length));
        }
        if i64::from(break_min) >= length {
            return Err(DutyError::Break { break_min, length });
        }
        let first = from.date();
        let last = to.saturating_sub(1.minute()).with_time_zone(zone.clone()).date();
        let mut duty = Duty {
            start,
            end,
            break_min,
            day: day_number(first),
            last_day: day_number(last),
            work_last_day: 0,
            night_min: 0,
            youth_night_min: 0,
            is_night: false,
            is_late: false,
        };
        if first != last {
            let midnight = at(zone, last, 0).clamp(start, end);
            let (before, after) = (midnight - start, end - midnight);
            // The break is put in the longer part.
            let after = if after > before { after - i64::from(break_min) } else { after };
            duty.work_last_day = u32::try_from(after.max(0)).unwrap_or(0);
        }
        let days = [first.yesterday().unwrap_or(first), first, last];
        let days = if first == last { &days[..2] } else { &days[..] };
        for rule in &self.rules {
            match rule.limit {
                Limit::NightShift { from, until, more_than_min, late_after } => {
                    for &day in days {
                        let minutes = within(&duty, zone, day, from, until);
                        duty.night_min += minutes;
                        duty.is_late |= minutes > 0 && duty.end > at(zone, day, late_after);
                    }
                    duty.is_night = duty.night_min > more_than_min;
                    duty.is_late &= duty.is_night;
                }
                Limit::YouthNight { from, until } => {
                    duty.youth_night_min = days.iter().map(|&day| within(&duty, zone, day, from, until)).sum();
                }
                _ => {}
            }
        }
        Ok(duty)
    }
}

/// Minutes of the duty between two times of day; `until` before `from` is the next morning.
fn within(duty: &Duty, zone: &TimeZone, day: Date, from: u32, until: u32) -> u32 {
    let next = day.tomorrow().unwrap_or(day);
    let (open, close) = (at(zone, day, from), at(zone, if until > from { day } else { next }, until));
    u32::try_from((duty.end.min(close) - duty.start.max(open)).max(0)).unwrap_or(0)
}

/// The minute of a local time; a time that the clock skips is the moment after the gap, one that comes twice the first.
fn at(zone: &TimeZone, day: Date, minutes: u32) -> i64 {
    let (hour, minute_of_hour) = ((minutes / 60 % 24) as i8, (minutes % 60) as i8);
    let time = Time::new(hour, minute_of_hour, 0, 0).unwrap_or(Time::midnight());
    zone.to_ambiguous_zoned(day.to_datetime(time)).compatible().map_or(i64::MAX, |zoned| minute(&zoned))
}

fn minute(moment: &Zoned) -> i64 {
    moment.timestamp().as_second().div_euclid(60)
}

/// Days since 1970-01-01, as rosters and [`Duty::day`] count them.
pub fn day_number(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}
