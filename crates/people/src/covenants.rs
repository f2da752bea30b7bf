//! Covenants: which organisations work with which processings, for what purpose, on what basis, from when until when.
//!
//! A covenant opens a door only between its first and last instant and while it was not ended; who asks at a second
//! later finds it closed. What was in force is never rewritten: it is ended, and a new covenant takes its place.

mod ops;
mod store;
#[cfg(test)]
pub(crate) mod tests;
pub mod web;

pub use ops::{Contact, Draft, Ending, change, change_contact, create, end, replace};

use kit::{At, Result, Tx, Uuid, text_enum};

text_enum! {
    /// Where a covenant stands at an instant.
    pub enum Standing {
        /// In force, and its end is near.
        EndsSoon = "ends-soon",
        /// In force.
        InForce = "in-force",
        /// Not yet in force.
        Later = "later",
        /// Past its last day.
        Expired = "expired",
        /// Ended early, or replaced.
        Ended = "ended",
    }
}

/// A covenant (*convenant*).
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Covenant {
    /// Id.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// Purpose (AVG art. 5(1)(b)).
    pub purpose: String,
    /// Legal basis, as cited.
    pub legal_basis: String,
    /// Categories of data.
    pub data_categories: String,
    /// Reference of the privacy protocol.
    pub privacy_protocol: String,
    /// Reference of the data protection impact assessment (AVG art. 35).
    pub dpia: String,
    /// Contact point for requests of data subjects (AVG art. 26(1)): name.
    pub contact_name: String,
    /// Its e-mail address.
    pub contact_email: String,
    /// Its telephone number, or empty.
    pub contact_phone: String,
    /// First instant in force.
    pub valid_from: At,
    /// First instant that no longer counts.
    pub valid_until: At,
    /// The covenant whose place it took.
    pub replaces_id: Option<Uuid>,
    /// When it was ended early.
    pub ended_at: Option<At>,
    /// Why it was ended early, or empty.
    pub end_reason: String,
    /// Counts the changes.
    pub version: i64,
    /// The organisations that signed it, by name.
    #[sqlx(skip)]
    pub parties: Vec<Party>,
    /// The processings that it opens, by id.
    #[sqlx(skip)]
    pub processings: Vec<String>,
    /// The areas of life that it is about, by id.
    #[sqlx(skip)]
    pub life_areas: Vec<String>,
}

/// An organisation that signed a covenant.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Party {
    /// The organisation.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

impl Covenant {
    /// Whether it opens anything at `now`.
    #[must_use]
    pub fn in_force(&self, now: At) -> bool {
        self.valid_from <= now && now < self.valid_until && self.ended_at.is_none()
    }

    /// Where it stands at `now`; within `warning_days` of its end it ends soon.
    #[must_use]
    pub fn standing(&self, now: At, warning_days: u16) -> Standing {
        let warning = i64::from(warning_days) * 86_400_000_000;
        match self.in_force(now) {
            true if self.valid_until.micros() - now.micros() <= warning => Standing::EndsSoon,
            true => Standing::InForce,
            false if self.ended_at.is_some() => Standing::Ended,
            false if self.valid_from > now => Standing::Later,
            false => Standing::Expired,
        }
    }
}

/// The covenants of a municipality, the last to end first; with `organisation` only those that it signed.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx, municipality: &str, organisation: Option<Uuid>) -> Result<Vec<Covenant>> {
    let found = store::covenants(tx, municipality, None, organisation).await?;
    whole(tx, municipality, None, found).await
}

/// One covenant.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx, municipality: &str, id: Uuid) -> Result<Option<Covenant>> {
    let found = store::covenants(tx, municipality, Some(id), None).await?;
    Ok(whole(tx, municipality, Some(id), found).await?.pop())
}

/// The covenant that opens `processing` for the people of `organisation` at `now`; the one that holds longest.
///
/// # Errors
/// When the database cannot be read.
pub async fn in_force(
    tx: &mut Tx,
    municipality: &str,
    organisation: Uuid,
    processing: &str,
    now: At,
) -> Result<Option<Covenant>> {
    match store::in_force(tx, municipality, organisation, processing, now).await? {
        Some(id) => get(tx, municipality, id).await,
        None => Ok(None),
    }
}

/// Adds parties, processings and life areas to the rows that were found.
async fn whole(tx: &mut Tx, municipality: &str, id: Option<Uuid>, mut found: Vec<Covenant>) -> Result<Vec<Covenant>> {
    let parties = store::parties(tx, municipality, id).await?;
    let processings = store::processings(tx, municipality, id).await?;
    let life_areas = store::life_areas(tx, municipality, id).await?;
    for covenant in &mut found {
        let own = |row: &&store::Word| row.covenant_id == covenant.id;
        let party = |row: &store::PartyRow| Party { id: row.organisation_id, name: row.name.clone() };
        covenant.parties = parties.iter().filter(|p| p.covenant_id == covenant.id).map(party).collect();
        covenant.processings = processings.iter().filter(own).map(|row| row.word.clone()).collect();
        covenant.life_areas = life_areas.iter().filter(own).map(|row| row.word.clone()).collect();
    }
    Ok(found)
}
