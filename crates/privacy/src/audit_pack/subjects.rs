//! The tables of the audit set, each from what was recorded.

use super::store;
use super::{Table, Year};
use crate::{registers, rights};
use kit::audit::{self, Verdict};
use kit::clock::day_date;
use kit::{At, Uuid};
use people::authorisations::{self, Authorisation};
use records::{Opening, TargetedQuery};
use std::collections::HashMap;

fn instant(at: Option<At>) -> String {
    at.map(|at| at.0.to_string()).unwrap_or_default()
}

fn text(cell: &Option<String>) -> String {
    cell.clone().unwrap_or_default()
}

/// Every table, in the order of the summary.
pub(super) async fn all(of: &Year<'_>) -> anyhow::Result<Vec<Table>> {
    let code = of.municipality.code();
    let period = (of.from, of.to);
    let mut main = of.app.main.read().await?;
    let mut wpg = of.wpg.read().await?;
    let names: HashMap<Uuid, String> = store::names(&mut main, code).await?.into_iter().collect();
    let who = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| id.to_string());
    let register = of.app.policy.register();
    let is_wpg = |processing: &str| {
        register.get(processing).is_some_and(|p| p.regimes.iter().any(|r| r.vault() == super::VAULT))
    };
    let mut authorised = authorisations::list_for_audit(&mut main, code, of.from, of.to).await?;
    authorised.retain(|a| is_wpg(&a.processing));
    let openings = records::openings_for_audit(&mut wpg, code, of.from, of.to).await.map_err(anyhow::Error::msg)?;
    let queries = records::queries_for_audit(&mut wpg, code, of.from, of.to).await.map_err(anyhow::Error::msg)?;
    let mut disclosures = records::for_audit(&mut wpg, code, of.from, of.to).await.map_err(anyhow::Error::msg)?;
    disclosures.reverse();
    let disclosure_rows = disclosures.iter().map(|d| {
        vec![
            d.id.to_string(),
            instant(Some(d.at)),
            d.receiver_kind.clone(),
            d.receiver.clone(),
            d.to_regime.clone(),
            d.basis.clone(),
            d.purpose.clone(),
            d.field_names().join(" "),
            who(d.given_by),
            d.state.to_string(),
            instant(d.recalled_at),
        ]
    });
    let disclosures = Table {
        name: "disclosures",
        head: &[
            "id",
            "at",
            "receiver_kind",
            "receiver",
            "to_regime",
            "basis",
            "purpose",
            "fields",
            "given_by",
            "state",
            "recalled_at",
        ],
        rows: disclosure_rows.collect(),
        notable: 0,
    };
    let incidents = registers::incidents::between(&mut main, code, of.from, of.to).await?;
    let requests = rights::for_audit(&mut main, code, period).await?;
    let deviations = deviations(&authorised, &openings, &queries, &who);
    Ok(vec![
        authorisation_table(&authorised),
        openings_table(&openings, &who),
        queries_table("targeted-queries", &queries, |_| true, &who),
        queries_table("combinations", &queries, |q| q.hits > 1, &who),
        disclosures,
        deviations,
        incident_table(&incidents),
        request_table(&requests),
        retention_table(of, &mut wpg).await?,
        stock_table(of, &mut wpg).await?,
        chain_table(of).await?,
    ])
}

fn authorisation_table(rows: &[Authorisation]) -> Table {
    let row = |a: &Authorisation| {
        vec![
            a.id.to_string(),
            a.person.clone(),
            a.role.to_string(),
            text(&a.organisation),
            a.processing.clone(),
            a.reason.clone(),
            a.state.to_string(),
            instant(Some(a.valid_from)),
            instant(a.valid_until),
            a.deed_number.clone(),
            instant(a.deed_until),
            text(&a.proposer),
            text(&a.granter),
            instant(a.granted_at),
            text(&a.refuser),
            instant(a.refused_at),
            text(&a.withdrawer),
            instant(a.withdrawn_at),
            a.withdrawal.clone(),
        ]
    };
    Table {
        name: "authorisations",
        head: &[
            "id",
            "person",
            "role",
            "organisation",
            "processing",
            "reason",
            "state",
            "valid_from",
            "valid_until",
            "deed_number",
            "deed_until",
            "proposed_by",
            "granted_by",
            "granted_at",
            "refused_by",
            "refused_at",
            "withdrawn_by",
            "withdrawn_at",
            "withdrawal",
        ],
        rows: rows.iter().map(row).collect(),
        notable: 0,
    }
}

fn openings_table(rows: &[Opening], who: &impl Fn(Uuid) -> String) -> Table {
    let row = |o: &Opening| {
        vec![
            o.id.to_string(),
            instant(Some(o.at)),
            instant(Some(o.until)),
            who(o.account_id),
            o.processing.clone(),
            o.hat.to_string(),
            o.reason.clone(),
        ]
    };
    Table {
        name: "openings",
        head: &["id", "at", "until", "person", "processing", "hat", "reason"],
        rows: rows.iter().map(row).collect(),
        notable: 0,
    }
}

/// Targeted queries; `which` picks those of the table. A query that gave several records brought them together: that is
/// the combination of Wpg art. 8(3).
fn queries_table(
    name: &'static str,
    rows: &[TargetedQuery],
    which: impl Fn(&&TargetedQuery) -> bool,
    who: &impl Fn(Uuid) -> String,
) -> Table {
    let row = |q: &TargetedQuery| {
        vec![
            q.id.to_string(),
            instant(Some(q.at)),
            who(q.account_id),
            q.processing.clone(),
            q.reason.clone(),
            q.hits.to_string(),
        ]
    };
    Table {
        name,
        head: &["id", "at", "person", "processing", "reason", "records"],
        rows: rows.iter().filter(which).map(row).collect(),
        notable: 0,
    }
}

/// What was recorded and does not fit: a vault that was opened or queried by somebody without an authorisation in
/// force at that moment (Wpg art. 6).
fn deviations(
    authorised: &[Authorisation],
    openings: &[Opening],
    queries: &[TargetedQuery],
    who: &impl Fn(Uuid) -> String,
) -> Table {
    let is_authorised = |account: Uuid, processing: &str, at: At| {
        authorised.iter().any(|a| {
            a.account_id == account
                && a.processing == processing
                && a.granted_at.is_some_and(|granted| granted <= at)
                && a.valid_from <= at
                && a.valid_until.is_none_or(|until| at < until)
                && a.withdrawn_at.is_none_or(|withdrawn| at < withdrawn)
        })
    };
    let opened = openings.iter().map(|o| ("opening", o.id, o.account_id, &o.processing, o.at, &o.reason));
    let queried = queries.iter().map(|q| ("targeted-query", q.id, q.account_id, &q.processing, q.at, &q.reason));
    let rows: Vec<Vec<String>> = opened
        .chain(queried)
        .filter(|(_, _, account, processing, at, _)| !is_authorised(*account, processing, *at))
        .map(|(what, id, account, processing, at, reason)| {
            let why = "not-authorised".to_owned();
            vec![
                what.to_owned(),
                id.to_string(),
                instant(Some(at)),
                who(account),
                processing.clone(),
                reason.clone(),
                why,
            ]
        })
        .collect();
    Table {
        name: "deviations",
        head: &["what", "id", "at", "person", "processing", "reason", "deviation"],
        notable: rows.len(),
        rows,
    }
}

/// Suspected unlawful processing of Wpg data (Wpg art. 32(1)); what is about `main` is not in this set.
fn incident_table(all: &[registers::incidents::Incident]) -> Table {
    let ours: Vec<_> = all.iter().filter(|i| i.vault == super::VAULT).collect();
    let rows = ours.iter().rev().map(|i| {
        vec![
            i.id.to_string(),
            instant(Some(i.happened_at)),
            instant(Some(i.noticed_at)),
            i.noticed_by.clone(),
            i.what.clone(),
            i.is_breach.to_string(),
            instant(i.due_at),
            instant(i.reported_at),
            i.no_report.clone(),
            i.measures.clone(),
            instant(i.closed_at),
        ]
    });
    Table {
        name: "suspected-unlawful",
        head: &[
            "id",
            "happened_at",
            "noticed_at",
            "noticed_by",
            "what",
            "breach",
            "report_before",
            "reported_at",
            "not_reported_because",
            "measures",
            "closed_at",
        ],
        rows: rows.collect(),
        notable: ours.iter().filter(|i| i.closed_at.is_none()).count(),
    }
}

fn request_table(rows: &[rights::Audited]) -> Table {
    let is_late = |r: &&rights::Audited| r.answered_at.is_some_and(|at| at >= r.due_at);
    Table {
        name: "requests",
        head: &[
            "reference",
            "kind",
            "laws",
            "state",
            "received_at",
            "answer_before",
            "extended_at",
            "answered_at",
            "refused_on",
        ],
        notable: rows.iter().filter(is_late).count(),
        rows: rows
            .iter()
            .map(|r| {
                vec![
                    r.reference.clone(),
                    r.kind.clone(),
                    r.laws.clone(),
                    r.state.clone(),
                    instant(Some(r.received_at)),
                    instant(Some(r.due_at)),
                    instant(r.extended_at),
                    instant(r.answered_at),
                    text(&r.refusal_ground),
                ]
            })
            .collect(),
    }
}

async fn retention_table(of: &Year<'_>, wpg: &mut kit::Tx<kit::AnyVault>) -> anyhow::Result<Table> {
    let proofs = store::destructions(wpg, of.municipality.code(), (of.from, of.to)).await?;
    Ok(Table {
        name: "retention",
        head: &["at", "act", "kind", "processing", "rule", "trigger_month", "records"],
        rows: proofs
            .into_iter()
            .map(|p| {
                vec![instant(Some(p.at)), p.act, p.kind, p.processing, p.rule, p.trigger_month, p.records.to_string()]
            })
            .collect(),
        notable: 0,
    })
}

async fn stock_table(of: &Year<'_>, wpg: &mut kit::Tx<kit::AnyVault>) -> anyhow::Result<Table> {
    let stock = store::stock(wpg, of.municipality.code()).await?;
    Ok(Table {
        name: "stock",
        head: &["processing", "records", "removed", "oldest"],
        rows: stock
            .into_iter()
            .map(|s| vec![s.processing, s.records.to_string(), s.removed.to_string(), instant(s.oldest)])
            .collect(),
        notable: 0,
    })
}

/// Both chains from their first link to now, and the anchors of the year against the entries that they name.
async fn chain_table(of: &Year<'_>) -> anyhow::Result<Table> {
    let code = of.municipality.code();
    let zone = &of.municipality.zone;
    let days = (i64::from(of.from.day_and_hour(zone).0), i64::from(of.to.day_and_hour(zone).0));
    let (mut rows, mut notable) = (Vec::new(), 0);
    for db in [of.app.main.any(), of.wpg.clone()] {
        let mut tx = db.read().await?;
        let (seq, verdict) = match audit::verify(&mut tx, code).await? {
            Verdict::Whole(n) => (n, "whole".to_owned()),
            Verdict::Broken { seq, why } => {
                notable += 1;
                (seq, format!("broken: {why}"))
            }
        };
        rows.push(vec![
            db.name().to_owned(),
            "chain".to_owned(),
            String::new(),
            seq.to_string(),
            verdict,
            String::new(),
        ]);
        for anchor in store::anchors(&mut tx, code, days).await? {
            let holds = anchor.present.as_deref() == Some(anchor.hash.as_str());
            notable += usize::from(!holds);
            rows.push(vec![
                db.name().to_owned(),
                "anchor".to_owned(),
                day_date(i32::try_from(anchor.day).unwrap_or(0)).to_string(),
                anchor.seq.to_string(),
                if holds { "holds" } else { "does not hold" }.to_owned(),
                anchor.hash,
            ]);
        }
    }
    Ok(Table { name: "chain", head: &["vault", "what", "day", "seq", "verdict", "hash"], rows, notable })
}
