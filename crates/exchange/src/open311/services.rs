//! Discovery, the list of services, and what a service asks.

use super::answer::Refusal;
use super::ask;
use super::params::Params;
use crate::config::ExchangeConfig;
use kit::Words;
use policy::Resource;
use serde_json::{Value, json};
use signals::Catalogue;
use signals::category::Category;
use signals::category::questions::{all_asked, asked};
use signals::category::stops::stops;
use site::Cx;

/// The last change of what this endpoint can do.
const CHANGESET: &str = "2026-01-01T00:00:00Z";
/// The name of the specification.
const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";

/// Refuses another jurisdiction than ours; leaving it out is fine, as this endpoint has only one.
pub(super) fn jurisdiction(cx: &Cx, params: &Params) -> Result<(), Refusal> {
    let ours = &cx.municipality.get::<ExchangeConfig>().open311.jurisdiction_id;
    match params.get("jurisdiction_id") {
        Some(other) if !other.eq_ignore_ascii_case(ours) => {
            Err(Refusal::missing(cx.words.t1("exchange-open311-jurisdiction", "ours", ours)))
        }
        _ => Ok(()),
    }
}

/// The discovery document.
pub(super) fn discovery(cx: &Cx) -> Value {
    let config = &cx.municipality.get::<ExchangeConfig>().open311;
    let contact = &cx.municipality.file.contact;
    let keys = if config.key_hashes.is_empty() { "exchange-open311-no-key" } else { "exchange-open311-key-ask" };
    json!({
        "changeset": CHANGESET,
        "contact": format!("{}, {}, {}", contact.organisation, contact.email, contact.phone),
        "key_service": cx.t(keys),
        "endpoints": [{
            "specification": SPECIFICATION,
            "url": format!("{}/open311/v2", cx.app.public_url),
            "changeset": CHANGESET,
            "type": config.kind,
            "formats": ["text/xml", "application/json"],
        }],
    })
}

/// The services: one for each category. A category that is stopped for now stays, and says so.
pub(super) async fn list(cx: &Cx, params: &Params) -> Result<Value, Refusal> {
    jurisdiction(cx, params)?;
    cx.permit("public:read", &Resource::open("category", cx.code())).map_err(|f| Refusal::of(cx, f))?;
    let mut tx = cx.read().await.map_err(|f| Refusal::of(cx, f))?;
    let forms = all_asked(&mut tx, cx.code()).await?;
    let stops = stops(&mut tx, cx.code(), cx.now).await?;
    drop(tx);
    let catalogue = cx.municipality.get::<Catalogue>();
    let lang = cx.words.language();
    let service = |category: &Category| {
        let stop = stops.iter().find(|s| s.category == category.id).map(|s| s.message.get(lang));
        let hint = category.hint.get(lang);
        json!({
            "service_code": category.id,
            "service_name": category.name.get(lang),
            "description": stop.map_or_else(|| hint.to_owned(), |stop| format!("{stop} {hint}")),
            "metadata": forms.iter().any(|f| f.category == category.id && !f.questions.is_empty()),
            "type": "realtime",
            "keywords": keywords(&catalogue, category, &cx.words),
            "group": main_name(&catalogue, category, lang),
        })
    };
    Ok(catalogue.categories.iter().map(service).collect())
}

fn main_name<'a>(catalogue: &'a Catalogue, category: &'a Category, lang: &str) -> &'a str {
    catalogue.mains.iter().find(|m| m.id == category.main).map_or(&category.main, |m| m.name.get(lang))
}

/// The words of the group and of the name, lower case, between commas.
fn keywords(catalogue: &Catalogue, category: &Category, words: &Words) -> String {
    let lang = words.language();
    let text = format!("{} {}", main_name(catalogue, category, lang), category.name.get(lang)).to_lowercase();
    let mut kept: Vec<&str> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3) {
        if !kept.contains(&word) {
            kept.push(word);
        }
    }
    kept.join(", ")
}

/// What a service asks.
pub(super) async fn definition(cx: &Cx, params: &Params, code: &str) -> Result<Value, Refusal> {
    jurisdiction(cx, params)?;
    cx.permit("public:read", &Resource::open("category", cx.code())).map_err(|f| Refusal::of(cx, f))?;
    if cx.municipality.get::<Catalogue>().get(code).is_none() {
        return Err(unknown(cx, code));
    }
    let mut tx = cx.read().await.map_err(|f| Refusal::of(cx, f))?;
    let form = asked(&mut tx, cx.code(), code).await?;
    Ok(json!({ "service_code": code, "attributes": ask::attributes(&cx.words, &form.questions) }))
}

/// A service that there is not; what belongs to another organisation is named with what to do.
pub(super) fn unknown(cx: &Cx, code: &str) -> Refusal {
    let catalogue = cx.municipality.get::<Catalogue>();
    let lang = cx.words.language();
    match catalogue.redirects.iter().find(|r| r.id == code) {
        Some(other) => Refusal::bad(format!("{} {}", other.text.get(lang), other.url)),
        None => Refusal::missing(cx.t("exchange-open311-service")),
    }
}
