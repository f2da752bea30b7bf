//! The shell of the officer's app: a page, its script and style, texts, the service worker and the manifest. It holds
//! no data of anybody and needs no session, so that a phone can keep it and open it without the network. Its version is
//! a hash of all that it is made of: a phone that has it asks for the worker again and sees that it is new.

mod texts;

use askama::Template as _;
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse as _, Response};
use kit::{Fault, Words};
use serde_json::{Map, Value, json};
use site::Cx;
use site::page::{Page, render};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// The files of the shell under the base of static files.
pub const FILES: [&str; 23] = [
    "field/app.css",
    "field/app.mjs",
    "field/call.mjs",
    "field/day.mjs",
    "field/deliver.mjs",
    "field/dom.mjs",
    "field/line.mjs",
    "field/lock.mjs",
    "field/map.mjs",
    "field/notice.mjs",
    "field/observe.mjs",
    "field/offences.mjs",
    "field/photo.mjs",
    "field/place.mjs",
    "field/print.mjs",
    "field/queue.mjs",
    "field/sanction.mjs",
    "field/stop.mjs",
    "field/vault.mjs",
    "field/voice.mjs",
    "field/icon-192.png",
    "field/icon-512.png",
    "fonts/noto-sans-700.woff2",
];
const FONT: &str = "fonts/noto-sans-400.woff2";
const WORKER: &str = include_str!("shell/worker.js");

#[derive(askama::Template)]
#[template(path = "shell/pages/shell.html")]
struct Shell {
    page: Page,
}

/// `GET /field`: the shell; without a script it leads to the pages of rounds.
///
/// # Errors
/// When the page cannot be made.
pub async fn shell(cx: Cx) -> Result<Response, Fault> {
    render(&Shell { page: frame(&cx) })
}

/// The frame of the shell knows nobody: it is kept on the phone.
fn frame(cx: &Cx) -> Page {
    let mut page = cx.page("field-app-title");
    (page.user, page.menu) = (None, vec![]);
    page
}

/// The texts of the app in one language; what is filled in on the phone stands as `{name}`.
fn texts_of(words: &Words) -> Map<String, Value> {
    let names = ["n", "place", "time", "most", "officer", "of", "min", "code", "say", "article"];
    let slots = names.map(|name| (name, format!("{{{name}}}").into()));
    let short = |key: &str| key.strip_prefix("field-app-").unwrap_or(key).to_owned();
    texts::KEYS.iter().map(|key| (short(key), Value::String(words.ta(key, &slots)))).collect()
}

/// `GET /field/texts/{lang}`.
///
/// # Errors
/// [`Fault::NotFound`] for a language that the municipality does not offer.
pub async fn texts(cx: Cx, Path(lang): Path<String>) -> Result<Response, Fault> {
    if !cx.municipality.file.languages.contains(&lang) {
        return Err(Fault::NotFound);
    }
    let words = cx.app.library.words(&lang, cx.municipality.zone.clone());
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(texts_of(&words))).into_response())
}

/// `GET /field/app.webmanifest`.
///
/// # Errors
/// None so far.
pub async fn manifest(cx: Cx) -> Result<Response, Fault> {
    let icon = |size: u16| {
        json!({ "src": format!("{}/field/icon-{size}.png", cx.app.assets), "sizes": format!("{size}x{size}"),
            "type": "image/png", "purpose": "any" })
    };
    let manifest = json!({
        "id": "/field",
        "name": format!("{} {}", cx.t("field-app-title"), cx.municipality.file.name),
        "short_name": cx.t("field-app-title"),
        "description": cx.t("field-app-lead"),
        "lang": cx.words.language(),
        "start_url": "/field",
        "scope": "/field",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#ffffff",
        "theme_color": "#003e65",
        "icons": [icon(192), icon(512)],
    });
    let head = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-cache")];
    Ok((head, manifest.to_string()).into_response())
}

/// `GET /field/sw.js`: the service worker, with the version and the list of what it keeps.
///
/// # Errors
/// When the shell cannot be made.
pub async fn worker(cx: Cx) -> Result<Response, Fault> {
    let mut hasher = DefaultHasher::new();
    WORKER.hash(&mut hasher);
    cx.app.assets.hash(&mut hasher);
    let mut files = vec!["/field".to_owned()];
    for lang in &cx.municipality.file.languages {
        let words = cx.app.library.words(lang, cx.municipality.zone.clone());
        let page = Cx { words, ..cx.clone() };
        let shell = Shell { page: frame(&page) }.render().map_err(|e| Fault::Internal(e.to_string()))?;
        shell.hash(&mut hasher);
        Value::Object(texts_of(&page.words)).to_string().hash(&mut hasher);
        files.push(format!("/field/texts/{lang}"));
    }
    files.extend(FILES.iter().chain([&FONT]).map(|name| format!("{}/{name}", cx.app.assets)));
    let head = format!("const VERSION = \"field-{:016x}\";\nconst FILES = {};\n", hasher.finish(), json!(files));
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("service-worker-allowed"), "/field"),
    ];
    Ok((headers, head + WORKER).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_worker_keeps_every_file_of_the_app_and_each_text_that_a_script_asks_for_is_sent() {
        let folder = testkit::root().join("static/field");
        let mut there = BTreeSet::new();
        let mut asked = BTreeSet::new();
        for file in std::fs::read_dir(&folder).unwrap().flatten() {
            let name = file.file_name().into_string().unwrap();
            if name.ends_with(".mjs") {
                let text = std::fs::read_to_string(file.path()).unwrap();
                for (at, _) in text.match_indices("t(\"") {
                    if !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
                        asked.extend(text[at + 3..].split('"').next().map(str::to_owned));
                    }
                }
            }
            there.insert(format!("field/{name}"));
        }
        let kept: BTreeSet<String> =
            FILES.iter().filter(|f| f.starts_with("field/")).map(|f| (*f).to_owned()).collect();
        assert_eq!(there, kept);
        let sent: BTreeSet<String> =
            texts::KEYS.iter().map(|k| k.strip_prefix("field-app-").unwrap_or(k).to_owned()).collect();
        let missing: Vec<_> = asked.difference(&sent).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
