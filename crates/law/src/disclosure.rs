//! Disclosure: which content may cross to another regime, or to another holder, and on what article that rests.
//!
//! The only way out of a record is a disclosure: a new record with the fields that were picked, the receiver, the
//! basis, the purpose and the necessity in words. [`DisclosureRegister::check`] says whether the law allows it, and
//! if not, everything that is wrong, so that a page can name each fault. The bases are dated data
//! (`config/law/disclosure.toml`); these hard limits hold whatever the file says:
//!
//! - police data that the mayor received (R3) are never reused inside the municipality (Wpg art. 7(2), 16(1)(c));
//! - Bibob data (R6) go only to the closed list of Wet Bibob art. 28(2);
//! - data of the case meeting on radicalisation (R5) stay in that meeting;
//! - who reported or tipped off is told to nobody; of care only the relevant conclusion leaves care;
//! - open data (R0) get aggregates, never records; the BRP (R9) and victim data (R10) are not copied.
//!
//! What the check cannot know: whether the necessity is true, and for which of the partnerships an R4 record was made.

mod limits;
mod refusal;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::regime::Regime;
use crate::text::{RegisterError, Text, Validity, check_validity};
use crate::word::word_enum;

pub use refusal::Refusal;

word_enum! {
    /// Who receives.
    pub enum ReceiverKind {
        /// A department or official of the municipality.
        Municipality = "municipality",
        /// The mayor, for public order and as authority over the police.
        Mayor = "mayor",
        /// An enforcement officer who acts as investigator.
        Boa = "boa",
        /// The public prosecutor.
        Prosecutor = "prosecutor",
        /// The police.
        Police = "police",
        /// The meeting of mayor, prosecutor and police.
        Driehoek = "driehoek",
        /// The care and safety house (*Zorg- en Veiligheidshuis*).
        CareAndSafetyHouse = "care-and-safety-house",
        /// The regional information and expertise centre on organised crime.
        Riec = "riec",
        /// The case meeting on radicalisation.
        CaseMeeting = "case-meeting",
        /// Probation service.
        Probation = "probation",
        /// Child care and protection board, youth protection.
        ChildProtection = "child-protection",
        /// Health or social care, youth work.
        CareProvider = "care-provider",
        /// *Veilig Thuis*.
        SafeHome = "safe-home",
        /// Housing corporation.
        HousingCorporation = "housing-corporation",
        /// Tax authority.
        TaxAuthority = "tax-authority",
        /// The national Bibob bureau (*Landelijk Bureau Bibob*).
        Lbb = "lbb",
        /// A court.
        Court = "court",
        /// The committee that advises on objections (Awb art. 7:13).
        ObjectionCommittee = "objection-committee",
        /// The data protection authority.
        SupervisorAuthority = "supervisor-authority",
        /// An auditor, internal or external.
        Audit = "audit",
        /// An ombudsman.
        Ombudsman = "ombudsman",
        /// An intelligence and security service.
        IntelligenceService = "intelligence-service",
        /// The person whom the data are about.
        DataSubject = "data-subject",
        /// A third person who is named in the Bibob advice.
        ThirdNamedInAdvice = "third-named-in-advice",
        /// The municipal council.
        Council = "council",
        /// The press and the public.
        Press = "press",
        /// Anybody else.
        Other = "other",
    }
}

word_enum! {
    /// What must be there before a basis can be used. The field that a page asks for it is the caller's.
    pub enum Need {
        /// A covenant in force that covers receiver, purpose and data; not asked inside the municipality.
        Covenant = "covenant",
        /// The written decision of the controller on the partnership (Wpg art. 20).
        WrittenDecision = "written-decision",
        /// The agreement of the competent authority (Wpg art. 19).
        ConsentOfAuthority = "consent-of-authority",
        /// Why special personal data are unavoidable; also asked when a field is special.
        SpecialDataReason = "special-data-reason",
        /// On what the processing of criminal data rests; also asked when a field is criminal.
        CriminalDataReason = "criminal-data-reason",
        /// The inquiry for which the data are.
        NamedInquiry = "named-inquiry",
        /// A demand in writing by somebody who may demand it.
        LegalDemand = "legal-demand",
        /// The article that obliges the municipality.
        NamedLaw = "named-law",
        /// Why professional secrecy does not stand in the way: agreement of the person, a duty, or a conflict of duties.
        SecrecyException = "secrecy-exception",
    }
}

impl Need {
    /// The article that asks for it, as cited.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Covenant => "AVG art. 5(2), 26",
            Self::WrittenDecision => "Wpg art. 20",
            Self::ConsentOfAuthority => "Wpg art. 19",
            Self::SpecialDataReason => "AVG art. 9; UAVG art. 23; Wpg art. 5",
            Self::CriminalDataReason => "AVG art. 10; UAVG art. 33",
            Self::NamedInquiry => "Wpg art. 9(2)",
            Self::LegalDemand => "Sv art. 126nd; Wet Bibob art. 28(2)",
            Self::NamedLaw => "AVG art. 6(3)",
            Self::SecrecyException => "Jeugdwet art. 7.3.11; Wmo 2015 art. 5.3.3",
        }
    }
}

/// One basis on which content may cross.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Id in the register, `wpg-16`.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Article, as cited.
    pub article: String,
    /// The regimes that content may leave on it.
    pub from: Vec<Regime>,
    /// The regimes that content may come under on it. Empty: only its own, another holder behind the same fence.
    pub to: Vec<Regime>,
    /// Who may receive.
    pub receivers: Vec<ReceiverKind>,
    /// What must be there.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// A condition that a page should show beside it.
    #[serde(default)]
    pub note: Option<Text>,
    /// First day on which the register vouches for the basis (the article itself may be older).
    pub valid_from: Date,
    /// First day on which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Whether the text of the law was read; if not, a lawyer must check the basis before it is relied on.
    pub verified: bool,
}

impl Basis {
    fn validity(&self) -> Validity {
        Validity { from: self.valid_from, until: self.valid_until }
    }
}

/// A field that somebody wants to disclose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its name in the record.
    pub name: &'a str,
    /// Special personal data (AVG art. 9; Wpg art. 5).
    pub special: bool,
    /// Data on offences (AVG art. 10).
    pub criminal: bool,
    /// Tells who reported or tipped off.
    pub source_identity: bool,
    /// Content of care or treatment, not the relevant conclusion.
    pub care_content: bool,
}

/// A disclosure that somebody wants to do.
#[derive(Debug, Clone, Copy)]
pub struct Proposal<'a> {
    /// The regime of the record.
    pub from: Regime,
    /// The regime under which the receiver holds it; the same as `from` if it stays behind the same fence or leaves all
    /// regimes, such as for a court or the person concerned.
    pub to: Regime,
    /// Who receives.
    pub receiver: ReceiverKind,
    /// Whether the receiver works inside the same municipality. Its objection committee (Awb art. 7:13) and its auditors
    /// do not: they judge, and do no work with the data.
    pub inside: bool,
    /// Id of the basis.
    pub basis: &'a str,
    /// For what.
    pub purpose: &'a str,
    /// Why these fields are necessary for it, in words.
    pub necessity: &'a str,
    /// What is disclosed.
    pub fields: &'a [Field<'a>],
    /// The needs that are met, each with its record or its reason.
    pub met: &'a [Need],
}

/// Whether a hit/no-hit search on a person may include a regime. A hit already discloses, so only open data, the
/// municipality's own AVG data and the BRP (for a statutory task) may be asked; never police data (R2, R3), cases, care,
/// Bibob or victims. This is not about the search of the privacy officer for a data-subject request.
pub const fn may_search(regime: Regime) -> bool {
    matches!(regime, Regime::R0 | Regime::R1 | Regime::R9)
}

/// The bases of disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisclosureRegister {
    /// The least number of characters of a necessity in words.
    pub necessity_min_chars: usize,
    #[serde(rename = "basis")]
    bases: Vec<Basis>,
}

impl DisclosureRegister {
    /// Reads the register (`config/law/disclosure.toml`). Refuses unknown keys, a basis without a regime, receiver or
    /// article, consent as a basis, and two versions of the same basis on the same day.
    pub fn parse(toml: &str) -> Result<Self, RegisterError> {
        let register: Self = toml::from_str(toml)?;
        for basis in &register.bases {
            let wrong = |what| Err(RegisterError::Entry { id: basis.id.clone(), what });
            if basis.id == limits::CONSENT {
                return wrong("consent is no basis for an authority with a duty");
            }
            if basis.from.is_empty() || basis.receivers.is_empty() {
                return wrong("no regime or no receiver is named");
            }
            if basis.article.trim().is_empty() {
                return wrong("no article is named");
            }
            if !basis.name.is_whole() || basis.note.as_ref().is_some_and(|note| !note.is_whole()) {
                return wrong("a text is missing in Dutch or English");
            }
        }
        check_validity(register.bases.iter().map(|basis| (basis.id.as_str(), basis.validity())))?;
        Ok(register)
    }

    /// All bases, in the order of the file.
    pub fn bases(&self) -> &[Basis] {
        &self.bases
    }

    /// The basis that is in force on a day.
    pub fn get(&self, id: &str, on: Date) -> Option<&Basis> {
        self.bases.iter().find(|basis| basis.id == id && basis.validity().covers(on))
    }

    /// The bases on which content of a regime may go to a receiver on a day: what a form offers.
    pub fn choices(&self, from: Regime, receiver: ReceiverKind, on: Date) -> impl Iterator<Item = &Basis> {
        self.bases.iter().filter(move |basis| {
            basis.validity().covers(on) && basis.from.contains(&from) && basis.receivers.contains(&receiver)
        })
    }

    /// The basis that allows the disclosure on that day, or all that stands in the way.
    pub fn check(&self, proposal: &Proposal<'_>, on: Date) -> Result<&Basis, Vec<Refusal>> {
        let mut refusals = limits::hard(proposal);
        self.words(proposal, &mut refusals);
        let basis = self.get(proposal.basis, on);
        match basis {
            Some(basis) => covers(basis, proposal, &mut refusals),
            None if proposal.basis == limits::CONSENT => refusals.push(Refusal::Consent),
            None => refusals.push(match self.bases.iter().find(|basis| basis.id == proposal.basis) {
                Some(other) => Refusal::BasisNotInForce { article: other.article.clone() },
                None => Refusal::UnknownBasis,
            }),
        }
        needs(basis, proposal, &mut refusals);
        basis.filter(|_| refusals.is_empty()).ok_or(refusals)
    }

    /// Purpose, necessity and fields: who, what and why must be said.
    fn words(&self, proposal: &Proposal<'_>, refusals: &mut Vec<Refusal>) {
        if proposal.purpose.trim().is_empty() {
            refusals.push(Refusal::NoPurpose);
        }
        if proposal.necessity.trim().chars().count() < self.necessity_min_chars {
            refusals.push(Refusal::Necessity { min: self.necessity_min_chars });
        }
        if proposal.fields.is_empty() {
            refusals.push(Refusal::NoFields);
        }
    }
}

/// Whether the basis is about these regimes and this receiver.
fn covers(basis: &Basis, proposal: &Proposal<'_>, refusals: &mut Vec<Refusal>) {
    let article = || basis.article.clone();
    if !basis.from.contains(&proposal.from) {
        refusals.push(Refusal::From { article: article() });
    }
    let own = basis.to.is_empty() && proposal.to == proposal.from;
    if !own && !basis.to.contains(&proposal.to) {
        refusals.push(Refusal::To { article: article() });
    }
    if !basis.receivers.contains(&proposal.receiver) {
        refusals.push(Refusal::Receiver { article: article() });
    }
    if matches!(proposal.from, Regime::R2 | Regime::R3) && !basis.article.starts_with("Wpg ") {
        refusals.push(Refusal::PoliceData);
    }
}

/// What the basis and the fields ask for, as far as it is not there.
fn needs(basis: Option<&Basis>, proposal: &Proposal<'_>, refusals: &mut Vec<Refusal>) {
    let asked = |need: &Need| match need {
        Need::SpecialDataReason if proposal.fields.iter().any(|field| field.special) => true,
        Need::CriminalDataReason if proposal.fields.iter().any(|field| field.criminal) => true,
        Need::Covenant if proposal.inside => false,
        need => basis.is_some_and(|basis| basis.needs.contains(need)),
    };
    let missing = Need::ALL.iter().filter(|need| asked(need) && !proposal.met.contains(need));
    refusals.extend(missing.map(|need| Refusal::Missing(*need)));
}

#[cfg(test)]
mod tests;
