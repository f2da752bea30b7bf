//! An indicator by area: counts of whole years, rates with their interval, drawn towards each other, the places that
//! the intervals allow, and nothing that gives a small count away (domain chapter 4: pool years before splitting areas).
//!
//! All pages show columns of one table, that of all years that are over since the last change of method: the year on
//! a page only chooses a column. Two tables of the same counts that hide different cells would give them away.

use super::gather::{bounds, whole};
use super::indicators::{LEVEL, Whole};
use super::store::{self, InArea};
use crate::PlanBook;
use crate::model::{AreaLevel, Indicator, Indicators};
use jiff::civil::date;
use kit::{Fault, Tx};
use picture::hide::{self, Cell, Totals};
use picture::interval::{self, Range};
use picture::rank::{Rank, rank_rates};
use picture::{Counted, shrink};
use signals::Catalogue;
use site::Cx;
use std::collections::{BTreeMap, HashMap};

/// Events per this many inhabitants.
const PER: f64 = 1000.0;

/// An indicator by area.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AreaFigures {
    /// The years, oldest first.
    pub years: Vec<i16>,
    /// The areas by name, and last what has no known area.
    pub rows: Vec<AreaRow>,
    /// Events per 1,000 inhabitants a year over all areas with inhabitants.
    pub mean: Option<f64>,
    /// How many times as much as chance the yearly counts of an area vary.
    pub dispersion: f64,
    /// How many areas have a place.
    pub ranked: usize,
    /// Small counts cannot be protected in so small a table: there are no rows.
    pub refused: bool,
}

/// One area.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AreaRow {
    /// Name; empty for what has no known area.
    pub name: String,
    /// Counts by year.
    pub cells: Vec<Cell>,
    /// The count over all years.
    pub total: Cell,
    /// Inhabitants.
    pub inhabitants: Option<f64>,
    /// Events per 1,000 inhabitants a year.
    pub rate: Option<Range>,
    /// The same, drawn towards that of the other areas.
    pub drawn: Option<Range>,
    /// The places it may have, from high to low.
    pub rank: Option<Rank>,
}

/// What was recorded of one year.
pub(super) struct YearOfAreas {
    pub year: i16,
    /// The part of the year that was recorded, 0 to 1.
    pub part: f64,
    pub rows: Vec<InArea>,
}

/// The tables of those `indicators` that count signals below the level of the municipality, by id.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn by_area(
    cx: &Cx,
    tx: &mut Tx,
    sheet: &areas::Sheet,
    indicators: &[&Indicator],
) -> Result<HashMap<String, AreaFigures>, Fault> {
    let wanted: Vec<&Indicator> = indicators.iter().filter(|i| is_by_area(i)).copied().collect();
    let book = cx.municipality.get::<PlanBook>();
    let today = cx.now.local(&cx.municipality.zone).date();
    let first = store::first_signal(tx, cx.code()).await?.map(|at| at.local(&cx.municipality.zone).date());
    let Some(first) = first.filter(|_| !wanted.is_empty()) else { return Ok(HashMap::new()) };
    let mut years = Vec::new();
    for year in book.plan.from.max(first.year())..today.year() {
        let (from, until) = bounds(&cx.municipality, year);
        let part = match whole(year, Some(first), today) {
            Whole::Since(day) => f64::from(date(year, 12, 31).day_of_year() - day.day_of_year() + 1) / 365.25,
            Whole::Yes | Whole::Running => 1.0,
        };
        years.push(YearOfAreas { year, part, rows: store::in_areas(tx, cx.code(), from, until).await? });
    }
    let catalogue = cx.municipality.get::<Catalogue>();
    let main_of = |category: &str| catalogue.get(category).map_or("", |c| c.main.as_str());
    let table = |i: &&Indicator| Some((i.id.clone(), figures(i, &years, sheet, &book.indicators, &main_of)?));
    Ok(wanted.iter().filter_map(table).collect())
}

/// Whether an indicator is shown by area.
pub(super) fn is_by_area(indicator: &Indicator) -> bool {
    indicator.area_level != AreaLevel::Municipality && indicator.counts_signals()
}

/// The table of one indicator; `None` when nothing was recorded or there are no areas.
pub(super) fn figures<'a>(
    indicator: &Indicator,
    years: &[YearOfAreas],
    sheet: &areas::Sheet,
    rules: &Indicators,
    main_of: &dyn Fn(&str) -> &'a str,
) -> Option<AreaFigures> {
    let level = match indicator.area_level {
        AreaLevel::District => areas::Level::District,
        _ => areas::Level::Neighbourhood,
    };
    let mut places: Vec<&areas::Area> = sheet.areas.iter().filter(|a| a.level == level).collect();
    places.sort_by(|a, b| a.name.cmp(&b.name));
    let measure = &indicator.measure;
    let last = years.iter().map(|y| y.year).max()?;
    let recorded = |y: &&YearOfAreas| y.rows.iter().any(|r| measure.counts_source(&r.source));
    let years: Vec<&YearOfAreas> =
        years.iter().filter(|y| indicator.changed(y.year, last).is_none()).filter(recorded).collect();
    if places.is_empty() || years.is_empty() {
        return None;
    }
    // the row of an area; that of what has no known area comes last
    let rows: BTreeMap<&str, usize> = places.iter().enumerate().map(|(i, a)| (a.code.as_str(), i)).collect();
    let row_of = |code: &str| {
        let parent = || sheet.get(code)?.parent.as_deref();
        let known = rows.get(code).or_else(|| rows.get(parent()?));
        known.copied().unwrap_or(places.len())
    };
    let mut counts = vec![vec![0_u64; years.len()]; places.len() + 1];
    for (column, year) in years.iter().enumerate() {
        let mine = |r: &&InArea| measure.counts_source(&r.source) && measure.covers(&r.category, main_of(&r.category));
        for found in year.rows.iter().filter(mine) {
            counts[row_of(found.area.as_deref().unwrap_or_default())][column] += u64::try_from(found.n).unwrap_or(0);
        }
    }
    if counts.last().is_some_and(|unknown| unknown.iter().all(|n| *n == 0)) {
        counts.pop();
    }
    let lengths: f64 = years.iter().map(|y| y.part).sum();
    let shown = years.iter().map(|y| y.year).collect();
    Some(sure(&counts, shown, lengths, &places, rules))
}

/// What may be shown of the counts and said about them.
fn sure(
    counts: &[Vec<u64>],
    years: Vec<i16>,
    lengths: f64,
    places: &[&areas::Area],
    rules: &Indicators,
) -> AreaFigures {
    let known: Vec<Vec<Option<u64>>> = counts.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    let both = Totals { rows: true, columns: true };
    let dispersion = interval::dispersion(&counts[..places.len()]);
    let Some(hidden) = hide::table(&known, both, rules.small_cells.least) else {
        return AreaFigures { years, dispersion, refused: true, ..AreaFigures::default() };
    };
    let n: Vec<u64> = counts.iter().map(|row| row.iter().sum()).collect();
    let inhabitants = |i: usize| places.get(i).and_then(|a| a.inhabitants).filter(|people| *people > 0.0);
    let counted: Vec<Counted> = (0..counts.len())
        .map(|i| Counted { n: n[i] as f64, base: inhabitants(i).unwrap_or(0.0) * lengths / PER })
        .collect();
    let with_base = || counted.iter().filter(|c| c.base > 0.0);
    let (sum, base) = with_base().fold((0.0, 0.0), |(sum, base), c| (sum + c.n, base + c.base));
    let drawn = shrink(&counted, dispersion, rules.uncertainty.least_areas, LEVEL);
    // a hidden area has no place: it would say something of its count
    let open = |i: usize| matches!(hidden.totals[i], Cell::Value(_)) && counted[i].base > 0.0;
    let compared: Vec<Counted> =
        (0..counts.len()).map(|i| if open(i) { counted[i] } else { Counted { n: 0.0, base: 0.0 } }).collect();
    let ranks = rank_rates(&compared, dispersion, rules.uncertainty.rank_level);
    let row = |i: usize| AreaRow {
        name: places.get(i).map(|a| a.name.clone()).unwrap_or_default(),
        cells: hidden.cells[i].clone(),
        total: hidden.totals[i],
        inhabitants: inhabitants(i),
        rate: open(i).then(|| interval::count_negative_binomial(n[i], dispersion, LEVEL).times(1.0 / counted[i].base)),
        drawn: drawn[i].filter(|_| open(i)),
        rank: ranks[i],
    };
    AreaFigures {
        years,
        rows: (0..counts.len()).map(row).collect(),
        mean: (base > 0.0).then(|| sum / base),
        dispersion,
        ranked: ranks.iter().flatten().count(),
        refused: false,
    }
}

#[cfg(test)]
mod tests;
