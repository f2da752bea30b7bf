//! Authorisations: who may work with which processing, why and until when (Wpg art. 6 and its likes).
//!
//! One proposes, another decides, and neither the person nor the proposer can be that other. Withdrawn is withdrawn at
//! once. The rows are the register of Wpg art. 32: a change adds who and when, and nothing is taken away.

mod csv;
mod ops;
mod rules;
mod store;
#[cfg(test)]
pub(crate) mod tests;
pub mod web;

pub use ops::{Decision, Withdrawal, decide, propose, withdraw};
pub use rules::Proposal;

use kit::{At, Result, Tx, Uuid, text_enum};
use policy::Role;

text_enum! {
    /// Where an authorisation stands at an instant.
    pub enum State {
        /// Waits for a decision.
        Proposed = "proposed",
        /// In force: it opens the processing.
        InForce = "in-force",
        /// Granted, but its first day has yet to come.
        Later = "later",
        /// Past its last day.
        Expired = "expired",
        /// Refused.
        Refused = "refused",
        /// Withdrawn.
        Withdrawn = "withdrawn",
    }
}

/// An authorisation with the names of those who had a hand in it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Authorisation {
    /// Id.
    pub id: Uuid,
    /// The person's account.
    pub account_id: Uuid,
    /// The person's name.
    pub person: String,
    /// The person's role now.
    pub role: Role,
    /// Whether the person's account is open now.
    pub active: bool,
    /// The person's partner organisation now.
    pub organisation_id: Option<Uuid>,
    /// Its name.
    pub organisation: Option<String>,
    /// The processing, by its id in the processing register.
    pub processing: String,
    /// Why the person needs it.
    pub reason: String,
    /// Number of the officer's deed (*akte van opsporingsbevoegdheid*), or empty.
    pub deed_number: String,
    /// First instant at which the deed is no longer valid.
    pub deed_until: Option<At>,
    /// First instant.
    pub valid_from: At,
    /// First instant that no longer counts; without it, until it is withdrawn.
    pub valid_until: Option<At>,
    /// Who proposed it.
    pub proposed_by: Uuid,
    /// That person's name.
    pub proposer: Option<String>,
    /// When.
    pub proposed_at: At,
    /// Who granted it.
    pub granted_by: Option<Uuid>,
    /// That person's name.
    pub granter: Option<String>,
    /// When.
    pub granted_at: Option<At>,
    /// Who refused it.
    pub refused_by: Option<Uuid>,
    /// That person's name.
    pub refuser: Option<String>,
    /// When.
    pub refused_at: Option<At>,
    /// Why it was refused, or empty.
    pub refusal: String,
    /// Who withdrew it.
    pub withdrawn_by: Option<Uuid>,
    /// That person's name.
    pub withdrawer: Option<String>,
    /// When.
    pub withdrawn_at: Option<At>,
    /// Why it was withdrawn, or empty.
    pub withdrawal: String,
    /// Counts the changes.
    pub version: i64,
    /// Where it stood at the instant of the question.
    pub state: State,
}

/// Which authorisations a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of one person.
    pub person: Option<Uuid>,
    /// For one processing; empty for all.
    pub processing: String,
    /// In one state.
    pub state: Option<State>,
}

/// One authorisation as it stands at `now`.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx, municipality: &str, id: Uuid, now: At) -> Result<Option<Authorisation>> {
    store::get(tx, municipality, id, now).await
}

/// The newest authorisations as they stand at `now`: at most `most`, those proposed after `before` left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    tx: &mut Tx,
    municipality: &str,
    filter: &Filter,
    now: At,
    before: Option<kit::paging::Cursor>,
    most: i64,
) -> Result<Vec<Authorisation>> {
    store::list(tx, municipality, filter, now, before, most).await
}

/// Every authorisation that was proposed, decided on, in force or withdrawn between `from` and `to` (exclusive), the
/// oldest first, as it stood at `to`: for the internal audit (Wpg art. 33).
///
/// # Errors
/// When the database cannot be read.
pub async fn list_for_audit(tx: &mut Tx, municipality: &str, from: At, to: At) -> Result<Vec<Authorisation>> {
    store::between(tx, municipality, from, to).await
}
