//! The page of batches, for the coordinator.

use super::{FORMAT, field, store};
use crate::event::{enter, kept};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::once::{self, Claim};
use kit::{Fault, audit};
use records::kin::{self, Act, secrecy};
use site::page::{Link, Page};
use site::{Cx, Fields, render, see_other};

#[derive(askama::Template)]
#[template(path = "export/page.html")]
struct ExportPage {
    page: Page,
    tabs: Vec<Link>,
    secrecy: String,
    request: String,
    waits: i64,
    batches: Vec<BatchView>,
}

struct BatchView {
    number: i64,
    at: String,
    iso: String,
    lines: String,
}

/// `GET /sanctions/export`: what waits, and the batches so far.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn page(cx: Cx) -> Result<Response, Fault> {
    let inside = enter!(&cx, "sanction:export", None);
    let mut tx = inside.db.write().await?;
    let waits = store::waiting(&mut tx, cx.code()).await?.len();
    let batches = store::batches(&mut tx, cx.code()).await?;
    let deed = cx.deed_for(inside.id());
    audit::record(&mut tx, &deed, inside.permit.action(), "record", "", &inside.why()).await?;
    tx.commit().await?;
    let view = |b: &store::Batch| BatchView {
        number: b.number,
        at: cx.words.date_time(b.at),
        iso: cx.words.iso(b.at),
        lines: cx.words.whole(b.lines),
    };
    render(&ExportPage {
        page: cx.page("sanctions-export-title"),
        tabs: crate::event::tabs(&cx, "/sanctions/export"),
        secrecy: secrecy(&cx, inside.regime),
        request: cx.app.clock.id().to_string(),
        waits: i64::try_from(waits).unwrap_or(0),
        batches: batches.iter().map(view).collect(),
    })
}

/// `POST /sanctions/export`: the next batch, once per request.
///
/// # Errors
/// [`Fault::Rule`] when nothing has to be sent; when the policy or the database refuses.
pub async fn make(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let kept = kept(&fields);
    let inside = enter!(&cx, "sanction:export", Some(&kept));
    let mut tx = inside.db.write().await?;
    let request = fields.id("request")?;
    if let Claim::Replay(to) = once::claim(&mut tx, cx.code(), request, cx.now, "/sanctions/export").await? {
        return Ok(see_other(&to));
    }
    let made = super::make(&cx, &inside, &mut tx).await?;
    if made.is_none() {
        return Err(Fault::Rule { key: "sanctions-rule-export", values: vec![] });
    }
    tx.commit().await?;
    Ok(see_other("/sanctions/export"))
}

/// `GET /sanctions/export/{number}`: the file of a batch, always the same bytes as long as its records are there. It
/// leaves the house with names: each record is logged as sent.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn download(cx: Cx, Path(number): Path<i64>) -> Result<Response, Fault> {
    let inside = enter!(&cx, "sanction:export", None);
    let mut tx = inside.db.write().await?;
    let at = store::batch(&mut tx, cx.code(), number).await?.ok_or(Fault::NotFound)?;
    let mut lines = Vec::new();
    for kept in store::lines(&mut tx, cx.code(), number).await? {
        let name = field(number, kept.seq);
        let Some(bytes) = kin::inner(&mut tx, &inside.seal, cx.code(), kept.record_id, &name).await? else { continue };
        lines.push(String::from_utf8(bytes).map_err(|e| Fault::Internal(e.to_string()))?);
        let fields = kin::opened(&mut tx, &inside.seal, cx.code(), kept.record_id).await?;
        let mut detail = inside.why();
        detail["batch"] = number.into();
        let (action, processing) = (inside.permit.action(), inside.id());
        let act = Act { action, processing, record: kept.record_id, act: "downloaded", detail };
        kin::seen(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await?;
    }
    tx.commit().await?;
    let (code, made) = (cx.code(), at.0);
    let file = format!(
        "{{\"format\":\"{FORMAT}\",\"municipality\":\"{code}\",\"batch\":{number},\"made\":\"{made}\",\"lines\":[\n{}\n]}}\n",
        lines.join(",\n")
    );
    let name = format!("attachment; filename=\"sanctions-{code}-{number:06}.json\"");
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, file).into_response())
}
