//! Partners: organisations outside the municipality's own departments, how to reach them, and their people.
//!
//! An organisation opens no door by itself. Its people come in by a [covenant](crate::covenants) in force and an
//! [authorisation](crate::authorisations) of their own.

pub mod config;
pub(crate) mod front;
mod ops;
pub mod seed;
mod store;
#[cfg(test)]
pub(crate) mod tests;
pub mod web;

pub use config::PartnersConfig;
pub use front::{Day, Fields, Saved};
pub use ops::{Draft, change, create};

use kit::{Result, Tx, Uuid, text_enum};
use policy::Role;

text_enum! {
    /// What an organisation is: the receivers of the disclosure rules that can be an organisation, by the same words.
    pub enum PartnerKind {
        /// The police.
        Police = "police",
        /// The public prosecutor.
        Prosecutor = "prosecutor",
        /// The care and safety house (*Zorg- en Veiligheidshuis*).
        CareAndSafetyHouse = "care-and-safety-house",
        /// The regional information and expertise centre on organised crime.
        Riec = "riec",
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
        /// Another municipality, or a service shared by municipalities.
        Municipality = "municipality",
        /// Anything else.
        Other = "other",
    }
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Organisation {
    /// Id.
    pub id: Uuid,
    /// Name; one organisation of a name per municipality.
    pub name: String,
    /// What it is.
    pub kind: PartnerKind,
    /// E-mail address, or empty.
    pub email: String,
    /// Telephone number, or empty.
    pub phone: String,
    /// What a colleague should know, or empty.
    pub note: String,
    /// Counts the changes.
    pub version: i64,
}

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Person {
    /// Id of the account.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Whether the account is open.
    pub active: bool,
    /// The partner organisation; `None` for the municipality's own people.
    pub organisation_id: Option<Uuid>,
}

/// The organisations of a municipality by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx, municipality: &str) -> Result<Vec<Organisation>> {
    store::organisations(tx, municipality, None).await
}

/// One organisation.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx, municipality: &str, id: Uuid) -> Result<Option<Organisation>> {
    Ok(store::organisations(tx, municipality, Some(id)).await?.pop())
}

/// Everybody with an account in a municipality, by name; with `organisation` only its people.
///
/// # Errors
/// When the database cannot be read.
pub async fn people(tx: &mut Tx, municipality: &str, organisation: Option<Uuid>) -> Result<Vec<Person>> {
    store::people(tx, municipality, organisation).await
}
