//! SQL of the files as they came.

use crate::import::{FileState, Incoming};
use crate::model::Period;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A file as lists show it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FileRow {
    /// Its id.
    pub id: Uuid,
    /// Dataset.
    pub dataset: String,
    /// SHA-256 of the bytes as they came, in hexadecimal.
    pub sha256: String,
    /// Name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Publisher.
    pub publisher: String,
    /// Licence.
    pub licence: String,
    /// Reference date of the figures; empty when nobody says.
    pub reference: String,
    /// Period that was stated with the file; empty when the file says it.
    pub stated: String,
    /// Address that it came from; empty for an upload.
    pub origin: String,
    /// The server's mark.
    pub etag: String,
    /// When the server says that it changed.
    pub modified: String,
    /// Who brought it; none: the scheduled refresh.
    pub account_id: Option<Uuid>,
    /// When.
    pub received_at: At,
    /// State.
    pub state: FileState,
    /// Row report as JSON.
    pub report: String,
    /// When it was used.
    pub applied_at: Option<At>,
    /// Version.
    pub version: i64,
}

pub(crate) async fn add_file(
    tx: &mut Tx,
    permit: &Permit,
    file: &Incoming,
    source: (&str, &str),
    found: (&str, Vec<u8>, Option<Uuid>, At),
) -> Result<()> {
    let (sha256, packed, account, at) = found;
    tx.run(
        "insert into figure_file (municipality, id, dataset, sha256, name, media_type, size, packed_bytes, publisher,
            licence, reference, stated, origin, etag, modified, account_id, received_at, state, report, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'checked', '{}', 1)",
        args![
            permit.municipality(),
            file.id,
            &file.dataset,
            sha256,
            &file.name,
            &file.media_type,
            file.bytes.len() as i64,
            packed,
            source.0,
            source.1,
            &file.reference,
            file.stated.map(Period::code).unwrap_or_default(),
            &file.origin,
            &file.etag,
            &file.modified,
            account,
            at
        ],
    )
    .await?;
    Ok(())
}

/// A statement that reads files, with its end.
macro_rules! files {
    ($end:literal) => {
        concat!(
            "select id, dataset, sha256, name, media_type, size, publisher, licence, reference, stated, origin, etag,
                modified, account_id, received_at, state, report, applied_at, version from figure_file
             where municipality = $1 ",
            $end
        )
    };
}

pub(crate) async fn file(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<FileRow>> {
    tx.opt(files!("and id = $2"), args![permit.municipality(), id]).await
}

pub(crate) async fn same_file(tx: &mut Tx, permit: &Permit, dataset: &str, sha256: &str) -> Result<Option<FileRow>> {
    tx.opt(files!("and dataset = $2 and sha256 = $3"), args![permit.municipality(), dataset, sha256]).await
}

/// The newest files, of one dataset or (empty) of all.
pub(crate) async fn files(tx: &mut Tx, permit: &Permit, dataset: &str, most: i64) -> Result<Vec<FileRow>> {
    tx.all(
        files!("and (dataset = $2 or $2 = '') order by received_at desc, id desc limit $3"),
        args![permit.municipality(), dataset, most],
    )
    .await
}

/// The newest file of a dataset that was used and came from an address.
pub(crate) async fn last_fetched(tx: &mut Tx, permit: &Permit, dataset: &str, url: &str) -> Result<Option<FileRow>> {
    tx.opt(
        files!("and dataset = $2 and origin = $3 and state = 'applied' order by received_at desc, id desc limit 1"),
        args![permit.municipality(), dataset, url],
    )
    .await
}

/// The bytes of a file, packed as they are kept.
pub(crate) async fn packed(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = tx
        .opt(
            "select packed_bytes from figure_file where municipality = $1 and id = $2",
            args![permit.municipality(), id],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

pub(crate) async fn set_file(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    state: FileState,
    report: &str,
    applied_at: Option<At>,
    reference: &str,
) -> Result<()> {
    tx.run(
        "update figure_file set state = $3, report = $4, applied_at = $5, version = version + 1,
            reference = case when reference = '' then $6 else reference end
         where municipality = $1 and id = $2",
        args![permit.municipality(), id, state, report, applied_at, reference],
    )
    .await?;
    Ok(())
}

/// Takes away a file that was never used.
pub(crate) async fn drop_file(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<bool> {
    let n = tx
        .run(
            "delete from figure_file where municipality = $1 and id = $2 and state <> 'applied'",
            args![permit.municipality(), id],
        )
        .await?;
    Ok(n == 1)
}
