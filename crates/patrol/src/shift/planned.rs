//! Shifts that a roster makes: written when it is published, and changed with it. The roster has checked powers,
//! labour-time law and who is busy.

use super::{Shift, store};
use kit::{At, Municipality, Result, Tx, Uuid, args};
use policy::Permit;

/// A shift of a published roster.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Id.
    pub id: Uuid,
    /// Team id of `patrol.toml`.
    pub team: String,
    /// Kind of shift of `patrol.toml`.
    pub kind: String,
    /// Begin.
    pub starts_at: At,
    /// End.
    pub ends_at: At,
    /// Accounts of its officers.
    pub officers: Vec<Uuid>,
}

/// Writes the shifts with exactly these officers; they start from the municipality's base.
///
/// # Errors
/// When the database refuses.
pub async fn write(tx: &mut Tx, permit: &Permit, municipality: &Municipality, shifts: &[Planned]) -> Result<()> {
    let code = permit.municipality();
    let (mut rows, mut officers) = (vec![], vec![]);
    for planned in shifts {
        let shift = Shift {
            id: planned.id,
            team: planned.team.clone(),
            kind: planned.kind.clone(),
            starts_at: planned.starts_at,
            ends_at: planned.ends_at,
            day: i64::from(planned.starts_at.day_and_hour(&municipality.zone).0),
            lon: municipality.file.base.lon,
            lat: municipality.file.base.lat,
            version: 1,
        };
        rows.extend(store::values(code, &shift));
        officers.extend(planned.officers.iter().flat_map(|officer| args![code, planned.id, *officer]));
        store::clear(tx, permit, planned.id).await?;
    }
    store::insert_many(tx, rows).await?;
    store::insert_officers(tx, officers).await?;
    Ok(())
}

/// Who is on which shift that begins in a stretch of time, whoever made it.
///
/// # Errors
/// When the database cannot be read.
pub async fn work(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<Work>> {
    store::work(tx, permit, from, to).await
}

/// The shifts of one officer that end after `from`, in order, at most `most`.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid, from: At, most: i64) -> Result<Vec<Shift>> {
    store::of_officer(tx, permit, account, from, most).await
}

/// An officer on a shift, with its hours.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Work {
    /// The shift.
    pub shift_id: Uuid,
    /// The officer's account.
    pub account_id: Uuid,
    /// Kind of shift, or `own`.
    pub kind: String,
    /// Begin.
    pub starts_at: At,
    /// End.
    pub ends_at: At,
}
