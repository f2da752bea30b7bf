//! The steps of the form, in their order, and which field belongs to which.

use kit::{FieldFaults, Uuid, text_enum};

text_enum! {
    /// A page of the form.
    pub(crate) enum Step {
        /// What is the matter: words, photos, and what is asked.
        Words = "words",
        /// What it is about.
        Category = "category",
        /// What the category asks.
        Questions = "questions",
        /// Where and when.
        Place = "place",
        /// What is known near that place.
        Known = "known",
        /// How to reach the reporter.
        Contact = "contact",
        /// All of it, before it is sent.
        Check = "check",
    }
}

/// The steps that are counted for the reader: questions belong to the category, what is known to the place.
pub(crate) const COUNT: i64 = 5;

impl Step {
    /// Its number for the reader.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Words => 1,
            Self::Category | Self::Questions => 2,
            Self::Place | Self::Known => 3,
            Self::Contact => 4,
            Self::Check => 5,
        }
    }

    /// The step after it; questions and what is known are left out where there are none.
    pub(crate) fn next(self, asks: bool, knows: bool) -> Self {
        match self {
            Self::Words => Self::Category,
            Self::Category if asks => Self::Questions,
            Self::Category | Self::Questions => Self::Place,
            Self::Place if knows => Self::Known,
            Self::Place | Self::Known => Self::Contact,
            Self::Contact | Self::Check => Self::Check,
        }
    }

    /// The step before it.
    pub(crate) fn before(self, asks: bool) -> Self {
        match self {
            Self::Words | Self::Category => Self::Words,
            Self::Place if asks => Self::Questions,
            Self::Questions | Self::Place => Self::Category,
            Self::Known | Self::Contact => Self::Place,
            Self::Check => Self::Contact,
        }
    }

    /// The step of a field; words that are missing at the end are asked where everything is checked.
    pub(crate) fn of(field: &str) -> Self {
        match field {
            "category" => Self::Category,
            "address" | "area" | "place" | "occurred_at" => Self::Place,
            "name" | "email" | "phone" | "postal" => Self::Contact,
            other if other.starts_with(crate::category::questions::FIELD) => Self::Questions,
            _ => Self::Words,
        }
    }

    /// The first step that has a fault.
    pub(crate) fn first(faults: &FieldFaults) -> Option<Self> {
        faults.0.iter().map(|f| Self::of(&f.field)).min()
    }

    /// Its address for the draft `id`.
    pub(crate) fn href(self, id: Uuid, to_check: bool) -> String {
        format!("/report/draft/{id}/{self}{}", if to_check { "?to=check" } else { "" })
    }
}
