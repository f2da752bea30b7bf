//! The anchors (day stamps) of the vaults, to print or to keep as a file where nobody who manages the system can write.

use super::{vault, vault_name};
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use kit::audit::{self, Anchor};
use serde::Deserialize;
use site::page::{Link, Page};
use site::{Cx, render};

/// Of which vault; of all when it is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    vault: String,
}

#[derive(askama::Template)]
#[template(path = "audit/pages/anchors.html")]
struct AnchorsPage {
    page: Page,
    crumbs: Vec<Link>,
    caption: String,
    csv: String,
    made: String,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    vault: &'static str,
    day: String,
    seq: String,
    hash: String,
}

/// `GET /audit/anchors`: the newest anchor of every vault, or every anchor of one, the newest first.
///
/// # Errors
/// [`Fault::NotFound`] for a vault that does not exist, or when the policy refuses or a database cannot be read.
pub async fn stamps(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let mut rows = Vec::new();
    for (name, anchors) in read(&cx, &asked.vault).await? {
        let most = if asked.vault.is_empty() { 1 } else { anchors.len() };
        rows.extend(anchors.iter().rev().take(most).map(|anchor| row(&cx, name, anchor)));
    }
    let name = vault_name(&cx, &asked.vault);
    render(&AnchorsPage {
        crumbs: vec![Link::new("/audit", cx.t("audit-title"))],
        caption: match asked.vault.as_str() {
            "" => cx.t("audit-anchors-newest"),
            _ => cx.words.t1("audit-anchors-of", "vault", &name),
        },
        csv: format!("/audit/anchors.csv?vault={}", site::layers::encode(&asked.vault)),
        made: cx.words.t1("audit-printed", "at", &cx.words.date_time(cx.now)),
        rows,
        page: cx.page("audit-anchors-title"),
    })
}

/// `GET /audit/anchors.csv`: every anchor with its whole hash, of one vault or of all.
///
/// # Errors
/// As [`stamps`].
pub async fn stamps_csv(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let mut lines: Vec<String> = Vec::new();
    for (name, anchors) in read(&cx, &asked.vault).await? {
        let text = audit::anchors_csv(name, cx.code(), &anchors);
        // One line of titles for all vaults together.
        lines.extend(text.split_inclusive('\n').skip(usize::from(!lines.is_empty())).map(str::to_owned));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"anchors.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, lines.concat()).into_response())
}

/// The anchors of one vault, or of every one that is open here; the oldest first.
async fn read(cx: &Cx, name: &str) -> Result<Vec<(&'static str, Vec<Anchor>)>, Fault> {
    let open = cx.app.every_vault();
    let names = open.iter().map(kit::Db::name).filter(|n| name.is_empty() || *n == name);
    let mut all = Vec::new();
    for name in names {
        let (db, permit) = vault(cx, name)?;
        let mut tx = db.read().await?;
        all.push((name, audit::anchors(&mut tx, permit.municipality()).await?));
    }
    if all.is_empty() { Err(Fault::NotFound) } else { Ok(all) }
}

fn row(cx: &Cx, vault: &'static str, anchor: &Anchor) -> Row {
    let hash = &anchor.hash;
    let part = |range| hash.get(range).unwrap_or_default();
    Row {
        href: format!("/audit/anchors?vault={vault}"),
        name: vault_name(cx, vault),
        vault,
        day: anchor.date().to_string(),
        seq: anchor.seq.to_string(),
        hash: format!("{}…{}", part(0..16), part(hash.len().saturating_sub(16)..hash.len())),
    }
}
