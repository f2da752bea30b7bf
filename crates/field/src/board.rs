//! The coordinator's live board: who is where in broad lines, how far rounds are, what is open, hours used against the
//! plan, what phones told that needs a look, and calls for assistance with an alarm. A script asks for the page again
//! every few seconds; without it the page reloads itself.

mod view;

use crate::{device, sync};
use axum::extract::Path;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{At, Fault, Uuid};
use policy::Resource;
use site::page::{Page, render};
use site::{Cx, Fields, see_other};

pub use view::board;

/// Phones that were in touch within so many days stand in the list.
const PHONES_DAYS: i64 = 30;

#[derive(askama::Template)]
#[template(path = "board/pages/phones.html")]
struct PhonesPage {
    page: Page,
    crumbs: Vec<site::Link>,
    rows: Vec<Phone>,
}

struct Phone {
    id: String,
    request: String,
    officer: String,
    name: String,
    seen: String,
    waiting: String,
    state: String,
    tone: &'static str,
    can_wipe: bool,
}

/// `GET /board/phones`: the phones of officers, each with the button that wipes it.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn phones(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("device:wipe", &Resource::ordinary("field-device", cx.code()))?;
    let since = At::from_micros(cx.now.micros() - PHONES_DAYS * 86_400_000_000);
    let listed = device::list(&mut cx.read().await?, &permit, since).await?;
    let rows = listed
        .into_iter()
        .map(|d| {
            let (key, tone) = match (d.wipe_asked_at, d.wiped_at) {
                (Some(_), Some(_)) => ("field-phone-wiped", "off"),
                (Some(_), None) => ("field-phone-wipe-asked", "late"),
                _ => ("field-phone-in-use", "ok"),
            };
            Phone {
                id: d.id.to_string(),
                request: cx.app.clock.id().to_string(),
                officer: d.officer,
                name: d.name,
                seen: cx.words.date_time(d.seen_at),
                waiting: cx.words.whole(d.waiting),
                state: cx.t(key),
                tone,
                can_wipe: d.wipe_asked_at.is_none(),
            }
        })
        .collect();
    let crumbs = vec![site::Link { href: "/board".into(), label: cx.t("field-board-title"), current: false }];
    render(&PhonesPage { page: cx.page("field-phones-title"), crumbs, rows })
}

/// `POST /board/events/{id}/seen`: a coordinator looked at what a phone told.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn seen(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let request = fields.id("request")?;
    let mut tx = cx.write().await?;
    if once::claim(&mut tx, cx.code(), request, cx.now, "/board").await? == Claim::New {
        sync::looked(&cx, &mut tx, id).await?;
    }
    tx.commit().await?;
    Ok(see_other("/board"))
}
