//! A wreck in words: what is known of it, and the steps that can come next.

use super::model::{State, Step, Terms};
use super::store::Wreck;
use crate::SanctionsConfig;
use kit::{At, Fault};
use site::Cx;

/// A step as the page offers it.
pub(super) struct StepView {
    pub(super) step: &'static str,
    pub(super) title: String,
    pub(super) text: String,
    /// Why it cannot be done yet; empty: it can.
    pub(super) waits: String,
    /// Label of the box for urgency or early sale; empty: there is none.
    pub(super) hurry: String,
    pub(super) note: String,
    pub(super) store: bool,
    pub(super) lock: bool,
    pub(super) euros: String,
    pub(super) go: String,
    pub(super) danger: bool,
    pub(super) open: bool,
}

/// The last day of a term that ends at `until`.
pub(super) fn last_day(cx: &Cx, until: At) -> String {
    cx.words.day(At::from_micros(until.micros() - 1).local(&cx.municipality.zone).date())
}

/// What is known of it: label and text, without what is empty.
pub(super) fn facts(cx: &Cx, wreck: &Wreck) -> Result<Vec<(String, String)>, Fault> {
    let words = &cx.words;
    let atlas = cx.municipality.get::<areas::Atlas>().sheet();
    let terms = Terms { municipality: &cx.municipality, register: &cx.app.law.terms };
    let euros = |cents: i64| {
        #[allow(clippy::cast_precision_loss, reason = "money of a wreck")]
        let amount = cents as f64 / 100.0;
        if cents == 0 { String::new() } else { format!("€ {}", words.number(amount, 2)) }
    };
    let at = |at: Option<At>| at.map(|at| words.date_time(at)).unwrap_or_default();
    let sale = match wreck.state {
        State::Stored => terms.sale_from(wreck, false)?.map(|at| words.day(at.local(words.zone()).date())),
        _ => None,
    };
    let claim = match (wreck.state, wreck.ended_at) {
        (State::Sold, Some(sold)) => words.day(terms.proceeds_until(sold)?.local(words.zone()).date()),
        _ => String::new(),
    };
    let all = [
        ("wrecks-description", wreck.description.clone()),
        ("wrecks-place", wreck.place.clone()),
        ("sanctions-area", atlas.get(&wreck.area).map(|a| a.name.clone()).unwrap_or_default()),
        ("wrecks-found-at", at(Some(wreck.found_at))),
        ("wrecks-labelled-at", at(wreck.labelled_at)),
        ("wrecks-label-until", wreck.label_until.map(|u| last_day(cx, u)).unwrap_or_default()),
        ("wrecks-removed-at", at(wreck.removed_at)),
        ("wrecks-urgent", if wreck.is_urgent { cx.t("wrecks-urgent-yes") } else { String::new() }),
        ("wrecks-record", wreck.record.clone()),
        ("wrecks-lock", wreck.lock.clone()),
        ("wrecks-store", wreck.store_place.clone()),
        ("wrecks-copied-at", at(wreck.copied_at)),
        ("wrecks-sale-from", sale.unwrap_or_default()),
        ("wrecks-ended-at", at(wreck.ended_at)),
        ("wrecks-proof", wreck.proof.clone()),
        ("wrecks-costs", euros(wreck.costs_cents)),
        ("wrecks-outcome", wreck.outcome.clone()),
        ("wrecks-proceeds", euros(wreck.proceeds_cents)),
        ("wrecks-claim-until", claim),
    ];
    Ok(all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (cx.t(key), text)).collect())
}

/// A step, with what still stands in its way.
pub(super) fn step_view(cx: &Cx, step: Step, wreck: &Wreck, typed: &str) -> Result<StepView, Fault> {
    let terms = Terms { municipality: &cx.municipality, register: &cx.app.law.terms };
    let waits = match terms.allow(step, wreck, (cx.now, false)) {
        Ok(()) => String::new(),
        Err(Fault::Rule { key, values }) => {
            let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.as_str().into())).collect();
            cx.words.ta(key, &values)
        }
        Err(fault) => return Err(fault),
    };
    let said = |part: &str| cx.t(&format!("wrecks-step-{step}-{part}"));
    let costs = cx.municipality.get::<SanctionsConfig>().wrecks.kind(&wreck.kind).and_then(|k| k.costs_cents);
    let hurry = match step {
        Step::Remove => cx.t("wrecks-hurry-remove"),
        Step::Sell | Step::Destroy if !waits.is_empty() => cx.t("wrecks-hurry-sale"),
        _ => String::new(),
    };
    Ok(StepView {
        step: step.as_str(),
        title: said("title"),
        text: match (step, costs) {
            (Step::Return, Some(cents)) => {
                cx.words.t1("wrecks-step-return-costs", "euros", &format!("{},{:02}", cents / 100, cents % 100))
            }
            _ => said("text"),
        },
        hurry,
        note: match step {
            Step::Remove => cx.t("wrecks-record"),
            Step::Return => cx.t("wrecks-proof"),
            Step::Sell | Step::Destroy => cx.t("wrecks-outcome"),
            _ => String::new(),
        },
        store: step == Step::Remove,
        lock: step == Step::Remove,
        euros: match step {
            Step::Return => cx.t("wrecks-costs"),
            Step::Sell => cx.t("wrecks-proceeds"),
            _ => String::new(),
        },
        go: said("go"),
        danger: matches!(step, Step::Sell | Step::Destroy),
        open: typed == step.as_str()
            || (typed.is_empty() && waits.is_empty() && wreck.state.steps().first() == Some(&step)),
        waits,
    })
}
