//! The promises of the fictitious data: the same every time, within bounds, legal, and of a size
//! and mix that looks like a town.

use demo::{CategoryShare, DemoSignal, Setting, Source, rounds, signals};
use jiff::civil::date;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

fn setting() -> Setting {
    Setting::heemskerk(date(2023, 9, 1), date(2025, 9, 1))
}

fn count(signals: &[DemoSignal], keep: impl Fn(&DemoSignal) -> bool) -> usize {
    signals.iter().filter(|s| keep(s)).count()
}

fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    ((a.0 - b.0) * 67_750.0).hypot((a.1 - b.1) * 111_250.0)
}

fn term_seconds(category: &CategoryShare, reported: jiff::Timestamp, setting: &Setting) -> i64 {
    let zone = setting.time_zone.clone();
    let mut day = reported.to_zoned(zone);
    let mut left = category.term.days;
    while left > 0 {
        day = day.tomorrow().unwrap_or(day);
        if !category.term.working || day.weekday().to_monday_zero_offset() < 5 {
            left -= 1;
        }
    }
    day.timestamp().as_second() - reported.as_second()
}

#[test]
fn the_same_setting_gives_the_same_bytes_and_a_later_end_keeps_the_past() {
    let year = Setting::heemskerk(date(2024, 1, 1), date(2025, 1, 1));
    let hash = |s: &Setting| hex(&Sha256::digest(format!("{:?}", signals(s)).as_bytes()));
    assert_eq!(hash(&year), hash(&year.clone()));
    let other = Setting { seed: 1, ..year.clone() };
    assert_ne!(hash(&year), hash(&other));

    let longer = Setting { to: date(2025, 1, 2), ..year.clone() };
    let before = date(2024, 11, 20).to_zoned(year.time_zone.clone()).unwrap().timestamp();
    let past = |s: &Setting| -> Vec<_> {
        signals(s).into_iter().map(|s| (s.id, s.words, s.reported_at)).filter(|s| s.2 < before).collect()
    };
    assert_eq!(past(&year), past(&longer), "outside the local rise, days already told stay told");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn ids_are_unique_sorted_and_carry_the_time() {
    let all = signals(&setting());
    for pair in all.windows(2) {
        assert!(pair[0].reported_at <= pair[1].reported_at);
        assert!(pair[0].id < pair[1].id);
        assert_ne!(pair[0].reference_hint, pair[1].reference_hint);
    }
    for s in &all {
        assert_eq!(s.id.get_version_num(), 7);
        let (seconds, _) = s.id.get_timestamp().unwrap().to_unix();
        assert_eq!(seconds as i64, s.reported_at.as_second());
        assert!(s.occurred_at <= s.reported_at);
    }
}

#[test]
fn volume_sources_and_mix_are_those_of_a_town_of_39000() {
    let setting = setting();
    let all = signals(&setting);
    let residents = count(&all, |s| matches!(s.source, Source::Resident | Source::Partner)) as f64 / 2.0;
    let officers = count(&all, |s| s.source == Source::Officer) as f64 / 2.0;
    let police = count(&all, |s| s.source == Source::Police) as f64 / 2.0;
    assert!((4_500.0..5_500.0).contains(&residents), "{residents}");
    assert!((520.0..700.0).contains(&officers), "{officers}");
    assert!((480.0..640.0).contains(&police), "{police}");

    let known: BTreeSet<_> = setting.categories.iter().map(|c| c.id).collect();
    let mut by_category: BTreeMap<&str, usize> = BTreeMap::new();
    for s in all.iter().filter(|s| s.source == Source::Resident) {
        assert!(known.contains(s.category), "{}", s.category);
        *by_category.entry(s.category).or_default() += 1;
    }
    assert_eq!(by_category.len(), known.len(), "every category occurs");
    let bulky = by_category["bulky-waste"] as f64 / by_category.values().sum::<usize>() as f64;
    assert!((0.17..0.25).contains(&bulky), "{bulky}");

    for s in all.iter().filter(|s| s.source == Source::Police) {
        assert!(s.words.is_empty() && s.address.is_none() && s.contact.is_none());
        assert!(
            ["people", "business", "living", "traffic"]
                .contains(&setting.categories.iter().find(|c| c.id == s.category).unwrap().main)
        );
    }
    let resident = |keep: &dyn Fn(&DemoSignal) -> bool| {
        count(&all, |s| s.source == Source::Resident && keep(s)) as f64
            / count(&all, |s| s.source == Source::Resident) as f64
    };
    assert!((0.17..0.23).contains(&resident(&|s| s.contact.is_some())));
    assert!((0.045..0.075).contains(&resident(&|s| s.lon.is_none())));
    assert!(all.iter().all(|s| s.lon.is_some() == s.lat.is_some() && (s.lon.is_some() || s.address.is_some())));
}

#[test]
fn points_lie_within_the_bounds() {
    let (setting, all) = (setting(), signals(&setting()));
    for s in &all {
        if let (Some(lon), Some(lat)) = (s.lon, s.lat) {
            assert!((4.60..=4.72).contains(&lon) && (52.49..=52.53).contains(&lat), "{lon} {lat}");
            assert!(setting.bounds.contains(lon, lat));
        }
    }
}

#[test]
fn about_three_in_ten_reports_repeat_a_place() {
    let all = signals(&setting());
    let located: Vec<_> = all.iter().filter(|s| s.lon.is_some() && s.source != Source::Police).collect();
    let mut repeats = 0;
    for (i, s) in located.iter().enumerate() {
        let at = (s.lon.unwrap(), s.lat.unwrap());
        let earlier =
            located[..i].iter().rev().take_while(|p| s.reported_at.duration_since(p.reported_at).as_hours() <= 14 * 24);
        if earlier.clone().any(|p| p.category == s.category && metres(at, (p.lon.unwrap(), p.lat.unwrap())) <= 50.0) {
            repeats += 1;
        }
    }
    let share = repeats as f64 / located.len() as f64;
    assert!((0.20..0.40).contains(&share), "{share}");

    let mut groups: BTreeMap<u32, Vec<&DemoSignal>> = BTreeMap::new();
    for s in &all {
        if let Some(group) = s.place_group {
            groups.entry(group).or_default().push(s);
        }
    }
    let later: usize = groups.values().map(|g| g.len() - 1).sum();
    assert!((0.20..0.40).contains(&(later as f64 / located.len() as f64)), "{later}");
    for group in groups.values() {
        assert!(group.len() > 1);
        let first = (group[0].lon.unwrap(), group[0].lat.unwrap());
        for pair in group.windows(2) {
            assert_eq!(pair[0].category, pair[1].category);
            assert!(pair[1].reported_at.duration_since(pair[0].reported_at).as_hours() <= 14 * 24);
            assert!(metres(first, (pair[1].lon.unwrap(), pair[1].lat.unwrap())) < 50.5);
        }
    }
}

#[test]
fn state_paths_are_legal_and_about_one_in_ten_is_late() {
    // Signalen, allowed changes, narrowed to what the demonstration uses.
    let legal: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("reported", &["waiting", "in-progress", "forwarded", "cancelled"][..]),
        ("waiting", &["in-progress"]),
        ("in-progress", &["planned", "done", "reaction-requested"]),
        ("planned", &["done"]),
        ("reaction-requested", &["reaction-received"]),
        ("reaction-received", &["in-progress"]),
        ("forwarded", &["completion-requested"]),
        ("completion-requested", &["done"]),
        ("done", &["reopen-requested"]),
        ("reopen-requested", &["reopened"]),
        ("reopened", &["in-progress"]),
        ("cancelled", &[]),
    ]);
    let setting = setting();
    let all = signals(&setting);
    let end = setting.to.to_zoned(setting.time_zone.clone()).unwrap().timestamp();
    let (mut closed, mut late, mut open, mut open_recent) = (0, 0, 0, 0);
    let mut seen = BTreeSet::new();
    for s in &all {
        assert_eq!((s.history[0].state, s.history[0].at), ("reported", s.reported_at));
        for pair in s.history.windows(2) {
            assert!(legal[pair[0].state].contains(&pair[1].state), "{} to {}", pair[0].state, pair[1].state);
            assert!(pair[0].at < pair[1].at, "{pair:?}");
        }
        assert!(s.history.iter().all(|c| c.at < end));
        let explained = ["done", "cancelled", "forwarded", "reaction-requested", "reopen-requested"];
        assert!(s.history.iter().all(|c| c.note.is_some() || !explained.contains(&c.state)), "{}", s.reference_hint);
        seen.extend(s.history.iter().map(|c| c.state));
        let category = setting.categories.iter().find(|c| c.id == s.category).unwrap();
        match s.history.iter().find(|c| matches!(c.state, "done" | "cancelled")) {
            Some(change) => {
                closed += 1;
                let took = change.at.as_second() - s.reported_at.as_second();
                late += usize::from(took > term_seconds(category, s.reported_at, &setting));
            }
            None => {
                open += 1;
                open_recent += usize::from(end.duration_since(s.reported_at).as_hours() < 35 * 24);
            }
        }
    }
    assert_eq!(seen.len(), legal.len(), "every state occurs: {seen:?}");
    let share = f64::from(late as u32) / f64::from(closed);
    assert!((0.08..0.12).contains(&share), "late {share}");
    assert!((60..350).contains(&open), "{open} open");
    assert!(open_recent * 10 > open * 8, "{open_recent} of {open} open signals are recent");
}

#[test]
fn words_vary_and_hold_no_plate_or_house_number() {
    let all = signals(&setting());
    let written: Vec<_> = all.iter().filter(|s| !s.words.is_empty()).collect();
    for s in &written {
        let texts =
            s.history.iter().filter_map(|c| c.note.as_deref()).chain([s.words.as_str()]).chain(s.address.as_deref());
        for text in texts {
            assert!(!text.contains(|c: char| c.is_ascii_digit()), "a digit in: {text}");
            assert!(!text.contains(['{', '}', '|', '[', ']']), "a slot left in: {text}");
        }
        assert!((10..400).contains(&s.words.len()), "{}", s.words);
    }
    let distinct: BTreeSet<_> = written.iter().map(|s| s.words.as_str()).collect();
    assert!(distinct.len() * 10 > written.len() * 6, "{} of {}", distinct.len(), written.len());
    for fifty in written.windows(50).step_by(50) {
        let distinct: BTreeSet<_> = fifty.iter().map(|s| s.words.as_str()).collect();
        assert!(distinct.len() >= 48, "on one list of 50: {}", distinct.len());
    }
}

#[test]
fn shapes_are_visible_in_the_data() {
    let setting = Setting::heemskerk(date(2021, 9, 1), date(2025, 9, 1));
    let all = signals(&setting);
    let local = |s: &DemoSignal| s.occurred_at.to_zoned(setting.time_zone.clone());
    let of = |id: &str| -> Vec<_> { all.iter().filter(|s| s.category == id).map(local).collect() };
    let share = |list: &[jiff::Zoned], keep: &dyn Fn(&jiff::Zoned) -> bool| {
        list.iter().filter(|z| keep(z)).count() as f64 / list.len() as f64
    };
    let late_evening = |z: &jiff::Zoned| z.hour() >= 18 || z.hour() < 5;
    assert!(share(&of("youth-nuisance"), &late_evening) > 0.65);
    assert!(share(&of("parking"), &|z| (7..19).contains(&z.hour())) > 0.7);
    assert!(share(&of("fireworks"), &|z| z.month() == 12 || (z.month() == 1 && z.day() == 1)) > 0.5);
    assert!(share(&of("slipperiness"), &|z| matches!(z.month(), 11 | 12 | 1 | 2 | 3)) > 0.95);
    assert!(share(&of("youth-nuisance"), &|z| (4..=9).contains(&z.month())) > 0.55);
    let weekend_night = |z: &jiff::Zoned| matches!(z.weekday().to_monday_zero_offset(), 4..=6);
    assert!(share(&of("music-noise"), &weekend_night) > 0.55);
}

#[test]
fn the_approach_works_and_the_recent_rise_can_be_found() {
    let setting = Setting::heemskerk(date(2021, 9, 1), date(2026, 9, 1));
    let all = signals(&setting);
    let approach = setting.approach.clone().unwrap();
    let from = approach.from.to_zoned(setting.time_zone.clone()).unwrap().timestamp();
    let to = setting.to.to_zoned(setting.time_zone.clone()).unwrap().timestamp();
    let near = |s: &DemoSignal| {
        s.category == approach.category
            && s.lon.zip(s.lat).is_some_and(|p| metres(p, (approach.lon, approach.lat)) < approach.radius_m)
    };
    // Whole years on both sides, so that the seasons cancel out.
    let year = jiff::SignedDuration::from_hours(24 * 365);
    let before = count(&all, |s| near(s) && s.reported_at < from && from.duration_since(s.reported_at) < year * 2);
    let after = count(&all, |s| near(s) && s.reported_at >= from && s.reported_at.duration_since(from) < year * 2);
    let effect = after as f64 / before as f64;
    assert!((0.45..0.78).contains(&effect), "{before} before, {after} after");

    let rise = setting.rise.clone().unwrap();
    let hood = &setting.neighbourhoods[rise.hood];
    let here = |s: &DemoSignal| {
        s.category == rise.category
            && s.lon.zip(s.lat).is_some_and(|p| metres(p, (hood.lon, hood.lat)) < hood.radius_m * 1.2)
    };
    let window = jiff::SignedDuration::from_hours(24 * rise.days);
    let season = |years: i32| {
        let end = to - year * years;
        count(&all, |s| here(s) && s.reported_at < end && end.duration_since(s.reported_at) < window)
    };
    let usual = (1..=4).map(season).sum::<usize>() as f64 / 4.0;
    assert!(season(0) as f64 > 1.7 * usual, "{} now, {usual} usually", season(0));
}

#[test]
fn rounds_are_four_a_week_with_four_to_seven_visits_at_recent_places() {
    let setting = setting();
    let all = signals(&setting);
    let rounds = rounds(&setting, &all);
    let weeks = 730.0 / 7.0;
    assert!((3.3..4.7).contains(&(rounds.len() as f64 / weeks)), "{}", rounds.len());
    let end = setting.to.to_zoned(setting.time_zone.clone()).unwrap().timestamp();
    let team = demo::team();
    for round in &rounds {
        assert!((4..=7).contains(&round.visits.len()));
        assert_eq!(team[round.officer].role, "officer");
        assert_eq!(team[round.officer].team, Some(round.team));
        assert!(round.length_min < 8 * 60);
        let mut last = round.starts_at;
        for visit in &round.visits {
            assert!(visit.arrived_at > last && visit.left_at > visit.arrived_at && visit.left_at < end);
            let presence = visit.left_at.duration_since(visit.arrived_at).as_mins();
            assert!((10..=16).contains(&presence));
            assert!(["nothing-found", "talk", "warning", "solved", "sanction-follows"].contains(&visit.outcome));
            assert!(setting.bounds.contains(visit.lon, visit.lat));
            last = visit.left_at;
        }
        assert!(last.duration_since(round.starts_at).as_mins() <= round.length_min);
    }
    for pair in rounds.windows(2) {
        assert!(pair[0].starts_at <= pair[1].starts_at && pair[0].id != pair[1].id);
    }
}
