//! Where a coordinator or administrator decides what a category asks, and when it takes no reports. Questions are
//! changed in a draft, looked at as residents will see them, and published; no release of the program is needed.
//! Every version that was published stays, and can be taken up again.

mod ops;
mod overview;
mod preview;
mod question;
mod stop;
mod store;
#[cfg(test)]
mod tests;

pub(super) use ops::publish_first;
pub use overview::{arrange, list, page, publish};
pub use preview::preview;
pub use question::{question, question_save};
pub use stop::{stop, stop_end, stop_save};

use super::{Catalogue, Category};
use axum::http::StatusCode;
use kit::{Fault, FieldFaults, Text, Uuid};
use policy::{Permit, Resource};
use site::{Cx, FormError};
use std::sync::Arc;

/// What a form sent, in order; a name may stand more than once.
type Sent = Vec<(String, String)>;

fn get<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
}

/// The request id and the version that every form carries.
fn stamp(sent: &Sent) -> Result<(Uuid, i64), Fault> {
    crate::handle::stamp(get(sent, "request"), get(sent, "version"))
}

fn permit(cx: &Cx, action: &'static str) -> Result<Permit, Fault> {
    cx.permit(action, &Resource::open("form", cx.code()))
}

/// The catalogue with a category of it.
struct Known {
    catalogue: Arc<Catalogue>,
    id: String,
}

impl Known {
    fn of(cx: &Cx, id: String) -> Result<Self, Fault> {
        let catalogue = cx.municipality.get::<Catalogue>();
        match catalogue.get(&id) {
            Some(_) => Ok(Self { catalogue, id }),
            None => Err(Fault::NotFound),
        }
    }

    fn name(&self, cx: &Cx) -> String {
        self.catalogue.name(&self.id, cx.words.language()).to_owned()
    }

    fn category(&self) -> Option<&Category> {
        self.catalogue.get(&self.id)
    }
}

/// A field that there is once in each language of the municipality; the first language must be filled in.
#[derive(Debug)]
struct Tongue {
    name: String,
    label: String,
    value: String,
    error: String,
    required: bool,
}

/// The fields `<name>-<language>`, labelled with the text of `key`.
fn tongues(cx: &Cx, name: &str, key: &str, value: impl Fn(&str) -> String, errors: &[FormError]) -> Vec<Tongue> {
    let languages = cx.municipality.file.languages.iter().enumerate();
    languages
        .map(|(n, language)| {
            let name = format!("{name}-{language}");
            Tongue {
                label: cx.words.t1(key, "language", &cx.t(&format!("category-language-{language}"))),
                value: value(language),
                error: fault(errors, &name),
                required: n == 0,
                name,
            }
        })
        .collect()
}

/// The text that was sent in the fields `<name>-<language>`; a language without a text is left out.
fn text_of(cx: &Cx, sent: &Sent, name: &str) -> Text {
    let one = |language: &String| {
        let text = get(sent, &format!("{name}-{language}")).replace("\r\n", "\n");
        (!text.is_empty()).then(|| (language.clone(), text))
    };
    Text(cx.municipality.file.languages.iter().filter_map(one).collect())
}

fn fault(errors: &[FormError], field: &str) -> String {
    errors.iter().find(|e| e.field == field).map(|e| e.text.clone()).unwrap_or_default()
}

/// What is shown when a change was not made: the status, a sentence above the page, faults of fields.
#[derive(Debug)]
struct Trouble {
    status: StatusCode,
    notice: Option<String>,
    errors: Vec<FormError>,
}

impl Trouble {
    fn none() -> Self {
        Self { status: StatusCode::OK, notice: None, errors: vec![] }
    }

    /// What the sender can mend comes back with the page; other faults are faults.
    fn of(cx: &Cx, fault: Fault) -> Result<Self, Fault> {
        let none = FieldFaults::default();
        let (notice, faults) = match &fault {
            Fault::Invalid(faults) => (None, faults),
            Fault::Stale => (Some(cx.t("category-stale")), &none),
            Fault::Rule { key, values } => {
                let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.as_str().into())).collect();
                (Some(cx.words.ta(key, &values)), &none)
            }
            _ => return Err(fault),
        };
        Ok(Self { status: fault.status(), notice, errors: cx.summary(faults) })
    }

    fn on(&self, page: site::Page) -> site::Page {
        match &self.notice {
            Some(text) => page.with_notice("warning", text.clone()),
            None => page,
        }
    }
}
