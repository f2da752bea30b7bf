//! What the words seem to be about, while they are typed and where a category is chosen. It is a proposal: the reader
//! chooses.

use super::elsewhere::{self, Elsewhere};
use crate::category::Catalogue;
use crate::suggest::{because, suggest};
use axum::Form;
use axum::response::Response;
use kit::Fault;
use policy::Resource;
use serde::Deserialize;
use site::page::Page;
use site::{Cx, render};

/// A category that the words point to.
#[derive(Debug)]
pub(super) struct Guess {
    /// Category id.
    pub(super) value: String,
    /// Its name.
    pub(super) label: String,
    /// What belongs there.
    pub(super) hint: String,
    /// Which words made us think so.
    pub(super) because: String,
}

/// The categories that `words` point to, at most three, the likeliest first.
pub(super) fn guesses(cx: &Cx, words: &str) -> Vec<Guess> {
    let catalogue = cx.municipality.get::<Catalogue>();
    let language = cx.words.language();
    suggest(&cx.municipality, words)
        .iter()
        .filter_map(|s| {
            let category = catalogue.get(&s.category)?;
            Some(Guess {
                value: category.id.clone(),
                label: category.name.get(language).to_owned(),
                hint: category.hint.get(language).to_owned(),
                because: because(&cx.words, s),
            })
        })
        .collect()
}

#[derive(askama::Template)]
#[template(path = "report/pages/suggest.html")]
struct Fragment {
    page: Page,
    guesses: Vec<Guess>,
    warned: Vec<Elsewhere>,
    told: String,
}

/// The words so far.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typing {
    words: String,
    told: String,
}

/// `POST /report/suggest`: a piece of a page about the words so far. They travel in the body and not in the address, so
/// that no log has them, and nothing is kept.
///
/// # Errors
/// When the policy refuses.
pub async fn suggestions(cx: Cx, Form(typing): Form<Typing>) -> Result<Response, Fault> {
    cx.permit("report:create", &Resource::ordinary("signal", cx.code()))?;
    let catalogue = cx.municipality.get::<Catalogue>();
    let meant = elsewhere::meant(&catalogue, &typing.words, &typing.told);
    let ids = meant.iter().map(|r| r.id.as_str());
    render(&Fragment {
        guesses: guesses(&cx, &typing.words),
        told: typing.told.split(' ').filter(|t| !t.is_empty()).chain(ids).collect::<Vec<_>>().join(" "),
        warned: elsewhere::elsewhere(&cx, meant),
        page: cx.page("report-title"),
    })
}
