//! Pages of requests: the list with terms, the form of a new one, the dossier, the sheet of a vault, the answer.

mod answer;
mod dossier;
mod list;
mod sheet;

pub use answer::{letter_json, letter_page, letter_pdf};
pub use dossier::{answer, decide, dossier, extend, identify, refuse, search};
pub use list::{create, list, new};
pub use sheet::{finding, sheet, tick};

use super::model::Dossier;
use crate::registers::PrivacyConfig;
use kit::{At, Fault, Uuid};
use site::Cx;

fn id_of(text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| Fault::NotFound)
}

/// The last day of the term.
fn last_day(cx: &Cx, due: At) -> String {
    cx.words.date(At::from_micros(due.micros() - 1))
}

/// How the term stands: tone and text of a badge.
fn term(cx: &Cx, dossier: &Dossier) -> (&'static str, String) {
    let few = cx.municipality.get::<PrivacyConfig>().warn_days * 86_400_000_000;
    let (tone, key) = match dossier.answered_at {
        Some(at) if at < dossier.due_at => ("ok", "rights-term-met"),
        Some(_) => ("off", "rights-term-missed"),
        None if cx.now >= dossier.due_at => ("late", "rights-term-late"),
        None if dossier.due_at.micros() - cx.now.micros() <= few => ("soon", "rights-term-soon"),
        None => ("info", "rights-term-open"),
    };
    (tone, cx.t(key))
}

fn crumbs(cx: &Cx) -> Vec<site::Link> {
    vec![site::Link::new("/rights", cx.t("rights-title"))]
}
