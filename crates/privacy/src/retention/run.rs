//! One night in one vault.

use super::plain;
use super::rules::{Rules, Sort, reached, regime_of};
use super::store::proofs::{self, Proof};
use super::store::{self, AT_ONCE, Candidate, Step};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::shelf::Shelf;
use kit::{AnyVault, At, Db, Fault, Municipality, Tx, Uuid, audit, clock, ledger};
use law::{RetentionRule, Stage};
use site::{Cx, Shared};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many rows move in one transaction: small enough that nobody waits for it.
const BATCH: i64 = 500;

/// What a night needs to know.
pub(super) struct Night<'a> {
    cx: Cx,
    db: &'a Db<AnyVault>,
    today: Date,
}

impl<'a> Night<'a> {
    pub fn new(app: &Shared, municipality: &Arc<Municipality>, db: &'a Db<AnyVault>) -> Self {
        let cx = Cx::system(app, municipality, "retention:hold");
        let today = cx.now.local(&municipality.zone).date();
        Self { cx, db, today }
    }

    pub fn now(&self) -> At {
        self.cx.now
    }

    /// When today began.
    fn midnight(&self) -> At {
        self.today.to_zoned(self.zone().clone()).map_or(self.now(), |z| At(z.timestamp()))
    }

    fn zone(&self) -> &TimeZone {
        &self.cx.municipality.zone
    }

    /// Moves what is due, in at most `turns` transactions; gives whether nothing is left.
    pub async fn run(&self, turns: usize) -> Result<bool, Fault> {
        let rules = Rules::new(&self.cx.app, self.today);
        let mut tx = self.db.read().await?;
        let sorts = store::sorts(&mut tx, self.cx.code()).await?;
        drop(tx);
        let mut left = turns;
        for sort in &sorts {
            let Some(rule) = rules.of_record(sort) else { continue };
            let last = if rule.anonymise { Step::Anonymise } else { Step::Destroy };
            for (step, stage) in [(last, Stage::Destroyed), (Step::Remove, Stage::Removed)] {
                let Some(before) = reached(rule, stage, self.today, self.zone()) else { continue };
                while self.records(sort, rule, step, before).await? {
                    left = left.saturating_sub(1);
                    if left == 0 {
                        return Ok(false);
                    }
                }
            }
        }
        for (shelf, stage) in plain::shelves(self.db.name()) {
            let Some(rule) = rules.of_kind(regime_of(self.db.name()), shelf.kind) else { continue };
            let Some(before) = reached(rule, stage, self.today, self.zone()) else { continue };
            while self.shelf(&shelf, &rules, rule, (stage, before)).await? {
                left = left.saturating_sub(1);
                if left == 0 {
                    return Ok(false);
                }
            }
        }
        self.db.empty_journal().await?;
        Ok(true)
    }

    /// Moves a batch of records one step; gives whether there was one.
    async fn records(&self, sort: &Sort, rule: &RetentionRule, step: Step, before: At) -> Result<bool, Fault> {
        let code = self.cx.code();
        let mut tx = self.db.write().await?;
        let found =
            store::candidates(&mut tx, code, sort, (step, rule.trigger, before), self.midnight(), BATCH).await?;
        if found.is_empty() {
            return Ok(false);
        }
        let mut subjects = Vec::new();
        let detail = serde_json::json!({ "rule": rule.id }).to_string();
        for chunk in found.chunks(AT_ONCE) {
            let ids: Vec<Uuid> = chunk.iter().map(|c| c.id).collect();
            subjects.extend(store::subjects(&mut tx, code, &ids).await?);
            match step {
                Step::Remove => {
                    store::remove(&mut tx, code, &ids, self.now()).await?;
                    store::history(&mut tx, code, &ids, ("removed", &detail), (self.now(), None)).await?;
                }
                Step::Destroy => {
                    store::empty(&mut tx, code, &ids).await?;
                    store::destroy(&mut tx, code, &ids).await?;
                }
                Step::Anonymise => {
                    store::empty(&mut tx, code, &ids).await?;
                    store::anonymise(&mut tx, code, &ids).await?;
                    store::history(&mut tx, code, &ids, ("anonymised", &detail), (self.now(), None)).await?;
                }
            }
        }
        subjects.sort_unstable();
        subjects.dedup();
        let action = match step {
            Step::Remove => "retention:remove",
            Step::Destroy => "retention:destroy",
            Step::Anonymise => "retention:anonymise",
        };
        if let Some(act) = proof_word(step) {
            for (month, records) in self.months(&found) {
                let (kind, processing, rule) = (sort.kind.clone(), sort.processing.clone(), rule.id.clone());
                self.prove(&mut tx, (act, kind, processing, rule), month, records).await?;
            }
        }
        let deed = self.cx.deed_for(&sort.processing);
        let detail = serde_json::json!({ "kind": sort.kind, "rule": rule.id, "records": found.len() });
        audit::record(&mut tx, &deed, action, "record", &sort.processing, &detail).await?;
        ledger::write(&mut tx, &deed, action, &sort.processing, &subjects).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Lets a batch of the oldest month of a shelf go; gives whether there was one.
    async fn shelf(
        &self,
        shelf: &Shelf,
        rules: &Rules<'_>,
        rule: &RetentionRule,
        (stage, before): (Stage, At),
    ) -> Result<bool, Fault> {
        let code = self.cx.code();
        let mut look = self.db.read().await?;
        let due = shelf.due(&mut look, code, before).await?;
        drop(look);
        let Some(first) = due.first() else { return Ok(false) };
        let month = first.at().local(self.zone()).date();
        let next = month.last_of_month().tomorrow().ok().and_then(|d| d.to_zoned(self.zone().clone()).ok());
        let until = next.map_or(before, |z| At(z.timestamp())).min(before);
        let mut tx = self.db.write().await?;
        let gone = shelf.go(&mut tx, code, until, BATCH).await?;
        if gone == 0 {
            return Ok(false);
        }
        let rows = i64::try_from(gone).unwrap_or(i64::MAX);
        let processing = rules.processing_of(&rule.id);
        let (action, act) = match (stage, rule.anonymise && shelf.kind != "reporter-contact") {
            (Stage::Destroyed, true) => ("retention:anonymise", Some("anonymised")),
            (Stage::Destroyed, false) => ("retention:destroy", Some("destroyed")),
            _ => ("retention:remove", None),
        };
        if plain::proven(&rule.id) {
            if let Some(act) = act {
                let what = (act, shelf.kind.to_owned(), processing.to_owned(), rule.id.clone());
                self.prove(&mut tx, what, month_of(month), rows).await?;
            }
            let detail = serde_json::json!({ "rule": rule.id, "records": rows });
            audit::record(&mut tx, &self.cx.deed(), action, shelf.kind, &month_of(month), &detail).await?;
            if !processing.is_empty() {
                ledger::write(&mut tx, &self.cx.deed_for(processing), action, processing, &[]).await?;
            }
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn prove(
        &self,
        tx: &mut Tx<AnyVault>,
        (act, kind, processing, rule): (&str, String, String, String),
        trigger_month: String,
        records: i64,
    ) -> kit::Result<()> {
        let (id, at, act) = (clock::id_at(self.now()), self.now(), act.to_owned());
        let proof = Proof { id, at, act, kind, processing, rule, trigger_month, records };
        proofs::prove(tx, self.cx.code(), &proof).await
    }

    /// How many of these clocks started in each month.
    fn months(&self, found: &[Candidate]) -> BTreeMap<String, i64> {
        let mut months = BTreeMap::new();
        for candidate in found {
            *months.entry(month_of(candidate.started_at.local(self.zone()).date())).or_default() += 1;
        }
        months
    }
}

fn proof_word(step: Step) -> Option<&'static str> {
    match step {
        Step::Remove => None,
        Step::Destroy => Some("destroyed"),
        Step::Anonymise => Some("anonymised"),
    }
}

fn month_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
