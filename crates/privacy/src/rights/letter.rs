//! The answer to the person: one model, shown as a page, printed as a tagged PDF, and given as JSON.
//!
//! Architecture invariant: the model is made of what was decided to be given. What is withheld has no place in it; that
//! something is withheld stands in it only when somebody decided so. What is withheld in silence gives the same letter
//! as nothing found, so that the letter does not betray it.

use super::decide::RECEIVERS;
use super::gather::{self, Opened, Place};
use super::model::{Act, Decision, Dossier, What};
use super::{officer, search};
use crate::registers::PrivacyConfig;
use kit::{Fault, Words};
use law::RequestKind;
use policy::Processing;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use site::Cx;

/// The layout of the letter (Typst). Reads a [`Letter`] as JSON from `/data.json`.
const TEMPLATE: &str = include_str!("letter.typ");

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// Language of the letter.
    pub language: String,
    /// Who answers.
    pub sender: String,
    /// Their address, a line per item.
    pub sender_address: Vec<String>,
    /// Who asked.
    pub name: String,
    /// Their address, a line per item.
    pub address: Vec<String>,
    /// Place of the labels in the letter: our reference, date, subject.
    pub labels: Labels,
    /// Reference of the request.
    pub reference: String,
    /// Day of the letter, ISO 8601.
    pub date: String,
    /// The same in words.
    pub date_label: String,
    /// Subject.
    pub subject: String,
    /// First paragraphs.
    pub opening: Vec<String>,
    /// What is given or was done, per processing.
    pub parts: Vec<Part>,
    /// What is refused and may be mentioned.
    pub refused: Vec<Refused>,
    /// The rest of the letter: heading and paragraphs.
    pub closing: Vec<Section>,
    /// Who signs, a line per item.
    pub signature: Vec<String>,
}

/// Words that the layout needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// "Our reference".
    pub reference: String,
    /// "Date".
    pub date: String,
    /// "Subject".
    pub subject: String,
    /// "What we do not give".
    pub refused: String,
    /// "Page".
    pub page: String,
    /// Head of the column of names.
    pub what: String,
    /// Head of the column of contents.
    pub content: String,
}

/// A processing with what is given of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Id of the processing.
    pub processing: String,
    /// Its name.
    pub title: String,
    /// Purpose, basis, categories (AVG art. 15(1)(a)-(b)): label and text.
    pub about: Vec<(String, String)>,
    /// The records.
    pub items: Vec<Item>,
}

/// A record that is given, or about which something was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is, with its date.
    pub title: String,
    /// What was decided, in a sentence.
    pub decision: String,
    /// Label and text of each field.
    pub fields: Vec<(String, String)>,
}

/// Something that is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// What.
    pub what: String,
    /// The ground in words.
    pub ground: String,
    /// Its article.
    pub article: String,
    /// Why.
    pub reason: String,
}

/// A heading with paragraphs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Paragraphs.
    pub text: Vec<String>,
}

impl Letter {
    /// SHA-256 of the letter as JSON: proof of what was answered.
    #[must_use]
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(serde_json::to_vec(self).unwrap_or_default()))
    }

    /// The letter as a tagged PDF (PDF/UA-1, PDF/A-2a).
    ///
    /// # Errors
    /// When the fonts miss or the layout fails.
    pub fn pdf(&self, fonts: &document::Fonts) -> Result<Vec<u8>, Fault> {
        let data = serde_json::to_value(self).map_err(|e| Fault::Internal(e.to_string()))?;
        let date = self.date.parse().map_err(|e: jiff::Error| Fault::Internal(e.to_string()))?;
        let options = document::Options {
            language: self.language.clone(),
            title: format!("{} {}", self.subject, self.reference),
            date,
        };
        document::render(TEMPLATE, &data, &options, fonts)
            .map(|made| made.pdf)
            .map_err(|e| Fault::Internal(e.to_string()))
    }
}

/// Makes the letter from the decisions and, for what is given, from the records as they are now.
///
/// # Errors
/// A refusal with its fence when a vault is not open to the actor, or when a database refuses.
pub async fn build(cx: &Cx, dossier: &Dossier) -> Result<Letter, Fault> {
    let language = cx.municipality.file.languages.first().map_or("nl", String::as_str);
    let mut cx = cx.clone();
    cx.words = cx.app.library.words(language, cx.municipality.zone.clone());
    let (mut parts, mut refused) = (Vec::new(), Vec::new());
    if dossier.refusal_ground.is_none() {
        for (vault, _) in gather::vaults(&cx, dossier) {
            let place = gather::enter(&cx, dossier, vault)?;
            let Some((sheet, _)) = search::sheet(&cx, dossier, &place).await? else { continue };
            let opened = search::opened(&cx, dossier, &place).await?;
            for finding in &sheet.findings {
                let Some(decision) = &finding.decision else { continue };
                let found = opened.iter().find(|o| o.id == finding.id);
                if let Some(no) = refusal(&cx, &place, (finding.what, &finding.processing), decision, dossier) {
                    refused.push(no);
                }
                if let Some(item) = item(&cx, found, decision) {
                    add(&cx, &mut parts, &finding.processing, item);
                }
            }
        }
    }
    if let Some(id) = &dossier.refusal_ground {
        let day = dossier.received(&cx.municipality.zone);
        let ground = cx.app.law.rights.ground(id, day);
        refused.push(Refused {
            what: cx.t("rights-letter-whole"),
            ground: ground.map(|g| g.name.get(language).to_owned()).unwrap_or_default(),
            article: ground.map(|g| g.article.clone()).unwrap_or_default(),
            reason: dossier.refusal.clone(),
        });
    }
    // What is refused is said once per processing and ground: how many records there are is not told.
    let mut once: Vec<Refused> = Vec::new();
    for one in refused {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    Ok(whole(&cx, dossier, parts, once))
}

fn refusal(
    cx: &Cx,
    place: &Place,
    (what, processing): (What, &str),
    decision: &Decision,
    dossier: &Dossier,
) -> Option<Refused> {
    let name = match cx.app.policy.register().get(processing) {
        Some(processing) if what == What::Record => processing.name.get(cx.words.language()).to_owned(),
        _ => cx.t(&format!("rights-what-{what}")),
    };
    if decision.act == Act::NoRight {
        return Some(Refused {
            what: name,
            ground: cx.t("rights-letter-no-right"),
            article: place.regime.law().unwrap_or_default().to_owned(),
            reason: String::new(),
        });
    }
    if decision.ground.is_empty() || !decision.is_mentioned {
        return None;
    }
    let ground = cx.app.law.rights.ground(&decision.ground, dossier.received(&cx.municipality.zone));
    let part = decision.act == Act::Give;
    Some(Refused {
        what: if part { cx.words.t1("rights-letter-part-of", "what", &name) } else { name },
        ground: ground.map(|g| g.name.get(cx.words.language()).to_owned()).unwrap_or_default(),
        article: ground.map(|g| g.article.clone()).unwrap_or_default(),
        reason: decision.reason.clone(),
    })
}

/// What the letter says of one finding; nothing of what is withheld.
fn item(cx: &Cx, found: Option<&Opened>, decision: &Decision) -> Option<Item> {
    let words = &cx.words;
    if matches!(decision.act, Act::Withhold | Act::NoRight) {
        return None;
    }
    let title = match found {
        Some(o) => {
            let what = words.t(&format!("rights-what-{}", o.what));
            words.ta("rights-letter-item", &[("what", what.into()), ("day", words.date(o.created_at).into())])
        }
        None => words.t("rights-letter-item-gone"),
    };
    let done = words.ta(
        &format!("rights-letter-act-{}", decision.act),
        &[("day", words.date(decision.at).into()), ("reason", decision.reason.as_str().into())],
    );
    let fields = match (decision.act, found) {
        (Act::Give, Some(opened)) => given(words, opened, decision),
        (Act::Erase, Some(opened)) if officer::is_work(opened.what) => stays(words, opened),
        _ => vec![],
    };
    Some(Item { title, decision: done, fields })
}

/// The fields that are given, with origin, receivers and how long it is kept (AVG art. 15(1)(c)-(g)).
fn given(words: &Words, opened: &Opened, decision: &Decision) -> Vec<(String, String)> {
    let is_given = |name: &str| decision.fields.iter().any(|f| f == name);
    let mut fields: Vec<(String, String)> =
        opened.fields.iter().filter(|f| is_given(&f.name)).map(|f| (label(words, &f.name), f.text.clone())).collect();
    let origin = if opened.is_received { "rights-origin-received" } else { "rights-origin-own" };
    fields.push((words.t("rights-origin"), words.t(origin)));
    if is_given(RECEIVERS) {
        let names: Vec<String> =
            opened.receivers.iter().map(|r| format!("{} ({})", r.receiver, words.date(r.at))).collect();
        let text = if names.is_empty() { words.t("rights-receivers-none") } else { names.join("; ") };
        fields.push((words.t("rights-receivers"), text));
    }
    if let Some((rule, until)) = &opened.kept {
        fields.push((words.t("rights-kept"), kept(words, rule, *until)));
    }
    fields
}

/// What stays of something that was erased as far as it may go, and by which rule.
fn stays(words: &Words, opened: &Opened) -> Vec<(String, String)> {
    let names: Vec<String> = opened.fields.iter().map(|f| label(words, &f.name)).collect();
    let rule = opened.kept.as_ref().map(|(rule, until)| (words.t("rights-kept"), kept(words, rule, *until)));
    std::iter::once((words.t("rights-left"), names.join("; "))).chain(rule).collect()
}

/// How long something is kept, in words.
pub(crate) fn kept(words: &Words, rule: &str, until: Option<jiff::civil::Date>) -> String {
    match until {
        Some(day) => words.ta("rights-kept-until", &[("rule", rule.into()), ("day", words.day(day).into())]),
        None => words.t1("rights-kept-rule", "rule", rule),
    }
}

/// The label of a field; one without a text of its own shows its name.
pub(crate) fn label(words: &Words, name: &str) -> String {
    let key = format!("rights-field-{name}");
    let text = words.t(&key);
    if text == key { name.to_owned() } else { text }
}

fn add(cx: &Cx, parts: &mut Vec<Part>, id: &str, item: Item) {
    if let Some(part) = parts.iter_mut().find(|p| p.processing == id) {
        part.items.push(item);
        return;
    }
    let language = cx.words.language();
    let about = |p: &Processing| {
        vec![
            (cx.t("registers-purpose"), p.purpose.get(language).to_owned()),
            (cx.t("registers-basis"), p.basis.join("; ")),
            (cx.t("registers-data"), p.data.get(language).to_owned()),
        ]
    };
    let processing = cx.app.policy.register().get(id);
    parts.push(Part {
        processing: id.to_owned(),
        title: processing.map_or_else(|| id.to_owned(), |p| p.name.get(language).to_owned()),
        about: processing.map(about).unwrap_or_default(),
        items: vec![item],
    });
}

fn whole(cx: &Cx, dossier: &Dossier, parts: Vec<Part>, refused: Vec<Refused>) -> Letter {
    let words = &cx.words;
    let config = cx.municipality.get::<PrivacyConfig>();
    let lines = |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    let kind = words.t(&format!("rights-kind-{}", dossier.kind));
    let date = dossier.answered_at.unwrap_or(cx.now).local(&cx.municipality.zone).date();
    let received = [
        ("day", words.date(dossier.received_at).into()),
        ("kind", words.t(&format!("rights-kind-{}-lower", dossier.kind)).into()),
        ("municipality", cx.municipality.file.name.as_str().into()),
    ];
    let mut opening = vec![words.ta("rights-letter-received", &received)];
    if dossier.extended_at.is_some() {
        opening.push(words.t1("rights-letter-extended", "reason", &dossier.extension));
    }
    opening.push(words.t(match (dossier.refusal_ground.is_some(), parts.is_empty(), dossier.kind) {
        (true, _, _) => "rights-letter-refused",
        (_, true, _) => "rights-letter-nothing",
        (_, _, RequestKind::Access) => "rights-letter-given",
        _ => "rights-letter-done",
    }));
    let objection = cx.app.law.terms.get("T07", date).map(|t| words.whole(t.term.length.into())).unwrap_or_default();
    let contact = [
        ("weeks", objection.into()),
        ("officer", config.officer.name.as_str().into()),
        ("email", config.officer.email.as_str().into()),
        ("court", config.court.as_str().into()),
        ("body", config.controller.as_str().into()),
    ];
    let section = |title: &str, keys: &[&str]| Section {
        title: words.t(title),
        text: keys.iter().map(|k| words.ta(k, &contact)).collect(),
    };
    Letter {
        language: words.language().to_owned(),
        sender: config.controller.clone(),
        sender_address: lines(&config.address),
        name: dossier.asker.name.clone(),
        address: lines(&dossier.asker.address),
        labels: Labels {
            reference: words.t("rights-letter-reference"),
            date: words.t("rights-letter-date"),
            subject: words.t("rights-letter-subject"),
            refused: words.t("rights-letter-not-given"),
            page: words.t("rights-letter-page"),
            what: words.t("rights-letter-what"),
            content: words.t("rights-letter-content"),
        },
        reference: dossier.reference.clone(),
        date: date.to_string(),
        date_label: words.day(date),
        subject: words.t1("rights-letter-subject-of", "kind", &kind),
        opening,
        parts,
        refused,
        closing: vec![
            // Stands in every letter, so that it does not betray in which one something was kept silent.
            section("rights-letter-silent-title", &["rights-letter-silent"]),
            section("rights-letter-rights-title", &["rights-letter-rights"]),
            section(
                "rights-letter-disagree-title",
                &[
                    "rights-letter-disagree-officer",
                    "rights-letter-disagree-objection",
                    "rights-letter-disagree-ap",
                    "rights-letter-disagree-court",
                ],
            ),
        ],
        signature: vec![config.controller.clone(), config.officer.name.clone()],
    }
}
