//! Receivers: add, pause, resume, test, rotate the secret, remove. Permit, rule, record, audit, job.

use super::store::{self, New, Webhook};
use super::{SECOND, TEST, TYPES, WebhookConfig, Welcome, sign};
use axum::http::{Method, Request};
use kit::fetch::FetchFault;
use kit::{At, Fault, FieldFaults, Seal, Tx, Uuid, audit, events, jobs, once};
use policy::{Permit, Resource};
use site::Cx;

/// Longest name, in characters.
const LONGEST_NAME: usize = 100;
/// Longest address, in characters.
const LONGEST_URL: usize = 500;

/// A receiver as an administrator wants it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Made with the form; the receiver gets it as its id.
    pub request: Uuid,
    pub name: String,
    pub url: String,
    pub types: Vec<String>,
}

/// What became of a form that makes a secret.
pub(super) enum Made {
    /// The secret, to be shown this once.
    New(String),
    /// It was made before; the secret is not shown again.
    Before,
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("exchange:edit", &Resource::open("webhook", cx.code()))
}

/// The place that a sealed secret is bound to.
fn place(municipality: &str, webhook: Uuid) -> String {
    format!("{municipality}/webhook/{webhook}/secret")
}

fn sealed(seal: &Seal, municipality: &str, webhook: Uuid, secret: &str) -> Result<String, Fault> {
    Ok(hex::encode(seal.seal(&place(municipality, webhook), secret.as_bytes())?))
}

/// The secrets that sign for `webhook` at `now`: the newest first, the one before while it still counts.
pub(super) fn secrets(seal: &Seal, municipality: &str, webhook: &Webhook, now: At) -> anyhow::Result<Vec<String>> {
    let place = place(municipality, webhook.id);
    let open = |text: &str| anyhow::Ok(seal.open_text(&place, &hex::decode(text)?)?);
    let mut all = vec![open(&webhook.secret)?];
    if webhook.previous_until.is_some_and(|until| now < until) {
        all.push(open(&webhook.previous_secret)?);
    }
    Ok(all)
}

fn check(draft: &Draft) -> FieldFaults {
    let mut faults = FieldFaults::default();
    match draft.name.chars().count() {
        0 => faults.add("name", "webhook-name-missing"),
        n if n > LONGEST_NAME => faults.add("name", "webhook-name-long"),
        _ => {}
    }
    let has_user = draft.url.split('/').nth(2).is_some_and(|host| host.contains('@'));
    if draft.url.is_empty() {
        faults.add("url", "webhook-url-missing");
    } else if has_user || draft.url.chars().count() > LONGEST_URL || draft.url.contains(char::is_whitespace) {
        faults.add("url", "webhook-url-wrong");
    }
    if draft.types.is_empty() || draft.types.iter().any(|t| !TYPES.contains(&t.as_str())) {
        faults.add("types", "webhook-types-missing");
    }
    faults
}

/// Asks the receiver whether it wants notices of this sender (CloudEvents HTTP webhooks, section 4): who finds an
/// address of somebody else cannot make Regie send there against the owner's will, when the owner knows the question.
async fn ask(cx: &Cx, url: &str) -> Result<Welcome, Fault> {
    let wrong = |key| {
        let mut faults = FieldFaults::default();
        faults.add("url", key);
        Fault::Invalid(faults)
    };
    let origin = cx.app.public_url.split('/').nth(2).unwrap_or_default();
    let request = Request::builder().method(Method::OPTIONS).uri(url).header("webhook-request-origin", origin);
    let request = request.body(vec![]).map_err(|_| wrong("webhook-url-wrong"))?;
    match cx.app.http.fetch(request).await {
        Err(FetchFault::Address(_)) => Err(wrong("webhook-url-wrong")),
        Err(FetchFault::Private(_)) => Err(wrong("webhook-url-private")),
        Err(_) => Ok(Welcome::Unreachable),
        Ok(answer) => match answer.headers().get("webhook-allowed-origin").map(|v| v.to_str().unwrap_or_default()) {
            None => Ok(Welcome::Silent),
            Some(allowed) if allowed == "*" || allowed.eq_ignore_ascii_case(origin) => Ok(Welcome::Allowed),
            Some(_) => Err(wrong("webhook-url-refused")),
        },
    }
}

/// Adds a receiver.
///
/// # Errors
/// When the policy refuses, a field is wrong, or the receiver says that it does not want this sender.
pub(super) async fn create(cx: &Cx, draft: &Draft) -> Result<Made, Fault> {
    let permit = permit(cx)?;
    check(draft).ok()?;
    let welcome = ask(cx, &draft.url).await?;
    let mut tx = cx.write().await?;
    let path = format!("/exchange/webhooks/{}", draft.request);
    if once::claim(&mut tx, cx.code(), draft.request, cx.now, &path).await? != once::Claim::New {
        return Ok(Made::Before);
    }
    let secret = sign::new_secret()?;
    let hidden = sealed(cx.seal(&permit)?, cx.code(), draft.request, &secret)?;
    let types = format!(" {} ", draft.types.join(" "));
    let (name, url) = (draft.name.as_str(), draft.url.as_str());
    let new = New { id: draft.request, name, url, types: &types, secret: &hidden, welcome };
    store::insert(&mut tx, &permit, &new, cx.now).await?;
    let detail = serde_json::json!({ "name": draft.name, "url": draft.url, "types": draft.types, "welcome": welcome });
    written(&mut tx, cx, "add", draft.request, &detail).await?;
    tx.commit().await?;
    Ok(Made::New(secret))
}

/// What can be done with a receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Pause,
    Resume,
    Test,
    Rotate,
    Delete,
}

impl Verb {
    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "pause" => Self::Pause,
            "resume" => Self::Resume,
            "test" => Self::Test,
            "rotate" => Self::Rotate,
            "delete" => Self::Delete,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Test => "test",
            Self::Rotate => "rotate",
            Self::Delete => "delete",
        }
    }
}

/// Does `verb` with the receiver `id`, of which the page showed `version`.
///
/// # Errors
/// When the policy refuses, there is no such receiver, or it changed since.
pub(super) async fn change(cx: &Cx, id: Uuid, request: Uuid, version: i64, verb: Verb) -> Result<Made, Fault> {
    let permit = permit(cx)?;
    let mut tx = cx.write().await?;
    let path = format!("/exchange/webhooks/{id}");
    if once::claim(&mut tx, cx.code(), request, cx.now, &path).await? != once::Claim::New {
        return Ok(Made::Before);
    }
    store::one(&mut tx, cx.code(), id).await?.ok_or(Fault::NotFound)?;
    let mut made = Made::Before;
    let fresh = match verb {
        Verb::Pause => store::switch(&mut tx, &permit, id, version, false).await?,
        Verb::Resume => {
            store::hurry(&mut tx, &permit, id, cx.now).await?;
            store::switch(&mut tx, &permit, id, version, true).await?
        }
        Verb::Test => {
            store::tell(&mut tx, &permit, id, request, TEST, cx.now).await?;
            true
        }
        Verb::Rotate => {
            let secret = sign::new_secret()?;
            let hidden = sealed(cx.seal(&permit)?, cx.code(), id, &secret)?;
            let hours = i64::from(cx.municipality.get::<WebhookConfig>().overlap_hours);
            let until = At::from_micros(cx.now.micros() + hours * 3600 * SECOND);
            made = Made::New(secret);
            store::rotate(&mut tx, &permit, id, version, &hidden, until).await?
        }
        Verb::Delete => store::delete(&mut tx, &permit, id, version).await?,
    };
    if !fresh {
        return Err(Fault::Stale);
    }
    if matches!(verb, Verb::Resume | Verb::Test) {
        jobs::enqueue(&mut tx, cx.code(), events::DELIVER, &serde_json::json!({}), Some("all"), cx.now).await?;
    }
    written(&mut tx, cx, verb.word(), id, &serde_json::json!({})).await?;
    tx.commit().await?;
    Ok(made)
}

async fn written(tx: &mut Tx, cx: &Cx, verb: &str, id: Uuid, detail: &serde_json::Value) -> Result<(), Fault> {
    let detail = serde_json::json!({ "verb": verb, "detail": detail });
    audit::record(tx, &cx.deed(), "exchange:edit", "webhook", &id.to_string(), &detail).await?;
    Ok(())
}
