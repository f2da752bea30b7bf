use super::*;
use kit::Uuid;

fn place(key: &str, east: f64, value: f64) -> Place {
    Place {
        key: key.into(),
        kind: VisitKind::Signal,
        target: Some(Uuid::from_u128(1)),
        category: None,
        title: key.into(),
        lon: 4.66,
        lat: 52.51,
        x: east,
        y: 0.0,
        cell: (0, 0),
        area: None,
        minutes: 10,
        value,
        why: vec![],
        window: None,
    }
}

/// Places on a line east of the base, 100 m a minute without detour, 60 minutes.
fn draft(places: Vec<Place>, max_visits: usize) -> Draft {
    let mut draft = Draft {
        from: At::from_micros(0),
        to: At::from_micros(60 * 60_000_000),
        forecast_at: None,
        base: (4.66, 52.51),
        base_xy: (0.0, 0.0),
        speed: 100.0,
        detour: 1.0,
        max_visits,
        weighed: places.len(),
        places,
        machine: vec![],
        order: vec![],
        locked: BTreeSet::new(),
        removed: BTreeSet::new(),
        left_out: BTreeMap::new(),
        decision: None,
    };
    draft.solve().unwrap();
    draft.machine = draft.order.clone();
    draft
}

fn three() -> Vec<Place> {
    vec![place("a", 500.0, 3.0), place("b", 1000.0, 2.0), place("c", 1500.0, 1.0)]
}

#[test]
fn the_best_places_go_first_and_the_rest_says_why() {
    let draft = draft(three(), 2);
    let mut order = draft.order.clone();
    order.sort();
    assert_eq!(order, ["a", "b"]);
    assert_eq!(draft.left_out, BTreeMap::from([("c".to_owned(), LeftWhy::OverMaximum)]));
    assert!(!draft.deviates());
}

#[test]
fn random_control_is_not_pushed_out_by_value() {
    let mut control = place("r", 200.0, 0.0);
    control.kind = VisitKind::Control;
    let draft = draft([three(), vec![control]].concat(), 1);
    assert_eq!(draft.order, ["r"]);
}

#[test]
fn each_change_of_the_coordinator_holds() {
    let edit = |draft: &mut Draft, text: &str| draft.edit(&Edit::parse(text).unwrap()).unwrap();
    let mut d = draft(three(), 2);
    assert_eq!(edit(&mut d, "add:c"), Some(()));
    assert!(d.order.len() == 3 && d.locked.contains("c") && d.deviates());
    assert_eq!(d.place("c").unwrap().why, [Reason::Added]);
    assert_eq!(edit(&mut d, "solve"), Some(()));
    assert!(d.order.len() == 2 && d.order.contains(&"c".to_owned()), "what is kept stays: {:?}", d.order);
    assert_eq!(edit(&mut d, "remove:c"), Some(()));
    assert_eq!(edit(&mut d, "solve"), Some(()));
    assert!(!d.order.contains(&"c".to_owned()));
    assert_eq!(d.left_out.get("c"), Some(&LeftWhy::Removed));
    let before = d.order.clone();
    assert_eq!(edit(&mut d, &format!("up:{}", before[1])), Some(()));
    assert_eq!(d.order, [before[1].clone(), before[0].clone()]);
    for wrong in ["up:none", "remove:none", "add:none", "lock:none", "down:nobody"] {
        assert_eq!(edit(&mut d, wrong), None, "{wrong}");
    }
    assert_eq!(edit(&mut d, &format!("up:{}", before[1])), None, "the first cannot be earlier");
    for wrong in ["", "up", "explode:a", "solve:a"] {
        assert!(Edit::parse(wrong).is_none_or(|e| !matches!(e, Edit::Solve)), "{wrong}");
    }
}

#[test]
fn everything_taken_out_is_an_empty_round_and_no_fault() {
    let mut draft = draft(three(), 2);
    for key in ["a", "b", "c"] {
        draft.removed.insert(key.to_owned());
    }
    draft.solve().unwrap();
    assert!(draft.order.is_empty() && draft.timetable().stops.is_empty() && !draft.timetable().late);
}

#[test]
fn the_timetable_walks_waits_and_knows_when_it_is_too_late() {
    let mut d = draft(three(), 3);
    d.order = vec!["a".into(), "b".into()];
    let minute = |m: i64| At::from_micros(m * 60_000_000);
    let table = d.timetable();
    assert_eq!(
        table.stops.iter().map(|s| (s.arrive, s.leave)).collect::<Vec<_>>(),
        [(minute(5), minute(15)), (minute(20), minute(30)),]
    );
    assert_eq!((table.back, table.late), (minute(40), false));
    assert!((table.metres - 2_000.0).abs() < 1e-9);
    d.places[1].window = Some((45.0, 50.0));
    let table = d.timetable();
    assert!((table.stops[1].wait_min - 25.0).abs() < 1e-9);
    assert!(table.late && table.back == minute(65));
}

#[test]
fn a_long_list_is_trimmed_but_never_a_stop() {
    let mut draft = draft(vec![place("far", 900.0, 9.0), place("b", 10.0, 1.0), place("c", 20.0, 0.5)], 1);
    draft.trim(2);
    assert_eq!(draft.places.iter().map(|p| p.key.as_str()).collect::<Vec<_>>(), ["far", "b"]);
    assert_eq!(draft.left_out.keys().collect::<Vec<_>>(), ["b"]);
}
