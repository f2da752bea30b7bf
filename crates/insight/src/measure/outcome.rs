//! What came of a measure so far, in a few sentences: for the page of the campaign that it belongs to.

use super::ops;
use super::told::{spoken, verdict_of, why_key};
use super::{Around, categories};
use crate::seen::Seen;
use crate::view::blocking;
use kit::{Fault, Uuid};
use site::Cx;

/// What can be said of a measure now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What it is called.
    pub title: String,
    /// Tone and text of the verdict; `None` while there is none.
    pub verdict: Option<(&'static str, String)>,
    /// The effect and how sure it is, or why nothing can be said.
    pub sentences: Vec<String>,
}

/// The outcome of the measure `id` so far; `None` when there is no such measure.
///
/// # Errors
/// When the policy refuses (`picture:read`) or the database cannot be read.
pub async fn outcome(cx: &Cx, id: Uuid) -> Result<Option<Outcome>, Fault> {
    let mut tx = cx.read().await?;
    let all = ops::all(cx, &mut tx).await?;
    let Some(measure) = all.iter().find(|m| m.id == id).cloned() else { return Ok(None) };
    let seen = Seen::light(&mut tx, &cx.municipality, cx.now).await?;
    drop(tx);
    let (today, least) = (seen.today, seen.config.small.least);
    let delicate = seen.is_delicate(&categories(&seen, &measure.subjects));
    let work = (seen, measure.clone());
    let effect = blocking(move || {
        let (seen, measure) = work;
        Around::of(&seen, &measure, &all).effect(&seen)
    })
    .await?;
    let (verdict, sentences) = match effect {
        _ if measure.withdrawn_at.is_some() => (None, vec![cx.t("measure-untold-withdrawn")]),
        _ if measure.starts_on > today => (None, vec![cx.t("measure-untold-planned")]),
        Err(why) => (None, vec![cx.t(why_key(why))]),
        Ok(e) if delicate && e.observed < least => {
            (None, vec![cx.words.t1("measure-untold-small", "n", &least.to_string())])
        }
        Ok(e) => (Some(verdict_of(cx, e.verdict)), spoken(&cx.words, &e)),
    };
    Ok(Some(Outcome { title: measure.title, verdict, sentences }))
}
