//! Officers as a roster sees them: team, contract, skills, agreements. Powers are [deeds](people::deed).
//!
//! Kept as little as the planning needs: no date of birth (only, while somebody is a minor, the day on which that
//! ends), no address, nothing about health.

mod ops;
mod store;
pub mod warn;
pub mod web;

pub use ops::{LoanDraft, ProfileDraft, end_loan, lend, save};

use kit::{Fault, Tx, Uuid};
use law::labour::{Conditions, NightCap};
use policy::Permit;

/// What a roster knows of an officer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Profile {
    /// Account.
    pub account_id: Uuid,
    /// Name.
    pub name: String,
    /// Whether the account is open.
    pub active: bool,
    /// Team id of `patrol.toml`.
    pub team: String,
    /// Code of the municipality that employs the officer.
    pub employer: String,
    /// Contract, minutes per week.
    pub contract_min: i64,
    /// First day on which the officer is 18, in days since 1970-01-01; `None`: is already.
    pub adult_from: Option<i64>,
    /// The shorter daily rest may be used once a week (ATW art. 5:3(2), 5:8(2)).
    pub is_short_rest: bool,
    /// A collective agreement allows what the law leaves to it.
    pub is_collective: bool,
    /// Work on Sunday was agreed (ATW art. 5:6).
    pub is_sunday_work: bool,
    /// Fewer free Sundays were agreed (ATW art. 5:6).
    pub is_few_sundays: bool,
    /// Which limit on night work holds: a word of [`NightCap`].
    pub night_cap: String,
    /// Whether the officer is planned at all.
    pub is_planned: bool,
    /// Counts changes.
    pub version: i64,
}

impl Profile {
    /// The agreements as the law reads them.
    #[must_use]
    pub fn conditions(&self) -> Conditions {
        Conditions {
            short_rest: self.is_short_rest,
            collective: self.is_collective,
            sunday_work: self.is_sunday_work,
            few_sundays: self.is_few_sundays,
            night_cap: night_cap(&self.night_cap).unwrap_or(NightCap::Count),
        }
    }
}

/// The limit on night work that a word stands for.
fn night_cap(word: &str) -> Option<NightCap> {
    [NightCap::Count, NightCap::CollectiveCount, NightCap::CollectiveHours].into_iter().find(|cap| cap.as_str() == word)
}

/// A skill of an officer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SkillRow {
    /// The officer's account.
    pub account_id: Uuid,
    /// The skill, an id of `roster.toml`.
    pub skill: String,
    /// Last day on which it is valid; `None`: always.
    pub valid_until: Option<i64>,
}

/// An agreement by which a municipality borrows an officer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LoanRow {
    /// Id.
    pub id: Uuid,
    /// The officer's account.
    pub account_id: Uuid,
    /// Code of the municipality that borrows.
    pub borrower: String,
    /// Number of the agreement.
    pub agreement: String,
    /// First day.
    pub valid_from: i64,
    /// Last day.
    pub valid_until: i64,
}

/// An officer with an open account: with a profile or without one.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Known {
    /// Account.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

/// The officers that have a profile, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn planned(tx: &mut Tx, permit: &Permit) -> Result<Vec<Profile>, Fault> {
    Ok(store::profiles(tx, permit).await?)
}

/// The profile of one officer.
///
/// # Errors
/// When the database cannot be read.
pub async fn of(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Option<Profile>, Fault> {
    Ok(store::profiles(tx, permit).await?.into_iter().find(|profile| profile.account_id == account))
}

/// Every skill of officers.
///
/// # Errors
/// When the database cannot be read.
pub async fn skills(tx: &mut Tx, permit: &Permit) -> Result<Vec<SkillRow>, Fault> {
    Ok(store::skills(tx, permit).await?)
}

/// Every agreement, by its last day.
///
/// # Errors
/// When the database cannot be read.
pub async fn loans(tx: &mut Tx, permit: &Permit) -> Result<Vec<LoanRow>, Fault> {
    Ok(store::loans(tx, permit).await?)
}

/// Officers with an open account, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn known(tx: &mut Tx, permit: &Permit) -> Result<Vec<Known>, Fault> {
    Ok(store::known(tx, permit).await?)
}
