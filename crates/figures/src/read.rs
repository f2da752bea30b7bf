//! How others read figures: one figure a year, with what it rests on.
//!
//! A sum is given only when every part of it is there: a part that is missing or withheld makes the sum missing or
//! withheld. Totals are not added to their parts, months not to years.

use crate::config::{Dataset, FiguresConfig};
use crate::model::{Period, PeriodKind};
use crate::store::{self, CellRow};
use areas::Figure;
use kit::{Result, Tx};
use std::collections::{BTreeMap, BTreeSet};

/// Which figure.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Id of the dataset.
    pub dataset: &'a str,
    /// Measure.
    pub measure: &'a str,
    /// Categories that are added up; one empty text when the dataset has none.
    pub categories: &'a [String],
    /// Code of the area.
    pub area: &'a str,
}

/// The figure of one year.
#[derive(Clone, Debug, PartialEq)]
pub struct YearFigure {
    /// The year.
    pub year: i16,
    /// The figure, or why there is none.
    pub figure: Figure,
    /// 95 % interval, as the source publishes it.
    pub interval: Option<(f64, f64)>,
    /// Number of answers.
    pub n: Option<i64>,
    /// Whether the source may still change it.
    pub preliminary: bool,
    /// Whether the whole year is in it; a sum over fewer months is no figure of the year.
    pub whole: bool,
}

/// A figure of a series as it may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// When.
    pub period: Period,
    /// The figure, or why there is none.
    pub figure: Figure,
    /// Interval.
    pub interval: Option<(f64, f64)>,
    /// Answers.
    pub n: Option<i64>,
    /// Whether the source may still change it.
    pub preliminary: bool,
}

/// The figure in a row of the database; on too few answers it is withheld.
pub(crate) fn shown(cell: &CellRow, dataset: &Dataset) -> Shown {
    let few = dataset.least_n.is_some_and(|least| cell.n.is_some_and(|n| n < least));
    let figure = match (cell.status.as_str(), cell.value) {
        _ if few => Figure::Suppressed,
        ("value", Some(value)) => Figure::Value(value),
        ("suppressed", _) => Figure::Suppressed,
        ("missing", _) => Figure::Missing,
        _ => Figure::Unspecified,
    };
    Shown {
        period: Period::stored(cell.period_kind, &cell.period),
        interval: cell.low.zip(cell.high).filter(|_| figure.number().is_some()),
        figure,
        n: cell.n,
        preliminary: cell.is_preliminary,
    }
}

/// The series of one measure, category and area; with the zeros that its source leaves out.
pub(crate) async fn series(
    tx: &mut Tx,
    municipality: &str,
    dataset: &Dataset,
    of: (&str, &str, &str),
) -> Result<Vec<Shown>> {
    let rows = store::series(tx, municipality, &dataset.id, of).await?;
    let mut series: Vec<Shown> = rows.iter().map(|cell| shown(cell, dataset)).collect();
    if dataset.absent_is_zero {
        let have: BTreeSet<Period> = series.iter().map(|s| s.period).collect();
        for (period, preliminary) in store::periods(tx, municipality, &dataset.id, of.0).await? {
            if !have.contains(&period) {
                series.push(Shown { period, figure: Figure::Value(0.0), interval: None, n: None, preliminary });
            }
        }
        series.sort_by_key(|s| s.period);
    }
    Ok(series)
}

/// The figures of a dataset by year, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_year(tx: &mut Tx, municipality: &str, config: &FiguresConfig, ask: Ask<'_>) -> Result<Vec<YearFigure>> {
    let Some(dataset) = config.dataset(ask.dataset) else { return Ok(vec![]) };
    let many = ask.categories.len() > 1;
    let mut all = Vec::new();
    for category in ask.categories.iter().filter(|c| !(many && dataset.totals.contains(c))) {
        all.push(series(tx, municipality, dataset, (ask.measure, category, ask.area)).await?);
    }
    Ok(years(&all, dataset.adds_up))
}

/// Adds up series; pure.
fn years(all: &[Vec<Shown>], adds_up: bool) -> Vec<YearFigure> {
    if all.len() > 1 && !adds_up {
        return vec![];
    }
    let wanted: BTreeSet<i16> = all.iter().flatten().map(|s| s.period.start.year()).collect();
    wanted.into_iter().filter_map(|year| one_year(all, year, adds_up)).collect()
}

fn one_year(all: &[Vec<Shown>], year: i16, adds_up: bool) -> Option<YearFigure> {
    let of = |series: &Vec<Shown>, kinds: &[PeriodKind]| -> Vec<Shown> {
        let fits = |s: &&Shown| s.period.start.year() == year && kinds.contains(&s.period.kind);
        series.iter().filter(fits).cloned().collect()
    };
    let yearly: Vec<Vec<Shown>> = all.iter().map(|s| of(s, &[PeriodKind::Year, PeriodKind::Survey])).collect();
    let (parts, whole) = if yearly.iter().any(|y| !y.is_empty()) {
        (yearly, true)
    } else if adds_up {
        let of_kind = |kind: PeriodKind| all.iter().map(|s| of(s, &[kind])).collect::<Vec<_>>();
        let (months, quarters) = (of_kind(PeriodKind::Month), of_kind(PeriodKind::Quarter));
        let (parts, least) = if months.iter().any(|m| !m.is_empty()) { (months, 12) } else { (quarters, 4) };
        let whole = parts.iter().all(|p| p.len() == least);
        (parts, whole)
    } else {
        return None;
    };
    // a category without any row of this year is missing, not zero
    let empty = parts.iter().any(Vec::is_empty);
    let figures = parts.iter().flatten().map(|s| s.figure);
    let figure = sum(figures, empty);
    let single = parts.iter().flatten().next().filter(|_| parts.len() == 1 && parts.iter().flatten().count() == 1);
    Some(YearFigure {
        year,
        figure,
        interval: single.and_then(|s| s.interval),
        n: single.and_then(|s| s.n),
        preliminary: parts.iter().flatten().any(|s| s.preliminary),
        whole,
    })
}

fn sum(figures: impl Iterator<Item = Figure>, empty: bool) -> Figure {
    let mut by: BTreeMap<&'static str, f64> = BTreeMap::new();
    for figure in figures {
        *by.entry(figure.kind()).or_default() += figure.number().unwrap_or(0.0);
    }
    match by.get("value") {
        _ if by.contains_key("suppressed") => Figure::Suppressed,
        _ if by.contains_key("unspecified") => Figure::Unspecified,
        Some(value) if by.len() == 1 && !empty => Figure::Value(*value),
        _ => Figure::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(period: &str, figure: Figure) -> Shown {
        Shown { period: Period::parse(period).unwrap(), figure, interval: None, n: None, preliminary: false }
    }

    fn months(year: i16, n: usize, figure: Figure) -> Vec<Shown> {
        (1..=n).map(|m| at(&format!("{year}-{m:02}"), figure)).collect()
    }

    #[test]
    fn a_sum_has_no_gap_and_a_month_is_never_added_to_its_year() {
        let one = Figure::Value(1.0);
        let mixed: Vec<Shown> = months(2022, 12, one).into_iter().chain([at("2022", Figure::Value(13.0))]).collect();
        let gap: Vec<Shown> = months(2022, 11, one).into_iter().chain([at("2022-12", Figure::Suppressed)]).collect();
        for (what, series, figure, whole) in [
            ("twelve months", vec![months(2022, 12, one)], Figure::Value(12.0), true),
            ("half a year", vec![months(2022, 5, one)], Figure::Value(5.0), false),
            ("months and their year", vec![mixed], Figure::Value(13.0), true),
            ("a withheld month", vec![gap], Figure::Suppressed, true),
            ("two categories", vec![vec![at("2022", one)], vec![at("2022", Figure::Value(0.0))]], one, true),
            (
                "one withheld",
                vec![vec![at("2022", one)], vec![at("2022", Figure::Suppressed)]],
                Figure::Suppressed,
                true,
            ),
            ("one missing", vec![vec![at("2022", one)], vec![at("2022", Figure::Missing)]], Figure::Missing, true),
            ("one without a row", vec![vec![at("2022", one)], vec![]], Figure::Missing, true),
        ] {
            let years = years(&series, true);
            assert_eq!(years.len(), 1, "{what}");
            assert_eq!((years[0].figure, years[0].whole), (figure, whole), "{what}");
        }
        assert!(years(&[months(2022, 12, one)], false).is_empty(), "shares are not added up over months");
        assert!(years(&[vec![at("2022", one)], vec![at("2022", one)]], false).is_empty(), "nor over categories");
    }
}
