//! The other side of a link: the calls of Signalen's API that we need, and what their answers mean.
//!
//! What matters after a create is one question: can it have been made? Only an answer that says so rules it out.

use super::dispatch::Failure;
use super::store::Outgoing;
use crate::config::{Api, Link, SignalenWords};
use kit::fetch::{Answer, FetchFault, Http};
use kit::{At, Uuid};
use serde_json::{Value, json};
use signals::intake::Reporter;
use site::layers::encode;

/// Pages of a partner's list that are looked through for one report.
const MOST_PAGES: usize = 10;
/// What we send when no category of theirs fits.
const OTHER: &str = "overig/overig";

/// What became of a create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// Made: their number, and their id for machines.
    Made(String, String),
    /// Not made, and it will not be.
    Refused(Failure),
    /// Not made; again after so many seconds.
    Later(Option<u64>, Failure),
    /// It may have been made.
    Unsure(Failure),
}

/// What a partner says of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// Their word for the state.
    pub word: String,
    /// The word as people read it.
    pub display: String,
    /// What they say about it.
    pub text: String,
}

/// What stands in a report that we send, and in no other.
pub(super) fn mark(reference: &str, dispatch: Uuid) -> String {
    format!("Regie {reference} {}", signals::intake::reference(dispatch))
}

/// The body of a create, as Signalen wants it.
pub(super) fn body(
    link: &Link,
    words: &SignalenWords,
    report: &Outgoing,
    (lon, lat): (f64, f64),
    (note, mark): (&str, &str),
    reporter: Option<&Reporter>,
) -> Value {
    let slug = link.categories.get(&report.category).map(String::as_str);
    let slug = slug.or_else(|| words.category_there(&report.category)).unwrap_or(OTHER);
    let (main, sub) = slug.split_once('/').unwrap_or(("overig", "overig"));
    let category = format!("{}/signals/v1/public/terms/categories/{main}/sub_categories/{sub}", link.base_url);
    let extra = if note.is_empty() { mark.to_owned() } else { format!("{note}\n\n{mark}") };
    let mut body = json!({
        "text": report.words,
        "text_extra": extra,
        "location": {
            "geometrie": { "type": "Point", "coordinates": [lon, lat] },
            "address_text": report.address,
            "extra_properties": {},
        },
        "category": { "sub_category": category },
        "reporter": {
            "email": reporter.map_or("", |r| &r.email),
            "phone": reporter.map_or("", |r| &r.phone),
            "sharing_allowed": reporter.is_some(),
        },
        "incident_date_start": report.occurred_at.0.to_string(),
        "incident_date_end": null,
        "extra_properties": [{ "id": "extra_regie", "label": "Regie", "category_url": category, "answer": mark }],
    });
    if link.api != Api::Public
        && !link.source.is_empty()
        && let Value::Object(fields) = &mut body
    {
        fields.insert("source".to_owned(), link.source.as_str().into());
    }
    body
}

/// One partner's server.
pub(super) struct Partner<'a> {
    pub http: &'a Http,
    pub link: &'a Link,
}

impl Partner<'_> {
    /// Makes a report there. `dispatch` goes along, for a partner that can tell a double by it.
    pub async fn create(&self, body: &Value, dispatch: Uuid) -> Sent {
        let token = match self.token().await {
            Ok(token) => token,
            // nothing was sent
            Err(failure) => return Sent::Later(None, failure),
        };
        let path = match self.link.api {
            Api::Private => "/signals/v1/private/signals/",
            Api::Public => "/signals/v1/public/signals/",
            Api::Regie => "/exchange/signalen/v1/signals",
        };
        let url = format!("{}{path}", self.link.base_url);
        let key = dispatch.to_string();
        let mut headers = vec![("idempotency-key", key.as_str()), ("accept", "application/json")];
        headers.extend(token.as_deref().map(|t| ("authorization", t)));
        match self.http.post(&url, "application/json", &headers, body.to_string().into_bytes()).await {
            Ok(answer) => made(self.link.api, &answer),
            Err(fault @ (FetchFault::Private(_) | FetchFault::Address(_))) => Sent::Refused(fault.into()),
            // no connection was made, so nothing was sent
            Err(FetchFault::Down(why)) if why.contains("(Connect)") => Sent::Later(None, FetchFault::Down(why).into()),
            Err(other) => Sent::Unsure(other.into()),
        }
    }

    /// Looks for the report with `mark` among those made since `since`.
    pub async fn find(&self, mark: &str, since: At) -> Result<Option<(String, String)>, Failure> {
        let from = At::from_micros(since.micros() - 300_000_000).0.to_string();
        let mut url =
            format!("{}/signals/v1/private/signals/?created_after={}&page_size=100", self.link.base_url, encode(&from));
        for _ in 0..MOST_PAGES {
            let page = self.get(&url).await?;
            let results = page["results"].as_array().ok_or_else(|| Failure::new("exchange-partner-answer", ""))?;
            let ours = |item: &&Value| {
                let extra = item["text_extra"].as_str().unwrap_or_default();
                let answers = item["extra_properties"].as_array().map(Vec::as_slice).unwrap_or_default();
                extra.contains(mark) || answers.iter().any(|a| a["answer"].as_str() == Some(mark))
            };
            if let Some(found) = results.iter().find(ours) {
                return Ok(names(self.link.api, found));
            }
            match page["_links"]["next"]["href"].as_str() {
                // another host would get our token
                Some(next) if next.starts_with(&format!("{}/", self.link.base_url)) => url = next.to_owned(),
                Some(_) => return Err(Failure::new("exchange-partner-answer", "")),
                None => return Ok(None),
            }
        }
        Err(Failure::new("exchange-partner-long", MOST_PAGES.to_string()))
    }

    /// How the report `key` stands there.
    pub async fn told(&self, key: &str) -> Result<Told, Failure> {
        let key = encode(key).replace('/', "%2F");
        let path = match self.link.api {
            Api::Private => format!("/signals/v1/private/signals/{key}"),
            Api::Public => format!("/signals/v1/public/signals/{key}"),
            Api::Regie => format!("/exchange/signalen/v1/signals/{key}"),
        };
        let report = self.get(&format!("{}{path}", self.link.base_url)).await?;
        let status = &report["status"];
        let text = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
        let word = status["state"].as_str().ok_or_else(|| Failure::new("exchange-partner-answer", ""))?;
        let display = Some(text(&status["state_display"])).filter(|d| !d.is_empty());
        Ok(Told {
            display: display.unwrap_or_else(|| word.to_owned()),
            word: word.to_owned(),
            text: text(&status["text"]),
        })
    }

    async fn get(&self, url: &str) -> Result<Value, Failure> {
        let token = self.token().await?;
        let mut headers = vec![("accept", "application/json")];
        headers.extend(token.as_deref().map(|t| ("authorization", t)));
        let answer = self.http.get(url, &headers).await?.success()?;
        serde_json::from_slice(&answer.body).map_err(|_| Failure::new("exchange-partner-answer", ""))
    }

    /// The value of `Authorization`; none for the public API.
    async fn token(&self) -> Result<Option<String>, Failure> {
        let secret = |file: &std::path::Path| {
            let text = std::fs::read_to_string(file).map(|t| t.trim().to_owned()).unwrap_or_default();
            if text.is_empty() || text.chars().any(char::is_control) {
                return Err(Failure::new("exchange-partner-secret", self.link.id.as_str()));
            }
            Ok(text)
        };
        if let Some(file) = &self.link.token_file {
            return Ok(Some(format!("Bearer {}", secret(file)?)));
        }
        let Some(oauth) = &self.link.oauth else { return Ok(None) };
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}&scope={}",
            encode(&oauth.client_id),
            encode(&secret(&oauth.client_secret_file)?),
            encode(&oauth.scope)
        );
        let kind = "application/x-www-form-urlencoded";
        let answer = self.http.post(&oauth.token_url, kind, &[("accept", "application/json")], form.into()).await?;
        let body: Value = serde_json::from_slice(&answer.success()?.body).unwrap_or_default();
        let token = body["access_token"].as_str().filter(|t| !t.is_empty() && !t.chars().any(char::is_control));
        token.map(|t| Some(format!("Bearer {t}"))).ok_or_else(|| Failure::new("exchange-partner-token", ""))
    }
}

/// What the answer to a create means.
fn made(api: Api, answer: &Answer) -> Sent {
    let value: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let status = || Failure::new("fetch-status", answer.status.to_string());
    match answer.status {
        200..=299 => match names(api, &value) {
            Some((number, key)) => Sent::Made(number, key),
            None => Sent::Unsure(Failure::new("exchange-partner-answer", "")),
        },
        429 => Sent::Later(answer.header("retry-after").trim().parse().ok(), Failure::new("fetch-later", "")),
        // the fields only: the words about them may repeat what we sent
        400 | 422 => match value.as_object() {
            Some(fields) => {
                let names: Vec<&str> = fields.keys().map(String::as_str).take(10).collect();
                Sent::Refused(Failure::new("exchange-partner-fields", names.join(", ")))
            }
            None => Sent::Refused(status()),
        },
        // a token that ran out is replaced by a person; nothing was made
        401 | 403 => Sent::Later(None, Failure::new("exchange-partner-token", "")),
        300..=499 if answer.status != 408 => Sent::Refused(status()),
        _ => Sent::Unsure(status()),
    }
}

/// Number for people and id for machines of a report in an answer. The private API reads by `id`, the public one by
/// `signal_id`.
fn names(api: Api, report: &Value) -> Option<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty() && t.len() <= 100),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let id = text(&report["id"]);
    let key = if api == Api::Public { text(&report["signal_id"]) } else { id.clone() }?;
    let number =
        text(&report["id_display"]).or_else(|| id.map(|id| format!("SIG-{id}"))).unwrap_or_else(|| key.clone());
    Some((number, key))
}
