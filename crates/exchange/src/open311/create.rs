//! A report that comes in. There is no id in the standard: `client_request_id` (ours) makes a report idempotent, and
//! without it the same report within some minutes is one report.

use super::answer::Refusal;
use super::params::Params;
use super::services::{jurisdiction, unknown};
use super::{ask, store};
use crate::config::ExchangeConfig;
use axum::http::StatusCode;
use kit::{At, FieldFaults, Uuid};
use policy::Resource;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use signals::category::questions;
use signals::category::stops::stopped;
use signals::contact::status_link;
use signals::intake::{self, Desk, NewSignal, Reporter};
use signals::{Channel, Kind, Publication, Source, State};
use site::Cx;

/// Longest address of a picture, in bytes.
const MEDIA: usize = 500;
/// Longest description that the standard allows, in characters.
const DESCRIPTION: usize = 4000;

/// Takes a report in; gives its reference, and says what everybody will see of it.
pub(super) async fn create(cx: &Cx, params: &Params) -> Result<Value, Refusal> {
    let of = |fault| Refusal::of(cx, fault);
    let permit = cx.permit("report:create", &Resource::ordinary("signal", cx.code())).map_err(of)?;
    let config = cx.municipality.get::<ExchangeConfig>();
    if !has_key(&config.open311.key_hashes, params.get("api_key").unwrap_or_default()) {
        return Err(Refusal::Said(StatusCode::FORBIDDEN, vec![cx.t("exchange-open311-key")]));
    }
    jurisdiction(cx, params)?;
    let desk = Desk::of(&cx.municipality);
    let Some(code) = params.get("service_code") else {
        return Err(Refusal::bad(cx.t("exchange-open311-service-missing")));
    };
    let Some(category) = desk.catalogue.get(code) else { return Err(unknown(cx, code)) };

    let mut tx = cx.write().await.map_err(of)?;
    if let Some(stop) = stopped(&mut tx, cx.code(), code, cx.now).await? {
        return Err(Refusal::bad(stop.message.get(cx.words.language()).to_owned()));
    }
    let form = questions::asked(&mut tx, cx.code(), code).await?;
    let new = signal(cx, params, &category.id)?;
    let mut faults = desk.check(&new, cx.now);
    if params.text("description").chars().count() > DESCRIPTION {
        faults.add_with(
            "words",
            "signal-words-long",
            vec![("most", DESCRIPTION.to_string()), ("have", params.text("description").chars().count().to_string())],
        );
    }
    let answers = ask::answers(params, &form.questions);
    let today = cx.now.local(&cx.municipality.zone).date();
    let mut about = FieldFaults::default();
    let answers = questions::check(&form.questions, &answers, today, &mut about);
    let mut said: Vec<String> = faults.sentences(&cx.words).into_iter().map(|(_, text)| text).collect();
    said.extend(about.sentences(&cx.words).into_iter().map(|(field, text)| {
        let id = field.trim_start_matches("answer-");
        let label = form.questions.iter().find(|q| q.id == id).map_or(id, |q| q.label.get(cx.words.language()));
        format!("attribute[{id}] ({label}): {text}")
    }));
    if !said.is_empty() {
        return Err(Refusal::Said(StatusCode::BAD_REQUEST, said));
    }

    let mut id = new.id;
    // The answer of a replay is the first one's id.
    let (key, since) = match params.get("client_request_id") {
        Some(text) => (client_id(cx, text)?, At::from_micros(i64::MIN / 4)),
        None => {
            let minutes = config.open311.same_report_minutes;
            (uuid(&params.digest()), At::from_micros(cx.now.micros() - minutes * 60_000_000))
        }
    };
    match store::claim(&mut tx, &permit, key, cx.now, since, &id.to_string()).await? {
        None => {
            intake::create(cx, &mut tx, &permit, new).await.map_err(of)?;
            questions::keep(&mut tx, &permit, id, &form, &answers).await?;
        }
        Some(first) => id = Uuid::try_parse(&first).unwrap_or(id),
    }
    let publication = store::publication(&mut tx, &permit, id).await?;
    tx.commit().await?;
    let link = status_link(cx, id).map_err(of)?;
    Ok(receipt(cx, id, &link, publication, params.extended()))
}

fn receipt(cx: &Cx, id: Uuid, link: &str, publication: Publication, extended: bool) -> Value {
    let notice = match publication {
        Publication::Shown => "exchange-open311-notice-shown",
        Publication::Waiting => "exchange-open311-notice-waiting",
        Publication::Private | Publication::Hidden => "exchange-open311-notice-none",
    };
    let mut receipt = json!({
        "service_request_id": intake::reference(id),
        "service_notice": cx.words.t1(notice, "link", link),
        "account_id": null,
    });
    if let (true, Value::Object(fields)) = (extended, &mut receipt) {
        fields.insert("status_url".to_owned(), link.into());
    }
    Value::Array(vec![receipt])
}

/// The signal that the parameters describe. Device and account are not kept: nobody here needs them.
fn signal(cx: &Cx, params: &Params, category: &str) -> Result<NewSignal, Refusal> {
    let place = params.point(cx)?;
    let address = params.get("address_string").or(params.get("address_id")).unwrap_or_default().to_owned();
    if place.is_none() && address.is_empty() {
        return Err(Refusal::bad(cx.t("exchange-open311-place")));
    }
    let mut words = params.text("description");
    if let Some(url) = params.get("media_url") {
        if url.len() > MEDIA || !url.starts_with("https://") || url.chars().any(char::is_whitespace) {
            return Err(Refusal::bad(cx.t("exchange-open311-media")));
        }
        // A picture elsewhere is only named: nothing is fetched on a stranger's word.
        words.push_str(&format!("\n\n{}", cx.words.t1("exchange-open311-picture", "url", url)));
    }
    let name = format!("{} {}", params.text("first_name"), params.text("last_name")).trim().to_owned();
    let reporter = Reporter { name, email: params.text("email"), phone: params.text("phone"), ..Reporter::default() };
    Ok(NewSignal {
        id: cx.app.clock.id(),
        kind: Kind::Report,
        channel: Channel::Open311,
        source: Source::Resident,
        source_ref: None,
        category: category.to_owned(),
        words,
        address,
        place,
        area: None,
        occurred_at: cx.now,
        reported_at: cx.now,
        state: State::Reported,
        closed_at: None,
        reporter: Some(reporter).filter(|r| !r.is_empty()),
        presence_id: None,
        issue_id: None,
        language: cx.words.language().to_owned(),
    })
}

/// Whether `key` is one of the known keys; without known keys none is needed.
fn has_key(hashes: &[String], key: &str) -> bool {
    hashes.is_empty() || hashes.iter().any(|known| known.eq_ignore_ascii_case(&hex::encode(Sha256::digest(key))))
}

/// The client's own id of the request, apart from ids that our forms make.
fn client_id(cx: &Cx, text: &str) -> Result<Uuid, Refusal> {
    let id = Uuid::try_parse(text).map_err(|_| Refusal::bad(cx.t("exchange-open311-client-id")))?;
    Ok(uuid(&Sha256::new().chain_update("open311 ").chain_update(id.as_bytes()).finalize().into()))
}

fn uuid(hash: &[u8; 32]) -> Uuid {
    Uuid::from_u128(hash.iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
}
