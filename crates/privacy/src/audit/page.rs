//! The entries of one vault, newest first, and whether its chain is whole.

use super::{choices, vault, vault_name};
use axum::extract::Query;
use axum::response::Response;
use kit::audit::{self, Entry, Filter, Verdict};
use kit::{AnyVault, Fault, Tx, Uuid};
use people::account;
use serde::Deserialize;
use site::layers::encode;
use site::page::Page;
use site::{Choice, Cx, render};
use std::collections::HashMap;

/// Entries on one page.
const PAGE: i64 = 50;

/// Which entries are asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    vault: String,
    kind: String,
    record: String,
    action: String,
    actor: String,
    /// Entries before this place in the chain.
    before: Option<i64>,
    /// Whether the whole chain is verified, and not only what came since the last anchor.
    check: String,
}

impl Asked {
    fn filter(&self) -> Result<Filter, Fault> {
        let actor = Some(self.actor.as_str()).filter(|a| !a.is_empty());
        Ok(Filter {
            kind: self.kind.clone(),
            record_id: self.record.trim().to_owned(),
            action: self.action.clone(),
            actor: actor.map(Uuid::try_parse).transpose().map_err(|_| Fault::Bad("fault-bad-request"))?,
        })
    }

    /// The address of the same question, with `more` behind it.
    fn href(&self, more: &str) -> String {
        let mut href = format!("/audit?vault={}", encode(&self.vault));
        let parts = [("kind", &self.kind), ("record", &self.record), ("action", &self.action), ("actor", &self.actor)];
        for (name, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
            href.push_str(&format!("&{name}={}", encode(value)));
        }
        href + more
    }
}

#[derive(askama::Template)]
#[template(path = "audit/pages/trail.html")]
struct TrailPage {
    page: Page,
    asked: Asked,
    tone: &'static str,
    verdict: Vec<String>,
    check: String,
    vault: String,
    vaults: Vec<Choice>,
    kinds: Vec<Choice>,
    actions: Vec<Choice>,
    people: Vec<Choice>,
    rows: Vec<Row>,
    newer: String,
    older: String,
}

struct Row {
    seq: String,
    at: String,
    iso: String,
    who: String,
    action: String,
    purpose: String,
    record: String,
    detail: String,
}

/// `GET /audit`: the newest entries of a vault, and whether its chain is whole: since the last anchor, or from the
/// first entry (`check=all`).
///
/// # Errors
/// [`Fault::NotFound`] for a vault that does not exist, or when the policy refuses or a database cannot be read.
pub async fn trail(cx: Cx, Query(mut asked): Query<Asked>) -> Result<Response, Fault> {
    let (db, permit) = vault(&cx, &asked.vault)?;
    asked.vault = db.name().to_owned();
    let filter = asked.filter()?;
    let mut tx = cx.read().await?;
    let accounts = account::all(&mut tx, permit.municipality()).await?;
    drop(tx);
    let mut tx = db.read().await?;
    let (tone, verdict) = verdict(&cx, &mut tx, asked.check == "all").await?;
    let before = asked.before.unwrap_or(i64::MAX);
    let mut entries = audit::find(&mut tx, permit.municipality(), &filter, before, PAGE + 1).await?;
    let kinds = audit::kinds(&mut tx, permit.municipality()).await?;
    drop(tx);
    let more = entries.len() > 50;
    entries.truncate(50);
    let older = entries.last().filter(|_| more).map(|last| asked.href(&format!("&before={}", last.seq)));
    let names: HashMap<Uuid, &str> = accounts.iter().map(|a| (a.id, a.name.as_str())).collect();
    let all = || Choice::new("", cx.t("audit-all"));
    let same = |text: &str| Choice::new(text, text);
    render(&TrailPage {
        tone,
        verdict,
        check: if asked.check == "all" { String::new() } else { asked.href("&check=all") },
        vault: vault_name(&cx, db.name()),
        vaults: choices(&cx),
        kinds: std::iter::once(all()).chain(kinds.iter().map(|k| same(k))).collect(),
        actions: std::iter::once(all()).chain(cx.app.policy.actions().into_iter().map(same)).collect(),
        people: std::iter::once(all())
            .chain(accounts.iter().map(|a| Choice::new(a.id.to_string(), a.name.as_str())))
            .collect(),
        rows: entries.into_iter().map(|entry| row(&cx, &names, entry)).collect(),
        newer: asked.before.map(|_| asked.href("")).unwrap_or_default(),
        older: older.unwrap_or_default(),
        asked,
        page: cx.page("audit-title"),
    })
}

/// The tone and the sentences of the verdict.
async fn verdict(cx: &Cx, tx: &mut Tx<AnyVault>, all: bool) -> Result<(&'static str, Vec<String>), Fault> {
    let words = &cx.words;
    let last = audit::anchors(tx, cx.code()).await?.pop();
    let (found, sentences) = match last.filter(|_| !all) {
        Some(anchor) => {
            let found = audit::verify_since(tx, cx.code(), &anchor).await?;
            let lines = if let Verdict::Whole(n) = found { n } else { 0 };
            let values = [
                ("day", words.day(anchor.date()).into()),
                ("number", lines.into()),
                ("lines", words.whole(lines).into()),
            ];
            (found, vec![words.ta("audit-since", &values)])
        }
        None => match audit::verify(tx, cx.code()).await? {
            Verdict::Whole(n) => match audit::verify_anchors(tx, cx.code()).await? {
                Verdict::Whole(0) => (Verdict::Whole(n), vec![words.tn("audit-whole", n)]),
                Verdict::Whole(m) => {
                    (Verdict::Whole(n), vec![words.tn("audit-whole", n), words.tn("audit-anchors-whole", m)])
                }
                broken => (broken, vec![]),
            },
            broken => (broken, vec![]),
        },
    };
    Ok(match found {
        Verdict::Whole(_) => ("success", sentences),
        Verdict::Broken { seq, why } => (
            "error",
            vec![
                words.tn("audit-broken", seq),
                words.t(&format!("audit-flaw-{}", why.word())),
                words.t("audit-broken-do"),
            ],
        ),
    })
}

fn row(cx: &Cx, names: &HashMap<Uuid, &str>, entry: Entry) -> Row {
    let words = &cx.words;
    let nobody = || words.t(if entry.role == "system" { "audit-system" } else { "audit-stranger" });
    let who = match entry.actor_id {
        Some(id) => names.get(&id).map_or_else(|| id.to_string(), |name| (*name).to_owned()),
        None => nobody(),
    };
    let purpose = match cx.app.policy.register().get(&entry.purpose) {
        Some(processing) => processing.name.get(words.language()).to_owned(),
        None => words.t(&format!("purpose-{}", entry.purpose)),
    };
    Row {
        seq: words.whole(entry.seq),
        at: words.date_time(entry.at),
        iso: words.iso(entry.at),
        who,
        action: entry.action,
        purpose,
        record: format!("{} {}", entry.kind, entry.record_id),
        detail: plain(&entry.detail),
    }
}

/// The detail of an entry as `key: value` pairs: nobody reads JSON with pleasure.
fn plain(detail: &str) -> String {
    serde_json::from_str(detail).map_or_else(|_| detail.to_owned(), |value| said(&value))
}

/// A value in plain characters; what is empty is left out, at every depth.
fn said(value: &serde_json::Value) -> String {
    use serde_json::Value::{Array, Null, Object, String as Text};
    match value {
        Null => String::new(),
        Text(text) => text.clone(),
        Array(list) => list.iter().map(said).filter(|v| !v.is_empty()).collect::<Vec<_>>().join(", "),
        Object(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| (key, said(value))).filter(|(_, value)| !value.is_empty());
            pairs.map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
