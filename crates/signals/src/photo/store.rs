//! SQL of photos.

use super::{PhotoRef, Ready};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// Inserts a photo, once per id.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, signal: Uuid, id: Uuid, ready: &Ready, at: At) -> Result<()> {
    tx.run(
        "insert into photo (municipality, id, signal_id, at, width, height, image_bytes, thumb_bytes)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (municipality, id) do nothing",
        args![
            permit.municipality(),
            id,
            signal,
            at,
            ready.width,
            ready.height,
            ready.image.clone(),
            ready.thumb.clone()
        ],
    )
    .await?;
    Ok(())
}

/// The photos of a signal without their bytes.
pub(super) async fn of(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<PhotoRef>> {
    tx.all(
        "select id, signal_id, at, width, height from photo where municipality = $1 and signal_id = $2 order by at, id",
        args![permit.municipality(), signal],
    )
    .await
}

/// The bytes of one picture of a signal.
pub(super) async fn bytes(
    tx: &mut Tx,
    permit: &Permit,
    signal: Uuid,
    photo: Uuid,
    thumb: bool,
) -> Result<Option<Vec<u8>>> {
    let sql = if thumb {
        "select thumb_bytes from photo where municipality = $1 and signal_id = $2 and id = $3"
    } else {
        "select image_bytes from photo where municipality = $1 and signal_id = $2 and id = $3"
    };
    let row: Option<(Vec<u8>,)> = tx.opt(sql, args![permit.municipality(), signal, photo]).await?;
    Ok(row.map(|r| r.0))
}
