//! The officer's form: first the hat, then a draft that is saved with every press of a button.

use super::judge::{self, is_open};
use super::page::{self, Shown};
use super::{Chosen, Draft, after, enter, kept, ops, photo, typed};
use axum::extract::{Path, Query};
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, Uuid};
use records::kin::{self, Act, Inside};
use serde::Deserialize;
use site::page::{Link, Page};
use site::{Cx, Fields, Trouble, render, see_other};

/// Where it comes from: a visit of a round with its place.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    visit: String,
    place: String,
    lon: String,
    lat: String,
    /// Said by the round: latitude and longitude as in a `geo:` address.
    geo: String,
}

#[derive(askama::Template)]
#[template(path = "event/pages/hat.html")]
struct HatPage {
    page: Page,
    crumbs: Vec<Link>,
    request: String,
    from: From,
    reason: String,
}

/// `GET /sanctions/new`: which hat.
///
/// # Errors
/// When the page cannot be made.
pub async fn hat(cx: Cx, Query(mut from): Query<From>) -> Result<Response, Fault> {
    if let Some((lat, lon)) = from.geo.strip_prefix("geo:").and_then(|geo| geo.split_once(',')) {
        (from.lon, from.lat) = (lon.to_owned(), lat.to_owned());
    }
    render(&HatPage {
        page: cx.page("sanctions-new-title"),
        crumbs: vec![Link::new("/sanctions", cx.t("sanctions-title"))],
        request: cx.app.clock.id().to_string(),
        reason: cx.t("sanctions-open-reason"),
        from,
    })
}

/// `POST /sanctions/new`: a new draft, with day and time of now; its id is the request's.
///
/// # Errors
/// When the policy refuses or the database does.
pub async fn begin(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    let typed = kept(&fields);
    let inside = enter!(&cx, "sanction:write", Some(&typed));
    let id = fields.id("request")?;
    let to = format!("/sanctions/{id}/write");
    let mut tx = inside.db.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, cx.code(), id, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let now = cx.now.local(&cx.municipality.zone);
    let mut draft = Draft::of_form(&fields);
    draft.date = now.date().to_string();
    draft.time = format!("{:02}:{:02}", now.hour(), now.minute());
    if draft.visit.is_some() {
        draft.began = "supervision".to_owned();
    }
    ops::save_draft(&cx, &inside, &mut tx, (id, None), &draft).await?;
    tx.commit().await?;
    Ok(see_other(&to))
}

/// What the form is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Words to find offences by.
    q: Option<String>,
    saved: Option<String>,
}

/// `GET /sanctions/{id}/write`: the draft.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn form(cx: Cx, Path(id): Path<Uuid>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let inside = enter!(&cx, "sanction:write", None);
    let notice = asked.saved.map(|_| "sanctions-saved");
    draft_page(&cx, &inside, id, (Trouble::default(), None, asked.q, notice)).await
}

/// `GET /sanctions/{id}/correct`: what was signed, to be corrected.
///
/// # Errors
/// As [`form`].
pub async fn correct_form(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let inside = enter!(&cx, "sanction:write", None);
    correction_page(&cx, &inside, id, (Trouble::default(), None, String::new(), None)).await
}

/// `POST /sanctions/{id}/write`: saves what was typed, and then does what was pressed: `save`, `search`, `add CODE WAY`,
/// `drop N` or `sign`.
///
/// # Errors
/// As [`ops::save_draft`]; what can be mended comes back as the form, with all that was typed.
pub async fn save(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let kept = kept(&fields);
    let inside = enter!(&cx, "sanction:write", Some(&kept));
    let (request, version, go) = (fields.id("request")?, fields.number("version")?, fields.get("go"));
    let draft = pressed(Draft::of_form(&fields), go);
    let to = match go {
        "sign" => format!("/sanctions/{id}"),
        "search" => format!("/sanctions/{id}/write?q={}#search", site::layers::encode(fields.get("q"))),
        "save" => format!("/sanctions/{id}/write?saved=yes"),
        _ => format!("/sanctions/{id}/write#sanctions"),
    };
    let mut tx = inside.db.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, cx.code(), request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let version = match ops::save_draft(&cx, &inside, &mut tx, (id, Some(version)), &draft).await {
        Ok(version) => version,
        Err(fault @ Fault::Stale) => {
            drop(tx);
            return draft_page(&cx, &inside, id, (Trouble::of(fault)?, Some(draft), None, None)).await;
        }
        Err(fault) => return Err(fault),
    };
    // What was typed is safe, whatever becomes of the signature.
    tx.commit().await?;
    if go == "sign" {
        let mut tx = inside.db.write().await?;
        if let Err(fault) = ops::sign(&cx, &inside, &mut tx, (id, version)).await {
            drop(tx);
            return draft_page(&cx, &inside, id, (Trouble::of(fault)?, None, None, None)).await;
        }
        tx.commit().await?;
    }
    Ok(see_other(&to))
}

/// `POST /sanctions/{id}/correct`: a correction, with its reason.
///
/// # Errors
/// As [`after::correct`]; what can be mended comes back as the form, with all that was typed.
pub async fn correct(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let kept = kept(&fields);
    let inside = enter!(&cx, "sanction:write", Some(&kept));
    let (request, version, go) = (fields.id("request")?, fields.number("version")?, fields.get("go"));
    let draft = pressed(Draft::of_form(&fields), go);
    let reason = fields.get("reason").to_owned();
    if go != "sign" {
        let search = (go == "search").then(|| fields.get("q").to_owned());
        return correction_page(&cx, &inside, id, (Trouble::default(), Some((draft, version)), reason, search)).await;
    }
    let to = format!("/sanctions/{id}");
    let mut tx = inside.db.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, cx.code(), request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    match after::correct(&cx, &inside, &mut tx, (id, version), (&draft, &reason)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&to))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale)) => {
            drop(tx);
            correction_page(&cx, &inside, id, (Trouble::of(fault)?, Some((draft, version)), reason, None)).await
        }
        Err(fault) => Err(fault),
    }
}

/// The draft after a button: a sanction more or less.
fn pressed(mut draft: Draft, go: &str) -> Draft {
    let mut words = go.split(' ');
    match (words.next(), words.next(), words.next()) {
        (Some("add"), Some(offence), Some(modality)) => {
            draft.sanctions.push(Chosen { offence: offence.to_owned(), modality: modality.to_owned() });
        }
        (Some("drop"), Some(n), None) => {
            if let Some(n) = n.parse().ok().filter(|n| *n < draft.sanctions.len()) {
                draft.sanctions.remove(n);
            }
        }
        _ => {}
    }
    draft
}

type DraftShown = (Trouble, Option<Draft>, Option<String>, Option<&'static str>);

/// The form of a draft, with what was typed now or else what is kept. Reading it is logged.
async fn draft_page(
    cx: &Cx,
    inside: &Inside,
    id: Uuid,
    (trouble, now, search, notice): DraftShown,
) -> Result<Response, Fault> {
    let mut tx = inside.db.write().await?;
    let (permit, record, event) = super::open(cx, inside, &mut tx, (id, "sanction:write")).await?;
    if !is_open(event.state) {
        return Ok(see_other(&format!("/sanctions/{id}")));
    }
    let draft = read(cx, inside, &mut tx, (&permit, id), now).await?;
    let photos = photo::of(&mut tx, cx.code(), id).await?;
    tx.commit().await?;
    let deed = judge::deed(cx, &permit, inside.account, judge::day_of(cx, &draft)).await?;
    let shown = Shown {
        id,
        version: record.version,
        draft,
        trouble,
        search,
        photos,
        reason: None,
        deed: deed.as_ref(),
        notice,
    };
    page::show(cx, inside, shown)
}

type CorrectionShown = (Trouble, Option<(Draft, i64)>, String, Option<String>);

/// The form of a correction; the version stays that of the moment at which it was opened.
async fn correction_page(
    cx: &Cx,
    inside: &Inside,
    id: Uuid,
    (trouble, now, reason, search): CorrectionShown,
) -> Result<Response, Fault> {
    let mut tx = inside.db.write().await?;
    let (permit, record, event) = super::open(cx, inside, &mut tx, (id, "sanction:write")).await?;
    if is_open(event.state) {
        return Ok(see_other(&format!("/sanctions/{id}/write")));
    }
    let version = now.as_ref().map_or(record.version, |(_, version)| *version);
    let draft = read(cx, inside, &mut tx, (&permit, id), now.map(|(draft, _)| draft)).await?;
    tx.commit().await?;
    let deed = judge::deed(cx, &permit, inside.account, judge::day_of(cx, &draft)).await?;
    let shown = Shown {
        id,
        version,
        draft,
        trouble,
        search,
        photos: vec![],
        reason: Some(reason),
        deed: deed.as_ref(),
        notice: None,
    };
    page::show(cx, inside, shown)
}

/// What was typed now, or else what is kept; that is a read, and logged as one.
async fn read(
    cx: &Cx,
    inside: &Inside,
    tx: &mut kit::Tx<kit::AnyVault>,
    (permit, id): (&policy::Permit, Uuid),
    now: Option<Draft>,
) -> Result<Draft, Fault> {
    if let Some(draft) = now {
        return Ok(draft);
    }
    let draft = typed(inside, tx, id).await?;
    let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "read", detail: inside.why() };
    kin::seen(tx, &inside.seal, &cx.deed_for(inside.id()), &act, &super::told::fields(cx, &draft)).await?;
    Ok(draft)
}
