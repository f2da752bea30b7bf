//! Idempotent writes: a client-made id that was seen before gives the first answer again.

use crate::clock::At;
use crate::db::{Tx, Vault};
use crate::{Result, args};
use uuid::Uuid;

/// Whether a write is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Do it; the answer given was stored.
    New,
    /// It was done; this was the answer.
    Replay(String),
}

/// Claims the request `id` in the caller's transaction, with the answer (a path) that a replay gets.
///
/// # Errors
/// When the database refuses.
pub async fn claim<V: Vault>(tx: &mut Tx<V>, municipality: &str, id: Uuid, at: At, answer: &str) -> Result<Claim> {
    let new = tx
        .run(
            "insert into handled_request (municipality, id, at, answer) values ($1, $2, $3, $4)
             on conflict (municipality, id) do nothing",
            args![municipality, id, at, answer],
        )
        .await?;
    if new == 1 {
        return Ok(Claim::New);
    }
    let (answer,): (String,) = tx
        .one("select answer from handled_request where municipality = $1 and id = $2", args![municipality, id])
        .await?;
    Ok(Claim::Replay(answer))
}
