//! A shelf: rows that are kept for a term. It says how many there are, which are due, and lets them go.
//!
//! The SQL of a shelf stands in the store of the slice whose rows they are; when and how fast they go is the
//! business of who runs the terms.

use crate::clock::At;
use crate::db::{Tx, Vault};
use crate::{Result, args};

/// Rows of one kind. Each text uses all of its values.
#[derive(Clone, Copy, Debug)]
pub struct Shelf {
    /// The kind of record in the retention register, kebab-case.
    pub kind: &'static str,
    /// How many rows there are; `$1` municipality.
    pub total: &'static str,
    /// The rows whose clock started before `$2`, as quarters of an hour since 1970 and their number, in order;
    /// `$1` municipality. Rows on legal hold do not count.
    pub due: &'static str,
    /// Lets those rows go, at most `$3` of them; the last statement touches one row for each.
    pub go: &'static [&'static str],
}

/// How many rows have a clock that started within one quarter of an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Due {
    /// Quarters of an hour since 1970 UTC: every local day begins with one.
    pub quarter: i64,
    /// Rows.
    pub rows: i64,
}

impl Due {
    /// Microseconds in a quarter of an hour.
    pub const MICROS: i64 = 900_000_000;

    /// The begin of the quarter.
    #[must_use]
    pub fn at(self) -> At {
        At::from_micros(self.quarter.saturating_mul(Self::MICROS))
    }
}

impl Shelf {
    /// How many rows there are.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn total<V: Vault>(&self, tx: &mut Tx<V>, municipality: &str) -> Result<i64> {
        let (total,): (i64,) = tx.one(self.total, args![municipality]).await?;
        Ok(total)
    }

    /// Which rows have a clock that started before `before`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn due<V: Vault>(&self, tx: &mut Tx<V>, municipality: &str, before: At) -> Result<Vec<Due>> {
        tx.all(self.due, args![municipality, before]).await
    }

    /// Lets at most `most` rows go whose clock started before `before`; gives how many went.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn go<V: Vault>(&self, tx: &mut Tx<V>, municipality: &str, before: At, most: i64) -> Result<u64> {
        let mut gone = 0;
        for sql in self.go {
            gone = tx.run(sql, args![municipality, before, most]).await?;
        }
        Ok(gone)
    }
}
