//! Visits that a campaign asks for.

use kit::{At, Fault, Tx, Uuid};
use policy::Permit;

/// A visit that a running campaign asks for in a week and that has not been made often enough yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Obligation {
    /// Its id; a visit of kind `campaign` has it as target.
    pub id: Uuid,
    /// The campaign.
    pub campaign: Uuid,
    /// Name of the campaign, as typed.
    pub title: String,
    /// The place in words.
    pub place: String,
    /// Longitude and latitude of the place (WGS84).
    pub point: (f64, f64),
    /// Neighbourhood code.
    pub area: Option<String>,
    /// Category whose reports it is about, if any.
    pub category: Option<String>,
    /// Minutes of presence per visit.
    pub minutes: u32,
    /// Local hours of the day between which a visit may begin, for instance `(22, 26)` for ten to two at night; `None`: any.
    pub hours: Option<(u8, u8)>,
    /// Visits still to be made in the week (from Monday) in which `from` lies; at least 1.
    pub left: u32,
    /// Last local day on which the visits of this week can be made, in days since 1970-01-01.
    pub last_day: i64,
}

/// Visits that running campaigns still ask for in the weeks that `from` to `to` touch; few, by place.
///
/// # Errors
/// When the database cannot be read.
#[allow(clippy::unused_async, reason = "the rooms of campaigns are not there yet")]
pub async fn due(_tx: &mut Tx, _permit: &Permit, _from: At, _to: At) -> Result<Vec<Obligation>, Fault> {
    Ok(vec![])
}
