//! What officers did by area: hours, visits and warnings. A full count of their own work: no interval, no rate, no place.

use super::{AreaFigures, AreaRow, Counts, Rows, Says, YearOfAreas};
use crate::account::store::{self, InArea};
use crate::model::{Indicator, Indicators, MeasureKind};
use jiff::civil::date;
use kit::clock::day_number;
use kit::{Fault, Tx};
use patrol::figures::Done;
use picture::hide::{self, Totals};
use policy::Permit;

/// Microseconds in half an hour and in an hour.
const HALF: i64 = 1_800_000_000;
const HOUR: i64 = 2 * HALF;

/// What was done in a year.
pub(super) struct YearOfWork {
    year: i16,
    /// Whole hours of presence.
    hours: Vec<InArea>,
    visits: Vec<Done>,
}

/// Reads what was done in a calendar year.
pub(super) async fn of_year(tx: &mut Tx, permit: &Permit, year: i16) -> Result<YearOfWork, Fault> {
    let (first, last) = (day_number(date(year, 1, 1)), day_number(date(year, 12, 31)));
    let presence = store::presence_in_areas(tx, permit.municipality(), first, last).await?;
    let hours = presence.into_iter().map(|row| InArea { n: (row.n + HALF) / HOUR, ..row }).collect();
    Ok(YearOfWork { year, hours, visits: patrol::figures::done(tx, permit, first, last).await? })
}

/// The table of one indicator; `None` when nothing was recorded or there are no areas. Hours are no count of events
/// that somebody could be found by: they are all shown.
pub(super) fn figures<'a>(
    indicator: &Indicator,
    years: &[YearOfWork],
    sheet: &areas::Sheet,
    rules: &Indicators,
    main_of: &dyn Fn(&str) -> &'a str,
) -> Option<AreaFigures> {
    let of_visits = |part: fn(&Done) -> i64| {
        move |year: &YearOfWork| -> Vec<InArea> {
            let row = |done: &Done| InArea {
                category: done.category.clone(),
                source: "officer".to_owned(),
                area: Some(done.area.clone()),
                n: part(done),
            };
            year.visits.iter().map(row).collect()
        }
    };
    let counted: Vec<YearOfAreas> = years
        .iter()
        .map(|year| {
            let rows = match indicator.measure.kind {
                MeasureKind::PresenceHours => year.hours.clone(),
                MeasureKind::VisitsWithAction => of_visits(|d| d.with_action)(year),
                MeasureKind::Warnings => of_visits(|d| d.warnings)(year),
                _ => of_visits(|d| d.visits)(year),
            };
            YearOfAreas { year: year.year, part: 1.0, rows }
        })
        .collect();
    let rows = Rows::of(indicator, sheet)?;
    let found = Counts::of(indicator, &counted, &rows, main_of)?;
    let least = if indicator.measure.kind == MeasureKind::PresenceHours { 0 } else { rules.small_cells.least };
    let known: Vec<Vec<Option<u64>>> = found.counts.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    let plain = AreaFigures { years: found.years(), says: Says::Counts, ..AreaFigures::default() };
    let Some(hidden) = hide::table(&known, Totals { rows: true, columns: true }, least) else {
        return Some(AreaFigures { refused: true, ..plain });
    };
    let cells = hidden.cells.into_iter().zip(hidden.totals).enumerate();
    let rows = cells.map(|(i, (cells, total))| AreaRow::plain(rows.name(i), cells, total));
    Some(AreaFigures { rows: rows.collect(), ..plain })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PlanBook;
    use crate::account::areas::tests::sheet;
    use picture::hide::Cell;

    fn year(year: i16, hours: &[(&str, i64)], visits: &[(&str, i64, i64)]) -> YearOfWork {
        let presence = |(area, n): &(&str, i64)| InArea {
            category: String::new(),
            source: "officer".into(),
            area: (!area.is_empty()).then(|| (*area).to_owned()),
            n: *n,
        };
        let done = |(area, visits, warnings): &(&str, i64, i64)| Done {
            area: (*area).to_owned(),
            category: "litter".into(),
            visits: *visits,
            warnings: *warnings,
            ..Done::default()
        };
        YearOfWork { year, hours: hours.iter().map(presence).collect(), visits: visits.iter().map(done).collect() }
    }

    #[test]
    fn hours_are_all_shown_and_small_numbers_of_warnings_are_not() {
        let book = PlanBook::read(&testkit::root().join("config/heemskerk")).unwrap();
        let years = [
            year(2022, &[("A", 2), ("B", 40), ("", 1)], &[("A", 30, 2), ("B", 41, 12), ("C", 8, 7)]),
            year(2023, &[("A", 3), ("B", 50)], &[("A", 25, 9), ("B", 60, 20), ("C", 9, 6)]),
        ];
        let of = |id: &str| figures(book.indicators.get(id).unwrap(), &years, &sheet(), &book.indicators, &|_| "waste");
        let hours = of("presence-hours").unwrap();
        let row = |found: &AreaFigures, name: &str| found.rows.iter().find(|r| r.name == name).unwrap().clone();
        assert_eq!((hours.years.as_slice(), hours.says, hours.refused), (&[2022, 2023][..], Says::Counts, false));
        assert_eq!(row(&hours, "Buurt A").cells, [Cell::Value(2), Cell::Value(3)]);
        assert_eq!(row(&hours, "Buurt D").total, Cell::Value(0), "nobody was there: zero");
        assert_eq!(row(&hours, "").total, Cell::Value(1), "outside every area");
        assert!(hours.rows.iter().all(|r| r.rate.is_none() && r.rank.is_none()));
        let warnings = of("warnings").unwrap();
        assert_eq!(row(&warnings, "Buurt A").cells[0], Cell::Small);
        let hidden = warnings.rows.iter().filter(|r| r.cells[0].is_hidden()).count();
        assert!(hidden > 1, "one hidden cell follows from the total of the year");
        assert_eq!(row(&warnings, "Buurt B").total, Cell::Value(32));
        assert_eq!(row(&of("checks").unwrap(), "Buurt A").total, Cell::Value(55));
        // visits for litter are none for nuisance by young people: zero, for something was recorded
        assert_eq!(row(&of("youth-visits").unwrap(), "Buurt A").total, Cell::Value(0));
        assert_eq!(figures(book.indicators.get("checks").unwrap(), &[], &sheet(), &book.indicators, &|_| ""), None);
    }
}
