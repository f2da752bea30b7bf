//! The form of an event, for writing and for correcting.

use super::judge::{self, Offer};
use super::{Draft, REASONS, told};
use jiff::civil::Date;
use kit::{Fault, Uuid};
use law::Modality;
use law::sanction::{Caught, Refusal};
use records::kin::{Inside, secrecy};
use site::page::{Choice, FormError, Link, Page};
use site::{Cx, Trouble, render_as};

/// How an identity can be verified (Wet op de identificatieplicht art. 1; Sv art. 27a).
pub const IDENTITIES: [&str; 6] =
    ["passport", "identity-card", "driving-licence", "residence-permit", "known", "register"];
/// Kinds of vehicle.
pub const VEHICLES: [&str; 4] = ["car", "moped", "bicycle", "trailer"];

/// What a form page is about.
pub(super) struct Shown<'a> {
    pub id: Uuid,
    pub version: i64,
    pub draft: Draft,
    pub trouble: Trouble,
    /// Words of a search; `None`: nothing is searched.
    pub search: Option<String>,
    /// The officer's own photos with it.
    pub photos: Vec<String>,
    pub reason: Option<String>,
    pub deed: Option<&'a people::deed::Deed>,
    pub notice: Option<&'static str>,
}

#[derive(askama::Template)]
#[template(path = "event/pages/write.html")]
struct WritePage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    action: String,
    base: String,
    request: String,
    version: i64,
    secrecy: String,
    draft: Draft,
    deed: String,
    chosen: Vec<ChosenView>,
    search: String,
    found: Vec<OfferView>,
    refused: Vec<(String, String)>,
    searched: bool,
    /// Whether an entry of the list must be checked before it is relied on.
    unsure: bool,
    halt: bool,
    began: Vec<Choice>,
    caught: Vec<Choice>,
    reasons: Vec<Choice>,
    areas: Vec<Choice>,
    vehicles: Vec<Choice>,
    identities: Vec<Choice>,
    shows_vehicle: bool,
    photos: Vec<String>,
    may_add_photo: bool,
    correcting: bool,
    reason: String,
    shows_means: bool,
    /// Request ids of the other forms of the page.
    others: (String, String),
}

struct ChosenView {
    value: String,
    text: String,
    drop: String,
}

struct OfferView {
    code: String,
    name: String,
    article: String,
    /// Value of the button and its text.
    ways: Vec<(String, String)>,
}

impl WritePage {
    fn fault(&self, field: &str) -> String {
        let all: Vec<&str> = self.errors.iter().filter(|e| e.field == field).map(|e| e.text.as_str()).collect();
        all.join(" ")
    }
    fn ticked(&self, reason: &str) -> bool {
        self.draft.reasons.iter().any(|r| r == reason)
    }
    /// A request id for a second form.
    fn photo_request(&self) -> &str {
        &self.others.0
    }
    /// A request id for a third form.
    fn discard_request(&self) -> &str {
        &self.others.1
    }
}

/// Shows the form with what was typed and what is wrong with it.
pub(super) fn show(cx: &Cx, inside: &Inside, shown: Shown<'_>) -> Result<axum::response::Response, Fault> {
    let draft = shown.draft;
    let case = judge::case(cx, inside.opening.hat, shown.deed, &draft);
    let words = shown.search.clone().unwrap_or_default();
    let offers = if shown.search.is_some() { judge::offers(cx, &case, &words) } else { vec![] };
    let chosen = judge::chosen(&cx.app.law.offences, &draft, case.day);
    let has_vehicle = chosen.iter().any(|c| !c.offence.vehicles.is_empty());
    let correcting = shown.reason.is_some();
    let mut page = cx.page(if correcting { "sanctions-correct-title" } else { "sanctions-write-title" });
    if let Some(key) = shown.notice {
        page = page.with_notice("success", cx.t(key));
    }
    let config = cx.municipality.get::<crate::SanctionsConfig>();
    let base = format!("/sanctions/{}", shown.id);
    let errors = shown.trouble.said(cx, "date").all;
    let none = Choice::new("", cx.t("sanctions-choose"));
    let with_none = |options: Vec<Choice>| std::iter::once(none.clone()).chain(options).collect::<Vec<_>>();
    let view = WritePage {
        crumbs: vec![Link::new("/sanctions", cx.t("sanctions-title"))],
        errors,
        action: format!("{base}/{}", if correcting { "correct" } else { "write" }),
        request: cx.app.clock.id().to_string(),
        others: (cx.app.clock.id().to_string(), cx.app.clock.id().to_string()),
        version: shown.version,
        secrecy: secrecy(cx, inside.regime),
        deed: said_of_deed(cx, shown.deed, case.day),
        chosen: chosen_views(cx, &draft),
        search: words,
        searched: shown.search.is_some(),
        unsure: offers.iter().any(|o| o.offence.uncertain),
        found: offers.iter().filter(|o| !o.modalities.is_empty()).map(|o| offer_view(cx, o)).collect(),
        refused: offers.iter().filter(|o| o.modalities.is_empty()).map(|o| refused_view(cx, o)).collect(),
        halt: chosen.iter().any(|c| c.modality == Modality::Halt),
        began: options(cx, "sanctions-began-", &["supervision", "detection"]),
        caught: Caught::ALL.iter().map(|c| Choice::new(c.as_str(), cx.t(&format!("sanctions-caught-{c}")))).collect(),
        reasons: options(cx, "sanctions-reason-", &REASONS),
        areas: with_none(
            cx.municipality
                .get::<areas::Atlas>()
                .sheet()
                .neighbourhoods()
                .map(|a| Choice::new(a.code.as_str(), a.name.as_str()))
                .collect(),
        ),
        vehicles: with_none(options(cx, "sanctions-vehicle-", &VEHICLES)),
        identities: with_none(options(cx, "sanctions-identity-", &IDENTITIES)),
        shows_vehicle: has_vehicle || !draft.plate.is_empty() || !draft.vehicle.is_empty(),
        shows_means: draft.caught == Caught::TechnicalMeans.as_str() || !draft.means.is_empty(),
        may_add_photo: !correcting && shown.photos.len() < config.photos_most,
        photos: shown.photos,
        correcting,
        reason: shown.reason.unwrap_or_default(),
        base,
        draft,
        page,
    };
    render_as(shown.trouble.status(), &view)
}

pub(super) fn options(cx: &Cx, prefix: &str, words: &[&str]) -> Vec<Choice> {
    words.iter().map(|w| Choice::new(*w, cx.t(&format!("{prefix}{w}")))).collect()
}

fn chosen_views(cx: &Cx, draft: &Draft) -> Vec<ChosenView> {
    let texts = told::sanctions(cx, draft);
    draft
        .sanctions
        .iter()
        .zip(texts)
        .enumerate()
        .map(|(n, (c, text))| ChosenView {
            value: format!("{} {}", c.offence, c.modality),
            text,
            drop: format!("drop {n}"),
        })
        .collect()
}

fn offer_view(cx: &Cx, offer: &Offer<'_>) -> OfferView {
    let way = |m: &Modality| (format!("add {} {m}", offer.offence.code), cx.t(&format!("sanctions-modality-{m}")));
    OfferView {
        code: offer.offence.code.clone(),
        name: offer.offence.name.get(cx.words.language()).to_owned(),
        article: offer.offence.article.clone(),
        ways: offer.modalities.iter().map(way).collect(),
    }
}

fn refused_view(cx: &Cx, offer: &Offer<'_>) -> (String, String) {
    let language = cx.words.language();
    let mut why: Vec<String> = Vec::new();
    let sentence = |r: &Refusal| format!("{} ({})", r.say.get(language), r.article);
    for text in offer.refusals.iter().map(sentence) {
        if !why.contains(&text) {
            why.push(text);
        }
    }
    (format!("{} {}", offer.offence.code, offer.offence.name.get(language)), why.join(" "))
}

/// On which deed the officer writes, or that there is none.
pub(super) fn said_of_deed(cx: &Cx, deed: Option<&people::deed::Deed>, day: Date) -> String {
    match deed {
        Some(deed) if deed.is_trained(day) => cx.words.ta(
            "sanctions-deed",
            &[("number", deed.number.as_str().into()), ("until", cx.words.day(deed.until).into())],
        ),
        Some(_) => cx.t("sanctions-deed-untrained"),
        None => cx.words.t1("sanctions-deed-none", "day", &cx.words.day(day)),
    }
}
