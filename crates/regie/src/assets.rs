//! Static files: embedded, served under a hash of their content, so that a browser may keep them for ever.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use flate2::{Compression, write::GzEncoder};
use include_dir::{Dir, include_dir};
use kit::Fault;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/packaged.rs"));

static OWN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../static");

struct File {
    kind: &'static str,
    plain: Vec<u8>,
    zipped: Option<Vec<u8>>,
}

static FILES: LazyLock<BTreeMap<String, File>> = LazyLock::new(|| {
    let own = files(&OWN)
        .into_iter()
        .filter(|f| f.path().extension().is_some_and(|e| e != "toml" && e != "json"))
        .map(|f| (f.path().display().to_string(), f.contents().to_vec()));
    let packaged = PACKAGED.iter().map(|(name, parts)| ((*name).to_owned(), parts.join(&b"\n"[..])));
    own.chain(packaged)
        .map(|(name, plain)| {
            let kind = kind(&name);
            let zipped = if kind.starts_with("font/") { None } else { zip(&plain) };
            (name, File { kind, plain, zipped })
        })
        .collect()
});

static BASE: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    for (name, file) in FILES.iter() {
        hasher.update(name.as_bytes());
        hasher.update(&file.plain);
    }
    let hash: String = hasher.finalize().iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("/static/{hash}")
});

/// The files of a folder and of the folders in it.
fn files<'a>(folder: &'a Dir<'a>) -> Vec<&'a include_dir::File<'a>> {
    folder.files().chain(folder.dirs().flat_map(files)).collect()
}

fn zip(plain: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain).ok()?;
    encoder.finish().ok()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("mjs" | "js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// `/static/<hash>`: what pages put before a file's name.
pub fn base() -> String {
    BASE.clone()
}

/// `GET /static/{hash}/{*name}`
pub async fn serve(Path((hash, name)): Path<(String, String)>, headers: HeaderMap) -> Result<Response, Fault> {
    let file = FILES.get(&name).ok_or(Fault::NotFound)?;
    let gzip = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("gzip"));
    let cache = if BASE.ends_with(&hash) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let (body, encoded) = match (&file.zipped, gzip) {
        (Some(zipped), true) => (zipped.clone(), true),
        _ => (file.plain.clone(), false),
    };
    let mut response =
        (StatusCode::OK, [(header::CONTENT_TYPE, file.kind), (header::CACHE_CONTROL, cache)], body).into_response();
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if encoded {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}
