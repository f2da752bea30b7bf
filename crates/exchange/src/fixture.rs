//! What this crate's tests share: the program with Heemskerk's categories, two square neighbourhoods and its links, a
//! partner's server, and a reader of the small part of JSON Schema that the standards use.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

use crate::ExchangeConfig;
use areas::Atlas;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use kit::{Municipality, Text, args};
use serde_json::{Value, json};
use signals::Catalogue;
use site::Shared;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The program; `links` stands below `[[signalen.link]]` in place of the one in the configuration.
pub(crate) async fn app(db: testkit::MainDb, links: &str) -> Shared {
    app_with(db, links, |_| {}).await
}

/// The same with a changed configuration.
pub(crate) async fn app_with(db: testkit::MainDb, links: &str, change: impl Fn(&mut ExchangeConfig)) -> Shared {
    let app = testkit::app(db, |municipality| shelve(municipality, links, &change));
    let home = app.home().unwrap().clone();
    let mut tx = app.main.write().await.unwrap();
    home.get::<Catalogue>().sync(&mut tx, home.code()).await.unwrap();
    for (code, name, west, east) in [("BU03960001", "West", 4.58, 4.66), ("BU03960002", "Oost", 4.66, 4.73)] {
        let ring = [(west, 52.48), (east, 52.48), (east, 52.54), (west, 52.54), (west, 52.48)];
        let points: Vec<String> = ring.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
        let outline = format!(r#"{{"type":"MultiPolygon","coordinates":[[[{}]]]}}"#, points.join(","));
        tx.run(
            "insert into area (municipality, year, code, level, name, parent, lon, lat, surface_m2, outline, origin)
             values ($1, 2024, $2, 'neighbourhood', $3, null, $4, 52.51, null, $5, 'test')",
            args![home.code(), code, name, (west + east) / 2.0, outline],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    home.get::<Atlas>().reload(&mut tx, home.code()).await.unwrap();
    drop(tx);
    app
}

fn shelve(municipality: &mut Municipality, links: &str, change: &impl Fn(&mut ExchangeConfig)) {
    let folder = municipality.folder.clone();
    let text = std::fs::read_to_string(folder.join("categories.toml")).unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let mut ids: Vec<String> = Vec::new();
    for category in file["category"].as_array().unwrap() {
        let id = category["priority"].as_str().unwrap().to_owned();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let priorities = ids.into_iter().map(|id| (id, Text::default())).collect();
    let catalogue = Catalogue::read(&folder, priorities).unwrap();
    let mut config = ExchangeConfig::read(&folder, &catalogue).unwrap();
    if !links.is_empty() && config.words.is_some() {
        let text = format!("poll_minutes = 15\nreceived_per_hour = 5\n[[link]]\n{links}");
        config.signalen = toml::from_str(&text).unwrap();
    }
    change(&mut config);
    municipality.put(catalogue);
    municipality.put(config);
    municipality.put(signals::contact::ContactConfig::read(&folder).unwrap());
    municipality.put(Atlas::new(&municipality.file));
}

/// One request as a partner saw it.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub method: Method,
    pub path: String,
    pub token: String,
    pub body: Value,
}

/// What a partner does with the next create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Makes it.
    Well,
    /// Makes it, and then answers 500.
    MadeBut500,
    /// Makes nothing and answers 500.
    Broken,
    /// Makes it, and answers after the client gave up.
    Slow,
    /// Asks to come back after two minutes.
    Busy,
    /// Answers with a page.
    Html,
    /// Answers with JSON of another kind.
    Strange,
    /// Finds fault with fields.
    Picky,
    /// Does not know our token.
    Stranger,
}

/// Signalen at a partner's.
#[derive(Clone)]
pub(crate) struct Signalen {
    pub url: String,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    got: Vec<Got>,
    moods: Vec<Mood>,
    reports: Vec<Value>,
    state: (String, String),
}

impl Signalen {
    /// A server that does what `moods` say, one create after the other, and then works well.
    pub(crate) async fn start(moods: &[Mood]) -> Self {
        let inner = Arc::new(Mutex::new(Inner {
            moods: moods.to_vec(),
            state: ("m".to_owned(), "Gemeld".to_owned()),
            ..Inner::default()
        }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (base, state) = (url.clone(), inner.clone());
        let handler = move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
            let (base, state) = (base.clone(), state.clone());
            async move { handle(&base, &state, method, &uri, &headers, &body).await }
        };
        let every = axum::handler::HandlerWithoutStateExt::into_make_service(handler);
        tokio::spawn(async move { axum::serve(listener, every).await.unwrap() });
        Self { url, inner }
    }

    pub(crate) fn got(&self) -> Vec<Got> {
        self.inner.lock().unwrap().got.clone()
    }

    /// The reports that it made.
    pub(crate) fn reports(&self) -> Vec<Value> {
        self.inner.lock().unwrap().reports.clone()
    }

    /// From now on every report is in this state.
    pub(crate) fn set_state(&self, code: &str, display: &str) {
        self.inner.lock().unwrap().state = (code.to_owned(), display.to_owned());
    }
}

async fn handle(
    base: &str,
    state: &Arc<Mutex<Inner>>,
    method: Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &Bytes,
) -> Response {
    let token = headers.get("authorization").map_or("", |v| v.to_str().unwrap()).to_owned();
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let path = uri.to_string();
    let mood = {
        let mut inner = state.lock().unwrap();
        inner.got.push(Got { method: method.clone(), path: path.clone(), token, body: value.clone() });
        let create = method == Method::POST;
        if create && !inner.moods.is_empty() { inner.moods.remove(0) } else { Mood::Well }
    };
    if method == Method::POST {
        match mood {
            Mood::Busy => return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "120")]).into_response(),
            Mood::Broken => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Mood::Picky => {
                let body = json!({ "location": ["Niet binnen Nederland: 4.67"], "text": ["te kort"] });
                return (StatusCode::BAD_REQUEST, axum::Json(body)).into_response();
            }
            Mood::Stranger => return StatusCode::UNAUTHORIZED.into_response(),
            Mood::Html => return ([("content-type", "text/html")], "<html>Onderhoud</html>").into_response(),
            Mood::Strange => return axum::Json(json!({ "ok": true })).into_response(),
            Mood::Well | Mood::MadeBut500 | Mood::Slow => {}
        }
        let made = {
            let mut inner = state.lock().unwrap();
            let id = 1000 + inner.reports.len();
            let mut report = value;
            report["id"] = json!(id);
            report["signal_id"] = json!(format!("00000000-0000-0000-0000-00000000{id}"));
            report["id_display"] = json!(format!("SIG-{id}"));
            inner.reports.push(report.clone());
            report
        };
        return match mood {
            Mood::MadeBut500 => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Mood::Slow => {
                tokio::time::sleep(Duration::from_secs(8)).await;
                axum::Json(made).into_response()
            }
            _ => (StatusCode::CREATED, axum::Json(made)).into_response(),
        };
    }
    let inner = state.lock().unwrap();
    if uri.path() == "/signals/v1/private/signals/" {
        let second = uri.query().unwrap_or_default().contains("page=2");
        // the list comes in two pages
        let half = inner.reports.len().div_ceil(2);
        let page = if second { &inner.reports[half..] } else { &inner.reports[..half] };
        let next = (!second).then(|| format!("{base}/signals/v1/private/signals/?page=2"));
        let body = json!({ "_links": { "next": { "href": next } }, "count": inner.reports.len(), "results": page });
        return axum::Json(body).into_response();
    }
    let key = uri.path().rsplit('/').next().unwrap_or_default();
    match inner
        .reports
        .iter()
        .find(|r| r["id"].as_i64().is_some_and(|id| key.parse() == Ok(id)) || r["signal_id"] == key)
    {
        Some(report) => {
            let (code, display) = &inner.state;
            let status = json!({ "state": code, "state_display": display, "text": "Opgeruimd", "created_at": "2024-06-03T09:00:00Z" });
            axum::Json(json!({ "id": report["id"], "status": status })).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What does not fit the schema: type, enum, required, properties, items, anyOf, `$ref` to a file beside it, format
/// `date-time` and `uri`, and the lengths.
pub(crate) fn misfits(value: &Value, schema: &Value, folder: &std::path::Path, at: &str) -> Vec<String> {
    if let Some(file) = schema["$ref"].as_str() {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        return misfits(value, &serde_json::from_str(&text).unwrap(), folder, at);
    }
    let mut wrong = Vec::new();
    if let Some(choices) = schema["anyOf"].as_array()
        && choices.iter().all(|choice| !misfits(value, choice, folder, at).is_empty())
    {
        wrong.push(format!("{at}: {value} fits no choice"));
    }
    let is = |kind: &str| match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{other}"),
    };
    if let Some(kind) = schema["type"].as_str()
        && !is(kind)
    {
        wrong.push(format!("{at}: {value} is no {kind}"));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        wrong.push(format!("{at}: {value} is none of {words:?}"));
    }
    if let (Some(most), Some(text)) = (schema["maxLength"].as_u64(), value.as_str())
        && text.chars().count() as u64 > most
    {
        wrong.push(format!("{at}: longer than {most}"));
    }
    match (schema["format"].as_str(), value.as_str()) {
        (Some("date-time"), Some(text)) if text.parse::<jiff::Timestamp>().is_err() => {
            wrong.push(format!("{at}: {text} is no date-time"));
        }
        (Some("uri"), Some(text)) if text.parse::<Uri>().is_err() || !text.contains("://") => {
            wrong.push(format!("{at}: {text} is no URI"));
        }
        _ => {}
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(name).is_none() {
            wrong.push(format!("{at}: no {name}"));
        }
    }
    for (name, part) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(field) = value.get(name) {
            wrong.extend(misfits(field, part, folder, &format!("{at}.{name}")));
        }
    }
    if let (Some(items), true) = (value.as_array(), schema["items"].is_object()) {
        for (i, item) in items.iter().enumerate() {
            wrong.extend(misfits(item, &schema["items"], folder, &format!("{at}[{i}]")));
        }
    }
    wrong
}

/// Fails when a key of a text shows instead of the text.
pub(crate) fn no_bare_keys(html: &str) {
    for prefix in ["exchange-", "signals-", "signal-", "state-", "site-", "menu-", "fault-", "fetch-"] {
        for (at, _) in html.match_indices(prefix) {
            let before = html[..at].chars().next_back().unwrap_or(' ');
            assert!(!matches!(before, '>' | ' '), "bare key: {}", &html[at..html.len().min(at + 60)]);
        }
    }
}
