//! Proofs of destruction: what went, when and under which rule, without personal data (Archiefbesluit 1995 art. 8).

use super::overview::{tabs, vault_name, what_name};
use super::rules::regime_of;
use super::store::proofs::{self as rows, Proof};
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use kit::Fault;
use kit::paging::Cursor;
use policy::Resource;
use serde::Deserialize;
use site::page::{Choice, Link, Page};
use site::{Cx, render};

const PAGE: usize = 50;

/// Most lines of the CSV file for each vault.
const MOST: i64 = 100_000;

const HEAD: &str = "vault,id,at,act,kind,processing,rule,trigger_month,records";

/// Which proofs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    vault: String,
    after: String,
}

#[derive(askama::Template)]
#[template(path = "retention/pages/proofs.html")]
struct ProofsPage {
    page: Page,
    tabs: Vec<Link>,
    vaults: Vec<Choice>,
    vault: String,
    vault_name: String,
    rows: Vec<ProofRow>,
    newer: String,
    older: String,
    made: String,
}

struct ProofRow {
    at: String,
    what: String,
    rule: String,
    month: String,
    act: String,
    records: String,
}

/// `GET /retention/proofs`: the proofs of one vault, newest first; the page prints as a list.
///
/// # Errors
/// When the policy refuses, there is no such vault, or the database cannot be read.
pub async fn proofs(cx: Cx, Query(which): Query<Which>) -> Result<Response, Fault> {
    let vault = if which.vault.is_empty() { "main" } else { which.vault.as_str() };
    if !cx.app.every_vault().iter().any(|db| db.name() == vault) {
        return Err(Fault::NotFound);
    }
    let resource = Resource { regime: regime_of(vault), ..Resource::ordinary("retention", cx.code()) };
    let permit = cx.permit("retention:read", &resource)?;
    let after = Cursor::parse(&which.after);
    let mut tx = cx.vault(&permit)?.read().await?;
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut found = rows::proofs(&mut tx, permit.municipality(), after, most).await?;
    drop(tx);
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let older = match found.last() {
        Some(last) if more => format!("/retention/proofs?vault={vault}&after={}", Cursor { at: last.at, id: last.id }),
        _ => String::new(),
    };
    render(&ProofsPage {
        tabs: tabs(&cx, "/retention/proofs"),
        vaults: cx.app.every_vault().iter().map(|db| Choice::new(db.name(), vault_name(&cx, db.name()))).collect(),
        vault: vault.to_owned(),
        vault_name: vault_name(&cx, vault),
        rows: found.iter().map(|proof| row(&cx, proof)).collect(),
        newer: after.map(|_| format!("/retention/proofs?vault={vault}")).unwrap_or_default(),
        older,
        made: cx.words.date(cx.now),
        page: cx.page("retention-proofs-title"),
    })
}

fn row(cx: &Cx, proof: &Proof) -> ProofRow {
    let register = cx.app.law.retention.rules();
    let rule = register.iter().find(|r| r.id == proof.rule);
    // A proof of records names their processing; of other lines the processing says nothing more.
    let shelf = super::plain::shelves("main").iter().any(|(s, _)| s.kind == proof.kind);
    ProofRow {
        at: cx.words.date(proof.at),
        what: what_name(cx, &proof.kind, if shelf { "" } else { &proof.processing }),
        rule: rule.map_or(&*proof.rule, |r| r.name.get(cx.words.language())).to_owned(),
        month: proof.trigger_month.clone(),
        act: cx.t(&format!("retention-act-{}", proof.act)),
        records: cx.words.whole(proof.records),
    }
}

/// `GET /retention/proofs.csv`: the proofs of every vault (RFC 4180). All cells are words and numbers of Regie itself.
///
/// # Errors
/// When the policy refuses or a database cannot be read.
pub async fn proofs_csv(cx: Cx) -> Result<Response, Fault> {
    use std::fmt::Write as _;
    let mut text = format!("{HEAD}\r\n");
    for db in cx.app.every_vault() {
        let resource = Resource { regime: regime_of(db.name()), ..Resource::ordinary("retention", cx.code()) };
        let permit = cx.permit("retention:read", &resource)?;
        let mut tx = cx.vault(&permit)?.read().await?;
        for p in rows::proofs(&mut tx, permit.municipality(), None, MOST).await? {
            let Proof { id, at, act, kind, processing, rule, trigger_month, records } = p;
            let vault = db.name();
            let _ =
                write!(text, "{vault},{id},{},{act},{kind},{processing},{rule},{trigger_month},{records}\r\n", at.0);
        }
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"destruction-proofs.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}
