//! A contact with a group at a place: size, mood, age band, what was to be seen, and what was agreed.

pub mod ops;
pub mod web;

use kit::{At, Uuid, text_enum};

text_enum! {
    /// Whether an agreement was kept.
    pub enum Kept {
        /// Yes.
        Yes = "yes",
        /// In part.
        Partly = "partly",
        /// No.
        No = "no",
    }
}

impl Kept {
    /// Tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Yes => "ok",
            Self::Partly => "soon",
            Self::No => "late",
        }
    }
}

/// A contact. Days are local, in days since 1970-01-01.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Contact {
    /// Id; the presence has the same.
    pub id: Uuid,
    /// The hang-out; none for another place.
    pub place_id: Option<Uuid>,
    /// The place in words, when it is no hang-out.
    pub place: String,
    /// Longitude (WGS84).
    pub lon: f64,
    /// Latitude (WGS84).
    pub lat: f64,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// When it began.
    pub at: At,
    /// Its local day.
    pub day: i64,
    /// Size, an id of `youth.toml`.
    pub size: String,
    /// Mood.
    pub mood: String,
    /// Age band.
    pub age: Option<String>,
    /// What was to be seen.
    pub seen: String,
    /// What was agreed; empty when nothing was.
    pub agreement: String,
    /// Day on which the agreement is looked at.
    pub check_on: Option<i64>,
    /// Whether it was kept.
    pub kept: Option<Kept>,
    /// What was found then.
    pub kept_note: String,
    /// What follows.
    pub follow_up: String,
    /// Counts changes.
    pub version: i64,
}

impl Contact {
    /// Whether its agreement still has to be looked at.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.check_on.is_some() && self.kept.is_none()
    }

    /// Whether it should have been looked at before `today`.
    #[must_use]
    pub fn is_overdue(&self, today: i64) -> bool {
        self.is_open() && self.check_on.is_some_and(|day| day < today)
    }
}
