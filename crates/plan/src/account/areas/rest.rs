//! By area: sanctions, which come without their small numbers, and what follows a visit or a report over all years.

use super::{AreaFigures, AreaRow, Rows, Says};
use crate::account::follow::{Acted, Answered};
use crate::account::indicators::LEVEL;
use crate::account::quantile::quantile;
use crate::model::{Indicator, Indicators, MeasureKind};
use picture::hide::{self, Cell, Totals};
use picture::interval::{self, Range};
use sanctions::figures::{Count, WHOLE};
use std::collections::BTreeMap;

/// Sanctions by area in `years`. A year of which a month is kept back is not summed: nothing more is shown than in the
/// numbers themselves, so that nothing can be computed from the two.
pub(super) fn sanctions(
    indicator: &Indicator,
    counts: &[Count],
    years: Vec<i16>,
    sheet: &areas::Sheet,
) -> Option<AreaFigures> {
    let rows = Rows::of(indicator, sheet)?;
    let last = *years.last()?;
    let years: Vec<i16> = years.into_iter().filter(|year| indicator.changed(*year, last).is_none()).collect();
    let mut cells = vec![vec![Cell::Value(0); years.len()]; rows.places.len() + 1];
    for count in counts.iter().filter(|c| c.area != WHOLE) {
        let year = i16::try_from(count.month.div_euclid(12)).unwrap_or(0);
        let Some(column) = years.iter().position(|y| *y == year) else { continue };
        if indicator.measure.counts_sanction(&count.modality, &count.offence_group) {
            let cell = &mut cells[rows.row(&count.area)][column];
            *cell = sum(*cell, count.many.and_then(|n| u64::try_from(n).ok()));
        }
    }
    if cells.last().is_some_and(|unknown| unknown.iter().all(|c| *c == Cell::Value(0))) {
        cells.pop();
    }
    let row = |(i, cells): (usize, Vec<Cell>)| {
        let total = cells.iter().fold(Cell::Value(0), |total, cell| match cell {
            Cell::Value(n) => sum(total, Some(*n)),
            _ => Cell::Small,
        });
        AreaRow::plain(rows.name(i), cells, total)
    };
    let found = cells.into_iter().enumerate().map(row).collect();
    Some(AreaFigures { years, rows: found, says: Says::Counts, ..AreaFigures::default() })
}

fn sum(cell: Cell, more: Option<u64>) -> Cell {
    match (cell, more) {
        (Cell::Value(n), Some(more)) => Cell::Value(n + more),
        _ => Cell::Small,
    }
}

/// What followed in a year, by neighbourhood: whether it did, and after how many tenths of days.
pub(super) struct Part {
    year: i16,
    found: Vec<(String, Option<i64>)>,
}

impl Part {
    /// Reports: those that were visited.
    pub fn of_reports(year: i16, answered: &[Answered<'_>]) -> Self {
        let found = answered.iter().map(|a| (a.area.unwrap_or_default().to_owned(), a.after));
        Self { year, found: found.collect() }
    }

    /// Places: those with a new report.
    pub fn of_places(year: i16, acted: &[Acted<'_>]) -> Self {
        let found = acted.iter().map(|a| (a.area.unwrap_or_default().to_owned(), a.again.then_some(0)));
        Self { year, found: found.collect() }
    }
}

/// The share or duration of each area over all years; `None` when nothing was recorded. Where few of an area did follow,
/// or few did not, nothing is shown of it, nor where that could be computed from the others.
pub(super) fn followed(
    indicator: &Indicator,
    parts: Vec<Part>,
    sheet: &areas::Sheet,
    rules: &Indicators,
) -> Option<AreaFigures> {
    let rows = Rows::of(indicator, sheet)?;
    let last = parts.iter().map(|p| p.year).max()?;
    let parts: Vec<Part> =
        parts.into_iter().filter(|p| indicator.changed(p.year, last).is_none() && !p.found.is_empty()).collect();
    if parts.is_empty() {
        return None;
    }
    let years = parts.iter().map(|p| p.year).collect();
    let mut bins = vec![BTreeMap::<i64, u64>::new(); rows.places.len() + 1];
    let mut counts = vec![vec![Some(0_u64), Some(0_u64)]; rows.places.len() + 1];
    for (area, after) in parts.into_iter().flat_map(|p| p.found) {
        let row = rows.row(&area);
        if let Some(n) = counts[row][usize::from(after.is_none())].as_mut() {
            *n += 1;
        }
        if let Some(bin) = after {
            *bins[row].entry(bin).or_insert(0) += 1;
        }
    }
    if counts.last().is_some_and(|unknown| unknown.iter().all(|n| *n == Some(0))) {
        counts.pop();
    }
    let plain = AreaFigures { years, says: Says::Value, ..AreaFigures::default() };
    let both = Totals { rows: true, columns: true };
    let Some(hidden) = hide::table(&counts, both, rules.small_cells.least) else {
        return Some(AreaFigures { refused: true, ..plain });
    };
    let responds = matches!(indicator.measure.kind, MeasureKind::ResponseMedian | MeasureKind::ResponseNineTenths);
    let value = |i: usize, yes: u64, no: u64| -> Option<Range> {
        if !responds {
            let all = (yes + no) as f64;
            return interval::proportion(yes as f64 / all.max(1.0), all, 1.0, LEVEL).map(|r| r.times(100.0));
        }
        let share = if indicator.measure.kind == MeasureKind::ResponseMedian { 0.5 } else { 0.9 };
        quantile(bins[i].iter().map(|(bin, n)| (*bin, *n)), share).0.value().map(|v| v.range())
    };
    let row = |(i, cells): (usize, Vec<Cell>)| {
        // a total is the number of reports or places; of a duration those that were visited
        let open = match (cells.first(), cells.get(1), hidden.totals.get(i)) {
            (Some(Cell::Value(yes)), Some(Cell::Value(no)), Some(Cell::Value(_))) => Some((*yes, *no)),
            _ => None,
        };
        let total = match open {
            Some((yes, no)) => Cell::Value(if responds { yes } else { yes + no }),
            None => Cell::Small,
        };
        AreaRow { rate: open.and_then(|(yes, no)| value(i, yes, no)), ..AreaRow::plain(rows.name(i), vec![], total) }
    };
    Some(AreaFigures { rows: hidden.cells.into_iter().enumerate().map(row).collect(), ..plain })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PlanBook;
    use crate::account::areas::tests::sheet;
    use crate::model::AreaLevel;

    fn book() -> PlanBook {
        PlanBook::read(&testkit::root().join("config/heemskerk")).unwrap()
    }

    fn row<'a>(found: &'a AreaFigures, name: &str) -> &'a AreaRow {
        found.rows.iter().find(|r| r.name == name).unwrap()
    }

    #[test]
    fn a_year_with_a_number_that_is_kept_back_is_not_summed() {
        let book = book();
        let wanted = book.indicators.get("sanctions-penal-order").unwrap();
        let by_area = Indicator { area_level: AreaLevel::Neighbourhood, ..wanted.clone() };
        let count = |month: i64, area: &str, modality: &str, many| Count {
            month: 2023 * 12 + month,
            area: area.into(),
            offence_group: "dogs".into(),
            modality: modality.into(),
            many,
        };
        let counts = [
            count(0, WHOLE, "penal-order", Some(30)),
            count(0, "A", "penal-order", Some(9)),
            count(5, "A", "penal-order", Some(6)),
            count(1, "B", "penal-order", Some(8)),
            count(2, "B", "penal-order", None),
            count(3, "C", "traffic-fine", Some(50)),
            count(12, "B", "penal-order", Some(7)),
        ];
        let found = sanctions(&by_area, &counts, vec![2023, 2024], &sheet()).unwrap();
        assert_eq!(row(&found, "Buurt A").cells, [Cell::Value(15), Cell::Value(0)]);
        assert_eq!(row(&found, "Buurt B").cells, [Cell::Small, Cell::Value(7)]);
        assert_eq!((row(&found, "Buurt A").total, row(&found, "Buurt B").total), (Cell::Value(15), Cell::Small));
        assert_eq!(row(&found, "Buurt C").total, Cell::Value(0));
        assert_eq!(sanctions(&by_area, &counts, vec![], &sheet()), None);
    }

    /// Reports or places of a neighbourhood: how many followed, after so many tenths of days, and how many did not.
    fn part(year: i16, areas: &[(&str, &[i64], usize)]) -> Part {
        let found = areas.iter().flat_map(|(area, after, not)| {
            let none = std::iter::repeat_n(None, *not);
            after.iter().copied().map(Some).chain(none).map(|after| ((*area).to_owned(), after))
        });
        Part { year, found: found.collect() }
    }

    #[test]
    fn shares_and_durations_are_of_all_years_and_small_numbers_stay_hidden() {
        let book = book();
        let days: Vec<i64> = (1..=9).map(|day| day * 10).collect();
        let parts = || {
            vec![
                part(2022, &[("A", &days[..5], 10), ("B", &[10; 20], 30), ("C", &[10], 12), ("D", &[10; 8], 20)]),
                part(2023, &[("A", &days[5..], 20), ("B", &[10; 20], 30), ("C", &[10], 14), ("D", &[10; 9], 20)]),
            ]
        };
        let of = |id: &str| {
            let wanted = book.indicators.get(id).unwrap().clone();
            let by_area = Indicator { area_level: AreaLevel::Neighbourhood, ..wanted };
            followed(&by_area, parts(), &sheet(), &book.indicators).unwrap()
        };
        let share = of("visited-reports");
        assert_eq!((share.says, share.years.as_slice()), (Says::Value, &[2022, 2023][..]));
        let b = row(&share, "Buurt B");
        // 40 of 100: Wilson 30.940 to 49.798 %
        let rate = b.rate.unwrap();
        assert_eq!((b.total, rate.value), (Cell::Value(100), 40.0));
        assert!((rate.low - 30.940).abs() < 5e-3 && (rate.high - 49.798).abs() < 5e-3, "{rate:?}");
        let c = row(&share, "Buurt C");
        assert_eq!((c.total, c.rate), (Cell::Small, None), "2 of 28: a share would tell the count");
        assert!(share.rows.iter().filter(|r| r.total == Cell::Small).count() > 1, "one could be computed");
        let median = of("response-median");
        let b = row(&median, "Buurt B");
        assert_eq!((b.total, b.rate.unwrap().value), (Cell::Value(40), 1.0));
        // of 9 reports after 1 to 9 days, in two years: when shown, the median is the fifth
        let a = row(&median, "Buurt A");
        assert!(a.rate.is_none_or(|r| (r.low, r.value, r.high) == (2.0, 5.0, 8.0)), "{a:?}");
        assert_eq!(followed(book.indicators.get("response-median").unwrap(), vec![], &sheet(), &book.indicators), None);
    }
}
