//! Which rule holds for what, and from which clock a step is due.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::{At, clock};
use law::{Regime, RetentionRule, Stage};
use site::App;

/// As far back as a clock can have started, in days: two hundred years.
const FAR: i32 = 73_000;

/// A kind of record of a processing.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Sort {
    pub processing: String,
    pub kind: String,
}

/// The rules on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules<'a> {
    app: &'a App,
    today: Date,
}

impl<'a> Rules<'a> {
    pub fn new(app: &'a App, today: Date) -> Self {
        Self { app, today }
    }

    /// The rule of a record: among those of its processing the one that names its kind, else the first. Before the
    /// register vouches for a rule, its first version counts. `None`: the processing is not declared or has no rule;
    /// then the record stays.
    pub fn of_record(&self, sort: &Sort) -> Option<&'a RetentionRule> {
        let ids = &self.app.policy.register().get(&sort.processing)?.retention;
        let rules: Vec<_> = ids.iter().filter_map(|id| self.by_id(id)).collect();
        rules.iter().find(|rule| rule.kinds.contains(&sort.kind)).or(rules.first()).copied()
    }

    /// The rule for a kind of line that a vault keeps besides records.
    pub fn of_kind(&self, regime: Regime, kind: &str) -> Option<&'a RetentionRule> {
        let register = &self.app.law.retention;
        let fits = |rule: &&RetentionRule| rule.regimes.contains(&regime) && rule.kinds.iter().any(|k| k == kind);
        register.for_kind(regime, kind, self.today).next().or_else(|| register.rules().iter().find(fits))
    }

    /// The processing whose data a rule is about; empty when none names it.
    pub fn processing_of(&self, rule: &str) -> &'a str {
        let all = self.app.policy.register().all();
        all.iter().find(|p| p.retention.iter().any(|id| id == rule)).map_or("", |p| &p.id)
    }

    fn by_id(&self, id: &str) -> Option<&'a RetentionRule> {
        let register = &self.app.law.retention;
        register.get(id, self.today).or_else(|| register.rules().iter().find(|rule| rule.id == id))
    }
}

/// The regime of a vault: each fenced vault has one; `main` has R1 (what is open knows no terms).
pub(super) fn regime_of(vault: &str) -> Regime {
    Regime::ALL.into_iter().filter(|r| *r != Regime::R0).find(|r| r.vault() == vault).unwrap_or(Regime::R1)
}

/// The first instant whose record has not reached `stage` on the day `on`: all clocks that started before it have.
/// `None`: none can have (an archived record is never destroyed).
pub(super) fn reached(rule: &RetentionRule, stage: Stage, on: Date, zone: &TimeZone) -> Option<At> {
    let has = |day: i32| rule.stage(Some(clock::day_date(day)), on) >= stage;
    // A later clock is never further on its way out: the first day that has not reached it is found by halving.
    let now = clock::day_number(on);
    let (mut past, mut first) = (now - FAR, now + 1);
    if !has(past) {
        return None;
    }
    while first - past > 1 {
        let middle = past + (first - past) / 2;
        if has(middle) { past = middle } else { first = middle }
    }
    clock::day_date(first).to_zoned(zone.clone()).ok().map(|z| At(z.timestamp()))
}

/// The day on which what started at `started` reaches `stage`.
pub(super) fn day_of(rule: &RetentionRule, stage: Stage, started: At, zone: &TimeZone) -> Option<Date> {
    let boundaries = rule.boundaries(started.local(zone).date());
    boundaries.into_iter().find(|(s, _)| *s == stage).map(|(_, day)| day)
}
