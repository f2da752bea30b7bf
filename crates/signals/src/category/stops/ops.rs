//! What is done with a stop: made, changed, ended. None is thrown away: what residents read then can be read later.

use super::{Stop, store};
use kit::{At, Fault, FieldFaults, Text, Tx, Uuid, audit};
use policy::Permit;
use site::Cx;

/// Longest message in characters.
const MESSAGE: usize = 500;

/// A stop as it was typed and read.
#[derive(Clone, Debug)]
pub(in crate::category) struct Draft {
    /// The message in each language of the municipality.
    pub message: Text,
    /// From when; `Err` for something that is no time. Nothing typed means now.
    pub from: Result<Option<At>, ()>,
    /// Until when; nothing typed means until somebody ends it.
    pub until: Result<Option<At>, ()>,
}

impl Draft {
    fn checked(&self, cx: &Cx) -> Result<(Text, At, Option<At>), Fault> {
        let mut faults = FieldFaults::default();
        for (n, language) in cx.municipality.file.languages.iter().enumerate() {
            let text = self.message.0.get(language).map_or("", |t| t.trim());
            let field = format!("message-{language}");
            if n == 0 && text.is_empty() {
                faults.add(field, "category-stop-message-missing");
            } else if text.chars().count() > MESSAGE {
                faults.add_with(field, "category-too-long", vec![("most", MESSAGE.to_string())]);
            }
        }
        let from = self.from.map_err(|()| faults.add("from", "category-stop-time")).unwrap_or_default();
        let until = self.until.map_err(|()| faults.add("until", "category-stop-time")).unwrap_or_default();
        let from = from.unwrap_or(cx.now);
        if until.is_some_and(|until| until <= from) {
            faults.add("until", "category-stop-order");
        }
        faults.ok()?;
        Ok((self.message.clone(), from, until))
    }
}

/// Makes a stop.
///
/// # Errors
/// [`Fault::Invalid`], or when the database refuses.
pub(in crate::category) async fn add(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    category: &str,
    draft: &Draft,
) -> Result<(), Fault> {
    let (message, from, until) = draft.checked(cx)?;
    let stop = Stop { id, category: category.to_owned(), message, from, until, version: 1 };
    store::insert(tx, permit, &stop, cx.actor.account).await?;
    written(cx, tx, permit, &stop, "made").await
}

/// Gives a stop another message or other times.
///
/// # Errors
/// [`Fault::Invalid`], [`Fault::Stale`], or when the database refuses.
pub(in crate::category) async fn change(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    stop: Stop,
    draft: &Draft,
) -> Result<(), Fault> {
    let (message, from, until) = draft.checked(cx)?;
    let stop = Stop { message, from, until, ..stop };
    if store::update(tx, permit, &stop).await? == 0 {
        return Err(Fault::Stale);
    }
    written(cx, tx, permit, &stop, "changed").await
}

/// Ends a stop now; one that did not begin yet never will.
///
/// # Errors
/// [`Fault::Stale`], or when the database refuses.
pub(in crate::category) async fn end(cx: &Cx, tx: &mut Tx, permit: &Permit, stop: Stop) -> Result<(), Fault> {
    if stop.is_over(cx.now) {
        return Ok(());
    }
    let stop = Stop { until: Some(stop.from.max(cx.now)), ..stop };
    if store::update(tx, permit, &stop).await? == 0 {
        return Err(Fault::Stale);
    }
    written(cx, tx, permit, &stop, "ended").await
}

async fn written(cx: &Cx, tx: &mut Tx, permit: &Permit, stop: &Stop, what: &str) -> Result<(), Fault> {
    let time = |at: At| at.0.to_string();
    let detail = serde_json::json!({
        "stop": what, "category": stop.category, "message": stop.message, "from": time(stop.from),
        "until": stop.until.map(time),
    });
    audit::record(tx, &cx.deed(), permit.action(), "reporting-stop", &stop.id.to_string(), &detail).await?;
    Ok(())
}
