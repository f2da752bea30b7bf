//! What must hold for every model, for the score and for the benchmark; and the real data, when it
//! lies beside the repository.

use flate2::read::GzDecoder;
use picture::backtest::{Backtest, BacktestAsk, Place, backtest};
use picture::history::{UNKNOWN_AREA, day_of, monday, source, week_of};
use picture::score::LastWeeks;
use picture::{Ask, Blend, Cell, Event, Ewma, History, Model, Officers, Part, Reason, ScoreAsk, Sources, score};
use proptest::prelude::*;
use std::fs::File;

const START: i32 = 16_433; // Monday 2014-12-29

fn models() -> Vec<(&'static str, Box<dyn Model>)> {
    vec![
        ("ewma", Box::new(Ewma::default())),
        ("blend", Box::<Blend>::default()),
        ("last 52 weeks", Box::new(LastWeeks { weeks: 52 })),
    ]
}

fn event(day: i32, hour: u8, x: i32, y: i32, group: u16, source: u8) -> Event {
    Event { day, hour, cell: (x >= 0).then_some(Cell { x, y }), area: UNKNOWN_AREA, category: group, group, source }
}

prop_compose! {
    fn any_event()(day in START..START + 800, hour in 0u8..24, x in -1i32..12, y in 0i32..9,
                   group in 0u16..3, source in 0u8..5) -> Event {
        // squares make some cells much busier than others
        event(day, hour, if x < 0 { -1 } else { x * x / 12 }, y * y / 9, group, source)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_model_keeps_the_rules(events in prop::collection::vec(any_event(), 0..1500),
                                   at in START - 5..START + 820, days in 0u16..20) {
        let history = History::new(events.clone());
        let ask = Ask { from_day: at, days };
        for (name, model) in models() {
            let f = model.expect(&history, &ask);
            for r in &f.rows {
                prop_assert!(r.expected >= 0.0 && r.expected.is_finite(), "{name}");
                prop_assert!(r.low90 <= r.expected && r.expected <= r.high90, "{name} {r:?}");
                let week: f32 = r.weekday.iter().sum();
                prop_assert!((f64::from(week) - r.expected).abs() < 1e-4, "{name}");
            }
            // Sums agree, whichever way they are made.
            let all = f.total(&Part::all()).expected;
            let cells: f64 = f.by_cell(&Part::all()).iter().map(|c| c.1.expected).sum();
            let groups: f64 = f.by_group(&Part::all()).iter().map(|g| g.1.expected).sum();
            let bands: f64 = (0..6).map(|b| f.total(&Part::all().bands(&[b])).expected).sum();
            let quick: f64 = model.expect_cells(&history, &ask).iter().map(|c| c.1.expected).sum();
            for other in [cells, groups, bands, quick] {
                prop_assert!((all - other).abs() < 1e-6 * (1.0 + all), "{name}: {all} {other}");
            }
            // What comes later changes nothing.
            let earlier = events.iter().filter(|e| e.day < at).copied().collect();
            let blind = History::spanning(earlier, history.first_day(), history.last_day().min(at - 1));
            prop_assert_eq!(&model.expect(&blind, &ask), &f, "{}", name);
        }
    }

    #[test]
    fn a_score_is_a_share(events in prop::collection::vec(any_event(), 0..800)) {
        let history = History::new(events);
        let s = score(&Ewma::default(), &history, &ScoreAsk::default());
        for marks in [&s.model, &s.last_52_weeks, &s.last_4_weeks] {
            for h in &marks.hits {
                prop_assert!((0.0..=1.0).contains(&h.hit_rate) && h.pei <= 1.0 + 1e-9);
            }
            prop_assert!((0.0..=1.0).contains(&marks.inside90));
            prop_assert!(marks.deviance >= 0.0);
        }
    }
}

/// Two cells: (1, 0) with an event each evening, (5, 5) with one each Saturday night.
fn steady(extra: impl IntoIterator<Item = Event>) -> History {
    let mut events: Vec<Event> = (0..700)
        .flat_map(|i| {
            let evening = event(START + i, 21, 1, 0, 0, source::RESIDENT);
            let night = event(START + i, 2, 5, 5, 1, source::POLICE);
            [Some(evening), (i % 7 == 5).then_some(night)].into_iter().flatten()
        })
        .collect();
    events.extend(extra);
    History::spanning(events, START, START + 699)
}

#[test]
fn steady_events_are_expected_as_they_are() {
    let h = steady([event(START + 3, 9, -1, 0, 1, source::RESIDENT)]);
    let f = Ewma::default().expect(&h, &Ask::week(START + 700));
    let by_cell = f.by_cell(&Part::all());
    assert_eq!(by_cell[0].0, Cell { x: 1, y: 0 });
    assert!((by_cell[0].1.expected - 7.0).abs() < 0.05, "{by_cell:?}");
    assert!((by_cell[1].1.expected - 1.0).abs() < 0.02);
    let saturday_night = Part::all().group(1).bands(&[0]).weekdays(&[5]);
    let evening = Part::all().group(0).bands(&[5]);
    assert!(f.total(&saturday_night).expected > 0.5);
    assert!(f.total(&evening).expected > 6.0);
    assert!(f.unlocated.iter().any(|u| u.0 == 1 && u.1 > 0.0));
    assert_eq!((f.basis.events, f.basis.left_out), (801, 0));
    // Two weeks are twice a week.
    let two = Ewma::default().expect(&h, &Ask { from_day: START + 700, days: 14 });
    let ratio = two.total(&Part::all()).expected / f.total(&Part::all()).expected;
    assert!((ratio - 2.0).abs() < 1e-9);
}

#[test]
fn officers_findings_do_not_draw_officers() {
    let found = (0..300).map(|i| event(START + 400 + i, 14, 8, 8, 0, source::OFFICER));
    let with = steady(found);
    let ask = Ask::week(START + 700);
    let plain = Ewma::default().expect(&steady([]), &ask);
    let f = Ewma::default().expect(&with, &ask);
    assert_eq!(f.rows, plain.rows);
    assert_eq!((f.basis.left_out, plain.basis.left_out), (300, 0));
    let blend = |h: &History| Blend::default().expect(h, &ask).rows;
    assert_eq!(blend(&with), blend(&steady([])));
    // Per hour of presence: seven finds a week in 35 hours count as one in five.
    let hot = Cell { x: 8, y: 8 };
    let sources = Sources { officers: Officers::PerPresence { hours: vec![(hot, 35.0)], reference: 7.0 } };
    let weighed = Ewma { sources, ..Ewma::default() }.expect(&with, &ask);
    let there = weighed.total(&Part::all().cells(vec![hot])).expected;
    assert!((0.9..1.5).contains(&there), "{there}");
}

#[test]
fn the_score_of_a_steady_town_is_perfect_and_of_a_short_history_empty() {
    let h = steady([]);
    let s = score(&Ewma::default(), &h, &ScoreAsk::default());
    assert_eq!((s.weeks, s.cells, s.events), (12, 2, 96));
    assert!((s.model.hits[0].pei - 1.0).abs() < 1e-9);
    assert!((s.model.level - 1.0).abs() < 0.01 && s.model.inside90 == 1.0);
    assert_eq!(s.first_day, monday(week_of(START + 700) - 12));
    assert_eq!(score(&Ewma::default(), &h.before(START + 30), &ScoreAsk::default()).weeks, 0);
    assert_eq!(score(&Ewma::default(), &History::default(), &ScoreAsk::default()).weeks, 0);
}

fn places() -> Vec<Place> {
    let place = |day, hour, lon, lat| Place { day, hour, lon, lat };
    let mut out = Vec::new();
    for day in START..START + 70 {
        out.push(place(day, 13, 4.650, 52.500));
        out.push(place(day, 22, 4.660, 52.510));
        if day % 2 == 0 {
            out.push(place(day, 22, 4.6601, 52.5101));
        }
    }
    out.push(place(START + 66, 9, 4.9, 52.9)); // outside the area
    out
}

#[test]
fn the_benchmark_follows_its_protocol() {
    let mut ask = BacktestAsk::new(START + 56, 2);
    ask.slots = true;
    let b = backtest(&places(), &[("ewma", &Ewma::default())], &ask);
    assert_eq!((b.cells, b.train_weeks, b.test_weeks, b.test_events, b.outside), (2, 8, 2, 36, 1));
    assert_eq!(b.lines.len(), 4);
    let hit = b.lines[0].marks.hits[0];
    assert_eq!((hit.cells, hit.pei), (1, 1.0));
    assert!((hit.hit_rate - 21.0 / 36.0).abs() < 1e-9);
    // two weeks x two cells x (one week row and 28 slots that add up to it)
    assert_eq!(b.forecasts.len(), 2 * 2 * 29);
    for origin in [START + 56, START + 63] {
        let rows = || b.forecasts.iter().filter(move |r| r.origin == origin);
        let week: f64 = rows().filter(|r| r.slot.is_none()).map(|r| r.expected).sum();
        let slots: f64 = rows().filter(|r| r.slot.is_some()).map(|r| r.expected).sum();
        assert!(week > 0.0 && (week - slots).abs() < 1e-6);
        assert!(rows().all(|r| r.interval.is_some() == r.slot.is_none()));
    }
}

#[test]
fn skipped_weeks_leave_the_time_axis() {
    let mut ask = BacktestAsk::new(START + 56, 2);
    ask.skip_weeks = vec![START + 14, START + 56];
    let b = backtest(&places(), &[("ewma", &Ewma::default())], &ask);
    // A skipped week of the test is made up for by one before it.
    assert_eq!((b.train_weeks, b.test_weeks), (6, 2));
    assert!(b.forecasts.iter().all(|r| [START + 49, START + 63].contains(&r.origin)));
    for (start, weeks) in [(START, 2), (START + 56, 0)] {
        let none = backtest(&places(), &[], &BacktestAsk::new(start, weeks));
        assert_eq!(none, Backtest::default());
    }
}

/// A town of 12 x 12 cells over three years, with busy corners that shift, from made-up chance.
fn town(per_week: f64, groups: u16) -> Vec<Event> {
    let mut seed = 11u64;
    let mut draw = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / (1u64 << 31) as f64
    };
    let mut out = Vec::new();
    for day in 0..3 * 364 {
        let mut left = per_week / 7.0 * 2.0 * draw();
        while left > draw() {
            left -= 1.0;
            let (x, y) = ((12.0 * draw() * draw()) as i32, (12.0 * draw() * draw()) as i32);
            let group = (f64::from(groups) * draw() * draw()) as u16;
            out.push(event(START + day, (24.0 * draw()) as u8, x, y, group, source::RESIDENT));
        }
    }
    out
}

#[test]
fn weeks_together_are_exactly_the_weeks_alone() {
    let history = History::spanning(town(60.0, 3), START, START + 3 * 364 - 1);
    let days: Vec<i32> = (0..40).map(|w| START + 3 * 364 - 7 * (39 - w)).collect();
    let together = Blend::default().expect_weeks(&history, &days);
    for (day, cells) in days.iter().zip(&together).step_by(7) {
        let alone = Blend::default().expect_cells(&history.before(*day), &Ask::week(*day));
        assert!(alone == *cells, "{day}");
        let rows = Blend::default().expect(&history, &Ask::week(*day));
        let sum: f64 = rows.by_cell(&Part::all()).iter().map(|c| c.1.expected).sum();
        let cells: f64 = cells.iter().map(|c| c.1.expected).sum();
        assert!((sum - cells).abs() < 1e-6 * sum);
    }
}

#[test]
fn what_happens_in_the_test_changes_no_forecast_of_it() {
    let start = START + 2 * 364;
    let events = town(80.0, 2);
    let days: Vec<i32> = (0..8).map(|w| start + 7 * w).collect();
    // All that happens from the first origin on moves to another week: later, and out of order.
    let shifted = events.iter().map(|e| if e.day >= start { Event { day: e.day + 7 * 60, ..*e } } else { *e });
    let end = START + 5 * 364;
    let real = History::spanning(events.clone(), START, end);
    let other = History::spanning(shifted.collect(), START, end);
    for model in [Box::<Blend>::default() as Box<dyn Model>, Box::<Ewma>::default()] {
        assert_eq!(model.expect(&real, &Ask::week(start)), model.expect(&other, &Ask::week(start)));
        let (a, b) = (model.expect_weeks(&real, &days), model.expect_weeks(&other, &days));
        assert!(a[0] == b[0] && a[1] != b[1]);
    }
}

#[test]
fn two_threads_say_the_same_to_the_last_digit() {
    let history = History::spanning(town(60.0, 3), START, START + 3 * 364 - 1);
    let ask = Ask::week(START + 3 * 364);
    let say = || {
        let f = Blend::default().expect(&history, &ask);
        let sums = (f.by_cell(&Part::all()), f.by_group(&Part::all()), f.total(&Part::all()));
        (f, sums)
    };
    let here = say();
    std::thread::scope(|s| {
        let both = [s.spawn(say), s.spawn(say)];
        for thread in both {
            assert!(thread.join().unwrap() == here);
        }
    });
}

#[test]
fn a_young_kind_borrows_from_all_kinds_and_a_small_town_from_its_neighbourhoods() {
    // A kind that began four weeks ago, in two places: the busy corner of all kinds is likelier than
    // the quiet one, though neither saw this kind.
    let end = START + 3 * 364;
    let mut events = town(60.0, 1);
    events.extend((0..12).map(|i| event(end - 1 - 2 * i, 12, 4 + i % 2, 4, 1, source::RESIDENT)));
    let history = History::spanning(events, START, end - 1);
    let f = Blend::default().expect(&history, &Ask::week(end));
    let of = |x, y| f.total(&Part::all().group(1).cells(vec![Cell { x, y }])).expected;
    assert!(of(0, 0) > 2.0 * of(9, 9), "{} {}", of(0, 0), of(9, 9));
    assert!(of(4, 4) > of(0, 0));
    let young: f64 = f.by_group(&Part::all()).iter().find(|g| g.0 == 1).map_or(0.0, |g| g.1.expected);
    assert!((0.5..4.0).contains(&young), "{young}");
    // A town of four reports a week: a cell with one report beside busy cells is likelier than one alone.
    let mut few: Vec<Event> = town(4.0, 1);
    few.push(event(START + 300, 12, 30, 30, 0, source::RESIDENT));
    few.retain(|e| e.cell != Some(Cell { x: 1, y: 1 }));
    few.push(event(START + 300, 12, 1, 1, 0, source::RESIDENT));
    let f = Blend::default().expect(&History::spanning(few, START, end - 1), &Ask::week(end));
    let of = |x, y| f.total(&Part::all().cells(vec![Cell { x, y }])).expected;
    assert!(of(1, 1) > 1.5 * of(30, 30), "{} {}", of(1, 1), of(30, 30));
}

#[test]
fn the_reasons_add_up_to_the_expectation() {
    let end = START + 3 * 364;
    let history = History::spanning(town(60.0, 3), START, end - 1);
    let model = Blend::default();
    let cells = [Cell { x: 0, y: 0 }, Cell { x: 3, y: 2 }, Cell { x: 99, y: 99 }];
    let f = model.expect(&history, &Ask::week(end));
    for group in [None, Some(1)] {
        let reasons = model.reasons(&history, end, group, &cells);
        assert_eq!(reasons.len(), 2, "a cell never seen has no reasons");
        for (cell, parts) in reasons {
            let part = Part { groups: group.map(|g| vec![g]), ..Part::all().cells(vec![cell]) };
            let sum: f64 = parts.iter().map(|p| p.1).sum();
            assert!((sum - f.total(&part).expected).abs() < 1e-9, "{cell:?} {parts:?}");
            assert!(parts.iter().any(|p| p.0 == Reason::Years && p.1 > 0.0));
        }
    }
    let told = model.declaration().unwrap();
    assert!(told.parts.len() == 7 && told.settings.len() == 3 && !told.officers && told.limits.len() == 5);
}

#[test]
fn sums_agree_up_to_the_municipality() {
    let end = START + 3 * 364;
    let mut events = town(40.0, 3);
    events.extend((0..364).map(|i| event(START + 3 * i, 9, -1, 0, 1, source::RESIDENT)));
    let history = History::spanning(events, START, end - 1);
    let f = Blend::default().expect(&history, &Ask::week(end));
    let all = f.total(&Part::all()).expected;
    let areas: f64 = (0..4)
        .map(|a| {
            let cells = history.cells().filter(|c| (c.x % 2 + 2 * (c.y % 2)) == a).collect();
            f.total(&Part::all().cells(cells)).expected
        })
        .sum();
    let days: f64 = (0..7).map(|d| f.total(&Part::all().weekdays(&[d])).expected).sum();
    assert!((all - areas).abs() < 1e-9 * all && (all - days).abs() < 1e-5 * all);
    // What has no place is said apart, and together it is about what a week brings.
    let outside: f64 = f.unlocated.iter().map(|u| u.1).sum();
    assert!(outside > 1.5 && (all + outside - 42.0).abs() < 8.0, "{all} {outside}");
}

/// St. Louis 2018, the developers' data set: the bars of the benchmark page. The figures of the best peer
/// (mixture and gradient booster) are those of the reference program.
#[test]
fn real_data_holds_the_reference() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/events/stlouis_police_2015-2018.csv.gz");
    let Ok(file) = File::open(path) else {
        eprintln!("skipped: ../shared/data/events is absent");
        return;
    };
    let mut places = Vec::new();
    for row in csv::Reader::from_reader(GzDecoder::new(file)).records() {
        let row = row.unwrap();
        let number = |text: &str| text.parse::<i32>().unwrap();
        let t = &row[1];
        places.push(Place {
            day: day_of(number(&t[..4]), number(&t[5..7]) as u8, number(&t[8..10]) as u8),
            hour: number(&t[11..13]) as u8,
            lon: row[2].parse().unwrap(),
            lat: row[3].parse().unwrap(),
        });
    }
    let blend = Blend::default();
    let b = backtest(&places, &[("blend", &blend)], &BacktestAsk::new(day_of(2018, 1, 1), 52));
    assert_eq!((b.cells, b.test_events), (3620, 43_650));
    // The baseline's marks are those of the reference program to the last digit: same protocol.
    let base = &b.lines[1].marks;
    let table = [0.592, 0.545, 0.537, 0.547];
    for (h, reference) in base.hits.iter().zip(table) {
        assert!((h.pei - reference).abs() < 6e-4, "{h:?}");
    }
    assert!((base.deviance - 0.671).abs() < 6e-4 && (base.calibration_error - 0.089).abs() < 6e-4);
    let marks = &b.lines[0].marks;
    // At no coverage below the best peer by more than chance, and above it in the mean.
    let best = [0.597, 0.556, 0.542, 0.552];
    for (h, peer) in marks.hits.iter().zip(best) {
        assert!(h.pei > peer - 0.004, "{:?}", marks.hits);
    }
    let mean = marks.hits.iter().map(|h| h.pei).sum::<f64>() / 4.0;
    assert!(mean > best.iter().sum::<f64>() / 4.0, "{mean}");
    assert!(marks.deviance < 0.6315 && marks.calibration_error <= 0.015, "{marks:?}");
    let busy = marks.inside90_busy.unwrap();
    assert!((0.87..=0.93).contains(&marks.inside90) && (0.87..=0.93).contains(&busy), "{marks:?}");
}
