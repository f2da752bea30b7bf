//! Mails that nobody has dealt with: each becomes a report, or goes.

use super::permit;
use crate::contact::{self, IncomingMail};
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use kit::{Fault, Uuid, audit};
use serde::Deserialize;
use site::page::{Link, Page};
use site::{Cx, render, see_other};

/// Most mails that are shown at once.
pub(super) const MOST: i64 = 200;

/// A mail as the page shows it.
pub(super) struct Letter {
    pub(super) id: Uuid,
    pub(super) received: String,
    pub(super) sender: String,
    pub(super) subject: String,
    pub(super) start: String,
}

impl Letter {
    pub(super) fn of(cx: &Cx, mail: IncomingMail) -> Self {
        let start: String = mail.body.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect();
        let received = cx.words.date_time(mail.received_at);
        Self { id: mail.id, received, sender: mail.sender, subject: mail.subject, start }
    }
}

#[derive(askama::Template)]
#[template(path = "calls/pages/mails.html")]
struct MailsPage {
    page: Page,
    crumbs: Vec<Link>,
    letters: Vec<Letter>,
}

/// `GET /intake/mail`: the mails that wait, oldest first.
///
/// # Errors
/// When the policy refuses or the database does.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let mut tx = cx.read().await?;
    let mails = contact::incoming(&mut tx, &permit, MOST).await?;
    drop(tx);
    render(&MailsPage {
        page: cx.page("calls-mails-title"),
        crumbs: vec![Link::new("/intake", cx.t("calls-title"))],
        letters: mails.into_iter().map(|m| Letter::of(&cx, m)).collect(),
    })
}

/// Which mail.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// `POST /intake/mail/{id}/drop`: the mail is nothing for us; its text and files go.
///
/// # Errors
/// [`Fault::NotFound`] when it was taken or dropped before, or when the policy refuses.
pub async fn discard(cx: Cx, Path(id): Path<Uuid>, Form(_): Form<Nothing>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let mut tx = cx.write().await?;
    match contact::drop_incoming(&mut tx, &permit, id).await {
        // pressed twice, or a colleague was first: it is gone either way
        Ok(()) | Err(Fault::NotFound) => {}
        Err(fault) => return Err(fault),
    }
    let detail = serde_json::json!({ "kind": "mail-dropped" });
    audit::record(&mut tx, &cx.deed(), permit.action(), "mail", &id.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(see_other("/intake/mail"))
}
