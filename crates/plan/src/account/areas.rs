//! An indicator by area: counts of whole years, rates with their interval, drawn towards each other, the places that
//! the intervals allow, and nothing that gives a small count away (domain chapter 4: pool years before splitting areas).
//!
//! All pages show columns of one table, that of all years that are over since the last change of method: the year on
//! a page only chooses a column. Two tables of the same counts that hide different cells would give them away.
//!
//! What officers did is a full count: no rate, no place ([`done`]). Sanctions come here without their small numbers, and
//! what follows a visit or a report is a share or a duration of all years together ([`rest`]).

mod done;
mod rest;

use super::gather::{Records, bounds, permit, whole};
use super::indicators::{LEVEL, Whole};
use super::store::{self, InArea};
use crate::PlanBook;
use crate::model::{AreaLevel, Indicator, Indicators, MeasureKind, MeasureSource};
use jiff::civil::date;
use kit::{Fault, Tx};
use picture::hide::{self, Cell, Totals};
use picture::interval::{self, Range};
use picture::rank::{Rank, rank_rates};
use picture::{Counted, shrink};
use signals::Catalogue;
use site::Cx;
use std::collections::HashMap;

/// Events per this many inhabitants.
const PER: f64 = 1000.0;

/// What the table of an indicator by area says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Says {
    /// Counts by year, with a rate per 1,000 inhabitants.
    #[default]
    Rates,
    /// Counts by year alone.
    Counts,
    /// A share or a duration over all years.
    Value,
}

/// An indicator by area.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AreaFigures {
    /// Which of the fields say something.
    pub says: Says,
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
    /// Events per 1,000 inhabitants a year; of [`Says::Value`] the share or duration, in the indicator's unit.
    pub rate: Option<Range>,
    /// The same, drawn towards that of the other areas.
    pub drawn: Option<Range>,
    /// The places it may have, from high to low.
    pub rank: Option<Rank>,
}

impl AreaRow {
    /// Counts without a rate or a place.
    fn plain(name: String, cells: Vec<Cell>, total: Cell) -> Self {
        Self { name, cells, total, inhabitants: None, rate: None, drawn: None, rank: None }
    }
}

/// What was recorded of one year.
pub(super) struct YearOfAreas {
    pub year: i16,
    /// The part of the year that was recorded, 0 to 1.
    pub part: f64,
    pub rows: Vec<InArea>,
}

/// The tables of those `indicators` that are computed below the level of the municipality, by id.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub(super) async fn by_area(
    cx: &Cx,
    tx: &mut Tx,
    sheet: &areas::Sheet,
    indicators: &[&Indicator],
) -> Result<HashMap<String, AreaFigures>, Fault> {
    let wanted: Vec<&Indicator> = indicators.iter().filter(|i| is_by_area(i)).copied().collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let book = cx.municipality.get::<PlanBook>();
    let today = cx.now.local(&cx.municipality.zone).date();
    let permit = permit(cx)?;
    let years: Vec<i16> = (book.plan.from..today.year()).collect();
    let until = date(today.year(), 1, 1);
    let records = Records::read(cx, tx, &wanted, (date(book.plan.from, 1, 1), until)).await?;
    let signals = if wanted.iter().any(|i| i.counts_signals()) { of_signals(cx, tx, &years).await? } else { vec![] };
    let since = |first: Option<jiff::civil::Date>| {
        years.iter().copied().filter(move |year| first.is_some_and(|first| first.year() <= *year))
    };
    let mut walked = Vec::new();
    if wanted.iter().any(|i| i.source == MeasureSource::Patrol) {
        for year in since(records.first_presence) {
            walked.push(done::of_year(tx, &permit, year).await?);
        }
    }
    let catalogue = cx.municipality.get::<Catalogue>();
    let main_of = |category: &str| catalogue.get(category).map_or("", |c| c.main.as_str());
    let follow = records.following();
    let mut found = HashMap::new();
    for indicator in wanted.iter().copied() {
        let kind = indicator.measure.kind;
        let table = if indicator.counts_signals() {
            figures(indicator, &signals, sheet, &book.indicators, &main_of)
        } else if kind == MeasureKind::Sanctions {
            rest::sanctions(indicator, &records.sanctions, since(records.first_sanction()).collect(), sheet)
        } else if kind.follows() {
            let mut parts = Vec::new();
            for year in since(records.first_presence) {
                parts.push(match kind {
                    MeasureKind::RepeatShare => {
                        rest::Part::of_places(year, &records.acted(&follow, indicator, bounds(&cx.municipality, year)))
                    }
                    _ => rest::Part::of_reports(
                        year,
                        &records.answered(&follow, indicator, bounds(&cx.municipality, year)),
                    ),
                });
            }
            rest::followed(indicator, parts, sheet, &book.indicators)
        } else {
            done::figures(indicator, &walked, sheet, &book.indicators, &main_of)
        };
        found.extend(table.map(|table| (indicator.id.clone(), table)));
    }
    Ok(found)
}

/// Signals by area of the years that are over.
async fn of_signals(cx: &Cx, tx: &mut Tx, years: &[i16]) -> Result<Vec<YearOfAreas>, Fault> {
    let first = store::first_signal(tx, cx.code()).await?.map(|at| at.local(&cx.municipality.zone).date());
    let today = cx.now.local(&cx.municipality.zone).date();
    let mut found = Vec::new();
    for year in years.iter().copied().filter(|year| first.is_some_and(|first| first.year() <= *year)) {
        let (from, until) = bounds(&cx.municipality, year);
        let part = match whole(year, first, today) {
            Whole::Since(day) => f64::from(date(year, 12, 31).day_of_year() - day.day_of_year() + 1) / 365.25,
            Whole::Yes | Whole::Running => 1.0,
        };
        found.push(YearOfAreas { year, part, rows: store::in_areas(tx, cx.code(), from, until).await? });
    }
    Ok(found)
}

/// Whether an indicator is shown by area.
pub(super) fn is_by_area(indicator: &Indicator) -> bool {
    let kind = indicator.measure.kind;
    let counted = indicator.counts_signals()
        || matches!(kind.computed_from(), Some(MeasureSource::Patrol | MeasureSource::Sanctions));
    indicator.area_level != AreaLevel::Municipality && counted
}

/// The areas of a table by name; what has no known area is one more, the last.
struct Rows<'a> {
    sheet: &'a areas::Sheet,
    places: Vec<&'a areas::Area>,
    index: HashMap<&'a str, usize>,
}

impl<'a> Rows<'a> {
    /// The areas for which an indicator is shown; `None` when there are none.
    fn of(indicator: &Indicator, sheet: &'a areas::Sheet) -> Option<Self> {
        let level = match indicator.area_level {
            AreaLevel::District => areas::Level::District,
            _ => areas::Level::Neighbourhood,
        };
        let mut places: Vec<&areas::Area> = sheet.areas.iter().filter(|a| a.level == level).collect();
        places.sort_by(|a, b| a.name.cmp(&b.name));
        let index = places.iter().enumerate().map(|(i, a)| (a.code.as_str(), i)).collect();
        (!places.is_empty()).then_some(Self { sheet, places, index })
    }

    /// The number of the row of a neighbourhood.
    fn row(&self, code: &str) -> usize {
        let parent = || self.sheet.get(code)?.parent.as_deref();
        let known = self.index.get(code).or_else(|| self.index.get(parent()?));
        known.copied().unwrap_or(self.places.len())
    }

    /// The name of a row; empty for what has no known area.
    fn name(&self, row: usize) -> String {
        self.places.get(row).map(|a| a.name.clone()).unwrap_or_default()
    }
}

/// Counts by row and by the years that may be compared with the last.
struct Counts<'a> {
    years: Vec<&'a YearOfAreas>,
    counts: Vec<Vec<u64>>,
}

impl<'a> Counts<'a> {
    /// What counts for an indicator; `None` when nothing was recorded.
    fn of<'b>(
        indicator: &Indicator,
        years: &'a [YearOfAreas],
        rows: &Rows<'_>,
        main_of: &dyn Fn(&str) -> &'b str,
    ) -> Option<Self> {
        let measure = &indicator.measure;
        let last = years.iter().map(|y| y.year).max()?;
        let recorded = |y: &&YearOfAreas| y.rows.iter().any(|r| measure.counts_source(&r.source));
        let years: Vec<&YearOfAreas> =
            years.iter().filter(|y| indicator.changed(y.year, last).is_none()).filter(recorded).collect();
        if years.is_empty() {
            return None;
        }
        let mut counts = vec![vec![0_u64; years.len()]; rows.places.len() + 1];
        for (column, year) in years.iter().enumerate() {
            let mine =
                |r: &&InArea| measure.counts_source(&r.source) && measure.covers(&r.category, main_of(&r.category));
            for found in year.rows.iter().filter(mine) {
                let row = rows.row(found.area.as_deref().unwrap_or_default());
                counts[row][column] += u64::try_from(found.n).unwrap_or(0);
            }
        }
        if counts.last().is_some_and(|unknown| unknown.iter().all(|n| *n == 0)) {
            counts.pop();
        }
        Some(Self { years, counts })
    }

    fn years(&self) -> Vec<i16> {
        self.years.iter().map(|y| y.year).collect()
    }
}

/// The table of an indicator that counts signals; `None` when nothing was recorded or there are no areas.
pub(super) fn figures<'a>(
    indicator: &Indicator,
    years: &[YearOfAreas],
    sheet: &areas::Sheet,
    rules: &Indicators,
    main_of: &dyn Fn(&str) -> &'a str,
) -> Option<AreaFigures> {
    let rows = Rows::of(indicator, sheet)?;
    let found = Counts::of(indicator, years, &rows, main_of)?;
    let lengths: f64 = found.years.iter().map(|y| y.part).sum();
    Some(sure(&found.counts, found.years(), lengths, &rows.places, rules))
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
        says: Says::Rates,
        ranked: ranks.iter().flatten().count(),
        refused: false,
    }
}

#[cfg(test)]
mod tests;
