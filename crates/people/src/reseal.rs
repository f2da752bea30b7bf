//! Key rotation: the secrets of second factors and the id tokens of sessions, sealed anew.

use crate::{second_factor, session};
use kit::{Fault, Seal, Tx};

mod store;

/// Seals every secret of this vault anew with the newest key; gives how many.
///
/// # Errors
/// When a value does not open, or the database refuses.
pub async fn reseal(tx: &mut Tx, seal: &Seal) -> Result<u64, Fault> {
    let mut done = 0;
    for row in store::secrets(tx).await? {
        let at = second_factor::place((&row.municipality, row.id));
        let sealed = seal.seal(&at, &seal.open(&at, &row.sealed_bytes)?)?;
        store::put_secret(tx, &row, sealed).await?;
        done += 1;
    }
    for row in store::id_tokens(tx).await? {
        let at = session::id_token_place(&row.municipality, row.id);
        let sealed = seal.seal(&at, &seal.open(&at, &row.sealed_bytes)?)?;
        store::put_id_token(tx, &row, sealed).await?;
        done += 1;
    }
    Ok(done)
}
