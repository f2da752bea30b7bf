use super::*;
use crate::model::Direction;

fn book() -> PlanBook {
    PlanBook::read(&testkit::root().join("config/heemskerk")).unwrap()
}

fn area(code: &str, level: areas::Level, parent: Option<&str>, inhabitants: Option<f64>) -> areas::Area {
    areas::Area {
        code: code.into(),
        name: format!("Buurt {code}"),
        level,
        parent: parent.map(str::to_owned),
        centre: (4.6, 52.5),
        inhabitants,
    }
}

/// Six neighbourhoods in two districts; one has no inhabitants.
pub(super) fn sheet() -> areas::Sheet {
    use areas::Level::{District, Neighbourhood};
    let mut all: Vec<areas::Area> =
        [("A", 4_000.0), ("B", 2_000.0), ("C", 1_000.0), ("D", 500.0), ("E", 100.0), ("F", 0.0)]
            .into_iter()
            .map(|(code, n)| area(code, Neighbourhood, Some(if code < "C" { "W1" } else { "W2" }), Some(n)))
            .collect();
    all.extend([area("W1", District, None, Some(6_000.0)), area("W2", District, None, Some(1_600.0))]);
    areas::Sheet::new(all, vec![])
}

fn year(year: i16, counts: &[(&str, i64)]) -> YearOfAreas {
    let row = |(area, n): &(&str, i64)| InArea {
        category: "dog-mess".into(),
        source: "resident".into(),
        area: (!area.is_empty()).then(|| (*area).to_owned()),
        n: *n,
    };
    YearOfAreas { year, part: 1.0, rows: counts.iter().map(row).collect() }
}

fn of(level: AreaLevel, years: &[YearOfAreas], broken: &[i16]) -> Option<AreaFigures> {
    let book = book();
    let indicator = Indicator {
        area_level: level,
        direction: Direction::Down,
        method_break: broken.to_vec(),
        ..book.indicators.get("dog-mess-reports").unwrap().clone()
    };
    figures(&indicator, years, &sheet(), &book.indicators, &|_| "public-space")
}

fn years() -> Vec<YearOfAreas> {
    vec![
        year(2021, &[("A", 40), ("B", 90), ("C", 12), ("D", 3), ("E", 1), ("F", 9), ("", 7)]),
        year(2022, &[("A", 44), ("B", 80), ("C", 10), ("D", 6), ("E", 0), ("F", 12), ("", 8)]),
        year(2023, &[("A", 36), ("B", 85), ("C", 14), ("D", 5), ("E", 2), ("F", 8), ("", 9)]),
    ]
}

#[test]
fn small_counts_and_what_gives_them_away_stay_hidden_with_all_that_rests_on_them() {
    let found = of(AreaLevel::Neighbourhood, &years(), &[]).unwrap();
    assert_eq!(found.years, [2021, 2022, 2023]);
    let row = |name: &str| found.rows.iter().find(|r| r.name == name).unwrap();
    let e = row("Buurt E");
    assert_eq!((e.cells[0], e.cells[2], e.total), (Cell::Small, Cell::Small, Cell::Small));
    assert_eq!((e.rate, e.drawn, e.rank), (None, None, None), "a rate would tell the count");
    assert_eq!(row("Buurt D").cells[0], Cell::Small);
    for column in 0..3 {
        let hidden = found.rows.iter().filter(|r| r.cells[column].is_hidden()).count();
        assert!(hidden != 1, "{column}: one hidden cell follows from the total of the year");
    }
    for r in &found.rows {
        let hidden = r.cells.iter().chain([&r.total]).filter(|c| c.is_hidden()).count();
        assert!(hidden != 1, "{}: one hidden cell follows from the total of the area", r.name);
    }
    assert_eq!(row("").inhabitants, None, "reports without a known area are a row of their own");
}

#[test]
fn a_rate_has_its_interval_is_drawn_to_the_others_and_takes_no_more_places_than_sure() {
    let found = of(AreaLevel::Neighbourhood, &years(), &[]).unwrap();
    let row = |name: &str| found.rows.iter().find(|r| r.name == name).unwrap();
    let (a, b) = (row("Buurt A"), row("Buurt B"));
    // 120 reports of 4,000 inhabitants in three years
    let (rate, drawn) = (a.rate.unwrap(), a.drawn.unwrap());
    assert!((rate.value - 10.0).abs() < 1e-9 && rate.low < 10.0 && rate.high > 10.0);
    assert!(drawn.low < drawn.value && drawn.value < drawn.high);
    assert!(b.rank.unwrap().best == 1 && b.rank.unwrap().worst < a.rank.unwrap().worst, "{:?} {:?}", a.rank, b.rank);
    let f = row("Buurt F");
    assert_eq!((f.rate, f.rank, f.inhabitants), (None, None, None), "without inhabitants there is no rate");
    assert!(matches!(f.total, Cell::Value(29) | Cell::Covered));
    assert_eq!(found.ranked, found.rows.iter().filter(|r| r.rank.is_some()).count());
    // half a year recorded makes the same count twice the rate
    let half = vec![YearOfAreas { part: 0.5, ..year(2023, &[("A", 40), ("B", 90), ("C", 50)]) }];
    let found = of(AreaLevel::Neighbourhood, &half, &[]).unwrap();
    assert!((found.rows[0].rate.unwrap().value - 20.0).abs() < 1e-9);
}

#[test]
fn years_before_a_change_of_method_and_years_without_records_are_left_out() {
    let cases: [(&[i16], &[i16]); 4] = [
        (&[], &[2021, 2022, 2023]),
        (&[2022], &[2022, 2023]),
        (&[2021], &[2021, 2022, 2023]),
        (&[2030], &[2021, 2022, 2023]),
    ];
    for (broken, expected) in cases {
        assert_eq!(of(AreaLevel::Neighbourhood, &years(), broken).unwrap().years, expected, "{broken:?}");
    }
    let officer = |r: &InArea| InArea { source: "officer".into(), ..r.clone() };
    let mut other = years();
    other[0].rows = other[0].rows.iter().map(officer).collect();
    assert_eq!(of(AreaLevel::Neighbourhood, &other, &[]).unwrap().years, [2022, 2023], "missing is not zero");
    assert_eq!(of(AreaLevel::Neighbourhood, &[], &[]), None);
}

#[test]
fn districts_add_up_their_neighbourhoods_and_a_table_that_cannot_be_protected_is_refused() {
    let found = of(AreaLevel::District, &years(), &[]).unwrap();
    let names: Vec<&str> = found.rows.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["Buurt W1", "Buurt W2", ""]);
    assert_eq!(found.rows[0].cells, [Cell::Value(130), Cell::Value(124), Cell::Value(121)]);
    assert_eq!(found.rows[0].total, Cell::Value(375));
    // too few areas to learn from each other
    assert!(found.rows.iter().all(|r| r.drawn.is_none()) && found.rows[0].rate.is_some());
    let tiny = of(AreaLevel::District, &[year(2023, &[("A", 2)])], &[]).unwrap();
    assert!(!tiny.refused && tiny.rows.iter().all(|r| r.total.is_hidden()), "{tiny:?}");
    let book = book();
    let one = areas::Sheet::new(vec![area("A", areas::Level::Neighbourhood, None, None)], vec![]);
    let dogs = book.indicators.get("dog-mess-reports").unwrap();
    let alone = figures(dogs, &[year(2023, &[("A", 2)])], &one, &book.indicators, &|_| "public-space").unwrap();
    assert!(alone.refused && alone.rows.is_empty());
}
