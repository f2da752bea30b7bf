//! Review: the audit trail with its verification, and the list of accounts.

use crate::account;
use axum::extract::Query;
use axum::response::Response;
use kit::audit::Verdict;
use kit::{Fault, audit};
use policy::Resource;
use serde::Deserialize;
use site::page::Page;
use site::{Cx, render};
use std::collections::HashMap;

/// Where the page starts.
#[derive(Debug, Deserialize)]
pub struct From {
    /// Entries before this place in the chain.
    before: Option<i64>,
}

#[derive(askama::Template)]
#[template(path = "review/pages/audit.html")]
struct AuditPage {
    page: Page,
    whole: Option<String>,
    broken: Option<String>,
    rows: Vec<AuditRow>,
    newer: String,
    older: String,
}

struct AuditRow {
    seq: String,
    at: String,
    who: String,
    action: String,
    purpose: String,
    record: String,
    detail: String,
}

const PAGE: i64 = 50;

/// `GET /audit`: the newest entries, and whether the chain is whole.
pub async fn audit_page(cx: Cx, Query(from): Query<From>) -> Result<Response, Fault> {
    let permit = cx.permit("audit:read", &Resource::ordinary("audit", cx.code()))?;
    let mut tx = cx.read().await?;
    let verdict = audit::verify(&mut tx, permit.municipality()).await?;
    let before = from.before.unwrap_or(i64::MAX);
    let mut entries = audit::newest(&mut tx, permit.municipality(), before, PAGE + 1).await?;
    let more = entries.len() > 50;
    entries.truncate(50);
    let names: HashMap<_, _> =
        account::all(&mut tx, permit.municipality()).await?.into_iter().map(|a| (a.id, a.name)).collect();
    let older = match entries.last() {
        Some(last) if more => format!("/audit?before={}", last.seq),
        _ => String::new(),
    };
    let words = &cx.words;
    let (whole, broken) = match verdict {
        Verdict::Whole(n) => (Some(words.tn("audit-whole", n)), None),
        Verdict::Broken { seq, .. } => (None, Some(words.tn("audit-broken", seq))),
    };
    render(&AuditPage {
        whole,
        broken,
        rows: entries
            .into_iter()
            .map(|e| AuditRow {
                seq: words.whole(e.seq),
                at: words.date_time(e.at),
                who: e
                    .actor_id
                    .and_then(|id| names.get(&id).cloned())
                    .unwrap_or_else(|| words.t(if e.role == "system" { "audit-system" } else { "audit-stranger" })),
                action: e.action,
                purpose: words.t(&format!("purpose-{}", e.purpose)),
                record: format!("{} {}", e.kind, e.record_id),
                detail: plain(&e.detail),
            })
            .collect(),
        newer: from.before.map(|_| "/audit".to_owned()).unwrap_or_default(),
        older,
        page: cx.page("audit-title"),
    })
}

/// The detail of an entry as `key: value` pairs: nobody reads JSON with pleasure.
fn plain(detail: &str) -> String {
    let Ok(serde_json::Value::Object(pairs)) = serde_json::from_str(detail) else { return detail.to_owned() };
    pairs
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| match value {
            serde_json::Value::String(text) => format!("{key}: {text}"),
            other => format!("{key}: {other}"),
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[derive(askama::Template)]
#[template(path = "review/pages/accounts.html")]
struct AccountsPage {
    page: Page,
    may_edit: bool,
    rows: Vec<AccountRow>,
}

struct AccountRow {
    href: String,
    name: String,
    username: String,
    role: String,
    state: String,
    tone: &'static str,
}

/// `GET /accounts`: who has access, in which role.
pub async fn accounts_page(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("account-list:read", &Resource::ordinary("account", cx.code()))?;
    let mut tx = cx.read().await?;
    let rows = account::all(&mut tx, permit.municipality())
        .await?
        .into_iter()
        .map(|a| AccountRow {
            href: format!("/accounts/{}", a.id),
            name: a.name,
            username: a.username,
            role: cx.t(&format!("role-{}", a.role)),
            state: cx.t(if a.active { "account-active" } else { "account-inactive" }),
            tone: if a.active { "ok" } else { "off" },
        })
        .collect();
    render(&AccountsPage { page: cx.page("accounts-title"), may_edit: cx.may("account-list:edit"), rows })
}
