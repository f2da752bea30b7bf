//! How each rule is applied.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Modality, Offence, SanctionLaw, SanctionRule, Track};
use crate::text::Text;
use crate::word::word_enum;

word_enum! {
    /// How the offence came to light.
    pub enum Caught {
        /// Caught in the act.
        InTheAct = "in-the-act",
        /// Established by technical means, such as a camera or a meter.
        TechnicalMeans = "technical-means",
        /// Afterwards: a report, a trace, a statement.
        Afterwards = "afterwards",
    }
}

/// What the officer's deed says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Powers<'a> {
    /// Domain of the deed.
    pub domain: &'a str,
    /// Codes that the deed names beyond the list of the domain.
    pub offences: Vec<&'a str>,
    /// Codes of the municipalities that the deed holds in.
    pub territory: Vec<&'a str>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
    /// Last day of the training.
    pub trained_until: Option<Date>,
}

/// What is known of an event. It holds no person: of a person only the age on the day of the deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case<'a> {
    /// Day of the offence.
    pub day: Date,
    /// Whether the officer acts as investigator (and not as supervisor).
    pub is_detecting: bool,
    /// The deed on that day.
    pub powers: Option<Powers<'a>>,
    /// Code of the municipality where it happened.
    pub municipality: &'a str,
    /// Whether its council adopted the by-law for the nuisance fine.
    pub has_fine_by_law: bool,
    /// Age in whole years on the day; `None`: not known (a parked car).
    pub age: Option<i16>,
    /// How it came to light.
    pub caught: Caught,
    /// Whether anything asks for a full report: it is serious or disputed, did damage, a seizure is unresolved, or it is
    /// about the officer's own family.
    pub needs_report: bool,
    /// Whether the same conduct was already punished.
    pub is_punished: bool,
    /// Whether a statement was taken.
    pub has_statement: bool,
    /// Whether the person was told first that there is no duty to answer.
    pub is_cautioned: bool,
    /// Whether a plate is known.
    pub has_plate: bool,
    /// Whether name and birth are known and verified.
    pub is_identified: bool,
}

/// One sanction of an event.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'a> {
    /// Which offence.
    pub offence: &'a Offence,
    /// By which way.
    pub modality: Modality,
}

/// A rule that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The rule.
    pub rule: SanctionRule,
    /// Code of the offence that it is about; empty: about the event.
    pub offence: String,
    /// What is wrong and what to do.
    pub say: Text,
    /// Its article.
    pub article: String,
    /// Whether our reading of the rule is in doubt.
    pub uncertain: bool,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.article, self.rule, self.offence)
    }
}

/// What a sanction costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Whole euros.
    pub euros: u32,
    /// Whether it was halved for the age.
    pub is_half: bool,
    /// Whether the tariff must be checked first.
    pub uncertain: bool,
}

impl SanctionLaw {
    fn refuse(&self, out: &mut Vec<Refusal>, id: SanctionRule, offence: &str, day: Date) {
        if let Some(rule) = self.rule(id, day) {
            out.push(Refusal {
                rule: id,
                offence: offence.to_owned(),
                say: rule.say.clone(),
                article: rule.article.clone(),
                uncertain: rule.uncertain,
            });
        }
    }

    /// Which modalities are open for this offence in this case, or everything that stands in the way. What can still be
    /// filled in (identity, plate, caution) is not asked yet; [`SanctionLaw::event`] asks it.
    ///
    /// # Errors
    /// Every refusal, with its article.
    pub fn may_write(&self, offence: &Offence, case: &Case<'_>) -> Result<Vec<Modality>, Vec<Refusal>> {
        let mut refusals = self.of_officer(offence, case);
        refusals.extend(self.of_offence(offence, case));
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let mut open = Vec::new();
        for modality in possible(offence) {
            let against = self.of_modality(offence, *modality, case);
            if against.is_empty() { open.push(*modality) } else { refusals.extend(against) }
        }
        if open.is_empty() { Err(refusals) } else { Ok(open) }
    }

    /// Everything that stands in the way of these sanctions together. Empty: they may be signed.
    pub fn event(&self, chosen: &[Chosen<'_>], case: &Case<'_>) -> Vec<Refusal> {
        let mut out = Vec::new();
        if self.rule(SanctionRule::Most, case.day).and_then(|r| r.most).is_some_and(|most| chosen.len() > most) {
            self.refuse(&mut out, SanctionRule::Most, "", case.day);
        }
        if chosen.iter().any(|c| chosen.iter().any(|other| other.modality.line() != c.modality.line())) {
            self.refuse(&mut out, SanctionRule::OneTrack, "", case.day);
        }
        for (n, one) in chosen.iter().enumerate() {
            if chosen.iter().take(n).any(|other| other.offence.code == one.offence.code) {
                self.refuse(&mut out, SanctionRule::Double, &one.offence.code, case.day);
            }
            out.extend(self.of_officer(one.offence, case));
            out.extend(self.of_offence(one.offence, case));
            out.extend(self.of_modality(one.offence, one.modality, case));
            out.extend(self.of_form(one, case));
        }
        // What holds for the event as a whole is said once.
        let mut once: Vec<Refusal> = Vec::new();
        for refusal in out {
            let whole =
                once.iter().any(|o| o.rule == refusal.rule && (is_of_event(o.rule) || o.offence == refusal.offence));
            if !whole {
                once.push(refusal);
            }
        }
        once
    }

    /// What it costs, when the tariff is known: half below 16, rounded up to whole euros. `None`: unknown.
    pub fn amount(&self, offence: &Offence, modality: Modality, (day, age): (Date, Option<i16>)) -> Option<Amount> {
        let holds = |from: Date, until: Option<Date>| from <= day && until.is_none_or(|until| day < until);
        let tariff = offence.tariffs.iter().find(|t| t.modality == modality && holds(t.valid_from, t.valid_until))?;
        let half = self.rule(SanctionRule::HalfTariff, day).zip(age).is_some_and(|(rule, age)| rule.is_of_age(age));
        let euros = if half { tariff.euros.div_ceil(2) } else { tariff.euros };
        Some(Amount { euros, is_half: half, uncertain: tariff.uncertain })
    }

    /// Bbo and the domain list: may this officer, here and on this day, in this capacity.
    fn of_officer(&self, offence: &Offence, case: &Case<'_>) -> Vec<Refusal> {
        let mut out = Vec::new();
        let mut refuse = |rule| self.refuse(&mut out, rule, &offence.code, case.day);
        if !case.is_detecting {
            refuse(SanctionRule::Hat);
        }
        let Some(deed) = case.powers.as_ref().filter(|d| d.valid_from <= case.day && case.day <= d.valid_until) else {
            refuse(SanctionRule::DeedValid);
            return out;
        };
        if deed.trained_until.is_none_or(|until| until < case.day) {
            refuse(SanctionRule::Training);
        }
        let in_list = offence.domains.iter().any(|d| d == deed.domain);
        if !in_list && !deed.offences.contains(&offence.code.as_str()) {
            refuse(SanctionRule::Domain);
        }
        if !deed.territory.contains(&case.municipality) {
            refuse(SanctionRule::Territory);
        }
        out
    }

    /// Whether the code is of the day and fits the age, and the conduct was not punished yet.
    fn of_offence(&self, offence: &Offence, case: &Case<'_>) -> Vec<Refusal> {
        let mut out = Vec::new();
        let mut refuse = |rule| self.refuse(&mut out, rule, &offence.code, case.day);
        if !offence.holds_on(case.day) {
            refuse(SanctionRule::OffenceValid);
        }
        if case.is_punished {
            refuse(SanctionRule::Double);
        }
        let Some(age) = case.age else { return out };
        if self.rule(SanctionRule::AgeNone, case.day).is_some_and(|rule| rule.is_of_age(age)) {
            refuse(SanctionRule::AgeNone);
        }
        let is_other = offence.from_age.is_some_and(|from| age < from) || offence.below_age.is_some_and(|b| age >= b);
        if is_other {
            refuse(SanctionRule::AgeLimit);
        }
        out
    }

    /// Whether this way is open for this offence.
    fn of_modality(&self, offence: &Offence, modality: Modality, case: &Case<'_>) -> Vec<Refusal> {
        let mut out = Vec::new();
        let mut refuse = |rule| self.refuse(&mut out, rule, &offence.code, case.day);
        match modality {
            Modality::PenalOrder => {
                if offence.track != Track::Penal || case.needs_report {
                    refuse(SanctionRule::FullReport);
                }
                if case.caught == Caught::Afterwards {
                    refuse(SanctionRule::Caught);
                }
                if offence.by_law && case.has_fine_by_law && !offence.never_fine {
                    refuse(SanctionRule::FineFirst);
                }
            }
            Modality::NuisanceFine => {
                if !case.has_fine_by_law {
                    refuse(SanctionRule::FineByLaw);
                } else if !offence.by_law || offence.never_fine {
                    refuse(SanctionRule::FineNever);
                }
            }
            Modality::Halt => {
                let rule = self.rule(SanctionRule::Halt, case.day);
                let fits = rule.zip(case.age).is_some_and(|(rule, age)| rule.is_of_age(age));
                if !offence.halt || !fits || case.needs_report {
                    refuse(SanctionRule::Halt);
                }
            }
            Modality::TrafficFine if offence.track != Track::Traffic => refuse(SanctionRule::FullReport),
            Modality::TrafficFine | Modality::Report => {}
        }
        out
    }

    /// What must be filled in before it can be signed.
    fn of_form(&self, one: &Chosen<'_>, case: &Case<'_>) -> Vec<Refusal> {
        let mut out = Vec::new();
        let mut refuse = |rule| self.refuse(&mut out, rule, &one.offence.code, case.day);
        let uncautioned = case.has_statement && !case.is_cautioned;
        match one.modality {
            Modality::TrafficFine => {
                if !case.has_plate && !case.is_identified {
                    refuse(SanctionRule::PlateHolder);
                }
            }
            Modality::NuisanceFine => {
                if uncautioned {
                    refuse(SanctionRule::CautionFine);
                }
                if !case.is_identified {
                    refuse(SanctionRule::Identity);
                }
            }
            Modality::PenalOrder | Modality::Report | Modality::Halt => {
                if uncautioned {
                    refuse(SanctionRule::CautionPenal);
                }
                // A report can be about somebody unknown.
                if one.modality != Modality::Report && !case.is_identified {
                    refuse(SanctionRule::Identity);
                }
            }
        }
        out
    }
}

/// The ways that the national list knows for an offence, the usual one first.
fn possible(offence: &Offence) -> &'static [Modality] {
    match offence.track {
        Track::Traffic => &[Modality::TrafficFine],
        Track::Penal => &[Modality::PenalOrder, Modality::NuisanceFine, Modality::Report, Modality::Halt],
        Track::Report => &[Modality::Report, Modality::Halt],
    }
}

/// Rules about the officer, the person and the form: the same for each sanction of an event.
fn is_of_event(rule: SanctionRule) -> bool {
    matches!(
        rule,
        SanctionRule::Hat
            | SanctionRule::DeedValid
            | SanctionRule::Training
            | SanctionRule::Territory
            | SanctionRule::AgeNone
            | SanctionRule::CautionPenal
            | SanctionRule::CautionFine
            | SanctionRule::PlateHolder
            | SanctionRule::Identity
    )
}
