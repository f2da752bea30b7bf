//! SQL of reports: photos of a form that is not finished, and what the reporter may see.

use crate::issues::Frame;
use crate::model::State;
use crate::photo::Ready;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A photo that waits for its form.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Pending {
    /// Id.
    pub(super) id: Uuid,
    /// The small picture as JPEG.
    pub(super) thumb_bytes: Vec<u8>,
}

/// One public line of its history.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct PublicEvent {
    /// When.
    pub(super) at: At,
    /// The new state.
    pub(super) becomes: String,
    /// What the municipality told the reporter.
    pub(super) note: String,
}

/// Keeps a photo for the form `form`.
pub(super) async fn keep_pending(
    tx: &mut Tx,
    permit: &Permit,
    form: Uuid,
    id: Uuid,
    ready: &Ready,
    at: At,
) -> Result<()> {
    tx.run(
        "insert into pending_photo (municipality, id, form_id, at, width, height, image_bytes, thumb_bytes, scan)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (municipality, id) do nothing",
        args![
            permit.municipality(),
            id,
            form,
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

/// The photos that wait for a form, oldest first.
pub(super) async fn pending(tx: &mut Tx, permit: &Permit, form: Uuid) -> Result<Vec<Pending>> {
    tx.all(
        "select id, thumb_bytes from pending_photo where municipality = $1 and form_id = $2 order by at, id",
        args![permit.municipality(), form],
    )
    .await
}

/// Drops one photo of a form.
pub(super) async fn drop_pending(tx: &mut Tx, permit: &Permit, form: Uuid, id: Uuid) -> Result<()> {
    tx.run(
        "delete from pending_photo where municipality = $1 and form_id = $2 and id = $3",
        args![permit.municipality(), form, id],
    )
    .await?;
    Ok(())
}

/// Gives the waiting photos of a form to the signal that the form became; gives how many.
pub(super) async fn attach_pending(tx: &mut Tx, permit: &Permit, form: Uuid) -> Result<u64> {
    let moved = tx
        .run(
            "insert into photo (municipality, id, signal_id, at, width, height, image_bytes, thumb_bytes, scan)
             select municipality, id, form_id, at, width, height, image_bytes, thumb_bytes, scan
             from pending_photo where municipality = $1 and form_id = $2",
            args![permit.municipality(), form],
        )
        .await?;
    if moved > 0 {
        tx.run(
            "delete from pending_photo where municipality = $1 and form_id = $2",
            args![permit.municipality(), form],
        )
        .await?;
    }
    Ok(moved)
}

/// Moves the waiting photos of one form to another.
pub(super) async fn move_pending(tx: &mut Tx, permit: &Permit, from: Uuid, to: Uuid) -> Result<()> {
    tx.run(
        "update pending_photo set form_id = $3 where municipality = $1 and form_id = $2",
        args![permit.municipality(), from, to],
    )
    .await?;
    Ok(())
}

/// Drops all photos of a form.
pub(super) async fn drop_all_pending(tx: &mut Tx, permit: &Permit, form: Uuid) -> Result<()> {
    tx.run("delete from pending_photo where municipality = $1 and form_id = $2", args![permit.municipality(), form])
        .await?;
    Ok(())
}

/// The sealed draft `id`.
pub(super) async fn draft(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = tx
        .opt(
            "select sealed_bytes from report_draft where municipality = $1 and id = $2",
            args![permit.municipality(), id],
        )
        .await?;
    Ok(row.map(|(sealed,)| sealed))
}

/// Keeps the sealed draft `id`, in place of what it was before; its day counts from the first step.
pub(super) async fn keep_draft(tx: &mut Tx, permit: &Permit, id: Uuid, sealed: Vec<u8>, at: At) -> Result<()> {
    tx.run(
        "insert into report_draft (municipality, id, at, sealed_bytes) values ($1, $2, $3, $4)
         on conflict (municipality, id) do update set sealed_bytes = excluded.sealed_bytes",
        args![permit.municipality(), id, at, sealed],
    )
    .await?;
    Ok(())
}

/// Drops the draft `id`.
pub(super) async fn drop_draft(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<()> {
    tx.run("delete from report_draft where municipality = $1 and id = $2", args![permit.municipality(), id]).await?;
    Ok(())
}

/// Drops the drafts of before `before`.
pub(super) async fn drop_old_drafts(tx: &mut Tx, permit: &Permit, before: At) -> Result<u64> {
    tx.run("delete from report_draft where municipality = $1 and at <= $2", args![permit.municipality(), before]).await
}

/// The words of the report that a form with this id became.
pub(super) async fn said(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .opt(
            "select words from signal where municipality = $1 and id = $2 and source = 'resident'",
            args![permit.municipality(), id],
        )
        .await?;
    Ok(row.map(|(words,)| words))
}

/// An open report that everybody may see.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Shown {
    /// Id.
    pub(super) id: Uuid,
    /// Its public number.
    pub(super) reference: String,
    /// The issue that it is part of.
    pub(super) issue_id: Option<Uuid>,
    /// State.
    pub(super) state: State,
    /// When it was reported.
    pub(super) reported_at: At,
    /// Longitude in degrees (WGS84).
    pub(super) lon: f64,
    /// Latitude in degrees (WGS84).
    pub(super) lat: f64,
}

/// Open reports of a category that everybody may see, within a frame, newest first.
pub(super) async fn shown_near(tx: &mut Tx, permit: &Permit, category: &str, frame: &Frame) -> Result<Vec<Shown>> {
    tx.all(
        "select id, reference, issue_id, state, reported_at, lon, lat from signal
         where municipality = $1 and closed_at is null and category = $2 and publication = 'shown'
            and lon between $3 and $4 and lat between $5 and $6
         order by reported_at desc, id desc limit 200",
        args![permit.municipality(), category, frame.west, frame.east, frame.south, frame.north],
    )
    .await
}

/// Drops the photos that came in before `before` and whose form was never sent.
pub(super) async fn drop_old(tx: &mut Tx, permit: &Permit, before: At) -> Result<u64> {
    tx.run("delete from pending_photo where municipality = $1 and at <= $2", args![permit.municipality(), before]).await
}

/// Whether the signal `id` says the same as a form that was sent again.
pub(super) async fn says(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    category: &str,
    words: &str,
    address: &str,
) -> Result<bool> {
    let row: Option<(i64,)> = tx
        .opt(
            "select cast(1 as bigint) from signal
             where municipality = $1 and id = $2 and category = $3 and words = $4 and address = $5",
            args![permit.municipality(), id, category, words, address],
        )
        .await?;
    Ok(row.is_some())
}

/// The public lines of its history, oldest first.
pub(super) async fn public_events(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Vec<PublicEvent>> {
    tx.all(
        "select at, becomes, note from signal_event
         where municipality = $1 and signal_id = $2 and kind = 'state' and public = $3 order by at, id limit 100",
        args![permit.municipality(), id, true],
    )
    .await
}
