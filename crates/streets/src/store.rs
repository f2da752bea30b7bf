//! SQL of the street network.

use crate::import::Told;
use kit::{At, Result, Tx, args};
use policy::Permit;

/// Puts a network in the place of the one that was there.
pub(crate) async fn replace(tx: &mut Tx, permit: &Permit, told: &Told<'_>, bytes: Vec<u8>, now: At) -> Result<()> {
    tx.run(
        "insert into street_network (municipality, origin, file_name, data_of, imported_at, network_bytes)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (municipality) do update set origin = excluded.origin, file_name = excluded.file_name,
            data_of = excluded.data_of, imported_at = excluded.imported_at, network_bytes = excluded.network_bytes",
        args![permit.municipality(), told.origin, told.file, told.data_of.map(str::to_owned), now, bytes],
    )
    .await?;
    Ok(())
}

/// The packed network.
pub(crate) async fn packed(tx: &mut Tx, municipality: &str) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> =
        tx.opt("select network_bytes from street_network where municipality = $1", args![municipality]).await?;
    Ok(row.map(|(bytes,)| bytes))
}
