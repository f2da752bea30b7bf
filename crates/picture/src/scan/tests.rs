use super::chance::Random;
use super::*;
use crate::history::{monday, weekday};
use std::collections::HashSet;

const WEEKS: i32 = 110;
const START: i32 = 18_624; // a Monday
const END: i32 = START + 7 * WEEKS;

/// What a made-up city does: a factor per day, cell and group on its usual level.
type Shape = fn(day: i32, x: i32, y: i32, group: u16) -> f64;

/// 20 x 20 cells, three groups, busy in the middle, quiet at the edge.
fn city(seed: u64, shape: Shape) -> History {
    let mut random = Random::new(seed, 0, 0);
    let mut events = Vec::new();
    for day in START..END {
        for x in 0..20i32 {
            for y in 0..20i32 {
                let far = f64::from((x - 10).pow(2) + (y - 10).pow(2));
                for group in 0..3 {
                    let level = 0.05 * (-far / 60.0).exp() * f64::from(3 - group);
                    for _ in 0..random.poisson(level * shape(day, x, y, group as u16)) {
                        events.push(Event {
                            day,
                            hour: 12,
                            cell: Some(Cell { x, y }),
                            area: 0,
                            category: group as u16,
                            group: group as u16,
                            source: source::RESIDENT,
                        });
                    }
                }
            }
        }
    }
    History::spanning(events, START, END - 1)
}

fn usual(_: i32, _: i32, _: i32, _: u16) -> f64 {
    1.0
}

fn corner(x: i32, y: i32) -> bool {
    (4..10).contains(&x) && y == 6 || x == 4 && (6..12).contains(&y)
}

#[test]
fn an_l_is_found_with_its_shape_and_its_first_day() {
    let h = city(5, |day, x, y, g| if g == 1 && corner(x, y) && day >= END - 12 { 8.0 } else { 1.0 });
    let rules = ScanRules::default();
    let list = scan(&h, END, &rules);
    assert_eq!(list.len(), 1, "{list:?}");
    let c = &list[0];
    assert_eq!((c.group, c.to_day), (Some(1), END - 1));
    assert!((END - 15..=END - 10).contains(&c.from_day), "{}", END - c.from_day);
    let truth: HashSet<Cell> =
        (0..20).flat_map(|x| (0..20).map(move |y| Cell { x, y })).filter(|c| corner(c.x, c.y)).collect();
    let found: HashSet<Cell> = c.cells.iter().copied().collect();
    let both = truth.intersection(&found).count();
    assert!(both * 4 >= truth.len() * 3, "{both} of {}: {:?}", truth.len(), c.cells);
    assert!(found.len() - both <= truth.len() / 3, "{} too many", found.len() - both);
    assert!(c.p < 0.001 && c.p <= c.q && c.q <= rules.false_alarms);
    assert!(c.ratio.low > 1.5 && c.ratio.low < c.ratio.value && c.ratio.value < c.ratio.high);
    assert!((c.ratio.value - c.observed as f64 / c.expected).abs() < 1e-9);
    assert_eq!(c.events(&h, &rules.filter).count() as u64, c.observed);
    assert_eq!(scan(&h, END, &rules), list, "the same input gives the same output");
}

#[test]
fn two_places_are_two_clusters_and_a_rise_in_every_group_is_told_once() {
    let h = city(6, |day, x, y, g| {
        let here =
            (6..8).contains(&x) && (6..8).contains(&y) || g == 0 && (14..16).contains(&x) && (9..11).contains(&y);
        if here && day >= END - 20 { 4.0 } else { 1.0 }
    });
    let list = scan(&h, END, &ScanRules::default());
    let of = |g: Option<u16>| list.iter().filter(|c| c.group == g).count();
    assert_eq!((of(Some(0)), of(None)), (2, 0), "{list:?}");
}

#[test]
fn chance_alone_gives_no_more_false_alarms_than_accepted() {
    let rules = ScanRules { false_alarms: 0.10, replications: 99, ..ScanRules::default() };
    // One list in ten may hold a false alarm: 2 of 20 expected; 6 or more has a chance of 1 %.
    let (cities, most) = if cfg!(debug_assertions) { (5, 2) } else { (20, 5) };
    let lists = (0..cities).filter(|seed| !scan(&city(100 + seed, usual), END, &rules).is_empty()).count();
    assert!(lists <= most, "{lists} of {cities}");
}

/// Busy weekends in one place, a busy summer in another, a busy week everywhere: all as it always was, or everywhere.
#[test]
fn season_weekday_and_a_busy_city_are_no_clusters() {
    let shape: Shape = |day, x, y, _| {
        let weekend = if x < 8 && weekday(day) >= 5 { 4.0 } else { 1.0 };
        // A swimming lake that is busy in the weeks of the year in which the scan is made.
        let lake = x > 14 && (END - 1 - day).rem_euclid(364) < 40;
        let everywhere = if day >= END - 7 { 1.6 } else { 1.0 };
        let _ = y;
        weekend * everywhere * if lake { 3.0 } else { 1.0 }
    };
    let rules = ScanRules::default();
    let cities = if cfg!(debug_assertions) { 1 } else { 3 };
    let alarms: Vec<Cluster> = (0..cities).flat_map(|seed| scan(&city(300 + seed, shape), END, &rules)).collect();
    assert_eq!(alarms, []);
}

#[test]
fn what_officers_find_by_looking_is_no_cluster() {
    let h = city(5, |day, x, y, g| if g == 1 && corner(x, y) && day >= END - 12 { 8.0 } else { 1.0 });
    let mut events = h.events().to_vec();
    for e in &mut events {
        if e.group == 1 && e.day >= END - 12 && e.cell.is_some_and(|c| corner(c.x, c.y)) {
            e.source = source::OFFICER;
        }
    }
    let h = History::spanning(events, START, END - 1);
    assert_eq!(scan(&h, END, &ScanRules::default()), []);
}

#[test]
fn nothing_and_too_little_give_nothing() {
    assert_eq!(scan(&History::default(), 0, &ScanRules::default()), []);
    let h = city(1, usual);
    assert_eq!(scan(&h, START + 7 * 12, &ScanRules::default()), []);
    assert_eq!(scan(&h, i32::MIN, &ScanRules::default()), []);
    assert_eq!(scan(&h, monday(0), &ScanRules::default()), []);
    let none = ScanRules { days: 0, ..ScanRules::default() };
    assert_eq!(scan(&h, END, &none), []);
    let nowhere: Vec<Event> = h.events().iter().map(|e| Event { cell: None, ..*e }).collect();
    assert_eq!(scan(&History::spanning(nowhere, START, END - 1), END, &ScanRules::default()), []);
}
