//! Rosters as a caller sees them: what is wrong with a plan, who can replace whom, swaps, fairness, and filling.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it stands")]

mod town;

use deployment::roster::{
    Absence, Budget, Days, Obstacle, Officer, Piece, Plan, Planner, Roster, RosterError, RosterFinding, Severity,
    Shift, Skill, SkillNeed, Swap, Verdict, Weights, Wish,
};
use jiff::ToSpan;
use jiff::civil::date;
use law::LabourLaw;
use law::labour::{LabourKind, day_number};

/// Two weeks of one early, one late and one night shift a day, and four officers who can work all of them.
fn small() -> (Roster, LabourLaw) {
    let mut roster = town::roster(4, 2);
    for shift in &mut roster.shifts {
        shift.staff = 1;
        shift.skills.clear();
    }
    roster.shifts.retain(|shift| shift.kind != "day");
    for officer in &mut roster.officers {
        officer.wishes.clear();
    }
    (roster, town::law())
}

/// Index of a shift of the small roster.
fn at(day: usize, kind: &str) -> usize {
    day * 3 + ["early", "late", "night"].iter().position(|known| *known == kind).unwrap()
}

fn plan_of(roster: &Roster, places: &[(usize, usize)]) -> Plan {
    let mut plan = Plan::empty(roster);
    places.iter().for_each(|&(officer, shift)| plan.add(officer, shift));
    plan
}

#[test]
fn powers_and_training_decide_who_can_work_a_shift() {
    let (roster, _) = small();
    let (officer, shift) = (&roster.officers[0], &roster.shifts[at(3, "night")]);
    let day = shift.duty.day;
    type Change = (&'static str, fn(&mut Officer, i32), fn(&mut Shift), Option<Obstacle>);
    let skill = |last| Some(Obstacle::Training { skill: "basic".into(), last });
    let table: [Change; 14] = [
        ("all is well", |_, _| {}, |_| {}, None),
        ("Bbo: no deed", |o, _| o.deed = None, |_| {}, Some(Obstacle::Deed)),
        ("no powers needed", |o, _| o.deed = None, |s| s.domain.clear(), None),
        ("Bbo: deed until the end of the night", |o, d| o.deed = Some(Days { from: d, last: d + 1 }), |_| {}, None),
        ("Bbo: deed ends at midnight", |o, d| o.deed = Some(Days { from: d, last: d }), |_| {}, Some(Obstacle::Deed)),
        ("another domain", |o, _| o.domain = "II".into(), |_| {}, Some(Obstacle::Domain)),
        ("outside the territory", |o, _| o.territory.clear(), |_| {}, Some(Obstacle::Territory)),
        ("no agreement", |_, _| {}, |s| s.municipality = "GM0375".into(), Some(Obstacle::Agreement)),
        ("no training", |o, _| o.skills.clear(), |_| {}, skill(None)),
        ("training until that day", |o, d| o.skills[0].last = Some(d + 1), |_| {}, None),
        ("training over", |o, _| o.skills[0].last = Some(0), |_| {}, skill(Some(0))),
        ("absent on its day", |o, d| absent(o, d, d), |_| {}, Some(Obstacle::Absent)),
        ("absent on the morning after", |o, d| absent(o, d + 1, d + 1), |_| {}, Some(Obstacle::Absent)),
        ("absent the day after that", |o, d| absent(o, d + 2, d + 2), |_| {}, None),
    ];
    for (case, change, other, expected) in table {
        let (mut officer, mut shift) = (officer.clone(), shift.clone());
        change(&mut officer, day);
        other(&mut shift);
        assert_eq!(officer.obstacle(&shift), expected, "{case}");
    }
    // Lent under an agreement, and powers in both municipalities.
    let lent = &town::roster(10, 2).officers[9];
    assert_eq!(lent.obstacle(shift), None);
    let mut too_late = lent.clone();
    too_late.lent_to[0].days.last = day - 1;
    assert_eq!(too_late.obstacle(shift), Some(Obstacle::Agreement));
}

fn absent(officer: &mut Officer, from: i32, last: i32) {
    officer.absent.push(Absence { days: Days { from, last }, minutes: 0 });
}

#[test]
fn check_names_everything_that_is_wrong() {
    let (mut roster, law) = small();
    let (late, early) = (at(0, "late"), at(1, "early"));
    roster.officers[1].domain = "II".into();
    roster.officers[2].wishes = vec![Wish { day: roster.first_day, kind: None }];
    roster.officers[3].fixed = vec![at(5, "early")];
    roster.shifts[early].skills = vec![SkillNeed { skill: "lead".into(), count: 1 }];
    roster.officers.iter_mut().for_each(|officer| officer.skills.retain(|skill| skill.name == "basic"));
    let planner = Planner::new(&roster, &law).unwrap();
    // Officer 0: 8 hours between late and early. Officer 1: no powers. Officer 2: wanted a free day.
    let plan = plan_of(&roster, &[(0, late), (0, early), (1, at(3, "early")), (2, late)]);
    let found = planner.check(&plan).unwrap();
    let forbidden: Vec<_> = found.iter().filter(|finding| finding.severity() == Severity::Forbidden).collect();
    assert_eq!(forbidden.len(), 4, "{forbidden:?}");
    assert!(found.contains(&RosterFinding::Overstaffed { shift: late, extra: 1 }));
    assert!(found.contains(&RosterFinding::Unable { officer: 1, shift: at(3, "early"), obstacle: Obstacle::Domain }));
    assert!(found.contains(&RosterFinding::NotFixed { officer: 3, shift: at(5, "early") }));
    assert!(found.contains(&RosterFinding::SkillLacking { shift: early, skill: "lead".into(), missing: 1 }));
    assert!(found.contains(&RosterFinding::Understaffed { shift: at(0, "night"), missing: 1 }));
    assert!(found.contains(&RosterFinding::WishRefused { officer: 2, wish: 0 }));
    let rest = found.iter().find_map(|finding| match finding {
        RosterFinding::Unlawful { officer: 0, finding } => Some(finding),
        _ => None,
    });
    let rest = rest.unwrap();
    assert_eq!((rest.finding.rule, rest.finding.by()), (LabourKind::DailyRest, 180), "ATW 5:3: 8 hours, not 11");
    assert_eq!((rest.first, rest.last), (Piece::Shift(late), Piece::Shift(early)));
    assert!(found.windows(2).all(|pair| pair[0].severity() >= pair[1].severity()), "the worst first");
}

#[test]
fn the_shifts_before_the_roster_count() {
    let (mut roster, law) = small();
    let zoned = |hour: i8| (town::FIRST - 1.day()).at(hour, 0, 0, 0).in_tz("Europe/Amsterdam").unwrap();
    roster.officers[0].history = vec![law.duty(&zoned(15), &zoned(23), 30).unwrap()];
    let planner = Planner::new(&roster, &law).unwrap();
    let list = planner.replacements(&Plan::empty(&roster), at(0, "early"), None).unwrap();
    let first = list.iter().find(|replacement| replacement.officer == 0).unwrap();
    let Verdict::Cannot { obstacles } = &first.verdict else { panic!("{first:?}") };
    let [Obstacle::Law { finding }] = &obstacles[..] else { panic!("{obstacles:?}") };
    assert_eq!((finding.first, finding.last), (Piece::History(0), Piece::Shift(at(0, "early"))));
}

#[test]
fn the_shifts_after_the_roster_count() {
    let (mut roster, law) = small();
    let zoned = |hour: i8| (town::FIRST + 14.days()).at(hour, 0, 0, 0).in_tz("Europe/Amsterdam").unwrap();
    roster.officers[0].later = vec![law.duty(&zoned(7), &zoned(15), 30).unwrap()];
    let planner = Planner::new(&roster, &law).unwrap();
    let list = planner.replacements(&Plan::empty(&roster), at(13, "late"), None).unwrap();
    let first = list.iter().find(|replacement| replacement.officer == 0).unwrap();
    let Verdict::Cannot { obstacles } = &first.verdict else { panic!("{first:?}") };
    let [Obstacle::Law { finding }] = &obstacles[..] else { panic!("{obstacles:?}") };
    assert_eq!((finding.first, finding.last), (Piece::Shift(at(13, "late")), Piece::Later(0)));
    assert!(!planner.may_work(0, &[at(13, "late")]) && planner.may_work(0, &[at(12, "late")]));
}

#[test]
fn a_sick_call_finds_the_fairest_replacement_and_says_why_others_cannot() {
    let (mut roster, law) = small();
    absent(&mut roster.officers[1], roster.first_day, roster.first_day + 3);
    let planner = Planner::new(&roster, &law).unwrap();
    // Officer 0 is ill on the late shift of day 1; officer 2 has worked two late shifts, officer 3 none.
    let plan = plan_of(&roster, &[(0, at(1, "late")), (2, at(4, "late")), (2, at(5, "late")), (3, at(5, "early"))]);
    let list = planner.replacements(&plan, at(1, "late"), Some(0)).unwrap();
    let who: Vec<usize> = list.iter().map(|replacement| replacement.officer).collect();
    assert_eq!(who, [3, 2, 1]);
    let Verdict::Can { minutes, shifts, .. } = &list[0].verdict else { panic!("{list:?}") };
    assert_eq!((*minutes, *shifts), (900, [1, 0, 1]));
    assert_eq!(list[2].verdict, Verdict::Cannot { obstacles: vec![Obstacle::Absent] });
    // Who works the early shift of the day after would have 8 hours of rest.
    let busy = plan_of(&roster, &[(0, at(1, "late")), (3, at(2, "early"))]);
    let list = planner.replacements(&busy, at(1, "late"), Some(0)).unwrap();
    let third = list.iter().find(|replacement| replacement.officer == 3).unwrap();
    assert!(matches!(&third.verdict, Verdict::Cannot { obstacles } if matches!(obstacles[..], [Obstacle::Law { .. }])));
}

#[test]
fn a_swap_is_judged_for_both_and_for_skills() {
    let (mut roster, law) = small();
    roster.shifts[at(2, "early")].skills = vec![SkillNeed { skill: "lead".into(), count: 1 }];
    for officer in &mut roster.officers {
        officer.skills.retain(|skill| skill.name == "basic");
    }
    roster.officers[0].skills.push(Skill { name: "lead".into(), last: None });
    let planner = Planner::new(&roster, &law).unwrap();
    let plan = plan_of(
        &roster,
        &[(0, at(2, "early")), (1, at(4, "early")), (2, at(6, "late")), (3, at(7, "early")), (3, at(1, "late"))],
    );
    let judge = |officer, shift, other, other_shift| planner.swap(&plan, Swap { officer, shift, other, other_shift });
    let fine = judge(1, at(4, "early"), 2, Some(at(6, "late"))).unwrap();
    assert!(fine.can(), "{fine:?}");
    let unskilled = judge(0, at(2, "early"), 1, Some(at(4, "early"))).unwrap();
    assert_eq!(unskilled.lacking, [(at(2, "early"), "lead".to_owned())]);
    assert!(!unskilled.can());
    let unlawful = judge(0, at(2, "early"), 3, None).unwrap();
    assert!(unlawful.officer.is_empty() && matches!(unlawful.other[..], [Obstacle::Law { .. }]), "{unlawful:?}");
    assert!(planner.may_work(3, &[at(7, "early"), at(1, "late")]));
    assert!(!planner.may_work(3, &[at(2, "early"), at(1, "late")]), "8 hours of rest");
    assert_eq!(judge(0, at(4, "early"), 1, None), Err(RosterError::Plan), "not his shift");
}

#[test]
fn burdens_are_shown_per_contract_hour() {
    let (roster, law) = small();
    let planner = Planner::new(&roster, &law).unwrap();
    let plan = plan_of(&roster, &[(0, at(4, "late")), (0, at(5, "late"))]);
    let burdens = planner.burdens(&plan).unwrap();
    // Day 4 is a Friday, day 5 a Saturday; two weeks of 36 hours.
    assert_eq!((burdens[0].minutes, burdens[0].target_min, burdens[0].shifts), (900, 4320, [2, 0, 1]));
    assert!((burdens[0].per_100_hours[0] - 200.0 / 72.0).abs() < 1e-9);
    // 14 late shifts over four officers by contract.
    let fair: f64 = burdens.iter().map(|burden| burden.fair[0]).sum();
    assert!((fair - 14.0).abs() < 0.01, "{fair}");
    // Who had two evenings too many before has two less to do now.
    let mut carried = roster.clone();
    carried.officers[0].carried = [2000, 0, 0];
    let after = Planner::new(&carried, &law).unwrap().burdens(&plan).unwrap();
    assert!((burdens[0].fair[0] - after[0].fair[0] - 2.0).abs() < 1e-9);
    assert_eq!(burdens[1].fair, after[1].fair);
}

#[test]
fn a_big_roster_is_filled_lawfully_and_close_to_the_bound() {
    let (roster, law) = (town::roster(30, 8), town::law());
    let planner = Planner::new(&roster, &law).unwrap();
    let budget = Budget { tries: 30_000, seed: 7 };
    let filled = planner.fill(budget).unwrap();
    assert_eq!(planner.check(&filled.plan).unwrap().first().map(RosterFinding::severity), Some(Severity::Note));
    assert!(filled.bound.total() <= filled.cost.total());
    assert!(filled.cost.total() < 2 * filled.bound.total(), "{:?} {:?}", filled.cost, filled.bound);
    assert_eq!(planner.fill(budget).unwrap(), filled, "the same budget gives the same plan");
    let better = planner.improve(&filled.plan, Budget { tries: 30_000, seed: 8 }).unwrap();
    assert!(better.cost.total() <= filled.cost.total());
}

#[test]
fn what_is_fixed_stays_and_what_cannot_be_staffed_stays_open() {
    let (mut roster, law) = small();
    roster.officers[2].fixed = vec![at(3, "night"), at(9, "early")];
    roster.officers[1].adult_from = Some(roster.first_day + 7);
    roster.shifts[at(6, "late")].domain = "IV".into();
    let planner = Planner::new(&roster, &law).unwrap();
    let filled = planner.fill(Budget { tries: 20_000, seed: 1 }).unwrap();
    assert!(filled.plan.has(2, at(3, "night")) && filled.plan.has(2, at(9, "early")));
    assert!(filled.plan.0[at(6, "late")].is_empty());
    assert!((0..7).all(|day| !filled.plan.has(1, at(day, "night"))), "ATW 5:3(1)");
    let found = planner.check(&filled.plan).unwrap();
    assert!(found.iter().all(|finding| finding.severity() < Severity::Forbidden), "{found:?}");
    assert!(filled.bound.total() <= filled.cost.total());
}

#[test]
fn the_search_finds_the_best_of_all_plans() {
    // Three officers and six shifts: 4^6 plans, each shift with nobody or with one of them.
    let (mut roster, law) = small();
    roster.officers.truncate(3);
    let kept = [at(0, "early"), at(0, "night"), at(1, "late"), at(2, "early"), at(2, "night"), at(4, "late")];
    roster.shifts = kept.iter().map(|&shift| roster.shifts[shift].clone()).collect();
    roster.officers[0].wishes = vec![Wish { day: roster.first_day, kind: Some("night".into()) }];
    roster.officers[1].wishes = vec![Wish { day: roster.first_day + 2, kind: None }];
    roster.officers[2].contract_min = 600;
    let planner = Planner::new(&roster, &law).unwrap();
    let mut best = i64::MAX;
    for number in 0..4_usize.pow(6) {
        let mut plan = Plan::empty(&roster);
        for shift in 0..6 {
            let who = number / 4_usize.pow(shift as u32) % 4;
            if who < 3 {
                plan.add(who, shift);
            }
        }
        let found = planner.check(&plan).unwrap();
        if found.iter().all(|finding| finding.severity() < Severity::Forbidden) {
            best = best.min(planner.cost(&plan).unwrap().total());
        }
    }
    for seed in 0..5 {
        let filled = planner.fill(Budget { tries: 20_000, seed }).unwrap();
        assert_eq!(filled.cost.total(), best, "seed {seed}");
        assert!(filled.bound.total() <= best);
    }
}

#[test]
fn the_cost_is_the_linear_sum_that_is_documented() {
    let (roster, law) = (town::roster(10, 3), town::law());
    let planner = Planner::new(&roster, &law).unwrap();
    let plan = planner.fill(Budget { tries: 3_000, seed: 3 }).unwrap().plan;
    let x = |officer: usize, shift: usize| i64::from(plan.has(officer, shift));
    let (officers, shifts) = (0..roster.officers.len(), 0..roster.shifts.len());
    let sum = |officer: usize, of: &dyn Fn(&Shift) -> i64| -> i64 {
        shifts.clone().map(|shift| x(officer, shift) * of(&roster.shifts[shift])).sum()
    };
    let weights = roster.weights;
    let mut total = 0;
    for officer in officers.clone() {
        let over = sum(officer, &|shift| shift.duty.work()) - planner.target_min(officer);
        total += weights.over * over.max(0) + weights.under * (-over).max(0);
        let [evening, night, weekend] = planner.fair_share(officer);
        total += weights.burden[0] * (1000 * sum(officer, &|s| i64::from(s.load.evening)) - evening).abs();
        total += weights.burden[1] * (1000 * sum(officer, &|s| i64::from(s.load.night)) - night).abs();
        total += weights.burden[2] * (1000 * sum(officer, &|s| i64::from(s.load.weekend)) - weekend).abs();
        total += shifts.clone().map(|shift| x(officer, shift) * planner.wish_cost(officer, shift)).sum::<i64>();
        total += weights.wish * roster.officers[officer].wishes.iter().filter(|w| w.kind.is_some()).count() as i64;
    }
    for shift in shifts.clone() {
        let asked = &roster.shifts[shift];
        let on: Vec<usize> = officers.clone().filter(|&officer| plan.has(officer, shift)).collect();
        total += weights.unmet * (i64::from(asked.staff) - on.len() as i64).max(0);
        let leads =
            on.iter().filter(|&&officer| roster.officers[officer].has_skill("lead", asked.duty.last_day)).count();
        total += weights.skill * (1 - leads as i64).max(0);
    }
    assert_eq!(planner.cost(&plan).unwrap().total(), total);
}

#[test]
fn wrong_rosters_and_plans_are_refused() {
    let (roster, law) = small();
    let refused = |change: fn(&mut Roster)| {
        let mut roster = roster.clone();
        change(&mut roster);
        Planner::new(&roster, &law).err()
    };
    assert_eq!(refused(|r| r.officers.clear()), Some(RosterError::Empty("officers")));
    assert_eq!(refused(|r| r.shifts.clear()), Some(RosterError::Empty("shifts")));
    assert_eq!(refused(|r| r.weights = Weights { wish: -1, ..r.weights }), Some(RosterError::Weight("wish")));
    assert!(matches!(refused(|r| r.officers[0].fixed = vec![9999]), Some(RosterError::Fixed { shift: 9999, .. })));
    let planner = Planner::new(&roster, &law).unwrap();
    let shifts = roster.shifts.len();
    for wrong in
        [Plan::default(), Plan(vec![vec![4]; shifts]), Plan(vec![vec![1, 0]; shifts]), Plan(vec![vec![1, 1]; shifts])]
    {
        assert_eq!(planner.check(&wrong), Err(RosterError::Plan));
    }
}

#[test]
fn the_roster_covers_the_night_on_which_the_clock_goes_back() {
    let roster = town::roster(30, 8);
    let long = roster.shifts.iter().filter(|shift| shift.duty.length() == 540);
    let days: Vec<i32> = long.map(|shift| shift.duty.day).collect();
    assert_eq!(days, [day_number(date(2026, 10, 24))]);
}
