//! Key rotation: every sealed value of the record tables anew, under the newest data key.

use crate::store::reseal::{Table, old, put};
use crate::write::place;
use kit::{AnyVault, Fault, Seal, Tx};

/// Seals at most `limit` values of this vault anew with the newest key, of every municipality. Gives how many: 0 when
/// nothing is left under an older key, so that it can be retired. Call it again, in a new transaction, until then.
///
/// # Errors
/// When a value does not open, or the database refuses.
pub async fn reseal(tx: &mut Tx<AnyVault>, seal: &Seal, limit: i64) -> Result<u64, Fault> {
    let probe = seal.seal("probe", b"")?;
    let version = probe.get(..4).unwrap_or_default();
    let mut done = 0;
    for table in Table::ALL {
        let left = limit - i64::try_from(done).unwrap_or(limit);
        for value in old(tx, table, version, left.max(0)).await? {
            let at = match table {
                Table::Field => place::field(&value.municipality, value.id, &value.name),
                Table::History => place::history(&value.municipality, value.id),
                Table::Disclosure => place::necessity(&value.municipality, value.id),
                Table::Crossing => place::crossing(&value.municipality, value.id),
            };
            let sealed = seal.seal(&at, &seal.open(&at, &value.sealed_bytes)?)?;
            put(tx, table, &value, sealed).await?;
            done += 1;
        }
    }
    Ok(done)
}
