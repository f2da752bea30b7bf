//! From rows to the question: days, minutes, indices.

use super::store::Worked;
use super::{Person, Question};
use crate::config::{RosterConfig, TRAINING};
use crate::officer::{LoanRow, Profile, SkillRow};
use crate::period::{Period, Place, ShiftRow};
use crate::request::{Kind, Request, State};
use deployment::roster::{Absence, Days, Load, Loan, Officer, Plan, Roster, Shift, Skill, Wish};
use jiff::civil::Weekday;
use kit::clock::{day_date, day_number};
use kit::{At, Uuid};
use law::LabourLaw;
use law::labour::Duty;
use patrol::shift::planned::Work;
use people::deed::Deed;
use site::Cx;
use std::collections::{HashMap, HashSet};

/// Weekdays over which the contract is spread when leave is counted.
const WORKING_DAYS: u32 = 5;

/// Everything that was read.
pub(super) struct Parts {
    pub(super) period: Period,
    pub(super) shifts: Vec<ShiftRow>,
    pub(super) places: Vec<Place>,
    pub(super) profiles: Vec<Profile>,
    pub(super) deeds: Vec<Deed>,
    pub(super) skills: Vec<SkillRow>,
    pub(super) loans: Vec<LoanRow>,
    pub(super) requests: Vec<Request>,
    pub(super) history: Vec<Worked>,
    pub(super) by_hand: Vec<Work>,
}

/// The first instant of a local day.
pub(crate) fn at_midnight(cx: &Cx, day: i32) -> At {
    let zoned = day_date(day).to_zoned(cx.municipality.zone.clone());
    zoned.map_or(At::from_micros(0), |zoned| At(zoned.timestamp()))
}

/// A shift as the law sees it; `None` when it lasts longer than a day.
fn duty(cx: &Cx, law: &LabourLaw, (from, to): (At, At), break_min: i64) -> Option<Duty> {
    let zoned = |at: At| at.0.to_zoned(cx.municipality.zone.clone());
    law.duty(&zoned(from), &zoned(to), u32::try_from(break_min).unwrap_or(0)).ok()
}

pub(super) fn question(cx: &Cx, config: &RosterConfig, mut parts: Parts) -> Question {
    let first_day = i32::try_from(parts.period.first_day).unwrap_or(0);
    let law = cx.app.law.labour.on(day_date(first_day));
    let (start, end) = (at_midnight(cx, first_day), at_midnight(cx, parts.period.end_day()));
    let judged = |row: &ShiftRow| duty(cx, &law, (row.starts_at, row.ends_at), row.break_min);
    parts.shifts.retain(|row| judged(row).is_some());
    let own = parts.shifts.len();
    // By hand in patrol: within the roster a shift of its own, before it part of the history.
    let mut extra: HashMap<Uuid, usize> = HashMap::new();
    for work in parts.by_hand.iter().filter(|work| (start..end).contains(&work.starts_at)) {
        let row = own_hours(cx, config, work);
        if judged(&row).is_none() || !parts.profiles.iter().any(|p| p.account_id == work.account_id) {
            continue;
        }
        let place = *extra.entry(work.shift_id).or_insert_with(|| {
            parts.shifts.push(row);
            parts.shifts.len() - 1
        });
        parts.shifts[place].staff += 1;
    }
    let mut shifts: Vec<Shift> = Vec::with_capacity(parts.shifts.len());
    for (index, row) in parts.shifts.iter().enumerate() {
        let asked = if index < own { config.kind(&row.kind) } else { crate::config::Kind::default() };
        let load = config.kind(&row.kind);
        let Some(duty) = judged(row) else { continue };
        let weekend = matches!(day_date(duty.day).weekday(), Weekday::Saturday | Weekday::Sunday);
        shifts.push(Shift {
            id: row.id.to_string(),
            kind: row.kind.clone(),
            duty,
            staff: u32::try_from(row.staff).unwrap_or(0),
            domain: asked.domain,
            municipality: row.place.clone(),
            needs: asked.needs,
            skills: asked.skills,
            load: Load { evening: load.evening, night: load.night, weekend },
        });
    }
    let carried = crate::fairness::carried(&parts.profiles, &history_loads(cx, config, &law, &parts, first_day));
    let mut officers: Vec<Officer> = Vec::with_capacity(parts.profiles.len());
    for (index, profile) in parts.profiles.iter().enumerate() {
        let mut officer = officer(cx, profile, &parts, first_day);
        officer.history = history(cx, config, &law, profile.account_id, &parts, start);
        let later = parts.by_hand.iter().filter(|w| w.account_id == profile.account_id && w.starts_at >= end);
        officer.later = later.filter_map(|work| judged(&own_hours(cx, config, work))).collect();
        officer.carried = carried.get(index).copied().unwrap_or_default();
        let on = parts.by_hand.iter().filter(|work| work.account_id == profile.account_id);
        officer.fixed = on.filter_map(|work| extra.get(&work.shift_id).copied()).collect();
        officers.push(officer);
    }
    let roster = Roster {
        first_day,
        days: u32::try_from(parts.period.days).unwrap_or(0),
        officers,
        shifts,
        weights: config.weights(),
    };
    let (plan, by_hand) = plan(&roster, &mut parts);
    let people = parts.profiles.iter().map(|p| Person { id: p.account_id, name: p.name.clone() }).collect();
    let mut question = Question { period: parts.period, shifts: parts.shifts, own, people, by_hand, roster, plan, law };
    for &(officer, shift) in &question.by_hand {
        question.roster.officers[officer].fixed.push(shift);
    }
    question
}

/// Who works what now, and who was put there by hand.
fn plan(roster: &Roster, parts: &mut Parts) -> (Plan, HashSet<(usize, usize)>) {
    let shift_at: HashMap<Uuid, usize> = parts.shifts.iter().enumerate().map(|(i, s)| (s.id, i)).collect();
    let officer_at: HashMap<Uuid, usize> = parts.profiles.iter().enumerate().map(|(i, p)| (p.account_id, i)).collect();
    let (mut plan, mut by_hand) = (Plan::empty(roster), HashSet::new());
    for (officer, who) in roster.officers.iter().enumerate() {
        who.fixed.iter().for_each(|&shift| plan.add(officer, shift));
    }
    for place in &parts.places {
        if let (Some(&officer), Some(&shift)) = (officer_at.get(&place.account_id), shift_at.get(&place.shift_id)) {
            plan.add(officer, shift);
            if place.is_fixed {
                by_hand.insert((officer, shift));
            }
        }
    }
    (plan, by_hand)
}

fn own_hours(cx: &Cx, config: &RosterConfig, work: &Work) -> ShiftRow {
    let length = (work.ends_at.micros() - work.starts_at.micros()) / 60_000_000;
    ShiftRow {
        id: work.shift_id,
        kind: work.kind.clone(),
        day: i64::from(work.starts_at.day_and_hour(&cx.municipality.zone).0),
        starts_at: work.starts_at,
        ends_at: work.ends_at,
        break_min: i64::from(config.break_min(&work.kind, length)),
        staff: 0,
        place: cx.code().to_owned(),
    }
}

/// The officer's shifts before the roster, by rising begin.
fn history(cx: &Cx, config: &RosterConfig, law: &LabourLaw, account: Uuid, parts: &Parts, start: At) -> Vec<Duty> {
    let planned = parts.history.iter().filter(|w| w.account_id == account);
    let planned = planned.filter_map(|w| duty(cx, law, (w.starts_at, w.ends_at), w.break_min));
    let by_hand = parts.by_hand.iter().filter(|w| w.account_id == account && w.starts_at < start);
    let by_hand = by_hand.filter_map(|w| {
        let length = (w.ends_at.micros() - w.starts_at.micros()) / 60_000_000;
        duty(cx, law, (w.starts_at, w.ends_at), i64::from(config.break_min(&w.kind, length)))
    });
    let mut duties: Vec<Duty> = planned.chain(by_hand).collect();
    duties.sort_by_key(|duty| (duty.start, duty.end));
    duties
}

/// The burdens of the published rosters of the weeks that count for fairness: account and load of each shift.
fn history_loads(cx: &Cx, config: &RosterConfig, law: &LabourLaw, parts: &Parts, first_day: i32) -> Vec<(Uuid, Load)> {
    let from = first_day - 7 * config.carry_weeks;
    let load = |work: &Worked| {
        let duty = duty(cx, law, (work.starts_at, work.ends_at), work.break_min)?;
        let kind = config.kind(&work.kind);
        let weekend = matches!(day_date(duty.day).weekday(), Weekday::Saturday | Weekday::Sunday);
        (duty.day >= from).then_some((work.account_id, Load { evening: kind.evening, night: kind.night, weekend }))
    };
    parts.history.iter().filter_map(load).collect()
}

fn officer(cx: &Cx, profile: &Profile, parts: &Parts, first_day: i32) -> Officer {
    let account = profile.account_id;
    let deeds: Vec<&Deed> = parts.deeds.iter().filter(|deed| deed.account_id == account).collect();
    let (deed, trained) = powers(&deeds, first_day);
    let own = parts.skills.iter().filter(|skill| skill.account_id == account);
    let mut skills: Vec<Skill> = own
        .map(|skill| Skill { name: skill.skill.clone(), last: skill.valid_until.and_then(|d| i32::try_from(d).ok()) })
        .collect();
    skills.extend(trained.map(|last| Skill { name: TRAINING.to_owned(), last: Some(last) }));
    let day = |day: i64| i32::try_from(day).unwrap_or(0);
    let loans = parts.loans.iter().filter(|loan| loan.account_id == account);
    let contract_min = u32::try_from(profile.contract_min).unwrap_or(0);
    let mine = || parts.requests.iter().filter(|r| r.account_id == account);
    let away = mine().filter(|r| r.is_away());
    let wishes = mine().filter(|r| !r.is_away() && r.state == State::Asked && r.kind != Kind::Leave);
    Officer {
        id: account.to_string(),
        deed: deed.map(|deed| deed.0),
        domain: deed.map(|deed| deed.1.domain.clone()).unwrap_or_default(),
        territory: deed.map(|deed| deed.1.territory.clone()).unwrap_or_default(),
        employer: if profile.employer.is_empty() { cx.code().to_owned() } else { profile.employer.clone() },
        lent_to: loans
            .map(|loan| Loan {
                municipality: loan.borrower.clone(),
                days: Days { from: day(loan.valid_from), last: day(loan.valid_until) },
            })
            .collect(),
        skills,
        contract_min,
        absent: away
            .map(|r| Absence {
                days: Days { from: day(r.first_day), last: day(r.last_day) },
                minutes: contract_min / WORKING_DAYS,
            })
            .collect(),
        wishes: wishes
            .flat_map(|r| {
                let kind = (r.kind == Kind::Shift).then(|| r.shift_kind.clone());
                (r.first_day..=r.last_day).map(move |d| Wish { day: day(d), kind: kind.clone() })
            })
            .collect(),
        adult_from: profile.adult_from.and_then(|d| i32::try_from(d).ok()),
        conditions: profile.conditions(),
        ..Officer::default()
    }
}

/// The deed that holds at the begin of the roster (else the first to begin), with those that follow it without a gap
/// for the same domain and territory; and the last day of training.
fn powers<'d>(deeds: &[&'d Deed], first_day: i32) -> (Option<(Days, &'d Deed)>, Option<i32>) {
    let span = |deed: &Deed| Days { from: day_number(deed.from), last: day_number(deed.until) };
    let mut sorted: Vec<&Deed> = deeds.to_vec();
    sorted.sort_by_key(|deed| (!span(deed).contains(first_day), deed.from));
    let trained = deeds.iter().filter_map(|deed| deed.trained_until).max().map(day_number);
    let Some((&first, others)) = sorted.split_first() else { return (None, trained) };
    let mut days = span(first);
    for next in others.iter().filter(|next| next.domain == first.domain && next.territory == first.territory) {
        let next = span(next);
        if next.from <= days.last + 1 {
            days.last = days.last.max(next.last);
        }
    }
    (Some((days, first)), trained)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    fn deed(from: Date, until: Date, domain: &str) -> Deed {
        Deed {
            id: Uuid::from_u128(1),
            account_id: Uuid::from_u128(2),
            person: String::new(),
            number: "1".into(),
            domain: domain.into(),
            territory: vec!["GM0396".into()],
            offences: vec![],
            means: vec![],
            from,
            until,
            trained_until: Some(until),
            version: 1,
        }
    }

    #[test]
    fn a_deed_that_follows_without_a_gap_goes_on() {
        let old = deed(date(2020, 1, 1), date(2024, 6, 30), "I");
        let first_day = day_number(date(2024, 6, 3));
        let last = |next: Deed| powers(&[&old, &next], first_day).0.map(|(days, _)| day_date(days.last));
        for (case, next, expected) in [
            ("the next day", deed(date(2024, 7, 1), date(2029, 6, 30), "I"), date(2029, 6, 30)),
            ("a day without", deed(date(2024, 7, 2), date(2029, 6, 30), "I"), date(2024, 6, 30)),
            ("another domain", deed(date(2024, 7, 1), date(2029, 6, 30), "II"), date(2024, 6, 30)),
        ] {
            assert_eq!(last(next), Some(expected), "{case}");
        }
        assert_eq!(powers(&[], first_day), (None, None));
    }
}
