use super::*;
use crate::round::VisitKind;
use crate::round::solve::tests::{CLOCK, draft, place, ways};
use deployment::solve::Plan;

fn solved(places: Vec<Place>, crews: usize, max_visits: usize) -> Draft {
    let mut draft = draft(places, crews, max_visits);
    draft.solve(&ways(&draft), 1, &CLOCK, 2).unwrap();
    draft
}

fn three() -> Vec<Place> {
    vec![place("a", 500.0, 3.0), place("b", 1000.0, 2.0), place("c", 1500.0, 1.0)]
}

fn edit(draft: &mut Draft, text: &str) -> Option<()> {
    let (seen, edit) = (draft.all_keys(), Edit::parse(text).unwrap());
    let ways = ways(draft);
    let done = draft.change(&ways, seen, &edit).unwrap();
    if done.is_some() && edit == Edit::Solve {
        draft.solve(&ways, 1, &CLOCK, 2).unwrap();
    }
    done
}

fn sorted(draft: &Draft) -> Vec<String> {
    let mut keys = draft.keys().concat();
    keys.sort();
    keys
}

#[test]
fn the_best_places_go_first_and_the_rest_says_why() {
    let draft = solved(three(), 1, 2);
    assert_eq!(sorted(&draft), ["a", "b"]);
    assert_eq!(draft.left_out, BTreeMap::from([("c".to_owned(), LeftWhy::OverMaximum)]));
    assert!(!draft.deviates() && !draft.is_late() && draft.score == 500);
    let two = solved(three(), 2, 2);
    assert_eq!((sorted(&two).len(), two.tours.len(), two.left_out.len()), (3, 2, 0));
}

#[test]
fn random_control_is_not_pushed_out_by_value() {
    let mut control = place("r", 200.0, 0.0);
    control.kind = VisitKind::Control;
    let draft = solved([three(), vec![control]].concat(), 1, 1);
    assert_eq!(draft.keys(), [["r"]]);
}

#[test]
fn each_change_of_the_coordinator_holds() {
    let mut d = solved(three(), 1, 2);
    assert_eq!(edit(&mut d, "add:c"), Some(()));
    assert!(d.visits() == 3 && d.pins.contains_key("c") && d.deviates());
    assert_eq!(d.place("c").unwrap().why, [Reason::Added]);
    assert_eq!(edit(&mut d, "solve"), Some(()));
    assert!(d.visits() == 2 && sorted(&d).contains(&"c".to_owned()), "what is kept stays: {:?}", d.keys());
    assert_eq!(edit(&mut d, "remove:c"), Some(()));
    assert_eq!(edit(&mut d, "solve"), Some(()));
    assert_eq!((sorted(&d), d.left_out.get("c")), (vec!["a".to_owned(), "b".to_owned()], Some(&LeftWhy::Removed)));
    let before = d.keys().concat();
    assert_eq!(edit(&mut d, &format!("up:{}", before[1])), Some(()));
    assert_eq!(d.keys(), [[before[1].clone(), before[0].clone()]]);
    assert_eq!(edit(&mut d, "solve"), Some(()));
    assert_eq!(d.keys(), [[before[1].clone(), before[0].clone()]], "the order made by hand is kept");
    assert_eq!(edit(&mut d, "loosen:0"), Some(()));
    assert!(d.orders.is_empty());
    for wrong in ["up:none", "remove:none", "add:none", "lock:none", "down:nobody", "give-1:a", "give-0:a", "loosen:0"]
    {
        assert_eq!(edit(&mut d, wrong), None, "{wrong}");
    }
    assert_eq!(edit(&mut d, &format!("up:{}", before[1])), None, "the first cannot be earlier");
    for wrong in ["", "up", "explode:a", "give-x:a", "solve:a", "loosen:a"] {
        assert!(Edit::parse(wrong).is_none_or(|e| e == Edit::Up(String::new())), "{wrong}");
    }
    for text in ["remove:a", "add:a", "lock:a", "unlock:a", "up:a", "down:a", "give-3:a", "loosen:1", "solve"] {
        assert_eq!(Edit::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn a_place_goes_to_another_crew_and_stays_there() {
    let mut d = solved(three(), 2, 3);
    let from = d.crew_of("b").unwrap();
    assert_eq!(edit(&mut d, &format!("give-{}:b", 1 - from)), Some(()));
    assert_eq!((d.crew_of("b"), d.pins.get("b")), (Some(1 - from), Some(&Some(1 - from))));
    assert_eq!(edit(&mut d, "solve"), Some(()));
    assert_eq!(d.crew_of("b"), Some(1 - from));
}

#[test]
fn everything_taken_out_is_an_empty_plan_and_no_fault() {
    let mut d = solved(three(), 1, 3);
    for key in ["a", "b", "c"] {
        assert_eq!(edit(&mut d, &format!("remove:{key}")), Some(()));
    }
    assert_eq!(edit(&mut d, "solve"), Some(()));
    assert!(d.visits() == 0 && !d.is_late() && d.score == 0);
}

#[test]
fn what_was_on_the_page_is_read_back_and_nothing_else() {
    let mut d = solved(three(), 2, 3);
    assert_eq!(d.read(&d.text()), Some(d.all_keys()));
    d.removed.insert("c".into());
    let read = d.read("a,x,rest-0,rest-1;b,a,c,").unwrap();
    assert_eq!(read, [vec!["a".to_owned(), "rest-0".into()], vec!["b".into()]]);
    for other in ["", "a", "a;b;c"] {
        assert_eq!(d.read(other), None, "{other:?} is about other crews");
    }
}

#[test]
fn times_wait_for_windows_and_say_when_it_is_too_late() {
    let mut d = solved(three(), 1, 3);
    d.places[1].windows = vec![(45 * 60, 50 * 60)];
    let table = ways(&d);
    d.lay(&table, &[vec!["a".into(), "b".into()]]).unwrap();
    let stops: Vec<(i32, i32, i32)> =
        d.tours[0].stops.iter().map(|s| (s.arrive / 60, s.begin / 60, s.leave / 60)).collect();
    assert_eq!(stops, [(5, 5, 15), (20, 45, 55)]);
    assert_eq!((d.tours[0].back / 60, d.is_late()), (65, true));
    assert!(d.tours[0].stops[1].slack < 0, "back too late");
    d.lay(&table, &[vec!["a".into()]]).unwrap();
    assert_eq!((d.is_late(), d.tours[0].stops[0].slack / 60), (false, 40));
}

#[test]
fn a_long_list_is_trimmed_but_never_a_stop() {
    let mut d = solved(vec![place("far", 900.0, 9.0), place("b", 10.0, 1.0), place("c", 20.0, 0.5)], 1, 1);
    d.trim(2);
    assert_eq!(d.places.iter().map(|p| p.key.as_str()).collect::<Vec<_>>(), ["far", "b"]);
    assert_eq!(d.left_out.keys().collect::<Vec<_>>(), ["b"]);
    assert_eq!(d.rounds(&ways(&d)).visits.len(), 2);
}

#[test]
fn a_plan_survives_its_json() {
    let mut d = solved(three(), 2, 3);
    d.explain(&ways(&d), 50, || true).unwrap();
    let again: Draft = serde_json::from_str(&serde_json::to_string(&d).unwrap()).unwrap();
    assert_eq!(again, d);
    let plan = Plan::of(&d.rounds(&ways(&d)), &d.order()).unwrap();
    assert_eq!(plan.check(&d.rounds(&ways(&d))), Ok(()));
}
