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
        ("warnings", &empty, None),
        ("repeat-places", &empty, None),
        ("response-median", &empty, None),
        ("visited-reports", &empty, None),
        ("sanctions-penal-order", &empty, None),
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
            Visits { category: "youth-nuisance".into(), n: 12, with_action: 5, warnings: 2 },
            Visits { category: "litter".into(), n: 30, with_action: 9, warnings: 4 },
        ],
        whole: Whole::Yes,
    };
    let data = YearData { patrol, ..YearData::default() };
    for (id, expected) in [
        ("presence-hours", 5_860.0),
        ("youth-visits", 12.0),
        ("visits-with-action", 14.0),
        ("checks", 42.0),
        ("warnings", 6.0),
    ] {
        assert_eq!(reading(id, &data).value(), Some(Value { value: expected, interval: None }), "{id}");
    }
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

#[test]
fn what_follows_a_visit_or_a_report_is_a_share_with_its_margin_and_says_on_how_many_it_rests() {
    let repeats = HashMap::from([("repeat-places".to_owned(), Repeats { places: 40, again: 10 })]);
    // 9 reports visited after 1 ... 9 days, of 30
    let visited = Responses { bins: (1..=9).map(|day| (day * 10, 1)).collect(), of: 30 };
    let ids = ["response-median", "response-p90", "visited-reports"];
    let responses = ids.into_iter().map(|id| (id.to_owned(), visited.clone())).collect();
    let data = YearData { repeats, responses, ..YearData::default() };
    // Wilson: 10 of 40 is 14.187 to 40.194 %; 9 of 30 is 16.665 to 47.876 %
    let again = reading("repeat-places", &data);
    near(again.value(), (14.187, 25.0, 40.194));
    assert_eq!((again.of, again.out_of), (Some(40), None));
    let share = reading("visited-reports", &data);
    near(share.value(), (16.665, 30.0, 47.876));
    assert_eq!((share.of, share.out_of), (Some(30), Some(30)));
    // nine values: the median is the 5th, with 95 % confidence between the 2nd and the 8th; nine of ten within 9 days
    let median = reading("response-median", &data);
    near(median.value(), (2.0, 5.0, 8.0));
    assert_eq!((median.of, median.out_of), (Some(9), Some(30)));
    assert_eq!(reading("response-p90", &data).value(), Some(Value { value: 9.0, interval: None }));
    // reports, but no visit: there is no median, and the share is 0, not missing
    let never = HashMap::from(ids.map(|id| (id.to_owned(), Responses { bins: vec![], of: 12 })));
    let data = YearData { responses: never, ..YearData::default() };
    assert_eq!(reading("response-median", &data).shown, Shown::Missing);
    assert_eq!(reading("visited-reports", &data).value().map(|v| v.value), Some(0.0));
}

#[test]
fn a_sum_of_sanctions_of_which_some_are_kept_back_lies_between_two_ends() {
    let number = |modality: &str, many| Sanctioned { modality: modality.into(), group: "dogs".into(), many };
    let exact = |n| Shown::Value(Value { value: n, interval: None });
    let between = |low, high| Shown::Value(Value { value: low, interval: Some((low, high)) });
    let table = [
        (None, Shown::Missing),
        // counted, and there were none: zero is a value
        (Some(vec![]), exact(0.0)),
        (Some(vec![number("traffic-fine", Some(9))]), exact(0.0)),
        (Some(vec![number("penal-order", Some(7)), number("penal-order", Some(5))]), exact(12.0)),
        // 12, and twice 1 to 4
        (
            Some(vec![number("penal-order", Some(12)), number("penal-order", None), number("penal-order", None)]),
            between(14.0, 20.0),
        ),
        // small itself
        (Some(vec![number("penal-order", None)]), Shown::Suppressed),
        (Some(vec![number("penal-order", None); 4]), Shown::Suppressed),
        (Some(vec![number("penal-order", None); 5]), between(5.0, 20.0)),
        (Some(vec![number("traffic-fine", None)]), exact(0.0)),
    ];
    for (numbers, expected) in table {
        let sanctions = Sanctions { numbers: numbers.clone(), bound: 5, whole: Whole::Yes };
        let data = YearData { sanctions, ..YearData::default() };
        assert_eq!(reading("sanctions-penal-order", &data).shown, expected, "{numbers:?}");
    }
}
