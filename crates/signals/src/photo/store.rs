//! SQL of photos.

use super::{PhotoRef, Ready, Released};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// Inserts a photo, once per id.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, signal: Uuid, id: Uuid, ready: &Ready, at: At) -> Result<()> {
    tx.run(
        "insert into photo (municipality, id, signal_id, at, width, height, image_bytes, thumb_bytes, scan)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (municipality, id) do nothing",
        args![
            permit.municipality(),
            id,
            signal,
            at,
            ready.width,
            ready.height,
            ready.image.clone(),
            ready.thumb.clone(),
            ready.scan
        ],
    )
    .await?;
    Ok(())
}

/// The photos of a signal without their bytes.
pub(super) async fn of(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<PhotoRef>> {
    tx.all(
        "select id, signal_id, at, width, height, scan, version, released, cover from photo
         where municipality = $1 and signal_id = $2 order by at, id",
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

/// The bytes of the covered picture.
pub(super) async fn cover_bytes(tx: &mut Tx, permit: &Permit, signal: Uuid, photo: Uuid) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = tx
        .opt(
            "select cover_image_bytes from photo
             where municipality = $1 and signal_id = $2 and id = $3 and cover_image_bytes is not null",
            args![permit.municipality(), signal, photo],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

/// A picture that may go out, and what decides whether everybody may see it.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Out {
    pub(super) version: i64,
    pub(super) publication: String,
    pub(super) category: String,
    pub(super) picture_bytes: Vec<u8>,
}

/// The released picture of a photo, or its small one.
pub(super) async fn released_bytes(tx: &mut Tx, permit: &Permit, photo: Uuid, thumb: bool) -> Result<Option<Out>> {
    let sql = if thumb {
        "select p.version, s.publication, s.category,
            case p.released when 'covered' then p.cover_thumb_bytes else p.thumb_bytes end as picture_bytes
         from photo p join signal s on s.municipality = p.municipality and s.id = p.signal_id
         where p.municipality = $1 and p.id = $2 and p.released in ('covered', 'plain')"
    } else {
        "select p.version, s.publication, s.category,
            case p.released when 'covered' then p.cover_image_bytes else p.image_bytes end as picture_bytes
         from photo p join signal s on s.municipality = p.municipality and s.id = p.signal_id
         where p.municipality = $1 and p.id = $2 and p.released in ('covered', 'plain')"
    };
    tx.opt(sql, args![permit.municipality(), photo]).await
}

/// Puts a covered picture beside the clean one, or takes it away; nothing may go out until somebody says so again.
pub(super) async fn set_cover(
    tx: &mut Tx,
    permit: &Permit,
    photo: Uuid,
    cover: &str,
    ready: Option<Ready>,
) -> Result<u64> {
    let (image, thumb) = ready.map_or((None, None), |r| (Some(r.image), Some(r.thumb)));
    tx.run(
        "update photo set cover = $3, cover_image_bytes = $4, cover_thumb_bytes = $5, released = 'none',
            version = version + 1
         where municipality = $1 and id = $2",
        args![permit.municipality(), photo, cover, image, thumb],
    )
    .await
}

/// Says which picture may go out.
pub(super) async fn set_released(tx: &mut Tx, permit: &Permit, photo: Uuid, released: Released) -> Result<u64> {
    tx.run(
        "update photo set released = $3, version = version + 1 where municipality = $1 and id = $2",
        args![permit.municipality(), photo, released],
    )
    .await
}
