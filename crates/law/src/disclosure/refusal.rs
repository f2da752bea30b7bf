//! Why a disclosure is not allowed, with the translation key and the article of each reason.

use super::Need;

/// Why a disclosure is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The register has no such basis.
    UnknownBasis,
    /// The basis is not in force on the day.
    BasisNotInForce {
        /// Its article.
        article: String,
    },
    /// Consent was named as the basis: an authority with a duty cannot rest on it.
    Consent,
    /// The basis does not let content out of this regime.
    From {
        /// The article of the basis.
        article: String,
    },
    /// The basis does not let content come under that regime.
    To {
        /// The article of the basis.
        article: String,
    },
    /// The basis does not name this receiver.
    Receiver {
        /// The article of the basis.
        article: String,
    },
    /// Something that the basis or a field asks for is not there.
    Missing(Need),
    /// No purpose.
    NoPurpose,
    /// The necessity is not put in words, or in too few.
    Necessity {
        /// The least number of characters.
        min: usize,
    },
    /// No field was picked.
    NoFields,
    /// A field tells who reported or tipped off.
    SourceIdentity,
    /// A field holds content of care, and would leave care.
    CareContent,
    /// Police data leave only on an article of the Wpg.
    PoliceData,
    /// Police data that the mayor received would be used elsewhere in the municipality.
    PoliceReuse,
    /// Only the mayor holds police data as R3, and holds them as nothing else.
    PoliceMayor,
    /// The receiver is not on the closed list of the Wet Bibob.
    BibobList,
    /// Data of the case meeting on radicalisation would leave it.
    Radicalisation,
    /// A register that is not copied: the BRP, victim information.
    Copy,
    /// Open data get aggregates, not records.
    OnlyAggregates,
}

impl Refusal {
    /// The translation key.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::UnknownBasis => "disclosure-refusal-unknown-basis",
            Self::BasisNotInForce { .. } => "disclosure-refusal-basis-not-in-force",
            Self::Consent => "disclosure-refusal-consent",
            Self::From { .. } => "disclosure-refusal-from",
            Self::To { .. } => "disclosure-refusal-to",
            Self::Receiver { .. } => "disclosure-refusal-receiver",
            Self::Missing(Need::Covenant) => "disclosure-refusal-covenant",
            Self::Missing(Need::WrittenDecision) => "disclosure-refusal-written-decision",
            Self::Missing(Need::ConsentOfAuthority) => "disclosure-refusal-consent-of-authority",
            Self::Missing(Need::SpecialDataReason) => "disclosure-refusal-special-data-reason",
            Self::Missing(Need::CriminalDataReason) => "disclosure-refusal-criminal-data-reason",
            Self::Missing(Need::NamedInquiry) => "disclosure-refusal-named-inquiry",
            Self::Missing(Need::LegalDemand) => "disclosure-refusal-legal-demand",
            Self::Missing(Need::NamedLaw) => "disclosure-refusal-named-law",
            Self::Missing(Need::SecrecyException) => "disclosure-refusal-secrecy-exception",
            Self::NoPurpose => "disclosure-refusal-no-purpose",
            Self::Necessity { .. } => "disclosure-refusal-necessity",
            Self::NoFields => "disclosure-refusal-no-fields",
            Self::SourceIdentity => "disclosure-refusal-source-identity",
            Self::CareContent => "disclosure-refusal-care-content",
            Self::PoliceData => "disclosure-refusal-police-data",
            Self::PoliceReuse => "disclosure-refusal-police-reuse",
            Self::PoliceMayor => "disclosure-refusal-police-mayor",
            Self::BibobList => "disclosure-refusal-bibob-list",
            Self::Radicalisation => "disclosure-refusal-radicalisation",
            Self::Copy => "disclosure-refusal-copy",
            Self::OnlyAggregates => "disclosure-refusal-only-aggregates",
        }
    }

    /// The article that it rests on, as cited.
    pub fn article(&self) -> &str {
        match self {
            Self::BasisNotInForce { article }
            | Self::From { article }
            | Self::To { article }
            | Self::Receiver { article } => article,
            Self::Missing(need) => need.article(),
            Self::UnknownBasis => "AVG art. 6(1); Wpg art. 7(1)",
            Self::Consent => "AVG art. 6(1), 7(4)",
            Self::NoPurpose => "AVG art. 5(1)(b); Wpg art. 3",
            Self::Necessity { .. } | Self::NoFields => "AVG art. 5(1)(c); Wpg art. 3",
            Self::SourceIdentity => "AVG art. 5(1)(f), 15(4)",
            Self::CareContent => "Jeugdwet art. 7.3.11; Wmo 2015 art. 5.3.3; BW art. 7:457",
            Self::PoliceData => "Wpg art. 7(1), 15-20",
            Self::PoliceReuse => "Wpg art. 7(2), 16(1)(c)",
            Self::PoliceMayor => "Wpg art. 16(1)(c)",
            Self::BibobList => "Wet Bibob art. 28(2)",
            Self::Radicalisation => {
                "Wet gegevensverwerking persoonsgerichte aanpak radicalisering en terroristische activiteiten"
            }
            Self::Copy => "Wet BRP art. 3.2; Besluit veiligheidsregio's art. 2.1.3",
            Self::OnlyAggregates => "AVG art. 5(1)(c), 89",
        }
    }

    /// Whether it holds whatever the basis: nothing that a user can fill in or attach lifts it.
    pub const fn is_hard(&self) -> bool {
        matches!(
            self,
            Self::Consent
                | Self::SourceIdentity
                | Self::CareContent
                | Self::PoliceData
                | Self::PoliceReuse
                | Self::PoliceMayor
                | Self::BibobList
                | Self::Radicalisation
                | Self::Copy
                | Self::OnlyAggregates
        )
    }
}
