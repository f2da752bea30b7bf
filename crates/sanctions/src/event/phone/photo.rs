//! Photos of a draft on the phone: they come in pieces, from where the phone was cut off, straight into the vault. Until
//! a photo is whole, its pieces are sealed inner fields of the record; then it is made clean, as one of the page.

use super::inside;
use crate::event::judge::is_open;
use crate::event::open;
use crate::event::photo::{keep, of};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use kit::{AnyVault, Fault, Tx, Uuid};
use records::kin::{self, Inside};
use serde::Deserialize;
use serde_json::{Value, json};
use signals::photo::{MOST_MEGABYTES, PhotoFault, prepare};
use site::Cx;

/// Largest piece, in bytes.
const PIECE: usize = 1_048_576;

/// Which piece comes.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Piece {
    /// Size of the whole photo in bytes.
    size: usize,
    /// Where the piece begins.
    start: usize,
}

/// `POST /api/field/sanction/{id}/photo/{photo}?size=…&start=…`: the next piece; an empty one asks how far it is. The
/// answer says how many bytes are here (`have`), and whether the photo is `coming`, `kept`, `refused` in words, or
/// `waits` because the vault is not open.
///
/// # Errors
/// [`Fault::TooLarge`], [`Fault::NotFound`] without the own draft, and when the policy or the database refuses.
pub async fn piece(
    cx: Cx,
    Path((id, photo)): Path<(Uuid, Uuid)>,
    Query(piece): Query<Piece>,
    body: Bytes,
) -> Result<Json<Value>, Fault> {
    if !(1..=MOST_MEGABYTES << 20).contains(&piece.size) || body.len() > PIECE {
        return Err(Fault::TooLarge(MOST_MEGABYTES as u64));
    }
    let inside = match inside(&cx).await? {
        Ok(inside) => inside,
        Err(waits) => return Ok(Json(waits)),
    };
    let mut tx = inside.db.write().await?;
    let (_, _, event) = open(&cx, &inside, &mut tx, (id, "sanction:write")).await?;
    if of(&mut tx, cx.code(), id).await?.contains(&photo.to_string()) {
        return Ok(say("kept", piece.size, ""));
    }
    if !is_open(event.state) {
        return Ok(say("refused", 0, &cx.t("sanctions-rule-signed")));
    }
    let prefix = format!("part-{photo}-");
    let mut have: usize = parts(&mut tx, cx.code(), id, &prefix).await?.iter().map(|(_, size)| size).sum();
    if piece.start == have && !body.is_empty() && have + body.len() <= piece.size {
        let name = format!("{prefix}{have:010}-{}", body.len());
        kin::put_inner(&mut tx, &inside.seal, cx.code(), id, (&name, &body), cx.now).await?;
        have += body.len();
        tx.commit().await?;
    } else {
        drop(tx);
    }
    if have < piece.size { Ok(say("coming", have, "")) } else { whole(&cx, &inside, (id, photo), &prefix, have).await }
}

fn say(state: &str, have: usize, text: &str) -> Json<Value> {
    Json(json!({ "state": state, "have": have, "text": text }))
}

/// The pieces that are here, in order: name and size in bytes.
async fn parts(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    id: Uuid,
    prefix: &str,
) -> Result<Vec<(String, usize)>, Fault> {
    let names = kin::inner_names(tx, municipality, id, prefix).await?;
    let size = |name: &str| name.rsplit('-').next().and_then(|size| size.parse().ok()).unwrap_or(0);
    Ok(names.into_iter().map(|name| (size(&name), name)).map(|(size, name)| (name, size)).collect())
}

/// Takes pieces away whose name begins with `prefix`.
pub(super) async fn drop_parts(cx: &Cx, tx: &mut Tx<AnyVault>, id: Uuid, prefix: &str) -> Result<(), Fault> {
    for (name, _) in parts(tx, cx.code(), id, prefix).await? {
        kin::drop_inner(tx, cx.code(), id, &name).await?;
    }
    Ok(())
}

/// Puts the photo with its record. It is decoded outside any transaction: that takes a while.
async fn whole(
    cx: &Cx,
    inside: &Inside,
    (id, photo): (Uuid, Uuid),
    prefix: &str,
    have: usize,
) -> Result<Json<Value>, Fault> {
    let mut tx = inside.db.read().await?;
    let mut bytes = Vec::with_capacity(have);
    for (name, _) in parts(&mut tx, cx.code(), id, prefix).await? {
        bytes.extend(kin::inner(&mut tx, &inside.seal, cx.code(), id, &name).await?.ok_or(Fault::Stale)?);
    }
    drop(tx);
    let made = match prepare(&cx.app, bytes).await {
        Err(PhotoFault::Busy | PhotoFault::Scanner) => return Ok(say("coming", have, "")),
        made => made,
    };
    let mut tx = inside.db.write().await?;
    let refused = match made {
        Err(fault) => Some((fault.key(), MOST_MEGABYTES)),
        Ok(ready) => match keep(cx, inside, &mut tx, (id, photo), &ready.image).await {
            Ok(()) => None,
            Err(Fault::Rule { key, .. }) => Some((key, cx.municipality.get::<crate::SanctionsConfig>().photos_most)),
            Err(other) => return Err(other),
        },
    };
    drop_parts(cx, &mut tx, id, prefix).await?;
    tx.commit().await?;
    Ok(match refused {
        None => say("kept", have, ""),
        Some((key, most)) => {
            let values = [("most", most.to_string().into()), ("file", cx.t("sanctions-photo").into())];
            say("refused", 0, &cx.words.ta(key, &values))
        }
    })
}
