//! What is kept of a person here, for a request of a data subject: an address that follows the neighbourhood, and
//! the coordinator of a group.

use crate::store;
use kit::{At, Fault, Tx, Uuid, audit};
use policy::Permit;
use site::Cx;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Found {
    /// Its id.
    pub id: Uuid,
    /// `neighbourhood` (a follower) or `group` (a coordinator).
    pub kind: String,
    /// Name of the group; empty for a follower.
    pub about: String,
    /// Name of the coordinator; empty for a follower.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone of the coordinator.
    pub phone: String,
    /// Since when.
    pub at: At,
}

/// What is kept of an e-mail address, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(tx: &mut Tx, permit: &Permit, email: &str) -> kit::Result<Vec<Found>> {
    let email = email.trim().to_lowercase();
    if email.is_empty() { Ok(vec![]) } else { store::of_person(tx, permit, &email).await }
}

/// Erases one of them: a follower goes; a group stays, without its coordinator.
///
/// # Errors
/// [`Fault::NotFound`] when it is gone, or when the database refuses.
pub async fn erase(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<(), Fault> {
    if store::erase_person(tx, permit, id, cx.now).await? == 0 {
        return Err(Fault::NotFound);
    }
    let detail = serde_json::json!({ "contact": "erased" });
    audit::record(tx, &cx.deed_for("rights"), permit.action(), "neighbour", &id.to_string(), &detail).await?;
    Ok(())
}
