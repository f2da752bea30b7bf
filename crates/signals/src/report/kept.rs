//! A draft between two steps: sealed, for a day. So every step has an address of its own that "back" and reload find
//! again, two tabs hold two drafts, and nothing of what was typed is in an address.

use super::draft::Draft;
use super::{flow, store};
use kit::{Fault, Tx, Uuid};
use policy::Permit;
use site::Cx;

/// What binds a sealed draft to its row.
fn place(cx: &Cx, id: Uuid) -> String {
    format!("{}/report-draft/{id}", cx.code())
}

/// The draft `id`, as it was when its last step was sent; nothing when it was sent or a day old, or when its key is gone.
pub(super) async fn load(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Draft>, Fault> {
    let Some(sealed) = store::draft(tx, permit, id).await? else { return Ok(None) };
    let Ok(plain) = cx.seal(permit)?.open(&place(cx, id), &sealed) else { return Ok(None) };
    let kept: Option<Draft> = serde_json::from_slice(&plain).ok();
    Ok(kept.map(|draft| Draft { id, ..draft }))
}

/// Keeps the draft for the next step.
pub(super) async fn save(cx: &Cx, tx: &mut Tx, permit: &Permit, draft: &Draft) -> Result<(), Fault> {
    let plain = serde_json::to_vec(draft).map_err(|e| Fault::Internal(e.to_string()))?;
    let sealed = cx.seal(permit)?.seal(&place(cx, draft.id), &plain)?;
    store::keep_draft(tx, permit, draft.id, sealed, cx.now).await?;
    flow::clean_later(cx, tx, permit).await
}
