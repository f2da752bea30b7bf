//! Times as files write them.
//!
//! A time with an offset is exact. A time without one is the wall clock of the mapping's zone; where the
//! clock skips an hour it counts as later, where an hour comes twice the first one is meant (RFC 5545,
//! section 3.3.5): always the same answer. A day without a time is the start of that day.

use jiff::civil::DateTime;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::TimeZone;
use kit::At;

/// The instant that `text` means; `format` is a strptime pattern, `None` is ISO 8601.
pub(super) fn read(text: &str, format: Option<&str>, zone: &TimeZone) -> Option<At> {
    let Some(format) = format else { return iso(text, zone) };
    let parts = BrokenDownTime::parse(format, text).ok()?;
    if parts.offset().is_some() || parts.timestamp().is_some() {
        return parts.to_timestamp().ok().map(micros);
    }
    let local = parts.to_datetime().or_else(|_| parts.to_date().map(DateTime::from)).ok()?;
    wall(local, zone)
}

fn iso(text: &str, zone: &TimeZone) -> Option<At> {
    let pieces = Pieces::parse(text).ok()?;
    let local = pieces.date().to_datetime(pieces.time().unwrap_or(jiff::civil::Time::midnight()));
    match pieces.offset() {
        Some(PiecesOffset::Zulu) => wall(local, &TimeZone::UTC),
        Some(PiecesOffset::Numeric(offset)) => offset.offset().to_timestamp(local).ok().map(micros),
        Some(_) => None,
        None => wall(local, zone),
    }
}

fn wall(local: DateTime, zone: &TimeZone) -> Option<At> {
    zone.to_ambiguous_timestamp(local).compatible().ok().map(micros)
}

/// Both databases keep microseconds.
fn micros(at: jiff::Timestamp) -> At {
    At::from_micros(at.as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_mean_one_instant() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        for (text, format, utc) in [
            ("2024-05-03T14:05:00", None, Some("2024-05-03T12:05:00Z")),
            ("2024-05-03 14:05", None, Some("2024-05-03T12:05:00Z")),
            ("2024-05-03", None, Some("2024-05-02T22:00:00Z")),
            ("2024-05-03T14:05:00Z", None, Some("2024-05-03T14:05:00Z")),
            ("2024-05-03T14:05:00-05:00", None, Some("2024-05-03T19:05:00Z")),
            ("2024-05-03T14:05:00.1234567", None, Some("2024-05-03T12:05:00.123456Z")),
            // The clock went from 02:00 to 03:00, and in October from 03:00 to 02:00.
            ("2024-03-31T02:30:00", None, Some("2024-03-31T01:30:00Z")),
            ("2024-10-27T02:30:00", None, Some("2024-10-27T00:30:00Z")),
            ("2024-10-27T02:30:00+01:00", None, Some("2024-10-27T01:30:00Z")),
            ("03-05-2024 14:05", Some("%d-%m-%Y %H:%M"), Some("2024-05-03T12:05:00Z")),
            ("03-05-2024", Some("%d-%m-%Y"), Some("2024-05-02T22:00:00Z")),
            ("31-03-2024 02:30", Some("%d-%m-%Y %H:%M"), Some("2024-03-31T01:30:00Z")),
            ("03-05-2024 14:05 +0000", Some("%d-%m-%Y %H:%M %z"), Some("2024-05-03T14:05:00Z")),
            ("1714745100", Some("%s"), Some("2024-05-03T14:05:00Z")),
            ("03-05-2024", None, None),
            ("2024-13-03", None, None),
            ("2024-05-03 14:05", Some("%d-%m-%Y %H:%M"), None),
            ("nvt", None, None),
        ] {
            let expected = utc.map(|u| At(u.parse().unwrap()));
            assert_eq!(read(text, format, &zone), expected, "{text} {format:?}");
        }
    }
}
