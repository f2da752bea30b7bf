//! The draft before the law: which case it is, what may be written, and what stands in the way.

use super::{Draft, State};
use crate::SanctionsConfig;
use jiff::civil::Date;
use kit::{Fault, FieldFaults, Uuid};
use law::sanction::{Amount, Case, Caught, Chosen, Offence, Powers, Refusal, SanctionRule};
use law::{Modality, OffenceRegister};
use people::deed::Deed;
use policy::{Hat, Permit};
use site::Cx;

/// An offence that an officer may write down now, or may not, and why.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// The offence.
    pub offence: &'a Offence,
    /// By which modalities, the usual one first; empty when it is refused.
    pub modalities: Vec<Modality>,
    /// Why not.
    pub refusals: Vec<Refusal>,
}

/// The deed of an officer on a day.
pub(super) async fn deed(cx: &Cx, permit: &Permit, account: Uuid, day: Date) -> Result<Option<Deed>, Fault> {
    let mut tx = cx.read().await?;
    people::deed::valid(&mut tx, permit, account, day).await
}

/// The day that a draft is about: its own, or else today.
pub(super) fn day_of(cx: &Cx, draft: &Draft) -> Date {
    draft.day().unwrap_or_else(|| cx.now.local(&cx.municipality.zone).date())
}

/// The case as the law sees it.
pub(super) fn case<'a>(cx: &'a Cx, hat: Hat, deed: Option<&'a Deed>, draft: &Draft) -> Case<'a> {
    Case {
        day: day_of(cx, draft),
        is_detecting: hat == Hat::Investigator,
        powers: deed.map(|d| Powers {
            domain: &d.domain,
            offences: d.offences.iter().map(String::as_str).collect(),
            territory: d.territory.iter().map(String::as_str).collect(),
            valid_from: d.from,
            valid_until: d.until,
            trained_until: d.trained_until,
        }),
        municipality: cx.code(),
        has_fine_by_law: cx.municipality.get::<SanctionsConfig>().has_fine_by_law,
        age: draft.age(),
        // Not said yet: what is usual is offered, and signing asks.
        caught: if draft.caught.is_empty() { Caught::InTheAct } else { draft.caught() },
        needs_report: !draft.reasons.is_empty(),
        is_punished: draft.punished,
        has_statement: !draft.statement.is_empty(),
        is_cautioned: draft.cautioned,
        has_plate: !draft.plate.is_empty(),
        is_identified: !draft.surname.is_empty() && draft.born().is_some() && !draft.identity.is_empty(),
    }
}

/// The offences of a day that fit `words` (all when empty), each with what the law says of it in this case.
#[must_use]
pub fn offers<'a>(cx: &'a Cx, case: &Case<'_>, words: &str) -> Vec<Offer<'a>> {
    let all = cx.app.law.offences.on(case.day).filter(|o| o.matches(words));
    all.map(|offence| match cx.app.law.sanctions.may_write(offence, case) {
        Ok(modalities) => Offer { offence, modalities, refusals: vec![] },
        Err(refusals) => Offer { offence, modalities: vec![], refusals },
    })
    .collect()
}

/// The sanctions of a draft whose code and modality are known.
pub(super) fn chosen<'a>(register: &'a OffenceRegister, draft: &Draft, day: Date) -> Vec<Chosen<'a>> {
    let known =
        |c: &super::Chosen| Some(Chosen { offence: register.get(&c.offence, day)?, modality: Draft::modality(c)? });
    draft.sanctions.iter().filter_map(known).collect()
}

/// What a sanction costs, when that is known.
pub(super) fn amount(cx: &Cx, one: &Chosen<'_>, draft: &Draft) -> Option<Amount> {
    cx.app.law.sanctions.amount(one.offence, one.modality, (day_of(cx, draft), draft.age()))
}

/// Everything that stands in the way of signing: fields that miss, and rules of law with their article.
pub(super) fn faults(cx: &Cx, hat: Hat, deed: Option<&Deed>, draft: &Draft) -> FieldFaults {
    let mut faults = FieldFaults::default();
    let config = cx.municipality.get::<SanctionsConfig>();
    match draft.at(&cx.municipality.zone) {
        None if draft.day().is_none() => faults.add("date", "sanctions-date-missing"),
        None => faults.add("time", "sanctions-time-missing"),
        Some(at) if at > cx.now => faults.add("date", "sanctions-date-future"),
        Some(_) => {}
    }
    if draft.place.is_empty() {
        faults.add("place", "sanctions-place-missing");
    }
    if draft.began.is_empty() {
        faults.add("began", "sanctions-began-missing");
    }
    if draft.caught.parse::<Caught>().is_err() {
        faults.add("caught", "sanctions-caught-missing");
    } else if draft.caught == Caught::TechnicalMeans.as_str() && draft.means.is_empty() {
        faults.add("means", "sanctions-means-missing");
    }
    if draft.findings.chars().count() < config.findings_least {
        faults.add_with("findings", "sanctions-findings-short", vec![("min", config.findings_least.to_string())]);
    }
    if !draft.birth.is_empty() && draft.born().is_none_or(|born| born > day_of(cx, draft)) {
        faults.add("birth", "sanctions-birth-wrong");
    }
    let case = case(cx, hat, deed, draft);
    let chosen = chosen(&cx.app.law.offences, draft, case.day);
    if chosen.is_empty() || chosen.len() != draft.sanctions.len() {
        faults.add("search", "sanctions-none-chosen");
    }
    let language = cx.words.language();
    for refusal in cx.app.law.sanctions.event(&chosen, &case) {
        let mut values = vec![("say", refusal.say.get(language).to_owned()), ("article", refusal.article.clone())];
        let key = match (refusal.offence.is_empty(), refusal.uncertain) {
            (true, false) => "sanctions-refused",
            (true, true) => "sanctions-refused-unsure",
            (false, uncertain) => {
                values.push(("code", refusal.offence.clone()));
                if uncertain { "sanctions-refused-code-unsure" } else { "sanctions-refused-code" }
            }
        };
        faults.add_with(field_of(refusal.rule), key, values);
    }
    faults
}

/// The field of the form where a rule can be met.
const fn field_of(rule: SanctionRule) -> &'static str {
    match rule {
        SanctionRule::AgeNone | SanctionRule::AgeLimit | SanctionRule::Halt => "birth",
        SanctionRule::Caught => "caught",
        SanctionRule::FullReport => "reasons",
        SanctionRule::CautionFine | SanctionRule::CautionPenal => "cautioned",
        SanctionRule::Identity => "surname",
        SanctionRule::PlateHolder => "plate",
        _ => "search",
    }
}

/// Whether an event in this state is still being written.
pub(super) const fn is_open(state: State) -> bool {
    matches!(state, State::Draft | State::Returned)
}
