//! What there is now, and what goes in the coming month: numbers only, no content.

use super::plain;
use super::rules::{Rules, Sort, day_of, reached, regime_of};
use super::store::{self, Counts, Step};
use jiff::civil::Date;
use kit::shelf::Due;
use kit::{At, Fault};
use law::{RetentionRule, Stage, Trigger};
use policy::Resource;
use site::Cx;
use std::collections::BTreeMap;

/// The records of one sort in one vault.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub vault: &'static str,
    pub sort: Sort,
    pub rule: Option<&'a RetentionRule>,
    pub counts: Counts,
}

/// The rows of a shelf in one vault.
#[derive(Debug)]
pub(super) struct Shelved<'a> {
    pub vault: &'static str,
    pub kind: &'static str,
    pub rule: Option<&'a RetentionRule>,
    /// Whether these rows left daily work already.
    pub locked: bool,
    pub rows: i64,
}

/// What goes: from which vault, of which sort (no processing: a shelf), under which rule, to which stage.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Going {
    pub vault: &'static str,
    pub kind: String,
    pub processing: String,
    pub rule: String,
    pub stage: Stage,
}

/// Everything that the page shows.
#[derive(Debug, Default)]
pub(super) struct Ahead<'a> {
    pub lines: Vec<Line<'a>>,
    pub shelved: Vec<Shelved<'a>>,
    /// Records per day, by what goes.
    pub going: BTreeMap<Going, BTreeMap<Date, i64>>,
}

/// The last day of the coming month.
pub(super) fn month_from(today: Date) -> Date {
    today.saturating_add(jiff::Span::new().months(1))
}

/// Looks into every vault.
pub(super) async fn look(cx: &Cx) -> Result<Ahead<'_>, Fault> {
    let zone = &cx.municipality.zone;
    let today = cx.now.local(zone).date();
    let (tomorrow, end) = (today.tomorrow().unwrap_or(today), month_from(today));
    let rules = Rules::new(&cx.app, today);
    let mut ahead = Ahead::default();
    for db in cx.app.every_vault() {
        let (vault, regime) = (db.name(), regime_of(db.name()));
        let permit = cx.permit("retention:read", &Resource { regime, ..Resource::ordinary("retention", cx.code()) })?;
        let code = permit.municipality();
        let mut tx = cx.vault(&permit)?.read().await?;
        for sort in store::sorts(&mut tx, code).await? {
            let rule = rules.of_record(&sort);
            let trigger = rule.map_or(Trigger::Created, |rule| rule.trigger);
            let targeted = rule.filter(|rule| rule.free.is_some());
            let targeted = targeted.and_then(|rule| reached(rule, Stage::Targeted, today, zone));
            let targeted = targeted.unwrap_or(At::from_micros(i64::MIN));
            let counts = store::counts(&mut tx, code, &sort, (trigger, targeted)).await?;
            if let Some(rule) = rule {
                let last = if rule.anonymise { Step::Anonymise } else { Step::Destroy };
                // What is removed within the month may be destroyed within the month too.
                for (step, stage) in
                    [(Step::Remove, Stage::Removed), (last, Stage::Destroyed), (Step::Remove, Stage::Destroyed)]
                {
                    let Some(before) = reached(rule, stage, end, zone) else { continue };
                    let due = store::due(&mut tx, code, &sort, (step, trigger, before)).await?;
                    let what = Going {
                        vault,
                        kind: sort.kind.clone(),
                        processing: sort.processing.clone(),
                        rule: rule.id.clone(),
                        stage,
                    };
                    ahead.add(cx, what, rule, &due, tomorrow);
                }
            }
            ahead.lines.push(Line { vault, sort, rule, counts });
        }
        for (shelf, stage) in plain::shelves(vault) {
            let rule = rules.of_kind(regime, shelf.kind);
            let rows = shelf.total(&mut tx, code).await?;
            if let Some(rule) = rule
                && let Some(before) = reached(rule, stage, end, zone)
            {
                let due = shelf.due(&mut tx, code, before).await?;
                let kind = shelf.kind.to_owned();
                let what = Going { vault, kind, processing: String::new(), rule: rule.id.clone(), stage };
                ahead.add(cx, what, rule, &due, tomorrow);
            }
            let locked = shelf.kind == "reporter-contact" && stage == Stage::Destroyed;
            ahead.shelved.push(Shelved { vault, kind: shelf.kind, rule, locked, rows });
        }
    }
    Ok(ahead)
}

impl Ahead<'_> {
    fn add(&mut self, cx: &Cx, what: Going, rule: &RetentionRule, due: &[Due], tomorrow: Date) {
        if due.is_empty() {
            return;
        }
        let (stage, days) = (what.stage, self.going.entry(what).or_default());
        for due in due {
            let day = day_of(rule, stage, due.at(), &cx.municipality.zone).unwrap_or(tomorrow);
            *days.entry(day.max(tomorrow)).or_default() += due.rows;
        }
    }
}
