//! SQL of reports: photos of a form that is not finished, and what the reporter may see.

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

/// What the reporter sees of a report.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Followed {
    /// Reference for people.
    pub(super) reference: String,
    /// Category id.
    pub(super) category: String,
    /// State.
    pub(super) state: State,
    /// When it came in.
    pub(super) reported_at: At,
    /// From when it is late.
    pub(super) due_at: Option<At>,
    /// When it was closed.
    pub(super) closed_at: Option<At>,
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
        "insert into pending_photo (municipality, id, form_id, at, width, height, image_bytes, thumb_bytes)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (municipality, id) do nothing",
        args![permit.municipality(), id, form, at, ready.width, ready.height, ready.image.clone(), ready.thumb.clone()],
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
            "insert into photo (municipality, id, signal_id, at, width, height, image_bytes, thumb_bytes)
             select municipality, id, form_id, at, width, height, image_bytes, thumb_bytes
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

/// What the reporter sees of the report `id`; nothing for a signal of another source.
pub(super) async fn followed(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Followed>> {
    tx.opt(
        "select reference, category, state, reported_at, due_at, closed_at from signal
         where municipality = $1 and id = $2 and source = 'resident'",
        args![permit.municipality(), id],
    )
    .await
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
