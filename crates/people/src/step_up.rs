//! Showing the second factor once more: what the fenced vaults ask for. A local account types a code, an
//! account of a provider signs in anew there. The session gets a fresh token.

use crate::client::Client;
use crate::second_factor::{self, Shown};
use crate::session::{self, safe_back, signed_in, who};
use crate::store;
use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults};
use serde::Deserialize;
use site::{Cx, FormError, Page, render_as, see_other};

/// What the page gets and sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StepUp {
    back: String,
    code: String,
}

#[derive(askama::Template)]
#[template(path = "step_up/pages/step_up.html")]
struct StepUpPage {
    page: Page,
    lead: String,
    back: String,
    errors: Vec<FormError>,
    code_error: String,
    way: Way,
    demo: bool,
}

enum Way {
    /// A code of the own second factor.
    Code,
    /// There is no second factor yet.
    Enrol,
    /// The provider; where to go, and its name.
    Provider { href: String, label: String },
}

async fn step_up_page(cx: &Cx, back: &str, faults: &FieldFaults) -> Result<Response, Fault> {
    let id = who(cx)?;
    let mut tx = cx.read().await?;
    let person = store::person(&mut tx, cx.code(), id).await?.ok_or(Fault::NotFound)?;
    let provider = cx.municipality.find::<crate::oidc::Provider>();
    let way = if person.is_from_provider() {
        Way::Provider {
            href: format!("/step-up/oidc?back={}", site::layers::encode(back)),
            label: cx.words.t1("identity-with-provider", "name", provider.as_ref().map_or("", |p| p.name())),
        }
    } else if person.factor_at.is_some() {
        Way::Code
    } else {
        Way::Enrol
    };
    let minutes = i64::from(cx.municipality.file.security.step_up_minutes);
    let page = StepUpPage {
        page: cx.page("identity-step-up-title"),
        lead: cx.words.tn("identity-step-up-lead", minutes),
        back: back.to_owned(),
        errors: cx.summary(faults),
        code_error: faults.of("code", &cx.words).unwrap_or_default(),
        way,
        demo: cx.app.demo,
    };
    render_as(if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
}

/// `GET /step-up?back=…`
pub async fn form(cx: Cx, Query(form): Query<StepUp>) -> Result<Response, Fault> {
    step_up_page(&cx, safe_back(&form.back), &FieldFaults::default()).await
}

/// `POST /step-up`: a code of the own second factor.
pub async fn submit(cx: Cx, client: Client, Form(form): Form<StepUp>) -> Result<Response, Fault> {
    let id = who(&cx)?;
    let mut tx = cx.write().await?;
    let shown = second_factor::show(&mut tx, &cx, &client, (cx.code(), id), &form.code).await?;
    if shown == Shown::Wrong {
        tx.commit().await?;
        let mut faults = FieldFaults::default();
        faults.add("code", "identity-code-wrong");
        return step_up_page(&cx, safe_back(&form.back), &faults).await;
    }
    second_factor::note_recovery(&mut tx, &cx.deed(), id, &shown).await?;
    let token = session::step_up(&mut tx, &cx, shown.word()).await?;
    tx.commit().await?;
    Ok(signed_in(&cx.app, cx.code(), see_other(safe_back(&form.back)), &token))
}

/// `POST /demo/step-up`: skips the second factor. The route exists only in the demo.
pub async fn skip(cx: Cx, Form(form): Form<StepUp>) -> Result<Response, Fault> {
    if !cx.app.demo {
        return Err(Fault::NotFound);
    }
    let mut tx = cx.write().await?;
    let token = session::step_up(&mut tx, &cx, "demo").await?;
    tx.commit().await?;
    Ok(signed_in(&cx.app, cx.code(), see_other(safe_back(&form.back)), &token))
}
