//! Category stops: for some time a category takes no reports, and a sentence says why and what to do.

mod ops;
mod store;
#[cfg(test)]
mod tests;

pub(super) use ops::{Draft, add, change, end};
pub(super) use store::{all, get};

use kit::{At, Result, Text, Tx, Uuid};

/// A stop of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Id.
    pub id: Uuid,
    /// Category id.
    pub category: String,
    /// What residents read.
    pub message: Text,
    /// From when.
    pub from: At,
    /// The first instant at which it is over; absent: until somebody ends it.
    pub until: Option<At>,
    /// Version, for forms.
    pub version: i64,
}

impl Stop {
    /// Whether it is in force at `now`.
    #[must_use]
    pub fn in_force(&self, now: At) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    /// Whether it is over at `now`.
    #[must_use]
    pub fn is_over(&self, now: At) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

/// The stops in force, by category; of more for one category the newest.
///
/// # Errors
/// When the database cannot be read.
pub async fn stops(tx: &mut Tx, municipality: &str, now: At) -> Result<Vec<Stop>> {
    let mut found = store::in_force(tx, municipality, None, now).await?;
    found.dedup_by(|later, first| later.category == first.category);
    Ok(found)
}

/// The stop of `category` in force, if there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn stopped(tx: &mut Tx, municipality: &str, category: &str, now: At) -> Result<Option<Stop>> {
    Ok(store::in_force(tx, municipality, Some(category), now).await?.into_iter().next())
}
