//! An entry of the processing register in one language, from what the code and the registers of law declare.

use super::PrivacyConfig;
use law::{RetentionRule, Term, TermUnit};
use policy::Processing;
use serde::Serialize;
use site::Cx;
use utoipa::ToSchema;

/// How long one sort of data is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Kept {
    /// Id of the rule.
    pub id: String,
    /// What is kept.
    pub name: String,
    /// How long, in words.
    pub text: String,
    /// Article, as cited.
    pub article: String,
}

/// One processing (AVG art. 30(1), Wpg art. 31d).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Processing)]
pub struct Entry {
    /// Its id: in the processing log, in authorisations and on records.
    pub id: String,
    /// Name.
    pub name: String,
    /// Controller.
    pub controller: String,
    /// Data protection officer: name and e-mail address.
    pub officer: [String; 2],
    /// Purpose.
    pub purpose: String,
    /// Articles on which it rests.
    pub basis: Vec<String>,
    /// Laws that the data stands under.
    pub laws: Vec<String>,
    /// Categories of data subjects.
    pub subjects: String,
    /// Categories of data.
    pub data: String,
    /// Who receives data.
    pub receivers: String,
    /// Transfers to other countries.
    pub transfers: String,
    /// How long data is kept.
    pub retention: Vec<Kept>,
    /// Security measures.
    pub measures: Vec<String>,
    /// Reference of the impact assessment, or that there is none yet.
    pub dpia: String,
}

/// The processing register of the municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProcessingList {
    /// Language of the texts.
    pub language: String,
    /// The municipality's page about privacy.
    pub privacy_page: String,
    /// Every processing.
    pub processings: Vec<Entry>,
}

/// Every declared processing, in the order of the register.
#[must_use]
pub fn entries(cx: &Cx) -> Vec<Entry> {
    cx.app.policy.register().all().iter().map(|p| entry(cx, p)).collect()
}

fn entry(cx: &Cx, processing: &Processing) -> Entry {
    let config = cx.municipality.get::<PrivacyConfig>();
    let language = cx.words.language();
    let laws = processing.regimes.iter().filter_map(|r| r.law()).map(str::to_owned).collect();
    let rules = processing.retention.iter().filter_map(|id| rule(cx, id));
    Entry {
        id: processing.id.clone(),
        name: processing.name.get(language).to_owned(),
        controller: config.controller.clone(),
        officer: [config.officer.name.clone(), config.officer.email.clone()],
        purpose: processing.purpose.get(language).to_owned(),
        basis: processing.basis.clone(),
        laws,
        subjects: processing.subjects.get(language).to_owned(),
        data: processing.data.get(language).to_owned(),
        receivers: processing.receivers.get(language).to_owned(),
        transfers: cx.t("registers-transfers-none"),
        retention: rules.map(|rule| kept(cx, rule)).collect(),
        measures: config.measures.iter().map(|m| m.get(language).to_owned()).collect(),
        dpia: config
            .dpia
            .get(&processing.id)
            .map_or_else(|| cx.t("registers-dpia-none"), |text| text.get(language).to_owned()),
    }
}

/// The rule of the retention register that holds today; before the register vouches for it, its first version.
pub(crate) fn rule<'a>(cx: &'a Cx, id: &str) -> Option<&'a RetentionRule> {
    let register = &cx.app.law.retention;
    let today = cx.now.local(&cx.municipality.zone).date();
    register.get(id, today).or_else(|| register.rules().iter().find(|r| r.id == id))
}

/// A rule of the retention register in a few sentences.
pub(crate) fn kept(cx: &Cx, rule: &RetentionRule) -> Kept {
    let words = &cx.words;
    let trigger = words.t(&format!("registers-trigger-{}", rule.trigger));
    let sentence = |key: &str, term: Term| {
        words.ta(key, &[("term", length(cx, term).into()), ("trigger", trigger.as_str().into())])
    };
    let mut text = Vec::new();
    if let Some(term) = rule.free.filter(|t| t.length > 0) {
        text.push(sentence("registers-free", term));
    }
    if let Some(term) = rule.removed {
        text.push(sentence(if term.length == 0 { "registers-removed-at-once" } else { "registers-removed" }, term));
    }
    if let Some(term) = rule.locked.filter(|t| t.length > 0) {
        text.push(sentence("registers-locked", term));
    }
    if rule.archive {
        text.push(words.t("registers-archive"));
    }
    if rule.anonymise {
        text.push(words.t("registers-anonymise"));
    }
    Kept {
        id: rule.id.clone(),
        name: rule.name.get(words.language()).to_owned(),
        text: text.join(" "),
        article: rule.article.clone(),
    }
}

fn length(cx: &Cx, term: Term) -> String {
    let unit = match term.unit {
        TermUnit::Hours => "registers-hours",
        TermUnit::WorkingDays => "registers-working-days",
        TermUnit::CalendarDays => "registers-days",
        TermUnit::Weeks => "registers-weeks",
        TermUnit::Months => "registers-months",
        TermUnit::Years => "registers-years",
    };
    cx.words.tn(unit, term.length.into())
}
