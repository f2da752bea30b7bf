//! Keyset paging: a cursor is the last row's instant and id, so that page 1,500 costs what page 1 costs.

use crate::clock::At;
use uuid::Uuid;

/// Where the next page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Instant of the last row shown.
    pub at: At,
    /// Its id, to tell rows of one instant apart.
    pub id: Uuid,
}

impl Cursor {
    /// Before every row, in an order from new to old.
    pub const START: i64 = i64::MAX;

    /// Reads what [`Cursor::to_string`] wrote; anything else is no cursor.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('-')?;
        Some(Self { at: At::from_micros(i64::from_str_radix(at, 36).ok()?), id: Uuid::try_parse(id).ok()? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut n = self.at.micros().max(0).unsigned_abs();
        let mut digits = Vec::new();
        loop {
            digits.push(char::from_digit((n % 36) as u32, 36).unwrap_or('0'));
            n /= 36;
            if n == 0 {
                break;
            }
        }
        write!(f, "{}-{}", digits.iter().rev().collect::<String>(), self.id.simple())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back_whole() {
        let cursor = Cursor { at: At::from_micros(1_700_000_000_123_456), id: Uuid::from_u128(7) };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        for wrong in ["", "x", "zz-zz", "1-2-3"] {
            assert_eq!(Cursor::parse(wrong), None, "{wrong}");
        }
    }
}
