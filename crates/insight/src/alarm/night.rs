//! What a night does with what it found: the same rise is the same alarm, a weighed alarm stays quiet unless it rises
//! clearly again, what is not found any more is past, and what is long past is removed.

use super::{Alarm, Found, Kind, Rules, State, Weighed, store};
use crate::seen::Seen;
use kit::{At, Result, Tx, Uuid};

/// Keeps tonight's findings; the same night again changes nothing. Gives how many alarms are new or came back.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn keep(
    tx: &mut Tx,
    seen: &Seen,
    found: Vec<Found>,
    now: At,
    mut id: impl FnMut() -> Uuid,
) -> anyhow::Result<usize> {
    let municipality = seen.municipality.code();
    let rules = &seen.config.alarm;
    let before = store::current(tx, municipality).await?;
    let after = tonight(&before, found, seen.today, now, rules, &mut id);
    let new = after.iter().filter(|a| before.iter().find(|b| b.id == a.id).is_none_or(|b| b.version != a.version));
    let new = new.count();
    for alarm in &after {
        store::put(tx, municipality, alarm).await?;
    }
    forget(tx, municipality, seen.today - rules.keep_days).await?;
    Ok(new)
}

async fn forget(tx: &mut Tx, municipality: &str, day: i32) -> Result<()> {
    store::remove_weighings_before(tx, municipality, day).await?;
    store::remove_before(tx, municipality, day).await?;
    Ok(())
}

/// The alarms that go on, with tonight's figures, those that ended, and new ones.
fn tonight(
    before: &[Alarm],
    found: Vec<Found>,
    today: i32,
    now: At,
    rules: &Rules,
    id: &mut impl FnMut() -> Uuid,
) -> Vec<Alarm> {
    let mut found: Vec<Option<Found>> = found.into_iter().map(Some).collect();
    let mut out: Vec<Alarm> = Vec::new();
    for old in before {
        let mut alarm = old.clone();
        let same = found.iter_mut().find(|f| f.as_ref().is_some_and(|f| is_same(&old.found, f)));
        if let Some(f) = same.and_then(Option::take) {
            // A weekly rise began when it was first seen to begin; a cluster is as old as it is tonight.
            let since = if f.kind == Kind::Cluster { f.since } else { f.since.min(old.found.since) };
            alarm.found = Found { since, ..f };
            alarm.seen_on = today;
            if comes_back(alarm.state, alarm.weighed, alarm.found.ratio, today, rules) {
                alarm.state = State::Open;
                alarm.weighed = None;
                alarm.returned_on = Some(today);
                alarm.version += 1;
            }
        } else if today - alarm.seen_on >= rules.gone_days {
            alarm.ended_on = Some(today);
        }
        out.push(alarm);
    }
    out.extend(found.into_iter().flatten().map(|found| Alarm {
        id: id(),
        found,
        found_at: now,
        seen_on: today,
        ended_on: None,
        state: State::Open,
        weighed: None,
        returned_on: None,
        version: 1,
    }));
    out
}

/// Whether tonight's finding is a rise that was found before: about the same, in the same neighbourhood, or in squares
/// of which at least half of the smaller set are the same.
fn is_same(old: &Found, new: &Found) -> bool {
    let cluster = |f: &Found| f.kind == Kind::Cluster;
    if old.group != new.group || cluster(old) != cluster(new) {
        return false;
    }
    if !cluster(new) {
        return old.areas == new.areas;
    }
    let shared = new.cells.iter().filter(|c| old.cells.contains(c)).count();
    2 * shared >= old.cells.len().min(new.cells.len()).max(1)
}

/// Whether an alarm that people weighed asks for their attention again.
fn comes_back(state: State, weighed: Option<Weighed>, ratio: f64, today: i32, rules: &Rules) -> bool {
    match (state, weighed) {
        (State::Real | State::Explained, Some(w)) => {
            ratio >= w.ratio * rules.again_factor || today - w.day > 7 * rules.again_weeks
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules {
            weekly_false_alarms: 0.1,
            cluster_false_alarms: 0.01,
            least_events: 5,
            cluster_days: 28,
            replications: 99,
            most: 20,
            chart_weeks: 26,
            gone_days: 14,
            again_factor: 1.5,
            again_weeks: 8,
            keep_days: 1095,
        }
    }

    fn found(kind: Kind, area: &str, cells: &[(i32, i32)], ratio: f64) -> Found {
        Found {
            kind,
            group: "waste".into(),
            areas: vec![area.into()],
            cells: cells.to_vec(),
            since: 100,
            until: 110,
            observed: 20,
            expected: 20.0 / ratio,
            ratio,
            low: ratio / 2.0,
            high: ratio * 2.0,
            p: 0.001,
            q: 0.01,
            weeks: vec![],
        }
    }

    #[test]
    fn a_weighed_alarm_stays_quiet_unless_it_rises_clearly_again() {
        let weighed = Some(Weighed { ratio: 2.0, day: 1000 });
        let table = [
            // state, weighed, ratio now, days later, comes back
            (State::Real, weighed, 2.0, 1, false),
            (State::Explained, weighed, 2.9, 1, false),
            (State::Explained, weighed, 3.0, 1, true),
            (State::Real, weighed, 3.5, 1, true),
            (State::Real, weighed, 2.0, 56, false),
            (State::Real, weighed, 1.2, 57, true),
            (State::Watch, weighed, 9.0, 90, false), // is on the list anyhow
            (State::Open, None, 9.0, 90, false),
        ];
        for (state, weighed, ratio, days, expected) in table {
            assert_eq!(comes_back(state, weighed, ratio, 1000 + days, &rules()), expected, "{state} {ratio} {days}");
        }
    }

    #[test]
    fn the_same_rise_is_the_same_alarm() {
        let (a, b, c, d) = ((0, 0), (1, 0), (2, 0), (3, 0));
        let cluster = |cells: &[(i32, i32)]| found(Kind::Cluster, "A", cells, 2.0);
        let table = [
            (found(Kind::Sudden, "A", &[], 2.0), found(Kind::Lasting, "A", &[], 3.0), true),
            (found(Kind::Sudden, "A", &[], 2.0), found(Kind::Sudden, "B", &[], 2.0), false),
            (found(Kind::Sudden, "A", &[], 2.0), cluster(&[a]), false),
            (
                found(Kind::Sudden, "A", &[], 2.0),
                Found { group: "noise".into(), ..found(Kind::Sudden, "A", &[], 2.0) },
                false,
            ),
            (cluster(&[a, b]), cluster(&[b, c, d]), true),
            (cluster(&[a, b, c]), cluster(&[c, d, (4, 0)]), false),
            (cluster(&[a]), cluster(&[d]), false),
        ];
        for (old, new, expected) in table {
            assert_eq!(is_same(&old, &new), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn nights_follow_a_rise_until_it_is_past() {
        let now = At::from_micros(0);
        let mut next = 0;
        let mut id = || {
            next += 1;
            Uuid::from_u128(next)
        };
        let rules = rules();
        let mut night =
            |before: &[Alarm], found: Vec<Found>, today| tonight(before, found, today, now, &rules, &mut id);
        let first = night(&[], vec![found(Kind::Sudden, "A", &[], 2.0)], 1000);
        assert_eq!((first.len(), first[0].state, first[0].version), (1, State::Open, 1));
        let again = night(&first, vec![found(Kind::Sudden, "A", &[], 2.0)], 1000);
        assert_eq!(again, first, "the same night again");
        let mut later = night(&again, vec![Found { since: 105, ..found(Kind::Lasting, "A", &[], 2.2) }], 1007);
        assert_eq!((later.len(), later[0].id, later[0].found.since), (1, first[0].id, 100), "it began when it began");
        later[0].state = State::Explained;
        later[0].weighed = Some(Weighed { ratio: 2.2, day: 1007 });
        let quiet = night(&later, vec![found(Kind::Lasting, "A", &[], 2.5)], 1014);
        assert_eq!((quiet[0].state, quiet[0].version), (State::Explained, 1));
        let back = night(&quiet, vec![found(Kind::Lasting, "A", &[], 4.0)], 1021);
        assert_eq!((back[0].state, back[0].version, back[0].returned_on), (State::Open, 2, Some(1021)));
        let silent = night(&back, vec![], 1034);
        assert_eq!(silent[0].ended_on, None);
        let past = night(&silent, vec![], 1035);
        assert_eq!(past[0].ended_on, Some(1035));
    }
}
