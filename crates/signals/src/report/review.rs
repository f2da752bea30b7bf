//! Everything that is wrong with a draft, before any of it becomes a signal.

use super::draft::Draft;
use super::{flow, seen_at};
use crate::category::questions::{self, Answers, Form};
use crate::intake::{self, Desk, NewSignal};
use crate::kind;
use crate::model::Source;
use kit::{Fault, FieldFaults, Tx};
use site::Cx;

/// A draft, looked through.
pub(super) struct Review {
    /// The signal that it wants to be.
    pub(super) new: NewSignal,
    /// What its category asks.
    pub(super) form: Form,
    /// The answers, tidied.
    pub(super) answers: Answers,
    /// All faults, of all steps.
    pub(super) faults: FieldFaults,
}

/// Looks a draft through.
pub(super) async fn review(cx: &Cx, tx: &mut Tx, draft: &Draft) -> Result<Review, Fault> {
    let mut faults = draft.faults.clone();
    let occurred_at = seen_at(cx, &draft.occurred_at, "occurred_at", &mut faults);
    let new = draft.signal(cx, Source::Resident, occurred_at);
    let desk = Desk::of(&cx.municipality);
    flow::join(&mut faults, desk.check(&new, cx.now));
    flow::join(&mut faults, kind::missing(new.kind, &draft.reporter));
    let (mut form, mut answers) = (Form::default(), Answers::default());
    if desk.catalogue.get(&draft.category).is_some() {
        flow::join(&mut faults, intake::stopped(cx, tx, &draft.category).await?);
        form = questions::asked(tx, cx.code(), &draft.category).await?;
        let today = cx.now.local(&cx.municipality.zone).date();
        answers = questions::check(&form.questions, &draft.answers, today, &mut faults);
    }
    Ok(Review { new, form, answers, faults })
}
