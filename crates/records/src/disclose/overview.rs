//! The disclosures of every vault in one overview for the privacy officer: what, to whom, on what basis; never a word
//! of a record. Each vault is asked by itself.

use super::view;
use super::{DisclosureRow, Receipt};
use crate::config::RecordsConfig;
use crate::store::{crossing, disclosure};
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use jiff::civil::date;
use kit::{At, Fault, audit};
use law::Regime;
use policy::Resource;
use serde::Deserialize;
use site::page::{Choice, Page};
use site::{Cx, render};

/// What the overview shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    vault: String,
    year: String,
}

#[derive(askama::Template)]
#[template(path = "pages/overview.html")]
struct OverviewPage {
    page: Page,
    filter: Filter,
    vaults: Vec<Choice>,
    years: Vec<Choice>,
    given: Vec<GivenRow>,
    received: Vec<ReceivedRow>,
    cut: bool,
    csv: String,
}

struct GivenRow {
    at: String,
    iso: String,
    from: String,
    to: String,
    receiver: String,
    basis: String,
    purpose: String,
    fields: String,
    tone: &'static str,
    state: String,
}

struct ReceivedRow {
    at: String,
    iso: String,
    regime: String,
    from: String,
    basis: String,
    purpose: String,
    state: String,
}

/// What one vault gave and received.
struct Part {
    regime: Regime,
    given: Vec<DisclosureRow>,
    received: Vec<Receipt>,
}

/// `GET /disclosures`: the overview of a year.
///
/// # Errors
/// When the policy refuses or a database cannot be read.
pub async fn overview(cx: Cx, Query(filter): Query<Filter>) -> Result<Response, Fault> {
    let most = cx.municipality.get::<RecordsConfig>().overview_most;
    let filter = complete(&cx, filter);
    let parts = parts(&cx, &filter, most).await?;
    let full = |n: usize| i64::try_from(n).unwrap_or(i64::MAX) >= most;
    let mut vaults = vec![Choice::new("", cx.t("disclosures-every-vault"))];
    vaults.extend(regimes().map(|r| Choice::new(r.vault(), view::regime(&cx, r))));
    let this = i32::from(cx.now.local(&cx.municipality.zone).year());
    let page = OverviewPage {
        page: cx.page("disclosures-title"),
        cut: parts.iter().any(|p| full(p.given.len()) || full(p.received.len())),
        csv: format!("/disclosures.csv?vault={}&year={}", filter.vault, filter.year),
        given: parts.iter().flat_map(|p| p.given.iter().map(|d| given_row(&cx, p.regime, d))).collect(),
        received: parts.iter().flat_map(|p| p.received.iter().map(|r| received_row(&cx, p.regime, r))).collect(),
        vaults,
        years: (0..12).map(|n| Choice::new((this - n).to_string(), (this - n).to_string())).collect(),
        filter,
    };
    render(&page)
}

/// `GET /disclosures.csv`: the same without a limit, one line per disclosure given.
///
/// # Errors
/// As [`overview`].
pub async fn csv(cx: Cx, Query(filter): Query<Filter>) -> Result<Response, Fault> {
    let filter = complete(&cx, filter);
    let mut out = String::from(
        "id,from_regime,to_regime,receiver_kind,receiver,basis,purpose,fields,at,state,delivered_at,recalled_at\r\n",
    );
    for part in parts(&cx, &filter, i64::MAX).await? {
        for d in &part.given {
            let when = |at: Option<At>| at.map(|at| cx.words.iso(at)).unwrap_or_default();
            let cells = [
                d.id.to_string(),
                part.regime.code().to_owned(),
                d.to_regime.clone(),
                d.receiver_kind.clone(),
                d.receiver.clone(),
                d.basis.clone(),
                d.purpose.clone(),
                d.field_names().join(" "),
                cx.words.iso(d.at),
                d.state.as_str().to_owned(),
                when(d.delivered_at),
                when(d.recalled_at),
            ];
            out.push_str(&cells.iter().map(|c| cell(c)).collect::<Vec<_>>().join(","));
            out.push_str("\r\n");
        }
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"disclosures-{}.csv\"", filter.year)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, out).into_response())
}

/// A cell of a CSV file; what a spreadsheet would take for a formula gets an apostrophe.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = text.replace('"', "\"\"");
    format!("\"{}{text}\"", if formula { "'" } else { "" })
}

/// One regime per vault.
fn regimes() -> impl Iterator<Item = Regime> {
    Regime::ALL.into_iter().filter(|r| !matches!(r, Regime::R0 | Regime::R9))
}

/// The filter with a year in it.
fn complete(cx: &Cx, filter: Filter) -> Filter {
    let this = cx.now.local(&cx.municipality.zone).year();
    let year = filter.year.parse::<i16>().ok().filter(|y| (1990..=this).contains(y)).unwrap_or(this);
    let vault = regimes().map(Regime::vault).find(|v| *v == filter.vault).unwrap_or_default();
    Filter { year: year.to_string(), vault: vault.to_owned() }
}

/// Asks one vault after the other. That the overview was read is logged.
async fn parts(cx: &Cx, filter: &Filter, most: i64) -> Result<Vec<Part>, Fault> {
    let year: i16 = filter.year.parse().unwrap_or(0);
    let start = |year: i16| {
        let zoned = date(year, 1, 1).to_zoned(cx.municipality.zone.clone());
        zoned.map(|z| At(z.timestamp())).map_err(|e| Fault::Internal(e.to_string()))
    };
    let (from, to) = (start(year)?, start(year.saturating_add(1))?);
    let mut parts = Vec::new();
    for regime in regimes().filter(|r| filter.vault.is_empty() || r.vault() == filter.vault) {
        let permit = cx.permit("disclosure:review", &Resource::fenced("disclosure", cx.code(), regime, ""))?;
        let mut tx = cx.vault(&permit)?.write().await?;
        let given = disclosure::between(&mut tx, permit.municipality(), (from, to), most).await?;
        let received = crossing::receipts_between(&mut tx, permit.municipality(), (from, to), most).await?;
        let detail = serde_json::json!({ "year": year, "given": given.len(), "received": received.len() });
        audit::record(&mut tx, &cx.deed_for("accountability"), permit.action(), "disclosure", "", &detail).await?;
        tx.commit().await?;
        parts.push(Part { regime, given, received });
    }
    Ok(parts)
}

fn given_row(cx: &Cx, from: Regime, d: &DisclosureRow) -> GivenRow {
    let (tone, state) = view::state(cx, d.state);
    GivenRow {
        at: cx.words.date_time(d.at),
        iso: cx.words.iso(d.at),
        from: from.code().to_owned(),
        to: d.to_regime.clone(),
        receiver: view::receiver(cx, d),
        basis: view::basis(cx, &d.basis),
        purpose: d.purpose.clone(),
        fields: d.field_names().iter().map(|n| cx.t(&format!("records-field-{n}"))).collect::<Vec<_>>().join(", "),
        tone,
        state,
    }
}

fn received_row(cx: &Cx, regime: Regime, r: &Receipt) -> ReceivedRow {
    ReceivedRow {
        at: cx.words.date_time(r.at),
        iso: cx.words.iso(r.at),
        regime: regime.code().to_owned(),
        from: r.from_regime.clone(),
        basis: view::basis(cx, &r.basis),
        purpose: r.purpose.clone(),
        state: cx.t(if r.state == "recalled" {
            "disclosures-receipt-recalled"
        } else {
            "disclosures-receipt-received"
        }),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(super::cell("=1+1"), "\"'=1+1\"");
        assert_eq!(super::cell("zeg \"ja\", nu"), "\"zeg \"\"ja\"\", nu\"");
    }
}
