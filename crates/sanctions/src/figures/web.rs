//! The page of numbers.

use super::{Count, WHOLE, counts, first_day, month};
use axum::extract::Query;
use axum::response::Response;
use kit::Fault;
use kit::clock::day_number;
use law::Modality;
use policy::Resource;
use serde::Deserialize;
use site::page::{Choice, Link, Page};
use site::{Cx, render};
use std::collections::BTreeMap;

#[derive(askama::Template)]
#[template(path = "figures/page.html")]
struct FiguresPage {
    page: Page,
    tabs: Vec<Link>,
    areas: Vec<Choice>,
    area: String,
    months: Vec<String>,
    tables: Vec<TableView>,
    bound: i64,
}

struct TableView {
    modality: String,
    rows: Vec<(String, Vec<Cell>)>,
}

/// Nothing counted is zero here: each night counts everything. Hidden is too small to say.
enum Cell {
    None,
    Hidden,
    Many(String),
}

/// Which neighbourhood; empty: the whole municipality.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    area: String,
}

/// `GET /sanctions/figures`: numbers per month, group and modality.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn page(cx: Cx, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let permit = cx.permit("sanction:figures", &Resource::open("figure", cx.code()))?;
    let config = cx.municipality.get::<crate::SanctionsConfig>();
    let now = month(day_number(cx.now.local(&cx.municipality.zone).date()).into());
    let from = now - i64::from(config.figures_months) + 1;
    let mut tx = cx.read().await?;
    let all = counts(&mut tx, &permit, from).await?;
    drop(tx);
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let area = sheet.get(&asked.area).map_or(WHOLE, |a| a.code.as_str());
    let months: Vec<i64> = (from..=now).collect();
    let mut tables = Vec::new();
    for modality in Modality::ALL {
        let mut groups: BTreeMap<&str, BTreeMap<i64, &Count>> = BTreeMap::new();
        for c in all.iter().filter(|c| c.area == area && c.modality == modality.as_str()) {
            groups.entry(&c.offence_group).or_default().insert(c.month, c);
        }
        if groups.is_empty() {
            continue;
        }
        let cell = |of: &BTreeMap<i64, &Count>, month: &i64| match of.get(month).map(|c| c.many) {
            None => Cell::None,
            Some(None) => Cell::Hidden,
            Some(Some(n)) => Cell::Many(cx.words.whole(n)),
        };
        let rows = groups.iter().map(|(group, of)| {
            (cx.t(&format!("sanctions-group-{group}")), months.iter().map(|m| cell(of, m)).collect())
        });
        tables.push(TableView { modality: cx.t(&format!("sanctions-modality-{modality}")), rows: rows.collect() });
    }
    let whole = Choice::new("", cx.municipality.file.name.as_str());
    let named = sheet.neighbourhoods().map(|a| Choice::new(a.code.as_str(), a.name.as_str()));
    let area = area.to_owned();
    render(&FiguresPage {
        page: cx.page("sanctions-figures-title"),
        tabs: crate::event::tabs(&cx, "/sanctions/figures"),
        areas: std::iter::once(whole).chain(named).collect(),
        area,
        months: months.iter().map(|m| first_day(*m).strftime("%m-%Y").to_string()).collect(),
        tables,
        bound: config.small_cells,
    })
}
