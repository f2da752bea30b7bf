//! Opening a vault: which ones the actor's role may open and what is missing, and the purpose that must be stated.

use crate::config::RecordsConfig;
use crate::store::opening::{self, Opening};
use crate::typed::Typed;
use crate::way::{self, fitting_hat, resource};
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, audit, ledger};
use law::Regime;
use policy::{Hat, Processing};
use serde::Deserialize;
use site::page::{Choice, Link, Page};
use site::{Cx, FormError, render, render_as, see_other};

/// The fields that the question for a purpose adds to a form that it keeps.
const OWN: [&str; 5] = ["open-request", "open-hat", "open-reason", "open-back", "open-post"];

#[derive(askama::Template)]
#[template(path = "pages/home.html")]
struct HomePage {
    page: Page,
    vaults: Vec<VaultView>,
    may_review: bool,
    may_oversee: bool,
}

struct VaultView {
    href: String,
    name: String,
    purpose: String,
    law: String,
    missing: Vec<String>,
    ask: String,
    step_up: String,
}

#[derive(askama::Template)]
#[template(path = "pages/purpose.html")]
struct PurposePage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    action: String,
    request: String,
    purpose: String,
    law: String,
    secrecy: String,
    minutes: String,
    hats: Vec<Choice>,
    hat: String,
    hat_error: String,
    reason: String,
    reason_error: String,
    back: String,
    post: bool,
    /// Whether the form begins something: its sender did not run out of time.
    first: bool,
    kept: Vec<(String, String)>,
}

/// `GET /records`: the vaults that the actor's role may open, with what is missing for each.
///
/// # Errors
/// When the policy refuses.
pub async fn home(cx: Cx) -> Result<Response, Fault> {
    let lang = cx.words.language();
    let mut vaults = Vec::new();
    for processing in cx.app.policy.register().all().iter().filter(|p| p.record) {
        let Some(regime) = processing.regimes.first().copied() else { continue };
        let fences = match way::gate(&cx, regime, &processing.id, fitting_hat(regime)) {
            Ok(_) => vec![],
            Err(Fault::Refused { fences, .. }) if !fences.is_empty() => fences,
            Err(_) => continue,
        };
        let has = |fence: &str| fences.iter().any(|f| f == fence);
        vaults.push(VaultView {
            href: if fences.is_empty() { format!("/records/{}", processing.id) } else { String::new() },
            name: text(&processing.name, lang),
            purpose: text(&processing.purpose, lang),
            law: regime.law().unwrap_or_default().to_owned(),
            missing: fences.iter().map(|f| cx.t(f)).collect(),
            ask: match (has("fence-authorised"), regime) {
                (false, _) => String::new(),
                (true, Regime::R2) => cx.t("records-ask-coordinator"),
                (true, _) => cx.t("records-ask-mayor"),
            },
            step_up: if has("fence-step-up") { "/step-up?back=/records".to_owned() } else { String::new() },
        });
    }
    let (may_review, may_oversee) = (cx.may("record:review"), cx.may("disclosure:review"));
    render(&HomePage { page: cx.page("records-title"), vaults, may_review, may_oversee })
}

/// Where to go once the vault is open.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

/// `GET /records/{processing}/open`: the question for a purpose.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx, Path(id): Path<String>, Query(back): Query<Back>) -> Result<Response, Fault> {
    let (processing, regime) = way::processing(&cx, &id)?;
    way::gate(&cx, regime, &id, fitting_hat(regime))?;
    let typed = Typed::default().with("open-back", safe_back(&back.back, &id));
    shown(&cx, processing, regime, &typed, &FieldFaults::default())
}

/// What somebody without a stated purpose gets: a reader is sent to the question, a sender finds it with the form kept.
pub(crate) fn ask(cx: &Cx, processing: &Processing, regime: Regime, typed: Option<&Typed>) -> Result<Response, Fault> {
    match typed {
        None => {
            let back = site::layers::encode(&cx.path);
            Ok(see_other(&format!("/records/{}/open?back={back}", processing.id)))
        }
        Some(typed) => {
            let typed = typed.clone().with("open-back", cx.path.clone()).with("open-post", "yes");
            shown(cx, processing, regime, &typed, &FieldFaults::default())
        }
    }
}

/// `POST /records/{processing}/open`: opens the vault for a while; the purpose is kept in it.
///
/// # Errors
/// When the policy refuses or the database does.
pub async fn open(cx: Cx, Path(id): Path<String>, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let typed = Typed(pairs);
    let (processing, regime) = way::processing(&cx, &id)?;
    let gate = way::gate(&cx, regime, &id, fitting_hat(regime))?;
    let account = gate.actor().ok_or(Fault::SignIn)?;
    let mut faults = FieldFaults::default();
    let config = cx.municipality.get::<RecordsConfig>();
    let reason = typed.reason("open-reason", config.reason_min_chars, &mut faults);
    let hat = match (regime, typed.get("open-hat").parse::<Hat>()) {
        (Regime::R2, Ok(hat)) => hat,
        (Regime::R2, Err(_)) => {
            faults.add("open-hat", "records-hat-missing");
            Hat::Supervisor
        }
        _ => Hat::Supervisor,
    };
    let how = cx.how(hat, true);
    let permit = match cx.permit_as("record:open", &resource(&cx, regime, &id), &how) {
        Ok(permit) => permit,
        Err(Fault::Refused { fences, .. }) if fences.iter().any(|f| f == "fence-hat") => {
            if faults.of("open-hat", &cx.words).is_none() {
                faults.add("open-hat", "records-hat-wrong");
            }
            return shown(&cx, processing, regime, &typed, &faults);
        }
        Err(other) => return Err(other),
    };
    if !faults.is_empty() {
        return shown(&cx, processing, regime, &typed, &faults);
    }
    let request = kit::Uuid::try_parse(&typed.get("open-request")).map_err(|_| Fault::Bad("fault-bad-request"))?;
    let back = safe_back(&typed.get("open-back"), &id);
    let minutes = i64::from(cx.municipality.file.security.opening_minutes);
    let until = At::from_micros(cx.now.micros() + minutes * 60_000_000);
    let opening = Opening { id: request, account_id: account, processing: id.clone(), hat, reason, at: cx.now, until };
    let mut tx = cx.vault(&permit)?.write().await?;
    if once::claim(&mut tx, permit.municipality(), request, cx.now, &back).await? == Claim::New {
        opening::insert(&mut tx, &permit, &opening).await?;
        let deed = cx.deed_for(&id);
        let detail = serde_json::json!({ "hat": hat, "reason": opening.reason, "until": until.micros() });
        audit::record(&mut tx, &deed, permit.action(), "opening", &request.to_string(), &detail).await?;
        ledger::write(&mut tx, &deed, permit.action(), &id, &[]).await?;
    }
    tx.commit().await?;
    // 307: the browser sends the kept form again, now to its own address.
    Ok(match typed.has("open-post", "yes") {
        true => Redirect::temporary(&back).into_response(),
        false => see_other(&back),
    })
}

/// An address within this processing; anything else becomes its list.
fn safe_back(back: &str, id: &str) -> String {
    let home = format!("/records/{id}");
    let own = back == home || back.starts_with(&format!("{home}/")) || back.starts_with(&format!("{home}?"));
    if (own || crate::kin::within(back, id)) && !back.contains("/open") { back.to_owned() } else { home }
}

fn shown(
    cx: &Cx,
    processing: &Processing,
    regime: Regime,
    typed: &Typed,
    faults: &FieldFaults,
) -> Result<Response, Fault> {
    let lang = cx.words.language();
    let post = typed.has("open-post", "yes");
    let kept = typed.0.iter().filter(|(name, _)| !OWN.contains(&name.as_str())).cloned().collect();
    let hats = match regime {
        Regime::R2 => Hat::ALL.iter().map(|h| Choice::new(h.as_str(), cx.t(&format!("records-hat-{h}")))).collect(),
        _ => vec![],
    };
    let page = PurposePage {
        page: cx.page_titled(cx.words.t1("records-open-title", "name", &text(&processing.name, lang))),
        crumbs: vec![Link::new("/records", cx.t("records-title"))],
        errors: cx.summary(faults),
        action: format!("/records/{}/open", processing.id),
        request: cx.app.clock.id().to_string(),
        purpose: text(&processing.purpose, lang),
        law: processing.basis.join(", "),
        secrecy: secrecy(cx, regime),
        minutes: cx.words.tn("records-open-minutes", i64::from(cx.municipality.file.security.opening_minutes)),
        hats,
        hat: typed.get("open-hat"),
        hat_error: faults.of("open-hat", &cx.words).unwrap_or_default(),
        reason: typed.get("open-reason"),
        reason_error: faults.of("open-reason", &cx.words).unwrap_or_default(),
        back: safe_back(&typed.get("open-back"), &processing.id),
        post,
        first: typed.has("first", "yes"),
        kept: if post { kept } else { vec![] },
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_as(status, &page)
}

/// The duty of secrecy that goes with a regime, for the screen (Wpg art. 7, Wet Bibob art. 28 and their likes).
pub fn secrecy(cx: &Cx, regime: Regime) -> String {
    cx.t(&format!("records-secrecy-{}", regime.code().to_lowercase()))
}

/// A text of the law's files in the reader's language.
pub(crate) fn text(text: &law::Text, language: &str) -> String {
    text.get(language).to_owned()
}
