use super::*;
use crate::PlanBook;
use crate::model::Measure;

fn book() -> PlanBook {
    PlanBook::read(&testkit::root().join("config/heemskerk")).unwrap()
}

fn main_of(category: &str) -> &'static str {
    match category {
        "litter" | "bulky-waste" => "waste",
        "dog-mess" => "public-space",
        "youth-nuisance" => "people",
        _ => "traffic",
    }
}

fn tally(category: &str, source: &str, n: i64, done: i64, judged: i64, in_term: i64) -> Tally {
    Tally { category: category.into(), source: source.into(), n, done, judged, in_term }
}

fn data() -> YearData {
    YearData {
        tallies: vec![
            tally("litter", "resident", 60, 50, 55, 44),
            tally("litter", "officer", 30, 30, 30, 30),
            tally("dog-mess", "resident", 8, 6, 7, 6),
            tally("dog-mess", "partner", 2, 2, 2, 2),
            tally("speeding", "police", 9, 9, 0, 0),
        ],
        inhabitants: Some((40_000.0, 2017)),
        ..YearData::default()
    }
}

fn reading(id: &str, data: &YearData) -> Reading {
    read(book().indicators.get(id).unwrap(), 2024, data, &main_of)
}

fn near(value: Option<Value>, expected: (f64, f64, f64)) {
    let range = value.unwrap().range();
    for (found, wanted) in [(range.low, expected.0), (range.value, expected.1), (range.high, expected.2)] {
        assert!((found - wanted).abs() < 5e-3, "{range:?} is not {expected:?}");
    }
}

#[test]
fn figures_agree_with_those_made_by_hand() {
    let mut data = data();
    data.again = vec![Again { category: "litter".into(), source: "resident".into(), n: 4, open: 3 }];
    // 10 reports of dog mess by residents and partners; Garwood's table: 4.795 to 18.390
    near(reading("dog-mess-reports", &data).value(), (4.795, 10.0, 18.390));
    // 60 + 8 + 2 = 70 reports of residents and partners per 40,000 inhabitants; Garwood 54.568 to 88.441
    near(reading("street-reports-per-1000", &data).value(), (1.3642, 1.75, 2.2110));
    // waste: (44 + 30) of (55 + 30) in time = 87.06 %; Wilson
    let (p, n, z) = (74.0_f64 / 85.0, 85.0, 1.959_964_f64);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    near(reading("waste-in-term", &data).value(), ((middle - half) * 100.0, 87.0588, (middle + half) * 100.0));
    assert_eq!(reading("waste-in-term", &data).of, Some(85));
    // handled ever: 97 now and 3 that are open again = 100; 4 were taken up again
    let again = reading("reopened", &data);
    assert_eq!((again.of, again.value().map(|v| v.value.round())), (Some(100), Some(4.0)));
}

#[test]
fn missing_is_not_zero() {
    let empty = YearData { inhabitants: Some((40_000.0, 2017)), ..YearData::default() };
    let police_only = YearData { tallies: vec![tally("speeding", "police", 9, 9, 0, 0)], ..empty.clone() };
    let table = [
        ("dog-mess-reports", &empty, None),
        // the source that the indicator counts was not recorded at all
        ("dog-mess-reports", &police_only, None),
        ("street-reports-per-1000", &empty, None),
        ("waste-in-term", &empty, None),
        ("reopened", &empty, None),
        ("days-to-handle", &empty, None),
        ("presence-hours", &empty, None),
        ("youth-visits", &empty, None),
        ("restraining-orders", &empty, None),
        // residents reported, but not this: zero is a value
        ("youth-reports", &data(), Some(0.0)),
    ];
    for (id, data, expected) in table {
        let found = reading(id, data);
        assert_eq!(found.value().map(|v| v.value), expected, "{id}");
        assert!(expected.is_some() || found.shown == Shown::Missing, "{id}");
    }
    let zero = reading("youth-reports", &data()).value().unwrap().range();
    assert!((zero.high - 3.689).abs() < 1e-3, "zero has an interval too");
}

#[test]
fn no_inhabitants_no_rate() {
    let data = YearData { inhabitants: None, ..data() };
    assert_eq!(reading("street-reports-per-1000", &data).shown, Shown::Missing);
}

#[test]
fn what_people_filled_in_keeps_its_state_and_margin() {
    let manual = |status, value: Option<f64>, interval| Manual {
        status,
        value,
        interval,
        respondents: Some(400),
        origin: "VM 2023".into(),
    };
    let table = [
        (manual(Status::Value, Some(0.0), None), Shown::Value(Value { value: 0.0, interval: None })),
        (
            manual(Status::Value, Some(19.2), Some((16.9, 21.7))),
            Shown::Value(Value { value: 19.2, interval: Some((16.9, 21.7)) }),
        ),
        (manual(Status::Suppressed, None, None), Shown::Suppressed),
        (manual(Status::Missing, None, None), Shown::Missing),
    ];
    for (value, expected) in table {
        let data = YearData { manual: HashMap::from([("youth-survey".into(), value)]), ..YearData::default() };
        let found = reading("youth-survey", &data);
        assert_eq!((found.shown, found.origin.as_str(), found.of), (expected, "VM 2023", Some(400)));
    }
}

#[test]
fn officers_figures_are_full_counts() {
    let patrol = Patrol {
        hours: Some(5_860.0),
        rounds: 7,
        visits: vec![
            Visits { category: "youth-nuisance".into(), n: 12, with_action: 5 },
            Visits { category: "litter".into(), n: 30, with_action: 9 },
        ],
        whole: Whole::Yes,
    };
    let data = YearData { patrol, ..YearData::default() };
    for (id, expected) in [("presence-hours", 5_860.0), ("youth-visits", 12.0), ("visits-with-action", 14.0)] {
        assert_eq!(reading(id, &data).value(), Some(Value { value: expected, interval: None }), "{id}");
    }
}

#[test]
fn the_median_lies_between_order_statistics() {
    // ranks from the table of Conover (1999): coverage at least 95 %
    for (n, ranks) in [(5, None), (6, Some((1, 6))), (10, Some((2, 9))), (20, Some((6, 15))), (100, Some((40, 61)))] {
        assert_eq!(median_ranks(n), ranks, "{n}");
    }
    let (low, high) = median_ranks(10_000).unwrap();
    assert_eq!((low, high), (4_902, 5_099));
    // ten signals: 1, 2, ... 10 days; median 5.5, interval from the 2nd to the 9th
    let (shown, n) = median((1..=10).map(|day| (day * 10, 1)));
    assert_eq!(n, Some(10));
    assert_eq!(shown.value(), Some(Value { value: 5.5, interval: Some((2.0, 9.0)) }));
    let (few, _) = median([(5, 3)].into_iter());
    assert_eq!(few.value(), Some(Value { value: 0.5, interval: None }));
}

#[test]
fn part_of_a_year_is_not_compared_as_a_sum() {
    for (id, whole, comparable) in [
        ("dog-mess-reports", Whole::Yes, true),
        ("dog-mess-reports", Whole::Running, false),
        ("dog-mess-reports", Whole::Since(jiff::civil::date(2024, 5, 1)), false),
        ("waste-in-term", Whole::Running, true),
    ] {
        let data = YearData { whole, ..data() };
        let book = book();
        let found = reading(id, &data).comparable(book.indicators.get(id).unwrap());
        assert_eq!(found.is_some(), comparable, "{id} {whole:?}");
    }
}

#[test]
fn a_measure_without_categories_counts_all_of_its_sources() {
    let book = book();
    let mut indicator = book.indicators.get("dog-mess-reports").unwrap().clone();
    indicator.measure = Measure { categories: vec![], sources: vec![], ..indicator.measure };
    assert_eq!(read(&indicator, 2024, &data(), &main_of).value().map(|v| v.value), Some(109.0));
}

#[test]
fn a_count_that_varies_more_than_chance_has_a_wider_margin() {
    let plain = reading("dog-mess-reports", &data()).value().unwrap().range();
    let data = YearData { dispersion: HashMap::from([("dog-mess-reports".into(), 3.0)]), ..data() };
    let wide = reading("dog-mess-reports", &data).value().unwrap().range();
    assert!(wide.value == plain.value && wide.low < plain.low && wide.high > plain.high);
    // another indicator keeps its own
    near(reading("street-reports-per-1000", &data).value(), (1.3642, 1.75, 2.2110));
}
