//! Photos of an event, made clean as those of reports are (`signals::photo`) and sealed with the record.

use super::judge::is_open;
use super::{enter, open};
use axum::extract::{Multipart, Path};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::once::{self, Claim};
use kit::{AnyVault, Fault, Tx, Uuid};
use records::kin::{self, Act, Inside};
use signals::photo::{MOST_MEGABYTES, prepare};
use site::{Cx, Fields, see_other};

/// The ids of an event's photos, oldest first.
pub(super) async fn of(tx: &mut Tx<AnyVault>, municipality: &str, id: Uuid) -> Result<Vec<String>, Fault> {
    let names = kin::inner_names(tx, municipality, id, "photo-").await?;
    Ok(names.iter().filter_map(|name| name.strip_prefix("photo-")).map(str::to_owned).collect())
}

/// `POST /sanctions/{id}/photos`: one more photo, once per request.
///
/// # Errors
/// [`Fault::Rule`] with what is wrong with the photo, or that there are enough; else as the form.
pub async fn add(cx: Cx, Path(id): Path<Uuid>, form: Multipart) -> Result<Response, Fault> {
    let inside = enter!(&cx, "sanction:write", None);
    let (request, name, bytes) = read(form).await?;
    let ready = prepare(&cx.app, bytes).await.map_err(|fault| Fault::Rule {
        key: fault.key(),
        values: vec![("file", name), ("most", MOST_MEGABYTES.to_string())],
    })?;
    let to = format!("/sanctions/{id}/write?saved=yes#photos");
    let mut tx = inside.db.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, cx.code(), request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    keep(&cx, &inside, &mut tx, (id, request), &ready.image).await?;
    tx.commit().await?;
    Ok(see_other(&to))
}

/// Keeps a clean JPEG with a draft.
///
/// # Errors
/// [`Fault::Rule`] when it was signed or has enough photos; when the policy or the database refuses.
pub async fn keep(
    cx: &Cx,
    inside: &Inside,
    tx: &mut Tx<AnyVault>,
    (id, photo): (Uuid, Uuid),
    jpeg: &[u8],
) -> Result<(), Fault> {
    let (permit, _, event) = open(cx, inside, tx, (id, "sanction:write")).await?;
    let most = cx.municipality.get::<crate::SanctionsConfig>().photos_most;
    if !is_open(event.state) {
        return Err(Fault::Rule { key: "sanctions-rule-signed", values: vec![] });
    }
    if of(tx, cx.code(), id).await?.len() >= most {
        return Err(Fault::Rule { key: "sanctions-rule-photos", values: vec![("most", most.to_string())] });
    }
    kin::put_inner(tx, &inside.seal, cx.code(), id, (&format!("photo-{photo}"), jpeg), cx.now).await?;
    let act =
        Act { action: permit.action(), processing: inside.id(), record: id, act: "photo-added", detail: inside.why() };
    kin::changed(tx, &inside.seal, &cx.deed_for(inside.id()), &act, &[]).await
}

/// `GET /sanctions/{id}/photos/{photo}`: the picture. Looking at it is logged.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn show(cx: Cx, Path((id, photo)): Path<(Uuid, Uuid)>) -> Result<Response, Fault> {
    let inside = enter!(&cx, "sanction:read", None);
    let mut tx = inside.db.write().await?;
    let (permit, _, event) = open(&cx, &inside, &mut tx, (id, "sanction:read")).await?;
    if is_open(event.state) && event.officer_id != inside.account {
        return Err(Fault::NotFound);
    }
    let jpeg = kin::inner(&mut tx, &inside.seal, cx.code(), id, &format!("photo-{photo}")).await?;
    let jpeg = jpeg.ok_or(Fault::NotFound)?;
    let mut detail = inside.why();
    detail["photo"] = photo.to_string().into();
    let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "photo-seen", detail };
    kin::seen(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &[]).await?;
    tx.commit().await?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, no-store")], jpeg).into_response())
}

/// `POST /sanctions/{id}/photos/{photo}`: takes a photo out of a draft.
///
/// # Errors
/// [`Fault::Rule`] when it was signed; when the policy or the database refuses.
pub async fn drop_one(cx: Cx, Path((id, photo)): Path<(Uuid, Uuid)>, fields: Fields) -> Result<Response, Fault> {
    let kept = super::kept(&fields);
    let inside = enter!(&cx, "sanction:write", Some(&kept));
    let mut tx = inside.db.write().await?;
    let (permit, _, event) = open(&cx, &inside, &mut tx, (id, "sanction:write")).await?;
    if !is_open(event.state) {
        return Err(Fault::Rule { key: "sanctions-rule-signed", values: vec![] });
    }
    let gone = kin::drop_inner(&mut tx, cx.code(), id, &format!("photo-{photo}")).await?;
    if gone > 0 {
        let detail = inside.why();
        let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "photo-dropped", detail };
        kin::changed(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &[]).await?;
    }
    tx.commit().await?;
    Ok(see_other(&format!("/sanctions/{id}/write#photos")))
}

/// The photo of a form, with the form's request.
pub(crate) async fn read(mut form: Multipart) -> Result<(Uuid, String, Vec<u8>), Fault> {
    let bad = |_| Fault::Bad("fault-bad-request");
    let (mut request, mut name, mut bytes) = (None, String::new(), Vec::new());
    while let Some(mut field) = form.next_field().await.map_err(bad)? {
        if let Some(file) = field.file_name() {
            name = file.chars().filter(|c| !c.is_control()).take(60).collect();
            while let Some(chunk) = field.chunk().await.map_err(bad)? {
                // One byte more than fits, so that the picture itself says that it is too large.
                if bytes.len() <= MOST_MEGABYTES << 20 {
                    bytes.extend_from_slice(&chunk);
                }
            }
        } else if field.name() == Some("request") {
            request = Uuid::try_parse(&field.text().await.map_err(bad)?).ok();
        }
    }
    Ok((request.ok_or(Fault::Bad("fault-bad-request"))?, name, bytes))
}
