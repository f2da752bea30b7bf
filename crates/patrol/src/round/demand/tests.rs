use super::*;
use crate::config::Hours;
use crate::round::candidates::tests::{HERE, Town, town, with};

/// Monday 3 June 2024, half past two in the afternoon.
const EVENING: &str = "2024-06-03T12:30:00Z";

fn hours(town: &mut Town, weekdays: &[i8], between: &[(&str, &str)]) {
    let time = |text: &str| text.parse::<Time>().unwrap();
    town.config.hours = vec![Hours {
        categories: vec!["speeding".into()],
        weekdays: weekdays.to_vec(),
        between: between.iter().map(|(from, to)| (time(from), time(to))).collect(),
        why: kit::Text::default(),
    }];
}

#[test]
fn hours_of_the_day_become_windows_of_the_plan() {
    type Case<'a> = (&'a [i8], &'a [(&'a str, &'a str)], &'a str, i64, Option<Vec<(i32, i32)>>);
    let minutes = |windows: &[(i32, i32)]| Some(windows.iter().map(|(a, b)| (a * 60, b * 60)).collect());
    let cases: [Case<'_>; 7] = [
        // Inside the plan, cut at its begin, two of them, over midnight, none left, another day, nights that began before.
        (&[1], &[("16:00", "17:00")], EVENING, 7, minutes(&[(90, 140)])),
        (&[1], &[("14:00", "15:00")], EVENING, 7, minutes(&[(0, 20)])),
        (&[1], &[("20:00", "21:00"), ("16:00", "17:00")], EVENING, 7, minutes(&[(90, 140), (330, 380)])),
        (&[1], &[("21:00", "02:00")], EVENING, 12, minutes(&[(390, 680)])),
        (&[1], &[("08:00", "09:00")], EVENING, 7, Some(vec![(-1, -1)])),
        (&[2, 3], &[("16:00", "17:00")], EVENING, 7, None),
        (&[7], &[("22:00", "04:00")], "2024-06-03T00:00:00Z", 4, minutes(&[(0, 110)])),
    ];
    for (weekdays, between, from, length, expected) in cases {
        let mut town = town();
        hours(&mut town, weekdays, between);
        with(&town, "enforcement", from, length, |ground| {
            let found = ground.hours("speeding", 10).map(|(_, windows)| windows);
            assert_eq!(found, expected, "{weekdays:?} {between:?}");
            assert_eq!(ground.hours("litter", 10), None);
        });
    }
}

fn obligation(hours: Option<(u8, u8)>) -> Obligation {
    Obligation {
        id: Uuid::from_u128(7),
        campaign: Uuid::from_u128(8),
        title: "Donkere dagen".into(),
        place: "Stationsplein".into(),
        point: HERE,
        area: None,
        category: None,
        minutes: 14,
        hours,
        left: 2,
        last_day: 19_880,
    }
}

#[test]
fn a_campaign_asks_in_its_hours_or_not_at_all() {
    let town = town();
    with(&town, "enforcement", EVENING, 7, |ground| {
        let places = ground.campaigns(vec![obligation(None), obligation(Some((18, 20))), obligation(Some((22, 26)))]);
        assert_eq!(places.len(), 2, "after half past nine the plan is over");
        assert_eq!((places[0].title.as_str(), places[0].minutes, places[0].windows.len()), ("Stationsplein", 14, 0));
        assert_eq!(places[1].windows, [(60 * 210, 60 * (330 - 14))]);
        assert_eq!(places[0].why, [Reason::Campaign { title: "Donkere dagen".into(), left: 2 }]);
        assert!(places[0].value > 0.0 && places[0].kind == VisitKind::Campaign);
    });
    with(&town, "youth", EVENING, 7, |ground| {
        let other = Obligation { category: Some("dog-mess".into()), ..obligation(None) };
        assert!(ground.campaigns(vec![other]).is_empty(), "not this team's work");
    });
    // After midnight the hours of the evening before still count.
    with(&town, "enforcement", "2024-06-03T22:30:00Z", 3, |ground| {
        assert_eq!(ground.campaigns(vec![obligation(Some((22, 26)))])[0].windows, [(0, 60 * (90 - 14))]);
    });
}

fn seen(town: &Town, hours_ago: i64, target: Option<Uuid>) -> Seen {
    let from: jiff::Timestamp = EVENING.parse().unwrap();
    let (cell_x, cell_y) = town.atlas.cell(HERE.0, HERE.1).unwrap();
    let at = At::from_micros(from.as_microsecond() - hours_ago * HOUR);
    Seen { at, target, area: Some("BU03960001".into()), cell_x, cell_y }
}

#[test]
fn a_neighbourhood_below_the_floor_gets_a_visit_and_one_above_does_not() {
    let mut town = town();
    town.config.equity.least = 2;
    with(&town, "enforcement", EVENING, 7, |ground| {
        let mut draw = Draw::new(1);
        let mut none = vec![];
        ground.floor(&mut none, &[], &[], &mut draw);
        assert_eq!(
            (none.len(), none[0].kind, none[0].lon),
            (1, VisitKind::Area, 4.66),
            "the middle of the neighbourhood"
        );
        assert_eq!(none[0].why, [Reason::Floor { visits: 0, weeks: 4 }]);
        let before = none[0].value;
        ground.floor(&mut none, &[], &[seen(&town, 24, None)], &mut draw);
        assert_eq!((none.len(), none[0].value > before), (1, true), "a place there is lifted");
        let mut enough = vec![];
        ground.floor(&mut enough, &[], &[seen(&town, 24, None), seen(&town, 48, None)], &mut draw);
        assert!(enough.is_empty());
        ground.floor(&mut enough, &[], &[seen(&town, 24, None), seen(&town, 24 * 29, None)], &mut draw);
        assert_eq!(enough.len(), 1, "what is longer ago does not count");
    });
}

#[test]
fn nobody_comes_back_too_soon_but_for_what_is_urgent_or_a_campaign() {
    let town = town();
    let report = Some(Uuid::from_u128(9));
    with(&town, "enforcement", EVENING, 7, |ground| {
        let place = |kind, target, why: &[Reason]| {
            let mut place = ground.place("x".into(), kind, HERE).unwrap();
            (place.target, place.why) = (target, why.to_vec());
            place
        };
        let all = || {
            vec![
                place(VisitKind::Cell, None, &[]),
                place(VisitKind::Issue, report, &[]),
                place(VisitKind::Issue, report, &[Reason::Urgent]),
                place(VisitKind::Campaign, report, &[]),
            ]
        };
        for (hours, target, left) in [(1, report, 2), (1, None, 3), (9, report, 3), (21, report, 4)] {
            let mut places = all();
            ground.spaced(&mut places, &[seen(&town, hours, target)]);
            assert_eq!(places.len(), left, "{hours} hours ago, {target:?}");
        }
    });
}

#[test]
fn the_lot_moves_squares_a_little_and_nothing_else() {
    let town = town();
    with(&town, "enforcement", EVENING, 7, |ground| {
        let mut places: Vec<Place> =
            (0..50).map(|_| ground.place("x".into(), VisitKind::Cell, HERE).unwrap()).collect();
        places[0].kind = VisitKind::Issue;
        places.iter_mut().for_each(|p| p.value = 2.0);
        shuffle(&mut places, 0.1, &mut Draw::new(3));
        assert_eq!(places[0].value, 2.0);
        assert!(places[1..].iter().all(|p| (1.8..=2.2).contains(&p.value)));
        assert!(places[1..].iter().any(|p| p.value < 1.9) && places[1..].iter().any(|p| p.value > 2.1));
    });
}
