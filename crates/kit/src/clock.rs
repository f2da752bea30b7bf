//! Time: the clock that is handed down as an argument, and the instant as the database keeps it.

use jiff::{Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

/// The only source of "now". Tests hold a clock that stands still until they move it.
#[derive(Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that shows the given microseconds since 1970 UTC.
    Fixed(AtomicI64),
}

impl Clock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(AtomicI64::new(at.as_microsecond()))
    }

    /// The present instant, cut to microseconds so that it survives a round trip to either database.
    #[must_use]
    pub fn now(&self) -> At {
        match self {
            #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
            Self::System => At::from_micros(Timestamp::now().as_microsecond()),
            Self::Fixed(micros) => At::from_micros(micros.load(Ordering::Relaxed)),
        }
    }

    /// Moves a fixed clock; a system clock ignores it.
    pub fn set(&self, at: Timestamp) {
        if let Self::Fixed(micros) = self {
            micros.store(at.as_microsecond(), Ordering::Relaxed);
        }
    }

    /// A new time-ordered id (UUID version 7) for this instant.
    #[must_use]
    pub fn id(&self) -> Uuid {
        id_at(self.now())
    }
}

/// A new time-ordered id (UUID version 7, RFC 9562) for the instant `at`.
#[must_use]
pub fn id_at(at: At) -> Uuid {
    let micros = at.micros().max(0).unsigned_abs();
    let nanos = u32::try_from(micros % 1_000_000 * 1_000).unwrap_or(0);
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, micros / 1_000_000, nanos))
}

/// An instant, kept in both databases as a 64-bit count of microseconds since 1970-01-01 UTC
/// (ADR 0003): the same SQL, the same order and the same value on SQLite and PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct At(pub Timestamp);

impl At {
    /// From microseconds since 1970 UTC; out-of-range values clamp to the calendar's ends.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX }))
    }

    /// Microseconds since 1970 UTC.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The wall clock in `zone`.
    #[must_use]
    pub fn local(self, zone: &TimeZone) -> civil::DateTime {
        zone.to_datetime(self.0)
    }

    /// The local day as days since 1970-01-01, and the local hour 0-23: the two keys of the picture.
    #[must_use]
    pub fn day_and_hour(self, zone: &TimeZone) -> (i32, u8) {
        let local = self.local(zone);
        (day_number(local.date()), u8::try_from(local.hour()).unwrap_or(0))
    }
}

/// Days from 1970-01-01 to `date`.
#[must_use]
pub fn day_number(date: civil::Date) -> i32 {
    date.since(civil::date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The date that lies `day` days after 1970-01-01.
#[must_use]
pub fn day_date(day: i32) -> civil::Date {
    civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(day.clamp(-700_000, 2_900_000)))
}

impl<DB: sqlx::Database> sqlx::Type<DB> for At
where
    i64: sqlx::Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        <i64 as sqlx::Type<DB>>::type_info()
    }
    fn compatible(ty: &DB::TypeInfo) -> bool {
        <i64 as sqlx::Type<DB>>::compatible(ty)
    }
}

impl<'r, DB: sqlx::Database> sqlx::Decode<'r, DB> for At
where
    i64: sqlx::Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> std::result::Result<Self, sqlx::error::BoxDynError> {
        i64::decode(value).map(Self::from_micros)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970_and_back() {
        for (date, number) in
            [(civil::date(1970, 1, 1), 0), (civil::date(2000, 3, 1), 11_017), (civil::date(1969, 12, 31), -1)]
        {
            assert_eq!(day_number(date), number);
            assert_eq!(day_date(number), date);
        }
    }

    #[test]
    fn ids_sort_by_time() {
        let early = id_at(At::from_micros(1_700_000_000_000_000));
        let late = id_at(At::from_micros(1_700_000_001_000_000));
        assert!(early < late);
        assert_eq!(early.get_version_num(), 7);
    }
}
