//! Where a record stands in its life, by the retention rule of its processing (Wpg art. 8, 9 and 14).

use crate::store::Envelope;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::{At, clock};
use law::{RetentionRule, Trigger};
use policy::{Processing, Stage};
use site::Cx;

/// As far back as a trigger can lie, in days: two hundred years.
const FAR: i32 = 73_000;

/// The retention rules of a processing's records today, in its own order. Before the register vouches for a rule, its
/// first version counts; a processing that names no rule of the register has none.
pub(crate) fn rules<'a>(cx: &'a Cx, processing: &Processing) -> Vec<&'a RetentionRule> {
    let register = &cx.app.law.retention;
    let by_id =
        |id: &String| register.get(id, today(cx)).or_else(|| register.rules().iter().find(|rule| rule.id == *id));
    processing.retention.iter().filter_map(by_id).collect()
}

/// The rule of a kind of record: the one that names it, else the first.
pub(crate) fn rule<'a>(cx: &'a Cx, processing: &Processing, kind: &str) -> Option<&'a RetentionRule> {
    let rules = rules(cx, processing);
    rules.iter().find(|rule| rule.kinds.iter().any(|k| k == kind)).or(rules.first()).copied()
}

/// The day of the request in the municipality.
pub(crate) fn today(cx: &Cx) -> Date {
    cx.now.local(&cx.municipality.zone).date()
}

/// The stage of a record today. Without a rule only targeted queries are sure to be allowed.
pub(crate) fn of(cx: &Cx, processing: &Processing, record: &Envelope) -> Stage {
    if record.removed_at.is_some() {
        return Stage::Removed;
    }
    let Some(rule) = rule(cx, processing, &record.kind) else { return Stage::Targeted };
    let trigger = match rule.trigger {
        Trigger::Created => Some(record.created_at),
        Trigger::Closed => record.closed_at,
        Trigger::Ended => record.ended_at,
    };
    match rule.stage(trigger.map(|at| at.local(&cx.municipality.zone).date()), today(cx)) {
        law::Stage::Free => Stage::Free,
        law::Stage::Targeted => Stage::Targeted,
        law::Stage::Removed | law::Stage::Destroyed => Stage::Removed,
    }
}

/// The first instant, in microseconds, from which each trigger leaves a record in free use; a trigger that does not
/// count lets all through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FreeFrom {
    pub created: i64,
    pub closed: i64,
    pub ended: i64,
}

/// The bounds of free use today, over the rules of a processing: outside them nothing is free.
pub(crate) fn free_from(rules: &[&RetentionRule], today: Date, zone: &TimeZone) -> FreeFrom {
    let none = FreeFrom { created: i64::MAX, closed: i64::MAX, ended: i64::MAX };
    rules.iter().map(|rule| bounds(rule, today, zone)).fold(none, |all, one| FreeFrom {
        created: all.created.min(one.created),
        closed: all.closed.min(one.closed),
        ended: all.ended.min(one.ended),
    })
}

fn bounds(rule: &RetentionRule, today: Date, zone: &TimeZone) -> FreeFrom {
    let all = FreeFrom { created: i64::MIN, closed: i64::MIN, ended: i64::MIN };
    let free = |day: i32| rule.stage(Some(clock::day_date(day)), today) == law::Stage::Free;
    // A later trigger is never further on its way out: the first free day is found by halving.
    let now = clock::day_number(today);
    let (mut targeted, mut first) = (now - FAR, now + 1);
    while first - targeted > 1 {
        let middle = targeted + (first - targeted) / 2;
        if free(middle) { first = middle } else { targeted = middle }
    }
    let begin = clock::day_date(first).to_zoned(zone.clone()).map_or(i64::MIN, |z| At(z.timestamp()).micros());
    match rule.trigger {
        Trigger::Created => FreeFrom { created: begin, ..all },
        Trigger::Closed => FreeFrom { closed: begin, ..all },
        Trigger::Ended => FreeFrom { ended: begin, ..all },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_list_and_the_stage_draw_the_same_line() {
        let law = site::app::Law::read(&testkit::root().join("config/law")).unwrap();
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let day = date(2024, 6, 3);
        let start = |d: Date| At(d.to_zoned(zone.clone()).unwrap().timestamp()).micros();
        let table = [
            (
                "wpg-8",
                "Wpg art. 8(1): one year free",
                FreeFrom { created: start(date(2023, 6, 4)), closed: i64::MIN, ended: i64::MIN },
            ),
            (
                "wpg-9",
                "Wpg art. 9(4): ended is targeted at once",
                FreeFrom { created: i64::MIN, closed: i64::MIN, ended: start(date(2024, 6, 4)) },
            ),
            (
                "police-16",
                "Wpg art. 16: until it is closed half a year",
                FreeFrom { created: i64::MIN, closed: start(date(2023, 12, 4)), ended: i64::MIN },
            ),
        ];
        for (id, article, expected) in table {
            let rule = law.retention.get(id, day).unwrap();
            assert_eq!(free_from(&[rule], day, &zone), expected, "{article}");
        }
        assert_eq!(free_from(&[], day, &zone).created, i64::MAX, "no rule: nothing is listed");
    }
}
