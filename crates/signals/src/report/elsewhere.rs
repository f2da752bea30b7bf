//! What belongs to another organisation: who is in danger must not wait for a municipality, and what such a reporter
//! tells is not kept here, not even in a log.

use super::draft::Draft;
use crate::category::{Catalogue, Redirect};
use crate::intake::fold;
use site::page::Page;
use site::{Choice, Cx};

/// What stands before the id of a redirect where a category is chosen.
pub(crate) const CHOICE: &str = "elsewhere-";

/// What goes elsewhere, as it is shown.
#[derive(Debug)]
pub struct Elsewhere {
    /// What it is.
    pub name: String,
    /// What to do.
    pub text: String,
    /// The words of the link that calls.
    pub call: String,
    /// Telephone as a `tel:` link wants it.
    pub dial: String,
    /// Web address.
    pub url: String,
    /// Web address as people say it.
    pub host: String,
}

/// What does not belong here, in the reader's language.
#[must_use]
pub fn elsewhere<'a>(cx: &Cx, redirects: impl IntoIterator<Item = &'a Redirect>) -> Vec<Elsewhere> {
    let language = cx.words.language();
    redirects
        .into_iter()
        .map(|r| Elsewhere {
            name: r.name.get(language).to_owned(),
            text: r.text.get(language).to_owned(),
            dial: r.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
            call: cx.words.t1("report-elsewhere-call", "phone", &r.phone),
            host: host(&r.url).to_owned(),
            url: r.url.clone(),
        })
        .collect()
}

/// The name of a site in its address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// What goes elsewhere, as choices beside the categories.
pub(super) fn choices(cx: &Cx, catalogue: &Catalogue) -> Vec<Choice> {
    let language = cx.words.language();
    catalogue
        .redirects
        .iter()
        .map(|r| Choice {
            value: format!("{CHOICE}{}", r.id),
            label: r.name.get(language).to_owned(),
            hint: r.text.get(language).to_owned(),
            icon: String::new(),
        })
        .collect()
}

/// The redirect that was chosen as a category.
pub(crate) fn chosen<'a>(catalogue: &'a Catalogue, category: &str) -> Option<&'a Redirect> {
    let id = category.strip_prefix(CHOICE)?;
    catalogue.redirects.iter().find(|r| r.id == id)
}

/// What the words plainly mean, of what the reporter was not told before.
pub(crate) fn meant<'a>(catalogue: &'a Catalogue, words: &str, told: &str) -> Vec<&'a Redirect> {
    let said = plain(words);
    let means = |phrase: &str| match phrase.strip_suffix('*') {
        Some(begin) => said.contains(&format!(" {begin}")),
        None => said.contains(&format!(" {phrase} ")),
    };
    let is_told = |id: &str| told.split(' ').any(|t| t == id);
    catalogue.redirects.iter().filter(|r| !is_told(&r.id) && r.words.iter().any(|w| means(w))).collect()
}

/// Small letters and digits, with one space around each word.
fn plain(words: &str) -> String {
    let folded = fold(&[words]);
    let mut plain = String::from(" ");
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        plain.push_str(word);
        plain.push(' ');
    }
    plain
}

/// The page after choosing what goes elsewhere. What was typed is in the page only, for who chose wrongly.
#[derive(askama::Template)]
#[template(path = "report/pages/elsewhere_page.html")]
pub(super) struct ElsewherePage {
    page: Page,
    e: Elsewhere,
    fields: Vec<(&'static str, String)>,
}

impl ElsewherePage {
    /// The page about `redirect`; `draft` was dropped and can be made again from the page.
    pub(super) fn new(cx: &Cx, redirect: &Redirect, draft: Draft) -> Option<Self> {
        let number = |n: Option<f64>| n.map(|n| format!("{n:.6}")).unwrap_or_default();
        let told = [draft.told.as_str(), &redirect.id].join(" ").trim().to_owned();
        Some(Self {
            page: cx.page_titled(redirect.name.get(cx.words.language()).to_owned()),
            e: elsewhere(cx, [redirect]).pop()?,
            fields: vec![
                ("id", kit::clock::id_at(cx.now).to_string()),
                ("told", told),
                ("kind", draft.kind),
                ("words", draft.words),
                ("address", draft.address),
                ("area", draft.area),
                ("lon", number(draft.place.map(|p| p.0))),
                ("lat", number(draft.place.map(|p| p.1))),
                ("occurred_at", draft.occurred_at),
                ("name", draft.reporter.name),
                ("email", draft.reporter.email),
                ("phone", draft.reporter.phone),
                ("postal", draft.reporter.postal),
            ],
        })
    }
}
