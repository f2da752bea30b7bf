//! How satisfied reporters are, as plain counts: usable as indicators with their own intervals.

use super::store;
use kit::{At, Result, Tx};

/// Counts of one period; nothing about persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Reporters who said whether they were satisfied.
    pub answered: i64,
    /// Those who were.
    pub satisfied: i64,
    /// Reports that were handled in the period.
    pub closed: i64,
    /// Reports of which taking up again was asked in the period.
    pub asked: i64,
    /// Reports handled in the period that were taken up again since.
    pub reopened: i64,
}

impl Figures {
    /// Satisfied reporters as a share of those who answered; nothing when nobody did.
    #[must_use]
    pub fn satisfied_share(&self) -> Option<f64> {
        share(self.satisfied, self.answered)
    }

    /// Reports taken up again as a share of those handled; nothing when none was.
    #[must_use]
    pub fn reopen_rate(&self) -> Option<f64> {
        share(self.reopened, self.closed)
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The counts from `from` up to `to`.
///
/// # Errors
/// When the database cannot be read.
pub async fn figures(tx: &mut Tx, municipality: &str, from: At, to: At) -> Result<Figures> {
    let (answered, satisfied, closed, asked, reopened) = store::counts(tx, municipality, from, to).await?;
    Ok(Figures { answered, satisfied, closed, asked, reopened })
}
