//! The effect of a measure, against measures whose true effect is known.

#[path = "../examples/effect/town.rs"]
mod town;

use picture::effect::{Donor, Effect, Rules, Study, Verdict, Why, effect, power};
use town::{Chosen, case};

/// Twelve areas in step: `counts(area, week)`; the measure in week 104, the ring as large as the area.
fn study(weeks: usize, treated: impl Fn(usize) -> u32, ring: impl Fn(usize) -> u32, rate: u32) -> Study {
    let donors = (0..12)
        .map(|a| Donor { name: format!("area {a}"), counts: (0..weeks).map(|w| spread(rate, a, w)).collect() })
        .collect();
    let series = |f: &dyn Fn(usize) -> u32| (0..weeks).map(f).collect();
    Study { start: 104, end: weeks, treated: series(&treated), ring: Some(series(&ring)), donors }
}

/// A count near `rate` that differs by area and week.
fn spread(rate: u32, area: usize, week: usize) -> u32 {
    let noise = (week * 7919 + area * 104_729 + week * area * 31) % 7;
    rate + (rate * noise as u32) / 10 + u32::from((week + area).is_multiple_of(3))
}

/// A smaller comparison than the default, for debug builds.
fn quick() -> Rules {
    Rules { most_donors: 10, placebos: 9, ..Rules::default() }
}

#[test]
fn intervals_cover_and_false_help_is_rare() {
    for chosen in [Chosen::Blindly, Chosen::AtItsPeak, Chosen::AsBusiest] {
        let (mut inside, mut idle, mut helped, mut n) = (0, 0, 0, 0);
        for seed in 0..24 {
            let case = case(seed, chosen);
            let Ok(e) = effect(&case.study, &quick()) else { continue };
            n += 1;
            inside += u32::from(e.low <= case.truth && case.truth <= e.high);
            if case.truth >= 0.0 {
                idle += 1;
                helped += u32::from(e.verdict == Verdict::Fewer);
            }
            assert!(e.low <= e.change && e.change <= e.high, "{} {} {}", case.rate, case.drift, case.ring);
        }
        assert!(n >= 23 && inside * 100 >= n * 87, "{inside} of {n}");
        assert!(helped <= 1, "{helped} of {idle}");
    }
}

#[test]
fn a_fall_is_seen_and_so_is_where_it_went() {
    let half = |w: usize| spread(20, 20, w) / if w < 104 { 1 } else { 2 };
    let twice = |w: usize| spread(20, 21, w) * if w < 104 { 1 } else { 2 };
    let s = study(130, half, twice, 20);
    let e = effect(&s, &quick()).unwrap();
    assert_eq!(e.verdict, Verdict::Fewer);
    assert!((e.change + 0.5).abs() < 0.08 && e.low < -0.45 && e.high < -0.3, "{e:?}");
    assert_eq!(e.observed, s.treated[104..].iter().map(|n| u64::from(*n)).sum::<u64>());
    assert!(e.expected_low <= e.expected && e.expected <= e.expected_high && (e.observed as f64) < e.expected_low);
    assert_eq!((e.placebo.rank, e.placebo.of), (1, 10));
    let ring = e.ring.unwrap();
    assert_eq!(ring.verdict, Verdict::More);
    assert!(ring.quotient.unwrap() < -1.0 && ring.low > 0.5);
    assert_eq!(e.weeks.first().map(|w| w.week), Some(0));
    assert_eq!(e.weeks.len(), 130);
    assert!(e.weeks.iter().all(|w| w.low <= w.expected && w.expected <= w.high));
    let after: f64 = e.weeks.iter().filter(|w| w.week >= 104).map(|w| w.expected).sum();
    assert!((after / e.expected - 1.0).abs() < 0.02);
    assert!((e.donors.iter().map(|d| d.1).sum::<f64>() - 1.0).abs() < 0.1 && e.fit.weeks == 104);
    assert_eq!(Ok(e), effect(&s, &quick()), "same counts, same answer");
}

#[test]
fn nothing_done_is_no_demonstrable_difference() {
    let as_ever = |w: usize| spread(6, 20, w);
    let e = effect(&study(156, as_ever, as_ever, 6), &quick()).unwrap();
    assert_eq!(e.verdict, Verdict::NoDemonstrableDifference);
    assert!(e.low < 0.0 && e.high > 0.0 && e.ring.unwrap().quotient.is_none());
}

#[test]
fn too_quiet_to_show_anything() {
    let rare = |w: usize| u32::from(w.is_multiple_of(13));
    let s = study(112, rare, rare, 3);
    let e = effect(&s, &quick()).unwrap();
    assert_eq!((e.verdict, e.observed), (Verdict::TooLittle, 1));
    assert_eq!(power(&history(&s), 8, &quick()).smallest_visible, 1.0);
}

fn history(study: &Study) -> Study {
    let cut = |n: &Vec<u32>| n[..study.start].to_vec();
    Study {
        end: study.start,
        treated: cut(&study.treated),
        ring: None,
        donors: study.donors.iter().map(|d| Donor { name: d.name.clone(), counts: cut(&d.counts) }).collect(),
        ..study.clone()
    }
}

#[test]
fn power_is_told_before_and_grows_with_events_and_weeks() {
    let visible = |rate: u32| {
        let s = study(105, |w| spread(rate, 20, w), |_| 0, 20);
        power(&history(&s), 26, &quick())
    };
    let (small, large) = (visible(2), visible(40));
    assert!(large.smallest_visible < 0.3 && small.smallest_visible > large.smallest_visible + 0.1);
    assert!(small.smallest_visible < 1.0 && (small.expected / 26.0 - 2.6).abs() < 1.0);
    for p in [small, large] {
        assert!(p.by_weeks.iter().map(|w| w.0).eq([8, 13, 26, 52]) && p.unknown.is_none());
        assert!(p.by_weeks[0].1 > p.by_weeks[2].1);
        assert_eq!(p.by_weeks[2].1, p.smallest_visible);
    }
}

#[test]
fn power_keeps_its_word() {
    // A fall of the size that is called visible is found in about 80 % of made-up towns.
    let (mut found, mut n) = (0, 0);
    for seed in 0..50 {
        let mut case = case(seed, Chosen::Blindly);
        let s = case.study.clone();
        let told = power(&history(&s), (s.end - s.start) as u32, &quick()).smallest_visible;
        if told < 0.9 {
            let mut draw = town::Draw::new(seed + 99);
            let keep = (1.0 - told) / (1.0 + case.truth);
            if keep > 1.0 {
                continue;
            }
            case.study.treated[s.start..].iter_mut().for_each(|c| *c = draw.binomial(*c, keep));
            n += 1;
            found += u32::from(effect(&case.study, &quick()).is_ok_and(|e| e.verdict == Verdict::Fewer));
        }
    }
    assert!(n > 25 && (62..=98).contains(&(found * 100 / n)), "{found} of {n}");
}

#[test]
fn says_why_there_is_no_answer() {
    let good = study(130, |w| spread(5, 20, w), |w| spread(5, 21, w), 5);
    assert!(effect(&good, &quick()).is_ok());
    type Case = (&'static str, fn(&mut Study), Why);
    let table: [Case; 8] = [
        ("history of weeks only", |s| s.start = 10, Why::TooShortBefore),
        ("just begun", |s| s.end = s.start + 1, Why::TooShortAfter),
        ("start beyond all weeks", |s| s.start = usize::MAX, Why::TooShortAfter),
        ("end beyond the counts", |s| s.end = 500, Why::Uneven),
        ("a donor too short", |s| s.donors[3].counts.truncate(120), Why::Uneven),
        ("an empty area", |s| s.treated[..104].fill(0), Why::TooFewEvents),
        ("few donors", |s| s.donors.truncate(2), Why::TooFewDonors),
        ("donors gone silent", |s| s.donors.iter_mut().for_each(|d| d.counts[104..].fill(0)), Why::TooFewDonors),
    ];
    for (name, spoil, why) in table {
        let mut s = good.clone();
        spoil(&mut s);
        let found: Result<Effect, Why> = effect(&s, &quick());
        assert_eq!(found, Err(why), "{name}");
    }
    let mut short = history(&good);
    short.treated.truncate(5);
    short.donors.iter_mut().for_each(|d| d.counts.truncate(5));
    let p = power(&short, 8, &quick());
    assert_eq!((p.smallest_visible, p.unknown), (1.0, Some(Why::TooShortBefore)));
}
